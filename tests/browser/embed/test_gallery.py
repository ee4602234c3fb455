"""The gallery: every example lives, its code can be copied, and nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from search.embed.attributes import ATTRIBUTES
from tests.browser.embed.koran import SCRIPT, Koran, ask, code_of_guide
from tests.browser.visits import PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_gallery_shows_every_attribute_alive(
    visit: Visit, koran: Koran, axe: Callable[[Page], list[str]]
) -> None:
    page = visit.page
    page.add_init_script(SCRIPT)
    page.goto(f"{koran.archive}/embed/", wait_until="networkidle")
    for attribute in ATTRIBUTES:
        label = attribute.example.get("label", attribute.name)
        shown = page.locator(f"telusur-search[label='{label}'][{attribute.name}]")
        assert shown.count() == (1 if attribute.is_live else 0), attribute.name
    built = "(all) => all.every((each) => each.shadowRoot.querySelector('.panel'))"
    assert page.locator("telusur-search").evaluate_all(built)
    assert page.locator("telusur-search[label=q]").get_by_text("35 artikel untuk “banjir”").is_visible()
    assert page.locator("telusur-search[label=filter]").get_by_text("38 artikel").is_visible()
    assert sum(page.evaluate("shifts")) < SHIFT
    assert page.locator("telusur-search[label=q]").get_by_role("heading", level=4).count() == 2
    copies = page.get_by_role("button", name="Salin").all_text_contents()
    assert len(set(copies)) == len(copies) > len(ATTRIBUTES)
    assert not axe(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_page_of_the_guide_works_as_it_is_written(visit: Visit, koran: Koran) -> None:
    (whole,) = code_of_guide("<!doctype html>")
    koran.whole = whole.replace("http://127.0.0.1:8000", koran.archive)
    page = visit.page
    page.goto("/")
    ask(page, "banjir")
    page.get_by_text("35 artikel untuk “banjir”").wait_for()
    page.get_by_role("checkbox", name="harian.example").check()
    page.get_by_text("17 artikel untuk “banjir”").wait_for()
    assert page.get_by_label("Sampai").is_visible()


def test_code_of_the_gallery_can_be_copied_and_works(visit: Visit, koran: Koran) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=koran.archive)
    page.goto(f"{koran.archive}/embed/?lang=en")
    assert page.get_by_role("heading", level=1).inner_text() == "Embed this search"
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    page.get_by_role("status").get_by_text("Copied: Start").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == (
        f'<script type="module" src="{koran.archive}/embed.js"></script>\n<telusur-search></telusur-search>'
    )
    koran.show(code)
    page.goto(koran.address)
    ask(page, "netralitas")
    page.get_by_text("2 artikel untuk “netralitas”").wait_for()
