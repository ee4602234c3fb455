"""A real Chromium, a visitor's tab in it, and what axe-core has to say about a page."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.browser.visits import DESK, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The first is the same without windows: it needs about a third of the time of the processor.
CHROMIUM = "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"
OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]


@pytest.fixture(scope="session")
def browser(missing: Callable[[str], NoReturn]) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        missing("there is no Chromium on the PATH")
    if importlib.util.find_spec("playwright") is None:
        missing("playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, live_site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A tab whose troubles (console errors, blocked resources, dialogs, outside requests) fail the test."""
    options: dict[str, Any] = {"viewport": DESK, "locale": "id-ID", **getattr(request, "param", {})}
    context = browser.new_context(base_url=live_site, **options)
    visit = Visit(context.new_page())

    def note_outside(address: str) -> None:
        if not address.startswith((live_site, "data:")):
            visit.troubles.append(f"request to {address}")

    def dismiss(dialog: Any) -> None:
        visit.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    visit.page.on("request", lambda request: note_outside(request.url))
    visit.page.on("dialog", dismiss)
    visit.page.on("pageerror", lambda error: visit.troubles.append(f"script error: {error}"))
    visit.page.on(
        "console",
        lambda message: visit.troubles.append(message.text) if message.type in ("error", "warning") else None,
    )
    yield visit
    context.close()
    assert not visit.troubles


@pytest.fixture
def axe(missing: Callable[[str], NoReturn]) -> Callable[[Page], list[str]]:
    """Says what axe-core finds wrong: rules of A, AA and best practice, and AAA contrast in light."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        missing("axe-playwright-python is not installed")
    from axe_playwright_python.sync_playwright import Axe

    def violations(page: Page) -> list[str]:
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        rules = {"color-contrast-enhanced": {"enabled": not dark}}
        # Of what passes axe need not say where on the page it is.
        wanted = {"runOnly": {"type": "tag", "values": tags}, "rules": rules, "resultTypes": ["violations"]}
        found = Axe().run(page, options=wanted)
        return [
            f"{each['id']}: {node['html'][:300]}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]

    return violations
