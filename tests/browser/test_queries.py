"""Visitors search and open results, here and on other sites; the owner sees it and teaches a word."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.settings import Settings
from search.access.keys import KeyFile, Role, make_key
from search.asked.report import Report, report
from search.asked.store import Store
from search.query.periods import today_in_jakarta
from tests.browser.embed.koran import Koran, served_by
from tests.browser.visits import DESK, PHONE
from tests.conftest import Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WITHIN = 5.0
"""Seconds in which what happened is written."""


@dataclass
class Site:
    """A running server that records what visitors ask."""

    address: str
    key: str
    store: Store
    server: subprocess.Popen[Any]
    lexicon: Path

    def told(self) -> Report:
        today = today_in_jakarta()
        return report(self.store, today, today, 100)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Query -> searches and clicks."""
        return {row.query: (row.searches, row.clicks) for row in self.told().queries}

    def get(self, path: str) -> None:
        with urllib.request.urlopen(self.address + path, timeout=30) as response:
            response.read()


@pytest.fixture(scope="module")
def site(
    site_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    start_shared_program: Start,
) -> Site:
    folder = tmp_path_factory.mktemp("tercatat")
    index = folder / "index"
    index.mkdir()
    for path in Path(site_settings.text("index")).iterdir():
        (index / path.name).symlink_to(path)
    lexicon = folder / "leksikon.txt"
    lexicon.write_text("# milik saya\n")
    (folder / "telusur.toml").write_text('query_log = true\nlexicon = "leksikon.txt"\nworkers = 2\n')
    text, key = make_key("pengelola", Role.ADMIN)
    KeyFile(index).add(key)
    port = free_port()
    code = "from search.cli.commands import telusur; telusur()"
    options = {"cwd": folder, "env": {"PYTHONPATH": str(Path(__file__).parents[2])}}
    server = start_shared_program(code, "serve", "--port", str(port), "--index", str(index), **options)
    site = Site(f"http://127.0.0.1:{port}", text, Store.of(str(index)), server, lexicon)
    while server.poll() is None:
        try:
            site.get("/healthz")
            return site
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server ended")


@pytest.fixture
def koran(site: Site) -> Iterator[Koran]:
    with served_by(site.address) as koran:
        yield koran


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens tabs in which nothing may go wrong."""
    troubles: list[str] = []
    opened: list[BrowserContext] = []

    def open_tab(**options: Any) -> Page:
        opened.append(browser.new_context(**{"viewport": DESK, "locale": "id-ID", **options}))
        page = opened[-1].new_page()
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.on(
            "console", lambda each: troubles.append(each.text) if each.type in ("error", "warning") else None
        )
        return page

    yield open_tab
    for context in opened:
        context.close()
    assert not troubles


def test_searches_and_opened_results_are_counted_on_our_page_and_on_others(
    site: Site, koran: Koran, tab: Callable[..., Page]
) -> None:
    page = tab()
    page.goto(f"{site.address}/?q=banjir")
    page.locator("#hasil-3 h2 a").click()
    page.wait_for_url("**/dokumen/**")
    page.go_back()
    page.locator("#hasil-5 h2 a").click(button="middle")
    page.goto(f"{site.address}/?q=banjir&page=2")
    page.locator(".result h2 a").first.click()
    page.wait_for_url("**/dokumen/**")

    koran.show('<telusur-search link="archive" suggestions="off"></telusur-search>')
    other = tab()
    other.goto(koran.address)
    other.get_by_label("Cari artikel").fill("Netralitas")
    other.get_by_role("button", name="Cari", exact=True).click()
    other.get_by_role("link", name="Pengawas Ingatkan").click()
    other.wait_for_url("**/dokumen/**")

    time.sleep(WITHIN)
    assert site.counts()["banjir"] == (1, 3)
    assert site.counts()["netralitas"] == (1, 1)
    assert site.told().faces == {"component": 1, "page": 1}
    positions = {row.query: row.position for row in site.told().queries}
    assert positions == {"banjir": (3 + 5 + 11) / 3, "netralitas": 1}


def test_the_owner_sees_failed_queries_and_teaches_a_word_in_one_step(
    site: Site, tab: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    for query in ("nakes", "qqqq", "a" * 90):
        site.get(f"/?q={query}")
    time.sleep(WITHIN)

    credentials = {"http_credentials": {"username": "", "password": site.key}}
    for look in (
        {"viewport": DESK},
        {"viewport": PHONE, "color_scheme": "dark", "java_script_enabled": False},
    ):
        page = tab(**credentials, **look)
        assert page.goto(f"{site.address}/kelola/pertanyaan") is not None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("ol.each-day li").count() == 30
        bar = page.locator("ol.each-day li:last-child svg").last.bounding_box()
        assert bar is not None
        assert bar["height"] >= 10
        if "color_scheme" not in look:
            assert axe(page) == []
            page.get_by_text("Angka per hari").click()
            assert axe(page) == []
    # without script
    page.get_by_label("Padanan untuk nakes, dipisahkan koma").fill("warga")
    page.get_by_role("button", name="Tambahkan padanan untuk nakes").click()
    assert "nakes => warga" in page.get_by_role("status").inner_text()
    assert "nakes => warga" in site.lexicon.read_text()
    time.sleep(1.5)
    page.get_by_role("link", name="Coba cari").click()
    page.locator(".result").first.wait_for()

    page.goto(f"{site.address}/kelola/pertanyaan?hari=7")
    assert page.locator("ol.each-day li").count() == 7


def test_a_killed_worker_loses_no_more_than_seconds_and_one_that_ends_nothing(site: Site) -> None:
    for _time in range(40):
        site.get("/?q=sebelum")
    time.sleep(WITHIN)
    workers = _children(site.server.pid)
    assert len(workers) >= 2
    for worker in workers:
        subprocess.run(["kill", "-9", str(worker)], check=False)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            site.get("/?q=sesudah")
            break
        except OSError:
            time.sleep(0.2)
    assert site.counts()["sebelum"] == (40, 0)

    for _time in range(10):
        site.get("/?q=terakhir")
    site.server.terminate()
    site.server.wait(20)
    assert site.counts()["terakhir"] == (10, 0)
    assert site.counts()["sebelum"] == (40, 0)
    site.store.probe()


def _children(process: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found.append(int(path.parent.name))
    return [each for each in found if b"resource_tracker" not in Path(f"/proc/{each}/cmdline").read_bytes()]
