"""A site that its owner has made its own, as its visitors see it."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.config.values import Colour, parse_colour
from index.settings import Settings
from search.web.colours import AA, AAA, BLACK, contrast
from tests.browser.visits import EVERY_LOOK, LOOKS, PHONE, SHIFT, Visit
from tests.conftest import programs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

YELLOW = "#ffd400"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
    '<rect width="90" height="30" fill="#8a1538"/></svg>'
)
FOOTER = "Dikelola Redaksi Arsip Kami.\nKontak: redaksi@arsip.example\n\nHak cipta: https://arsip.example/hak-cipta"
ABOUT = "Arsip ini memuat berita daerah.\n\nSelengkapnya: https://arsip.example/tentang-kami."
HEAD = (
    '{% extends "bawaan/base.html" %}{% block site_head %}<meta name="author" content="Kami">{% endblock %}'
)


@contextmanager
def served(folder: Path, port: int, index: str, **values: object) -> Iterator[str]:
    """The address of a server with these settings."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    (folder / "telusur.toml").write_text("\n".join(lines), encoding="utf-8")
    with programs() as start, (folder / "log").open("wb") as log:
        code = "from search.cli.commands import telusur; telusur()"
        options = ["--port", str(port), "--workers", "1", "--index", index]
        server = start(code, "serve", *options, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while not _answers(address):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.05)
        yield address
        server.terminate()
        server.wait(15)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def live_site(
    site_settings: Settings, tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]
) -> Iterator[str]:
    """The site of an owner who used everything."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "logo.svg").write_text(LOGO)
    for name, content in {
        "templates/base.html": HEAD,
        "static/situs.css": ".foot-text { font-style: italic }",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    values = {
        "site_name": "Arsip Kami",
        "logo": "logo.svg",
        "accent": YELLOW,
        "footer": FOOTER,
        "about": ABOUT,
        "site_dir": str(folder),
    }
    with served(folder, free_port(), site_settings.text("index"), **values) as address:
        yield address


@pytest.fixture(scope="module")
def pinned_site(
    site_settings: Settings, tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]
) -> Iterator[str]:
    """The site of an owner who speaks one language."""
    folder = tmp_path_factory.mktemp("pinned")
    values = {"languages": ["id"]}
    with served(folder, free_port(), site_settings.text("index"), **values) as address:
        yield address


PAGES = (
    *("/", "/?q=banjir", "/?q=banjir+surut&place=Demak&page=1", "/dokumen/netralitas-lebak?q=awas"),
    *("/bantuan", "/tentang", "/nonesuch"),
)


def no_404(visit: Visit) -> None:
    visit.troubles = [each for each in visit.troubles if "404" not in each]


@LOOKS
def test_axe_finds_nothing_on_a_site_in_yellow(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page, found = visit.page, {}
    for path in PAGES:
        page.goto(path)
        if violations := axe(page):
            found[path] = violations
    no_404(visit)
    assert not found


@LOOKS
def test_the_button_has_the_colour_of_the_owner_and_links_can_be_read(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")

    for button in (".search > button", ".over"):
        assert is_black_on_yellow(page, button), button
    link, paper = colour_of(page, ".result h2 a", "color"), colour_of(page, "body", "backgroundColor")
    assert contrast(link, paper) >= (AA if dark else AAA)
    page.goto("/saringan/source?q=banjir")
    assert is_black_on_yellow(page, ".see a")


def colour_of(page: Page, selector: str, name: str) -> Colour:
    """A colour of the first such element, by its property's name."""
    found = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    colour = parse_colour(found)
    assert colour is not None, found
    return colour


def is_black_on_yellow(page: Page, button: str) -> bool:
    return [colour_of(page, button, name) for name in ("color", "backgroundColor")] == [BLACK, (255, 212, 0)]


@EVERY_LOOK
def test_logo_name_footer_and_about_are_where_readers_look(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    home = page.get_by_role("banner").get_by_role("link", name="Arsip Kami", exact=True)
    logo = home.locator("img").bounding_box()

    assert home.is_visible()
    assert logo is not None
    assert logo["width"] / logo["height"] == pytest.approx(3, abs=0.1)
    foot = page.get_by_role("contentinfo")
    assert foot.get_by_role("link", name="redaksi@arsip.example").get_attribute("href") == (
        "mailto:redaksi@arsip.example"
    )
    foot.get_by_role("link", name="Tentang").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tentang Arsip Kami"
    assert page.get_by_role("main").get_by_role("link").get_attribute("href") == (
        "https://arsip.example/tentang-kami"
    )
    home.click()
    assert page.get_by_role("heading", level=1, name="Arsip Kami").locator("img").is_visible()


@LOOKS
def test_nothing_moves_and_nothing_sticks_out_when_the_logo_comes(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("moved") < SHIFT, path
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    no_404(visit)


def test_the_style_and_the_template_of_the_owner_are_used(visit: Visit) -> None:
    page = visit.page
    page.goto("/bantuan")

    assert page.evaluate("getComputedStyle(document.querySelector('.foot-text')).fontStyle") == "italic"
    assert page.locator("head meta[name=author]").get_attribute("content") == "Kami"


def test_icons_and_feed_that_a_page_names_are_there(visit: Visit) -> None:
    page = visit.page
    for path in ("/", "/dokumen/netralitas-lebak", "/bantuan"):
        page.goto(path)
        named = page.evaluate(
            """async () => {
              const links = document.querySelectorAll("link[rel*=icon], link[rel=alternate]");
              const found = [];
              for (const link of links) {
                const answer = await fetch(link.href);
                found.push([link.rel, answer.status, answer.headers.get("content-type")]);
              }
              return found;
            }"""
        )
        assert [each[1] for each in named] == [200] * 4
        assert {each[0] for each in named} == {"icon", "apple-touch-icon", "alternate"}
        assert named[-1][2].startswith("application/atom+xml")


@EVERY_LOOK
def test_a_visitor_chooses_a_language_once(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Demak")
    assert page.context.cookies() == []
    page.get_by_role("link", name="English").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert "q=banjir&place=Demak" in page.url
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["sameSite"]) == ("telusur_lang", "en", "Lax")
    page.get_by_role("link", name="How to search").click()
    assert page.url.endswith("/bantuan")
    assert page.get_by_role("heading", level=1).inner_text() == "How to search"
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    page.goto("/bantuan")
    assert page.locator("html").get_attribute("lang") == "id"


@pytest.mark.parametrize("visit", [{"viewport": PHONE, "java_script_enabled": False}, {}], indirect=True)
def test_every_example_of_the_help_page_finds_something(visit: Visit) -> None:
    page = visit.page
    page.goto("/bantuan")
    addresses = [link.get_attribute("href") or "" for link in page.locator("dt a").all()]
    assert len(addresses) > 15
    for address in addresses:
        page.goto(address)
        assert page.locator(".result").count() > 0, address


def test_one_language_is_no_choice(
    browser: Browser, pinned_site: str, axe: Callable[[Page], list[str]]
) -> None:
    context = browser.new_context(base_url=pinned_site, viewport=PHONE, locale="en-US")
    page = context.new_page()
    for path in ("/", "/?q=banjir", "/nonesuch"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "id"
        assert page.get_by_role("link", name="English").count() == 0
        assert page.get_by_role("navigation", name="Bahasa halaman").count() == 0
        assert not axe(page)
    context.close()
