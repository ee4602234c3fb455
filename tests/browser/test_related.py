"""Versions and relatives in a real Chromium: by click and key, on every screen."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings
from tests.browser.visits import EVERY_LOOK, LOOKS, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BRIDGE = (
    "Bupati Wiratama meresmikan jembatan gantung Kalibening yang menghubungkan dua dusun di lereng Sumbing "
    "setelah kerja bakti warga. Menurut Wiratama, anggaran jembatan berasal dari iuran dan hibah. Anak "
    "sekolah dusun Kalibening kini tidak memutar menyusuri sungai yang meluap pada musim hujan."
)
NAMES = ("warta", "harian", "kini", "kampung")
ARTICLES = [
    *(
        {
            "id": f"jembatan-{name}",
            "title": f"Jembatan Gantung Kalibening Diresmikan, Tulis {name.title()}",
            "body": f"LERENG, {name} - {BRIDGE}",
            "source": f"{name}.example",
            "place": "Lereng",
            "date": f"2025-03-0{day}",
        }
        for day, name in enumerate(NAMES, 1)
    ),
    *(
        {
            "id": f"kalibening-{number}",
            "title": f"Kalibening Menunggu Jembatan ke-{number}",
            "body": f"Warga Kalibening di lereng Sumbing menunggu jembatan ke-{number} sejak banjir.",
            "source": "warta.example",
            "date": "2025-02-11",
        }
        for number in range(1, 8)
    ),
    *({"id": f"isi-{number}", "title": f"Hal {number}", "body": "Hal lain lagi."} for number in range(30)),
]
FOUND = 11
"""Articles about the bridge."""


@pytest.fixture(scope="module")
def live_site(
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    start_shared_program: Callable[..., subprocess.Popen[Any]],
) -> Iterator[str]:
    """Address of a server of a site where one report was told by four publishers."""
    folder: Path = tmp_path_factory.mktemp("versions")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    sync(Settings({"index": str(folder / "index"), "sources": (str(archive),)}), jobs=1)
    address = f"http://127.0.0.1:{(port := free_port())}"
    options = ["--port", str(port), "--workers", "1", "--index", str(folder / "index")]
    code = "from search.cli.commands import telusur; telusur()"
    with (folder / "log").open("wb") as log:
        server = start_shared_program(code, "serve", *options, stdout=log, stderr=subprocess.STDOUT)
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.02)
        yield address
        server.terminate()
        server.wait(15)


def shown(page: Page) -> list[str]:
    return [title for title in page.locator(".versions a").all_inner_texts() if title]


@EVERY_LOOK
def test_a_reader_unfolds_versions_and_opens_one(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=jembatan+kalibening&per_page=50")
    assert page.locator(".result").count() == FOUND - 3
    assert shown(page) == []

    page.get_by_text("3 versi lain").click()

    versions = shown(page)
    assert len(versions) == 3
    page.locator(".versions a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == versions[0]


@EVERY_LOOK
def test_a_reader_sees_every_version_and_folds_them_again(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=jembatan+kalibening&per_page=50")
    total = page.get_by_role("heading", level=1).inner_text()

    page.get_by_role("link", name="Tampilkan semua versi").click()

    assert page.url.endswith("fold=false&per_page=50")
    assert page.locator(".result").count() == FOUND
    assert page.get_by_role("heading", level=1).inner_text() == total
    page.get_by_role("link", name="Himpun berita yang sama").click()
    assert page.locator(".result").count() == FOUND - 3


def test_versions_unfold_by_keyboard_and_say_whose_they_are(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=jembatan+kalibening&per_page=50")
    headline = page.locator(".result:has(.versions) h2").inner_text()
    summary = page.locator(".versions summary")
    assert summary.text_content() == f"3 versi lain dari {headline}"

    summary.focus()
    page.keyboard.press("Enter")

    assert len(shown(page)) == 3


@EVERY_LOOK
def test_a_reader_goes_from_an_article_to_its_versions_and_relatives(visit: Visit) -> None:
    page = visit.page
    page.goto("/dokumen/jembatan-warta")
    versions = page.get_by_role("region", name="Versi lain dari berita ini")
    related = page.get_by_role("region", name="Artikel terkait")
    assert versions.get_by_role("link").count() == 3
    assert related.get_by_role("link").count() == 5
    assert "harian.example" in versions.inner_text()

    title = related.get_by_role("link").first.inner_text()
    related.get_by_role("link").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == title
    assert "Kalibening" in title


@LOOKS
def test_nobody_is_kept_out(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    troubles: dict[str, list[str]] = {}
    for path in ("/?q=jembatan+kalibening", "/?q=jembatan+kalibening&fold=false", "/dokumen/jembatan-warta"):
        page.goto(path)
        for summary in page.locator(".versions summary").all():
            summary.click()
        troubles[path] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    assert troubles == {path: [] for path in troubles}
