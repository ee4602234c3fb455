"""A visitor's tab, the screens that visitors have, and what most of them do first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIFT = 0.005
"""What a page may move while it loads, a twentieth of what counts as good: slow ones paint half a line."""

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """One visitor's tab, and everything that went wrong in it."""

    page: Page
    troubles: list[str] = field(default_factory=list)


def search(page: Page, query: str) -> None:
    """Ask from the front page."""
    page.goto("/")
    page.get_by_label("Cari artikel").fill(query)
    page.get_by_role("button", name="Cari", exact=True).click()
