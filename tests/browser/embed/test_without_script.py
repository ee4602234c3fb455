"""Sites without scripts: a plain form, the content of the component, and a frame that the owner allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from index.settings import Settings
from search.app import create_app
from tests.browser.embed.koran import Koran, box, code_of_guide
from tests.browser.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[3] / "examples" / "html" / "index.html"


@contextmanager
def framed_by(koran: Koran, settings: Settings, *origins: str) -> Iterator[str]:
    """A server of the archive whose owner lets these show it in a frame, and which the site allows."""
    app = create_app(settings.replace(frame_ancestors=origins))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    before, koran.archive = koran.archive, f"http://127.0.0.1:{server.server_port}"
    try:
        yield koran.archive
    finally:
        koran.archive = before
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], ids=["without script"], indirect=True)
def test_a_plain_form_leads_to_the_results(visit: Visit, koran: Koran) -> None:
    (form,) = code_of_guide("<form")
    koran.show(f"<telusur-search>{form.replace('https://arsip.example', koran.archive)}</telusur-search>")
    page = visit.page
    page.goto("/")
    page.get_by_label("Cari artikel").fill("netralitas")
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url(f"{koran.archive}/?q=netralitas")
    assert page.get_by_role("heading", level=1).inner_text().startswith("2 artikel")


def test_with_script_the_component_stands_in_place_of_the_form(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search><form action="/"><input name="q" aria-label="Biasa"></form></telusur-search>')
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox", name="Cari artikel").wait_for()
    assert page.get_by_label("Biasa").is_hidden()


def test_a_frame_is_refused_unless_the_owner_names_the_site(
    visit: Visit, koran: Koran, site_settings: Settings
) -> None:
    koran.show(f'<iframe title="Arsip" src="{koran.archive}/?q=netralitas"></iframe>')
    page = visit.page
    page.goto("/", wait_until="networkidle")
    assert page.frame_locator("iframe").get_by_role("heading", level=1).count() == 0
    assert [each for each in visit.troubles if "frame-ancestors 'none'" in each or "X-Frame-Options" in each]
    visit.troubles.clear()

    with framed_by(koran, site_settings, "https://lain.example") as archive:
        koran.show(f'<iframe title="Arsip" src="{archive}/?q=netralitas"></iframe>')
        page.goto("/", wait_until="networkidle")
        assert page.frame_locator("iframe").get_by_role("heading", level=1).count() == 0
    assert [each for each in visit.troubles if "frame-ancestors https://lain.example" in each]
    visit.troubles.clear()


def test_in_an_allowed_frame_readers_search_and_leave_it_at_the_top(
    browser: Browser, koran: Koran, site_settings: Settings
) -> None:
    with framed_by(koran, site_settings, koran.address) as archive:
        (element,) = code_of_guide("<iframe")
        koran.show(element.replace("https://arsip.example/", f"{archive}/?lang=en"))
        context = browser.new_context(base_url=koran.address)
        context.route("https://kabarlebak.example/**", lambda route: route.fulfill(body="<h1>Asli</h1>"))
        page = context.new_page()
        page.goto("/")
        frame = page.frame_locator("iframe")
        frame.get_by_label("Search articles").last.fill("netralitas lebak")
        frame.get_by_role("button", name="Search", exact=True).last.click()
        frame.get_by_role("link", name="Pengawas Ingatkan").click()
        frame.get_by_role("link", name="Read it on the original site").click()
        page.wait_for_url("https://kabarlebak.example/**")
        context.close()


def test_the_example_page_searches_in_all_three_ways(
    visit: Visit, koran: Koran, site_settings: Settings
) -> None:
    page = visit.page
    with framed_by(koran, site_settings, koran.address) as archive:
        koran.whole = EXAMPLE.read_text(encoding="utf-8").replace("https://cari.example", archive)
        page.goto("/")
        component = page.locator("telusur-search")
        box(component).fill("netralitas")
        box(component).press("Enter")
        component.get_by_text("2 artikel untuk “netralitas”").first.wait_for()
        framed = page.frame_locator("iframe")
        page.locator("iframe").scroll_into_view_if_needed()
        framed.get_by_label("Cari artikel").fill("netralitas")
        framed.get_by_role("button", name="Cari", exact=True).click()
        framed.locator("h1", has_text="2 artikel").wait_for()
        page.get_by_label("Cari dalam arsip").fill("netralitas")
        page.get_by_label("Cari dalam arsip").press("Enter")
        page.wait_for_url(f"{archive}/?q=netralitas")
        page.get_by_role("heading", level=1).wait_for()
    # A browser says that it does not focus a box inside of a frame, and that the server is gone.
    visit.troubles = [each for each in visit.troubles if each.startswith("script error")]
