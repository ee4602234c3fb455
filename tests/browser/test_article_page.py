"""An article in a real browser: back to the results, from match to match, citing, printing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import EVERY_LOOK, LOOKS, PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EVERYWHERE = pytest.mark.parametrize("visit", [{}, {"viewport": PHONE}], ids=["desk", "phone"], indirect=True)

# Whether all of the element can be seen: inside the window, and nothing lies over its middle.
SEEN = """
(element) => {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const inside = box.width > 0 && box.top >= 0 && box.bottom <= innerHeight;
  return inside && (element === top || element.contains(top));
}
"""
ARTICLE = "/dokumen/netralitas-lebak?q=awas+lebak&rank=1"


def seen(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).first.evaluate(SEEN))


def counter(page: Page) -> str:
    return str(page.locator(".marks p").evaluate("(told) => told.firstChild.data"))


@EVERY_LOOK
def test_a_reader_goes_on_from_article_to_article_and_back_to_the_list(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&sort=oldest&per_page=7&page=2")
    listed = page.locator(".result h2").all_inner_texts()
    page.locator(".result h2 a").nth(5).click()
    assert page.locator("h1").inner_text() == listed[5]
    assert "Hasil 13 dari 35" in page.inner_text(".trail")

    page.get_by_role("navigation", name="Hasil pencarian").get_by_role("link", name=listed[6]).click()
    assert page.locator("h1").inner_text() == listed[6]
    page.get_by_role("navigation", name="Hasil sebelum dan sesudahnya").get_by_role("link").last.click()
    assert "Hasil 15 dari 35" in page.inner_text(".trail")  # on the next page of results
    page.locator(".trail").get_by_role("link", name="Hasil sebelumnya").click()
    page.get_by_role("link", name="Kembali ke hasil pencarian").click()

    assert page.locator(".result h2").all_inner_texts() == listed
    assert page.locator(".result:target h2").inner_text() == listed[6]
    assert seen(page, ".result:target h2 a")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == listed[6]


@EVERY_LOOK
def test_a_reader_steps_through_the_matches(visit: Visit) -> None:
    page = visit.page
    page.goto(ARTICLE)
    total = page.locator("article mark").count()
    assert counter(page) == f"{total} kata cocok"

    for number in (*range(1, total + 1), 1):
        page.get_by_role("link", name="Kecocokan berikutnya").click()
        assert counter(page) == f"{number} dari {total} kata cocok"
        assert seen(page, "mark:target")
        assert page.locator("mark:target").get_attribute("id") == f"cocok-{number}"
    page.get_by_role("link", name="Kecocokan sebelumnya").click()
    assert counter(page) == f"{total} dari {total} kata cocok"
    assert page.locator("mark:target").evaluate("(mark) => getComputedStyle(mark).outlineStyle") == "solid"


@EVERYWHERE
def test_with_script_stepping_loads_nothing_and_leaves_no_trace_in_the_history(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=awas+lebak")
    page.locator(".result h2 a").first.click()
    page.evaluate("window.same = true")
    for _ in range(3):
        page.get_by_role("link", name="Kecocokan berikutnya").click()

    assert page.evaluate("window.same")
    assert page.url.endswith("#cocok-3")
    page.go_back()
    assert page.url.endswith("/?q=awas+lebak")


def test_the_keyboard_steps_while_the_bar_has_the_focus_and_only_then(visit: Visit) -> None:
    page = visit.page
    page.goto(ARTICLE)
    page.keyboard.press("n")
    assert counter(page).endswith("kata cocok")
    assert "dari" not in counter(page)

    page.get_by_role("link", name="Kecocokan berikutnya").focus()
    for key, number in (("n", 1), ("ArrowRight", 2), ("Enter", 3), ("p", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert counter(page).startswith(f"{number} dari ")
        assert page.evaluate("document.activeElement.closest('.marks') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "cocok-1"


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 300}}], indirect=True)
def test_the_first_step_goes_on_from_where_the_reader_is(visit: Visit) -> None:
    page = visit.page
    page.goto(ARTICLE)
    last = page.locator("article mark").last
    page.evaluate("(mark) => scrollBy(0, mark.getBoundingClientRect().top - 20)", last.element_handle())
    above = page.evaluate(
        "[...document.querySelectorAll('mark')].filter((m) => m.getBoundingClientRect().top <= 0)"
    )

    page.get_by_role("link", name="Kecocokan berikutnya").click()

    assert len(above) > 1
    assert counter(page).startswith(f"{len(above) + 1} dari ")
    assert seen(page, "mark:target")


def test_a_shared_address_of_a_match_opens_there(visit: Visit) -> None:
    visit.page.goto(f"{ARTICLE}#cocok-2")

    assert counter(visit.page).startswith("2 dari ")
    assert seen(visit.page, "mark:target")


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
def test_on_a_phone_the_bar_is_within_reach_and_covers_no_text_for_good(visit: Visit) -> None:
    page = visit.page
    page.goto(ARTICLE)
    for link in page.locator(".marks a, .trail a").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    bar = page.locator(".marks").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] == PHONE["height"]
    assert bar["height"] < 70

    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    assert seen(page, ".foot a[lang='en']")


@pytest.mark.parametrize("visit", [{"viewport": {"width": 320, "height": 600}}, {}], indirect=True)
def test_nothing_scrolls_sideways_and_nothing_shifts(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.shift += entry.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    for path in (ARTICLE, "/dokumen/serangan?q=serangan&rank=1", "/dokumen/banjir-07?q=banjir&rank=12"):
        page.goto(path)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_function(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("window.shift") < SHIFT, path


def test_a_citation_is_copied_at_one_press(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ARTICLE)
    for name, text in (
        ("sitasi", page.inner_text("#sitasi")),
        ("tautan tetap", page.url.split("?")[0]),
        ("alamat asli", "https://kabarlebak.example/netralitas?a=1&b=2"),
    ):
        page.get_by_role("button", name=f"Salin {name}").click()
        page.get_by_role("button", name=f"Tersalin {name}").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.inner_text("#sitasi").startswith("Sari Wulan. “Pengawas Ingatkan Netralitas ASN di Lebak.” ")


def test_a_citation_is_copied_on_a_site_without_https_too(visit: Visit) -> None:
    page = visit.page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(ARTICLE)
    page.get_by_role("button", name="Salin tautan tetap").click()
    page.get_by_role("button", name="Tersalin tautan tetap").wait_for()

    page.locator("#q").fill("")
    page.locator("#q").press("Control+V")

    assert page.input_value("#q") == page.url.split("?")[0]


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_citation_is_there_and_no_button_that_does_nothing(visit: Visit) -> None:
    page = visit.page
    page.goto(ARTICLE)

    assert page.locator("#sitasi").is_visible()
    assert page.locator("#tautan-tetap").inner_text() == page.url.split("?")[0]
    assert not any(button.is_visible() for button in page.locator(".copy").all())


@pytest.mark.parametrize("visit", [{}, {"color_scheme": "dark"}], ids=["light", "dark"], indirect=True)
def test_an_article_prints_with_its_addresses_and_without_the_tools(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{ARTICLE}#cocok-2")
    page.emulate_media(media="print")

    for kept in ("h1", ".meta time", ".text p", "#sitasi", "#tautan-tetap", "#alamat-asli"):
        assert page.locator(kept).first.is_visible(), kept
    for tool in (".bar", ".trail", ".marks", ".neighbours", ".copy", ".original", ".foot", ".files"):
        assert not page.locator(tool).first.is_visible(), tool
    assert page.inner_text("#alamat-asli") == "https://kabarlebak.example/netralitas?a=1&b=2"
    ink, back, line = page.locator("mark:target").evaluate(
        "(mark) => { const s = getComputedStyle(mark); return [s.color, s.backgroundColor, s.outlineWidth]; }"
    )
    assert ink == "rgb(28, 32, 34)"
    assert (back, line) == ("rgba(0, 0, 0, 0)", "0px")
    assert page.pdf().startswith(b"%PDF")


def test_the_data_block_is_read_and_not_refused(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.blockedURI));"
    )
    for path in (ARTICLE, "/dokumen/serangan?q=serangan"):
        page.goto(path, wait_until="networkidle")
        record = json.loads(page.inner_text("script[type='application/ld+json']"))
        assert record["headline"] == page.inner_text("h1")
        assert record["url"] == page.locator("link[rel=canonical]").get_attribute("href")
        assert page.evaluate("refused") == []


@LOOKS
def test_axe_finds_nothing(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    found = {}
    for path in (
        ARTICLE,
        f"{ARTICLE}&mark=2#cocok-2",
        "/dokumen/banjir-07?q=banjir&rank=13",
        "/?q=banjir#hasil-3",
    ):
        page.goto(path)
        if violations := axe(page):
            found[path] = violations
    assert not found
