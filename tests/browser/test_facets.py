"""Filters in a real Chromium: all values, chosen in place or page by page, by finger, keyboard and ear."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings
from tests.browser.visits import DESK, EVERY_LOOK, LOOKS, PHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PLACES = 120
SOURCES = 30
SCREENS = pytest.mark.parametrize(
    "visit", [{"viewport": DESK}, {"viewport": PHONE}], ids=["desk", "phone"], indirect=True
)
WITHOUT_SCRIPT = pytest.mark.parametrize(
    "visit",
    [{"viewport": size, "java_script_enabled": False} for size in (DESK, PHONE)],
    ids=["desk", "phone"],
    indirect=True,
)


def articles() -> list[dict[str, Any]]:
    """Two articles of each place; every publisher has about as many, the last one goes by two names."""
    return [
        {
            "id": f"a{number}",
            "title": f"Banjir ke-{number}",
            "body": "Banjir surut menjelang sore." if number % 2 else "Banjir bandang.",
            "place": f"Desa {number // 2:03}" if number > 1 else '<3 "Kota & Muara"',
            "source": f"koran{number % SOURCES:02}.example" if number % SOURCES else "Koran Nol",
            "author": "Tim",
            "date": f"20{10 + number % 8}-03-01",
        }
        for number in range(2 * PLACES)
    ]


@pytest.fixture(scope="module")
def live_site(
    tmp_path_factory: pytest.TempPathFactory,
    start_shared_program: Callable[..., subprocess.Popen[Any]],
    free_port: Callable[[], int],
) -> str:
    """Address of a server of an archive with many places and publishers."""
    folder = tmp_path_factory.mktemp("ramai")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(map(json.dumps, articles())), encoding="utf-8")
    aliases = {"Koran Nol": "koran00.example"}
    sync(Settings({"index": str(folder / "index"), "source_aliases": aliases}), [str(archive)], jobs=1)
    port = free_port()
    start_shared_program(
        "from search.cli.commands import telusur; telusur()",
        *("serve", "--port", str(port), "--workers", "1", "--index", str(folder / "index")),
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(1500):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    return address


def heading(page: Page) -> str:
    return page.locator("main h1").inner_text()


def open_panel(page: Page) -> None:
    if page.viewport_size == PHONE:
        page.get_by_text("Saring hasil").click()


@EVERY_LOOK
def test_several_values_are_chosen_one_after_the_other(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)

    page.get_by_role("link", name="Saring: koran05.example, 8 artikel").click()
    page.get_by_role("link", name="Hapus saringan: koran05.example, 8 artikel").wait_for()
    assert heading(page) == "8 artikel untuk banjir · disaring: koran05.example"
    page.get_by_role("link", name="Saring: koran04.example, 8 artikel").click()
    page.get_by_role("link", name="Hapus saringan: koran04.example, 8 artikel").wait_for()
    assert heading(page) == "16 artikel untuk banjir · disaring: koran05.example, koran04.example"

    page.get_by_role("link", name="Hapus saringan: koran05.example, 8 artikel").click()
    page.get_by_role("link", name="Saring: koran05.example, 8 artikel").wait_for()
    assert heading(page) == "8 artikel untuk banjir · disaring: koran04.example"


@SCREENS
def test_a_value_that_is_chosen_before_the_one_before_it_is_shown_is_chosen_too(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)
    page.evaluate(
        """names => names.forEach(name => [...document.querySelectorAll(".filters li a")]
            .find(link => link.textContent.includes(name)).click())""",
        ["koran05.example", "koran04.example", "2017"],
    )
    page.get_by_role("link", name="Hapus saringan: 2017").first.wait_for()
    chosen = {"koran05.example", "koran04.example", "2017"}
    assert set(heading(page).partition("disaring: ")[2].split(", ")) == chosen

    page.evaluate('() => document.querySelectorAll(".chips li a").forEach(link => link.click())')
    page.locator("main h1", has_text="240 artikel").wait_for()
    assert page.url.endswith("/?q=banjir")

    page.get_by_role("link", name="Semua penerbit (30)").click()
    page.get_by_role("dialog").wait_for()
    page.evaluate(
        """() => [...document.querySelectorAll("dialog .choices a")].slice(0, 3)
            .forEach(link => link.click())"""
    )
    page.get_by_role("dialog").get_by_role("link", name="Lihat 24 hasil").click()
    page.locator("main h1", has_text="24 artikel").wait_for()


@EVERY_LOOK
def test_the_way_to_the_results_says_how_many_and_is_seen_while_choosing_on_a_phone(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    way = page.locator(".filters .see a")
    if page.viewport_size == DESK:
        assert not way.is_visible()
        return
    open_panel(page)
    page.get_by_role("link", name="Saring: koran05.example").click()
    page.get_by_role("link", name="Hapus saringan: koran05.example").wait_for()

    # The last choice is at hand, and the way to the results stands below it, not over it.
    for choice in page.locator(".filters li a, .filters .every a").all():
        choice.scroll_into_view_if_needed()
        box, fixed = choice.bounding_box(), way.bounding_box()
        assert box
        assert fixed
        assert box["y"] + box["height"] <= fixed["y"] + 1
        assert fixed["y"] + fixed["height"] <= PHONE["height"]
    assert way.inner_text() == "Lihat 8 hasil"

    way.click()
    page.locator(".filters > details:not([open])").wait_for()
    assert page.locator(".result").first.is_visible()
    assert page.locator("main h1").inner_text().startswith("8 artikel")


@SCREENS
def test_all_values_open_in_place_with_a_box_that_finds_them(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)
    every = page.get_by_role("link", name="Semua tempat (120)")
    assert every.get_attribute("aria-haspopup") == "dialog"
    every.click()
    dialog = page.get_by_role("dialog", name="Saring menurut tempat")
    dialog.wait_for()
    assert page.url.endswith("/?q=banjir")
    assert dialog.locator("#banyaknya").inner_text() == "120 pilihan"
    assert dialog.locator(".choices li").count() == 100

    dialog.get_by_role("searchbox", name="Cari dalam daftar").fill("11")
    dialog.locator("#banyaknya", has_text="11 pilihan memuat").wait_for()
    names = dialog.locator(".choices .value").all_inner_texts()
    assert names == ["Desa 011", *(f"Desa {number}" for number in range(110, 120))]
    dialog.get_by_role("link", name="Saring: Desa 115, 2 artikel").click()
    dialog.get_by_role("link", name="Hapus saringan: Desa 115, 2 artikel").wait_for()
    dialog.get_by_role("link", name="Saring: Desa 117, 2 artikel").click()
    dialog.get_by_role("link", name="Lihat 4 hasil").click()

    page.wait_for_url("**/?q=banjir&place=Desa+115&place=Desa+117")
    assert not dialog.is_visible()
    assert heading(page) == "4 artikel untuk banjir · disaring: Desa 115, Desa 117"
    focused = page.evaluate("document.activeElement.textContent")
    if page.viewport_size == PHONE:  # where the filters would cover the results
        assert focused == heading(page)
        assert page.locator(".filters > details:not([open])").count() == 1
        assert page.locator(".result").first.is_visible()
    else:
        assert focused == "Semua tempat (120)"
        assert page.get_by_role("link", name="Hapus saringan: Desa 117, 2 artikel").is_visible()

    page.go_back()
    page.locator("main h1", has_text="240 artikel").wait_for()
    assert page.url.endswith("/?q=banjir")


@SCREENS
def test_a_list_that_is_closed_applies_what_was_chosen_in_it(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)
    every = page.get_by_role("link", name="Semua penerbit (30)")
    every.click()
    dialog = page.get_by_role("dialog", name="Saring menurut penerbit")
    dialog.wait_for()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert heading(page).startswith("240 artikel")
    assert every.evaluate("link => link === document.activeElement")

    every.click()
    dialog.get_by_role("link", name="Saring: koran00.example, 8 artikel").click()
    dialog.get_by_role("button", name="Lihat 8 hasil").wait_for()
    page.keyboard.press("Escape")

    page.wait_for_url("**/?q=banjir&source=koran00.example")
    assert not dialog.is_visible()
    assert heading(page) == "8 artikel untuk banjir · disaring: koran00.example"
    assert page.evaluate("document.activeElement.textContent") == "Semua penerbit (30)"


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
def test_going_back_closes_the_list_and_shows_the_question_before(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    before = heading(page)
    open_panel(page)
    page.get_by_role("link", name="Saring: koran05.example").click()
    page.get_by_role("link", name="Hapus saringan: koran05.example").wait_for()
    page.get_by_role("link", name="Semua penerbit").click()
    page.get_by_role("dialog").wait_for()
    page.go_back()

    page.get_by_role("dialog").wait_for(state="hidden")
    page.get_by_role("link", name="Saring: koran05.example").wait_for()
    assert heading(page) == before


@WITHOUT_SCRIPT
def test_all_values_are_a_page_without_script(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)
    page.get_by_role("link", name="Semua tempat (120)").click()
    assert heading(page) == "Saring menurut tempat: banjir"
    page.get_by_role("link", name="Menurut nama").click()
    first = page.locator(".choices .value").all_inner_texts()
    page.get_by_role("link", name="Berikutnya").click()
    second = page.locator(".choices .value").all_inner_texts()
    assert [*first, *second] == ['<3 "Kota & Muara"', *(f"Desa {number:03}" for number in range(1, 120))]

    page.get_by_role("link", name="Saring: Desa 119, 2 artikel").click()
    assert page.locator(".choices .value").all_inner_texts() == second
    page.get_by_role("searchbox", name="Cari dalam daftar").fill("MUARA")
    page.get_by_role("button", name="Saring daftar").click()
    page.get_by_role("link", name='Saring: <3 "Kota & Muara", 2 artikel').click()
    page.get_by_role("link", name="Lihat 4 hasil").click()

    assert heading(page).startswith("4 artikel untuk banjir · disaring: ")
    for name in ("Desa 119", '<3 "Kota & Muara"'):
        assert page.get_by_role("link", name=f"Hapus saringan {name}", exact=True).is_visible()


@SCREENS
def test_the_keyboard_chooses_and_stays_where_it_was(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    open_panel(page)
    page.get_by_role("link", name="Saring: Desa 002, 2 artikel").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=banjir&place=Desa+002")

    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Hapus saringan: Desa 002, 2 artikel"
    )
    assert page.locator("#kabar").inner_text() == "2 artikel untuk banjir · disaring: Desa 002"
    page.keyboard.press("Tab")
    assert "Desa 003" in page.evaluate("document.activeElement.getAttribute('aria-label')")


@SCREENS
def test_filters_follow_the_heading_and_may_be_passed_over(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    page.locator("main h1").evaluate("h1 => (h1.tabIndex = -1, h1.focus())")
    order = page.evaluate(
        "['h1', '.filters', '.result'].map((each) => document.querySelector(each))"
        ".map((each, at, all) => !at || Boolean(all[at - 1].compareDocumentPosition(each) & 4))"
    )
    assert order == [True, True, True]
    assert page.locator("main .filters").count() == 1

    skip = page.get_by_role("link", name="Langsung ke hasil")
    skip.focus()
    assert skip.evaluate("link => link.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#hasil'))")


@pytest.mark.parametrize("visit", [{"viewport": DESK}], indirect=True)
def test_filters_stand_beside_the_results_on_a_wide_screen(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    filters, results, top = (
        page.locator(each).bounding_box() for each in ("main .filters", "#hasil", "main .top")
    )
    assert filters
    assert results
    assert top
    assert filters["x"] + filters["width"] < results["x"]
    assert abs(filters["y"] - top["y"]) < 1
    assert results["y"] < top["y"] + top["height"] + 20


@LOOKS
def test_axe_finds_nothing_in_any_state(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    page.goto("/?q=banjir&source=koran00.example&source=tidak.ada")
    open_panel(page)
    found = {"panel": axe(page)}
    page.get_by_role("link", name="Semua penerbit (31)").click()
    page.get_by_role("dialog").wait_for()
    found["dialog"] = axe(page)
    page.get_by_role("dialog").get_by_role("searchbox").fill("tidak mungkin")
    page.locator("#banyaknya", has_text="0 pilihan memuat").wait_for()
    found["nothing found"] = axe(page)
    page.goto("/saringan/place?q=banjir&place=Desa+003&order=name&part=2")
    found["all values"] = axe(page)
    page.goto("/saringan/place?q=banjir&find=zzz")
    found["no value"] = axe(page)

    assert {state: problems for state, problems in found.items() if problems} == {}
