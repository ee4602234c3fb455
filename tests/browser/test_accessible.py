"""Every page and state is accessible, as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import LOOKS, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/?q=banjir",
    "/?q=banjir&page=2&place=Demak&from=2022-01",
    "/?q=banjir+netralitas",
    "/?q=banjir+netralitas&match=all",
    "/?q=banjir&page=99",
    "/?q=asn&sort=newest",
    "/?q=zzzzxqy+qqqwwz&source=warta.example",
    "/?q=gempaa+(netralitas",
    "/dokumen/netralitas-lebak?q=netralitas",
    "/dokumen/serangan",
    "/dokumen/tidak-ada",
    "/bantuan",
    "/?lang=en&q=banjir",
)


@LOOKS
def test_axe_finds_nothing(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    found = {}
    for path in PAGES:
        page.goto(path)
        for summary in page.locator("details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        if violations := axe(page):
            found[path] = violations
    visit.troubles = [each for each in visit.troubles if "404" not in each]
    assert not found
