"""A reader of a site that lies under a path of another one, behind nginx: script and forms stay inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

from index.settings import Settings
from tests.browser.visits import DESK, PHONE
from tests.search.hosted.proxied import behind_nginx

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def address(
    site_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    missing: Callable[[str], NoReturn],
) -> Iterator[str]:
    servers = {"/cari": {"TELUSUR_PUBLIC_URL": "https://koran.example/cari"}}
    folder = tmp_path_factory.mktemp("nginx")
    with behind_nginx(servers, site_settings.text("index"), folder, free_port, missing) as port:
        yield f"http://127.0.0.1:{port}/cari/"


Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a tab; a request that leaves the path, or a complaint of the browser, fails the test."""
    troubles: list[str] = []
    contexts = []

    def note(url: str) -> None:
        if not url.startswith((address, "data:")):
            troubles.append(f"request to {url}")

    def open_page(**options: object) -> Page:
        context = browser.new_context(locale="id-ID", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.on("response", lambda got: troubles.append(got.url) if got.status >= 400 else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda each: troubles.append(each.text) if each.type == "error" else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles


@pytest.mark.browser
def test_script_asks_and_goes_to_addresses_under_the_path(open_page: Open, address: str) -> None:
    page = open_page(viewport=DESK)
    page.locator("#q").press_sequentially("banj")
    page.get_by_role("option", name="banjir").first.wait_for()
    page.locator("#q").fill("netralitas as")
    page.get_by_role("option").filter(has_text="Pengawas Ingatkan").click()
    page.wait_for_url(f"{address}dokumen/netralitas-lebak**")

    page.goto(address)
    page.locator("#q").fill("banjir")
    page.locator("#q").press("Enter")
    page.wait_for_url(f"{address}?q=banjir")
    assert page.evaluate("Object.keys(localStorage)") == ["telusur.recent:/cari/"]
    page.locator(".filters li a").first.click()  # fetched, and put in place
    page.wait_for_url(f"{address}?q=banjir&source=**")
    assert page.locator(".chips a").count() == 1
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**lang=en**")
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.browser
def test_forms_and_links_stay_under_the_path_without_script(open_page: Open, address: str) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False, color_scheme="dark")
    page.locator("#q").fill("banjir")
    page.locator("#q").press("Enter")
    page.wait_for_url(f"{address}?q=banjir")
    page.locator("#hasil h2 a, #hasil h3 a").first.click()
    page.wait_for_url(f"{address}dokumen/banjir-**")
    page.locator(".brand").click()
    page.wait_for_url(f"{address}**")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
