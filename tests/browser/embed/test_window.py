"""The component as a window over the page, in the colours of the page, and twice on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.embed.koran import Koran, ask, box, focused, options
from tests.browser.visits import PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FIELD = '<p><label>Nama <input id="nama"></label></p>'


@pytest.mark.parametrize("visit", [{}, {"viewport": PHONE}], ids=["desk", "phone"], indirect=True)
def test_the_window_opens_by_its_key_holds_the_focus_and_gives_it_back(
    visit: Visit, koran: Koran, axe: Callable[[Page], list[str]]
) -> None:
    koran.show(
        f"{FIELD}<telusur-search modal browse></telusur-search><dialog id='lain'><a href='/'>X</a></dialog>"
    )
    page = visit.page
    page.goto("/", wait_until="networkidle")
    dialog = page.get_by_role("dialog", name="Pencarian artikel")
    opener = page.get_by_role("button", name="Cari")
    assert opener.get_attribute("aria-keyshortcuts") == "Control+K Meta+K"
    page.locator("#lain").evaluate("(other) => other.showModal()")
    page.keyboard.press("Control+k")
    assert not dialog.is_visible()
    page.locator("#lain").evaluate("(other) => other.close()")
    page.locator("#nama").focus()
    page.keyboard.press("Control+k")
    dialog.wait_for()
    assert focused(page) == "input"
    page.get_by_text("38 artikel").wait_for()
    if page.viewport_size == PHONE:
        assert not axe(page)

    box(page).press_sequentially("banj")
    options(page).first.wait_for()
    page.keyboard.press("Escape")
    assert options(page).count() == 0
    assert dialog.is_visible()
    ask(page, "banjir")
    page.get_by_text("35 artikel untuk").wait_for()
    for _ in range(16):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("telusur-search", "body")
    assert page.evaluate("document.activeElement.id") != "nama"
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "nama"

    page.keyboard.press("Meta+k")
    assert box(page).input_value() == "banjir"
    page.keyboard.press("Control+k")
    dialog.wait_for(state="hidden")
    opener.click()
    dialog.get_by_role("button", name="Tutup").click()
    dialog.wait_for(state="hidden")
    assert focused(page) == "open"
    opener.click()
    page.mouse.click(3, 3)  # beside the window
    dialog.wait_for(state="hidden")
    assert sum(page.evaluate("shifts")) < SHIFT


def test_two_on_one_page_are_two_searches(
    visit: Visit, koran: Koran, axe: Callable[[Page], list[str]]
) -> None:
    koran.show(
        '<telusur-search id="satu" address="a-" facets="place"></telusur-search>'
        '<telusur-search id="dua" per-page="1" address="b-" shortcut="j"></telusur-search>'
        '<telusur-search modal label="Jendela"><span slot="button">Telusuri arsip</span></telusur-search>'
    )
    page = visit.page
    page.goto("/?b-q=netralitas")
    one, two = page.locator("#satu"), page.locator("#dua")
    two.get_by_text("2 artikel untuk “netralitas”").wait_for()
    assert two.locator(".count").get_attribute("aria-live") == "off"  # nobody has asked yet
    page.get_by_role("combobox", name="Cari artikel: Pencarian artikel 2", exact=True).wait_for()
    ask(one, "banjir")
    one.get_by_text("35 artikel").wait_for()
    assert one.locator(".count").get_attribute("aria-live") == "polite"
    ask(two, "netralitas")
    two.get_by_text("2 artikel untuk “netralitas”").wait_for()
    assert one.get_by_text("35 artikel").is_visible()
    assert page.url.endswith("/?a-q=banjir&b-q=netralitas")
    one.get_by_role("checkbox", name="Pati").check()
    page.wait_for_url("**a-place=Pati**")
    assert not axe(page)
    page.go_back()
    one.get_by_text("35 artikel").wait_for()
    two.get_by_text("2 artikel untuk “netralitas”").wait_for()

    page.locator("body").click(position={"x": 1, "y": 1})
    page.keyboard.press("Control+j")
    assert page.evaluate("document.activeElement.id") == "dua"
    page.get_by_role("button", name="Telusuri arsip Jendela").click()
    page.get_by_role("dialog", name="Jendela").wait_for()
    page.keyboard.press("Control+j")
    assert page.evaluate("document.activeElement.id") != "dua"
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "attributes", ['lang="id"', 'lang="id" class="gelap"'], ids=["a light page", "a dark page"]
)
def test_it_takes_the_scheme_of_the_page_and_the_colours_of_its_owner(
    visit: Visit, koran: Koran, attributes: str, axe: Callable[[Page], list[str]]
) -> None:
    koran.show(
        '<telusur-search id="biasa" q="banjir" per-page="2" facets="place"></telusur-search>'
        '<telusur-search class="merah" label="Merah" theme="light"></telusur-search>',
        attributes,
    )
    page = visit.page
    page.goto("/")
    page.get_by_text("35 artikel").wait_for()
    assert not axe(page)
    look = "(element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).textTransform]"
    plain, red = page.get_by_role("button", name="Cari").all()
    dark = "gelap" in attributes
    assert plain.evaluate(look) == ["rgb(127, 209, 196)" if dark else "rgb(9, 77, 71)", "none"]
    assert red.evaluate(look) == ["rgb(138, 21, 56)", "uppercase"]
    panel = page.locator("#biasa .panel").evaluate(look)[0]
    assert panel == ("rgb(20, 24, 26)" if dark else "rgb(255, 255, 255)")
    page.emulate_media(forced_colors="active")
    border = "(element) => [getComputedStyle(element).borderStyle, getComputedStyle(element).borderWidth]"
    assert plain.evaluate(border) == ["solid", "1px"]
    corner = page.locator(".merah input").evaluate("(element) => getComputedStyle(element).borderRadius")
    assert corner == "0px"
