"""Suggestions without numbers are asked for once more, and nothing moves under a reader's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_suggestions import box, options
from tests.browser.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

LONG_MS = 1200
"""More than twice what the page waits before it asks again."""


def hurried(page: Page, whole_from: int) -> list[str]:
    """Let the server be short of time: until an answer of this number it has no numbers."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        is_whole = len(asked) >= whole_from
        counted = {"count": 35} if is_whole else {}
        route.fulfill(
            json={"query": "banj", "suggestions": [{"text": "banjir", "kind": "word", **counted}]},
            headers={"Cache-Control": "max-age=60" if is_whole else "no-store"},
        )

    page.route("**/api/v1/suggest*", answer)
    page.goto("/")
    box(page).fill("banj")
    options(page).first.wait_for()
    return asked


def test_numbers_that_were_missing_come_a_moment_later(visit: Visit) -> None:
    asked = hurried(visit.page, whole_from=2)
    assert options(visit.page).all_inner_texts() == ["banjir"]

    options(visit.page).filter(has_text="35 artikel").wait_for()
    visit.page.wait_for_timeout(LONG_MS)
    assert len(asked) == 2


def test_a_page_asks_once_more_and_then_no_more(visit: Visit) -> None:
    asked = hurried(visit.page, whole_from=99)
    visit.page.wait_for_timeout(2 * LONG_MS)

    assert len(asked) == 2


def test_a_list_that_was_closed_stays_closed(visit: Visit) -> None:
    asked = hurried(visit.page, whole_from=2)
    box(visit.page).press("Escape")
    visit.page.wait_for_timeout(LONG_MS)

    assert len(asked) == 1
    assert options(visit.page).count() == 0


def test_what_is_being_chosen_stays_where_it_is(visit: Visit) -> None:
    hurried(visit.page, whole_from=2)
    box(visit.page).press("ArrowDown")
    visit.page.wait_for_timeout(LONG_MS)

    assert options(visit.page).first.get_attribute("aria-selected") == "true"
    assert options(visit.page).all_inner_texts() == ["banjir"]
