"""The bars above the results in a real Chromium: to be clicked, tapped, reached by keyboard, and heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import DESK, EVERY_LOOK, LOOKS, PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

MANY = "/?q=banjir&from=2022-03&to=2024-09"
"""31 months, as many bars as there may be."""

SCREENS = pytest.mark.parametrize(
    "visit",
    [{"viewport": DESK}, {"viewport": PHONE, "has_touch": True}, {"viewport": {"width": 320, "height": 600}}],
    ids=["desk", "phone", "narrow"],
    indirect=True,
)

COVERED_BY_NAME = """
() => {
  const name = document.querySelector(".timeline a:focus span").getBoundingClientRect();
  const covers = (box) => name.left < box.right && box.left < name.right
    && name.top < box.bottom - 1 && box.top + 1 < name.bottom;
  return [...document.querySelectorAll(".timeline :is(h2, p, b)")].filter((each) => {
    const text = document.createRange();
    text.selectNodeContents(each);
    return [...text.getClientRects()].some(covers);
  }).map((each) => each.textContent);
}
"""
"""Texts of the timeline that the name of the bar with the focus lies over."""


def timeline(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Linimasa")


def total(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@EVERY_LOOK
def test_a_reader_opens_a_year_and_a_month_and_gets_what_the_bars_say(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Demak&place=Kudus")
    every = total(page)
    for period in (re.compile("^2023, "), re.compile("^Maret 2023, ")):
        bar = timeline(page).get_by_role("link", name=period)
        number = bar.inner_text().strip().split(", ")[1]
        bar.click()
        assert total(page).startswith(f"{number} untuk")
    assert page.get_by_role("link", name="Hapus saringan Demak").count() == 1

    page.get_by_role("link", name=re.compile("Hapus saringan Maret 2023")).click()
    page.locator("h1", has_text=every).wait_for()


@SCREENS
def test_bars_are_large_enough_for_a_finger_and_the_newest_are_in_sight(visit: Visit) -> None:
    page = visit.page
    page.goto(MANY)
    bars = timeline(page).locator("li a")
    boxes = [box for bar in bars.all() if (box := bar.bounding_box())]

    assert len(boxes) == bars.count() > 25
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    width = page.evaluate("document.documentElement.clientWidth")
    assert boxes[-1]["x"] + boxes[-1]["width"] <= width
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    bars.first.focus()
    assert page.evaluate(COVERED_BY_NAME) == []
    bars.first.click()
    assert "from=2022-03-01&to=2022-03-31" in page.url


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
def test_a_narrow_screen_begins_with_the_newest_bar_that_has_articles(visit: Visit) -> None:
    page = visit.page
    page.goto("/?from=2023-04-25&to=2023-05-25")
    bars = timeline(page).locator("li a")
    box = bars.last.bounding_box()

    assert bars.count() == 2
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.parametrize("visit", [{"viewport": DESK}, {"viewport": PHONE}], indirect=True)
def test_the_keyboard_can_pass_all_bars_at_once_or_open_one(visit: Visit) -> None:
    page = visit.page
    page.goto(MANY)
    skip = timeline(page).get_by_role("link", name="Lewati linimasa")
    skip.focus()
    assert in_sight(page, ".timeline .past")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.result') !== null")

    skip.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").strip() == "Maret 2022, 1 artikel"
    assert in_sight(page, ".timeline a:focus span")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=banjir&from=2022-03-01&to=2022-03-31")


def in_sight(page: Page, selector: str) -> bool:
    """Whether the middle of an element is inside the window and nothing lies over it or cuts it off."""
    return bool(
        page.evaluate(
            """(selector) => {
              const element = document.querySelector(selector), box = element.getBoundingClientRect();
              const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return element.contains(at) && getComputedStyle(element).clipPath === "none";
            }""",
            selector,
        )
    )


def test_a_bar_that_is_pointed_at_says_its_name(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    bar = timeline(page).locator("li a").first
    assert bar.locator("span").evaluate("e => getComputedStyle(e).clipPath") != "none"

    bar.hover()

    assert bar.locator("span").evaluate("e => getComputedStyle(e).clipPath") == "none"
    assert bar.inner_text().strip() == "2022, 12 artikel"


@pytest.mark.parametrize("visit", [{}, {"java_script_enabled": False}], ids=["", "no script"], indirect=True)
def test_bars_are_heard_as_a_list_of_links_with_periods_and_numbers(visit: Visit) -> None:
    visit.page.goto("/?q=banjir")

    tree = timeline(visit.page).aria_snapshot()

    assert re.sub(r"\n +- /url: \S+", "", tree) == (
        '- navigation "Linimasa":\n'
        '  - heading "Linimasa" [level=2]\n'
        '  - link "Lewati linimasa":\n'
        "  - list:\n"
        "    - listitem:\n"
        '      - link "2022, 12 artikel":\n'
        "    - listitem:\n"
        '      - link "2023, 12 artikel":\n'
        "    - listitem:\n"
        '      - link "2024, 11 artikel":'
    )


@pytest.mark.parametrize("visit", [{}, {"forced_colors": "active"}], ids=["", "high contrast"], indirect=True)
def test_heights_are_those_of_the_numbers_without_any_inline_style(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    drawn = timeline(page).locator("svg")

    heights = [box["height"] for each in drawn.all() if (box := each.bounding_box())]
    assert heights == [56, 56, 51]
    assert page.locator("[style]").count() == 0
    painted, around = page.evaluate(
        """() => [".timeline svg", "body"].map(
          (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor)"""
    )
    assert painted != around
    assert "0, 0, 0, 0" not in painted


@pytest.mark.parametrize("visit", [{"viewport": DESK}, {"viewport": PHONE}], indirect=True)
def test_nothing_moves_while_the_page_loads_and_it_stays_small(visit: Visit) -> None:
    page = visit.page
    answer = page.goto(MANY)
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => resolve(sum), 100);
        })"""
    )

    assert shifted < SHIFT
    assert answer is not None
    assert len(answer.body()) < 40_000


@LOOKS
def test_axe_finds_nothing_wrong_with_pages_that_have_bars(
    visit: Visit, axe: Callable[[Page], list[str]]
) -> None:
    page = visit.page
    for path in (MANY, "/?q=banjir&from=2023&to=2023&lang=en"):
        page.goto(path)
        page.locator(".timeline li a").nth(2).focus()

        assert axe(page) == []
