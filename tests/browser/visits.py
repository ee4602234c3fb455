"""A visitor's tab, the screens that visitors have, and what most of them do first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIFT = 0.001
"""What a page may move while it loads, a hundredth of what counts as good: slow ones paint half a line."""

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


LOOKS = pytest.mark.parametrize(
    "visit",
    [{"viewport": DESK}, {"viewport": PHONE, "color_scheme": "dark"}],
    ids=["desk", "dark phone"],
    indirect=True,
)
"""Both screens, light and dark."""

EVERY_LOOK = pytest.mark.parametrize(
    "visit",
    [
        {"viewport": DESK},
        {"viewport": PHONE, "color_scheme": "dark"},
        {"viewport": DESK, "color_scheme": "dark", "java_script_enabled": False},
        {"viewport": PHONE, "java_script_enabled": False},
    ],
    ids=["desk", "dark phone", "dark desk without script", "phone without script"],
    indirect=True,
)
"""Both screens, light and dark, with script and without: every pair of these once."""


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
