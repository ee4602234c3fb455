"""A site of another origin and a visitor's tab on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.embed.koran import Koran, served_by
from tests.browser.visits import DESK, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def served_koran(live_site: str) -> Iterator[Koran]:
    with served_by(live_site) as koran:
        yield koran


@pytest.fixture
def koran(served_koran: Koran) -> Koran:
    """The site of somebody else, with the plain component on its page."""
    served_koran.show()
    return served_koran


@pytest.fixture
def visit(browser: Browser, koran: Koran, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A tab on that site: whatever its policy blocks, and whatever else fails, fails the test."""
    options: dict[str, Any] = {"viewport": DESK, "locale": "id-ID", **getattr(request, "param", {})}
    context = browser.new_context(base_url=koran.address, **options)
    visit = Visit(context.new_page())
    visit.page.on("pageerror", lambda error: visit.troubles.append(f"script error: {error}"))
    visit.page.on(
        "console",
        lambda message: visit.troubles.append(message.text) if message.type in ("error", "warning") else None,
    )
    yield visit
    context.close()
    assert not visit.troubles
