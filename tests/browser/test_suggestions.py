"""Suggestions in a real Chromium: by keyboard, mouse and touch; without script, storage or an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus
from urllib.request import urlopen

import pytest
from flask import Flask
from werkzeug.serving import make_server

from index.settings import Settings
from search.app import register
from search.http.site import Site
from tests.browser.visits import DESK, LOOKS, PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(
    "visit",
    [{"viewport": DESK}, {"viewport": PHONE, "has_touch": True}],
    ids=["desk", "phone"],
    indirect=True,
)


@pytest.fixture(autouse=True)
def _counted(live_site: str) -> None:
    """Wait until the server knows its archive and has counted what these tests look at; a busy machine may
    leave that for later requests."""
    deadline = time.monotonic() + 30
    waiting = ["banj", "banjir", "netralit", "netrlit"]
    while waiting and time.monotonic() < deadline:
        with urlopen(f"{live_site}/api/v1/suggest?q={waiting[0]}", timeout=5) as response:
            if response.headers["Cache-Control"] != "no-store":
                del waiting[0]
                continue
        time.sleep(0.05)
    assert not waiting


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Cari artikel")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Saran pencarian").get_by_role("option")


def typed(page: Page, text: str, path: str = "/") -> Locator:
    """Type into the box of a page, and wait for what is suggested."""
    page.goto(path)
    box(page).fill("")
    with page.expect_response(lambda answer: unquote_plus(answer.url).endswith(f"/suggest?q={text}")) as last:
        box(page).press_sequentially(text)
    last.value.finished()
    page.wait_for_timeout(100)
    options(page).first.wait_for()
    return options(page)


@BOTH
def test_a_reader_is_offered_words_with_numbers_and_titles(visit: Visit) -> None:
    offered = typed(visit.page, "banj").all_inner_texts()

    assert [text.split() for text in offered[:1]] == [["banjir", "35", "artikel"]]
    assert any("Banjir ke-" in text and "Artikel" in text for text in offered)
    assert visit.page.get_by_role("status").inner_text() == f"Saran: {len(offered)}"


def test_the_number_beside_a_word_is_what_its_search_finds(visit: Visit) -> None:
    typed(visit.page, "netralit").filter(has_text="netralitas").first.click()

    assert visit.page.get_by_role("heading", level=1).inner_text().startswith("2 artikel")


@BOTH
def test_the_keyboard_alone_chooses(visit: Visit) -> None:
    page = visit.page
    offered = typed(page, "banj")
    assert box(page).get_attribute("aria-expanded") == "true"
    assert box(page).get_attribute("aria-activedescendant") is None

    box(page).press("ArrowDown")
    assert offered.nth(0).get_attribute("aria-selected") == "true"
    assert box(page).get_attribute("aria-activedescendant") == offered.nth(0).get_attribute("id")
    box(page).press("ArrowUp")  # back in the box itself
    assert box(page).get_attribute("aria-activedescendant") is None
    box(page).press("ArrowUp")
    assert offered.last.get_attribute("aria-selected") == "true"
    box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    box(page).press("Enter")

    page.wait_for_url("**/?q=banjir")


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visit) -> None:
    typed(visit.page, "banj")
    box(visit.page).press("Enter")

    visit.page.wait_for_url("**/?q=banj")


def test_escape_closes_the_list_and_keeps_the_text(visit: Visit) -> None:
    page = visit.page
    offered = typed(page, "banj")
    box(page).press("Escape")

    assert offered.count() == 0
    assert box(page).input_value() == "banj"
    assert box(page).get_attribute("aria-expanded") == "false"

    box(page).press("ArrowDown")
    assert offered.first.is_visible()


def test_tab_takes_the_choice_and_goes_on(visit: Visit) -> None:
    page = visit.page
    offered = typed(page, "banj")
    box(page).press("ArrowDown")
    box(page).press("Tab")

    assert box(page).input_value() == "banjir"
    assert offered.count() == 0
    assert page.evaluate("document.activeElement.textContent.trim()") == "Cari"


@BOTH
def test_a_title_leads_straight_to_its_article(visit: Visit) -> None:
    page = visit.page
    title = typed(page, "bilik suara b").filter(has_text="Bilik Suara Baru untuk Pemilih di Amuntai")
    if page.viewport_size == PHONE:
        title.tap()
    else:
        title.click()

    page.wait_for_url("**/dokumen/bilik-suara")


def test_a_slip_is_offered_as_it_was_meant(visit: Visit) -> None:
    page = visit.page
    offered = typed(page, "netrlit")

    assert offered.first.inner_text().split() == ["netralitas", "Ejaan", "lain", "2", "artikel"]
    status = page.locator("form.search [role=status]")
    assert status.inner_text() == f"Ejaan lain: netralitas. Saran: {offered.count()}"
    box(page).press("Escape")
    assert status.inner_text() == ""

    # Numbers are those of the whole archive, so they are not shown where filters stay.
    offered = typed(page, "netrlit", "/?q=banjir&place=Demak")
    assert offered.first.inner_text().split() == ["netralitas", "Ejaan", "lain"]


def test_texts_of_the_archive_stay_text(visit: Visit) -> None:
    offered = typed(visit.page, "berbahaya")

    assert any("<script>alert(1)</script>" in text for text in offered.all_inner_texts())


def test_in_english_the_list_speaks_english_and_stays_so(visit: Visit) -> None:
    page = visit.page
    page.goto("/?lang=en")
    english = page.get_by_role("combobox", name="Search articles")
    english.press_sequentially("bilik suara b")
    found = page.get_by_role("listbox", name="Search suggestions").get_by_role("option")
    found.filter(has_text="Bilik Suara Baru untuk").click()

    page.wait_for_url("**/dokumen/bilik-suara?lang=en")


# What was searched before


def search_for(page: Page, text: str) -> None:
    page.goto("/")
    box(page).fill(text)
    box(page).press("Enter")
    page.wait_for_url("**/?q=*")


@BOTH
def test_recent_searches_come_back_and_never_leave_the_browser(visit: Visit) -> None:
    page = visit.page
    search_for(page, "rahasia saya")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(unquote_plus(request.url) + (request.post_data or "")))
    page.goto("/")
    box(page).click()

    texts = options(page).all_inner_texts()
    assert [" ".join(text.split()) for text in texts] == ["rahasia saya Pernah dicari"]
    assert page.get_by_role("status").inner_text() == "Saran: 1"
    box(page).press_sequentially("rah")
    options(page).filter(has_text="rahasia saya").wait_for()
    page.wait_for_timeout(300)
    assert not [address for address in asked if "rahasia" in address]


def test_recent_searches_are_forgotten_at_a_word(visit: Visit) -> None:
    page = visit.page
    search_for(page, "banjir")
    page.goto("/")
    box(page).press("ArrowDown")
    box(page).press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hapus riwayat"
    page.keyboard.press("Escape")
    assert page.evaluate("localStorage.length") == 1
    assert page.evaluate("document.activeElement.id") == "q"
    box(page).press("ArrowDown")
    box(page).press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("localStorage.length") == 1
    assert page.evaluate("document.activeElement.textContent") == "Hapus riwayat? Tekan sekali lagi"
    page.keyboard.press("Enter")

    assert options(page).count() == 0
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.activeElement.id") == "q"
    page.wait_for_timeout(200)
    assert page.get_by_role("status").inner_text() == "Riwayat dihapus"
    assert page.url.endswith("/")


BLOCKED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
)


def test_blocked_storage_takes_recent_searches_and_nothing_else(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(BLOCKED)
    search_for(page, "netralitas")

    assert typed(page, "banj").first.inner_text().startswith("banjir")
    box(page).fill("")
    assert options(page).count() == 0


# Without


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_box_is_a_search_field(visit: Visit) -> None:
    visit.page.goto("/")
    field = visit.page.get_by_role("searchbox", name="Cari artikel")
    field.fill("banjir")
    field.press("Enter")

    assert visit.page.url.endswith("/?q=banjir")


def test_without_an_answer_everything_else_works(visit: Visit) -> None:
    page = visit.page
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=204))
    page.goto("/")
    box(page).press_sequentially("banjir")
    page.wait_for_timeout(300)
    assert options(page).count() == 0
    box(page).press("Enter")

    page.wait_for_url("**/?q=banjir")


def test_few_requests_are_made_and_only_the_last_one_counts(visit: Visit) -> None:
    page = visit.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest?" in request.url else None)
    page.goto("/")
    with page.expect_request(lambda request: request.url.endswith("q=netralitas")):
        box(page).press_sequentially("netralitas", delay=10)
    options(page).first.wait_for()

    assert len(asked) < len("netralitas")
    assert asked[-1].endswith("q=netralitas")


# How it looks and what is heard


SHIFTS = """
() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 200);
})
"""


@BOTH
def test_nothing_moves_and_nothing_scrolls_sideways(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    before = page.locator("main").bounding_box()
    typed(page, "banj", "/?q=banjir")

    assert page.locator("main").bounding_box() == before
    assert page.evaluate(SHIFTS) < SHIFT
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


CONTRAST = """
() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
    }
  };
  return [...document.querySelectorAll(".suggestions *")].map((element) => {
    const a = luminance(rgb(getComputedStyle(element).color)), b = luminance(behind(element));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}
"""


@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_every_suggestion_has_the_contrast_of_level_aaa(visit: Visit) -> None:
    page = visit.page
    search_for(page, "banjir besar")
    typed(page, "banj")
    box(page).press("ArrowDown")

    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 5
    assert min(ratios) >= 7


@LOOKS
def test_axe_finds_nothing_in_an_open_list(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    search_for(page, "banjir besar")
    for path in ("/", "/?q=netralitas"):
        typed(page, "banj", path)
        box(page).press("ArrowDown")

        assert axe(page) == []
        assert options(page).first.is_visible()


def test_a_finger_can_hit_each_suggestion(visit: Visit) -> None:
    heights = [each.bounding_box() for each in typed(visit.page, "banj").all()]

    assert all(place and place["height"] >= 44 for place in heights)


@pytest.fixture
def prefixed_site(site_settings: Settings) -> Iterator[str]:
    """Address of the same archive inside of another application."""
    host, site = Flask("host"), Site.of(site_settings)
    register(host, site, "/arsip")
    server = make_server("127.0.0.1", 0, host, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/arsip"
    server.shutdown()
    thread.join()
    site.searcher.close()


def test_under_a_prefix_everything_is_where_it_belongs(browser: Browser, prefixed_site: str) -> None:
    page = browser.new_page(locale="id-ID")
    page.goto(f"{prefixed_site}/")
    box(page).press_sequentially("bilik suara b")
    options(page).filter(has_text="Bilik Suara Baru untuk").click()

    page.wait_for_url(f"{prefixed_site}/dokumen/bilik-suara")
    page.close()
