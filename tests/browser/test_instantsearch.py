"""The pages of ``examples/instantsearch`` with unmodified packages of npm, on an origin of their own."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings
from tests.packages import npm_packages

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "instantsearch"
QUOTED, APOSTROPHE, ATTACK = 'kompas "Cyber" Media', "Jum'at Berita", "<img src=x onerror=alert(1)>"
BODY = (
    "Pekan ini hujan turun tanpa henti sejak pagi sampai malam di hampir semua kecamatan, kata petugas. "
    f"Air banjir merendam rumah warga {ATTACK} & baru surut menjelang sore hari itu juga."
)

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def telusur(tmp_path_factory, start_shared_program, free_port) -> str:
    """Address of a server whose archive has names that filters have to quote."""
    folder = tmp_path_factory.mktemp("instantsearch")
    records = [
        {
            "id": f"a{number:02}",
            "title": f"Banjir ke-{number} merendam permukiman",
            "body": BODY,
            "source": (QUOTED, APOSTROPHE, "polos.example")[number % 3],
            "place": ("Demak", "Kudus")[number % 2],
            "date": f"{2018 + number // 4}-05-{number + 1:02}",
            "url": f"https://warta.example/{number}",
        }
        for number in range(24)
    ]
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "sources": (str(archive),)})
    assert sync(settings, jobs=1).added == len(records)
    port = free_port()
    options = ["--port", str(port), "--workers", "1", "--index", settings.text("index")]
    with (folder / "log").open("wb") as log:
        code = "from search.cli.commands import telusur; telusur()"
        server = start_shared_program(code, "serve", *options, cwd=ROOT, stdout=log, stderr=log)
    for _ in range(1000):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
            return f"http://127.0.0.1:{port}"
        assert server.poll() is None, (folder / "log").read_text()
        sleep(0.02)
    pytest.fail((folder / "log").read_text())


@pytest.fixture(scope="module")
def pages(telusur, tmp_path_factory, request, missing) -> Iterator[str]:
    """Address where the example is served as its README says, but for the address of the site."""
    packages = npm_packages(EXAMPLE / "package.json", request.config.cache.mkdir("npm"), missing)
    folder = tmp_path_factory.mktemp("contoh")
    for file in EXAMPLE.glob("*.*"):
        text = file.read_text(encoding="utf-8").replace("http://127.0.0.1:8000", telusur)
        text = text.replace('data-key=""', 'data-key="kunci"') if file.stem == "lanjutan" else text
        (folder / file.name).write_text(text, encoding="utf-8")
    other = (folder / "halaman.html").read_text(encoding="utf-8").replace('"articles"', '"news"')
    (folder / "salah.html").write_text(other, encoding="utf-8")
    (folder / "node_modules").symlink_to(packages)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def open_page(browser, pages, telusur) -> Iterator[Callable[..., Any]]:
    """Opens a page of the example; troubles of its console fail the test, unless it is to be refused."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    troubles: list[str] = []
    known = (pages, telusur, "data:")

    def open_it(name: str, *, refused: bool = False) -> Any:
        page = context.new_page()
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        if not refused:
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: asked.url.startswith(known) or troubles.append(asked.url))
        page.goto(f"{pages}/{name}")
        return page

    yield open_it
    context.close()
    assert not troubles


def shows(page: Any, count: int) -> None:
    """Wait until so many articles are counted."""
    page.locator("#jumlah", has_text=f"{count} artikel").wait_for()


def choose(page: Any, box: str, value: str) -> None:
    page.locator(f"{box} label").filter(has_text=value).first.click()


def counted(page: Any, box: str) -> dict[str, int]:
    items = page.locator(f"{box} .ais-RefinementList-item").all()
    return {
        each.locator(".ais-RefinementList-labelText").inner_text(): int(
            each.locator(".ais-RefinementList-count").inner_text()
        )
        for each in items
    }


def titles(page: Any, box: str = "#hasil") -> list[str]:
    return [each.inner_text() for each in page.locator(f"{box} h3").all()]


def test_words_marks_and_snippets(open_page):
    page = open_page("halaman.html")
    shows(page, 24)
    assert titles(page)[0] == "Banjir ke-23 merendam permukiman"  # the newest, as nothing is asked for yet

    page.locator("#kotak input").press_sequentially("perm")
    page.locator("#hasil mark", has_text="permukiman").first.wait_for()
    shows(page, 24)
    page.locator("#kotak input").fill("banjir warga")
    page.locator("#hasil p mark", has_text="warga").first.wait_for()

    hit = page.locator("#hasil article").first
    assert hit.locator("h3 mark").all_inner_texts() == ["Banjir"]
    snippet = hit.locator("p").first
    assert snippet.locator("mark").all_inner_texts() == ["banjir", "warga"]
    assert snippet.inner_text().startswith("…")
    assert len(snippet.inner_text().split()) <= 24
    assert ATTACK in snippet.inner_text()  # as text: whoever shows it escapes it
    assert page.locator("#hasil img").count() == 0
    page.locator("#kotak input").fill("katayangtakada")
    page.get_by_text("Tidak ada artikel untuk “katayangtakada”").wait_for()


def test_refinement_lists_with_two_values_quotes_and_apostrophes(open_page):
    page = open_page("halaman.html")
    shows(page, 24)
    assert counted(page, "#sumber") == dict.fromkeys([QUOTED, APOSTROPHE, "polos.example"], 8)

    choose(page, "#sumber", QUOTED)
    shows(page, 8)
    assert counted(page, "#sumber") == dict.fromkeys([QUOTED, APOSTROPHE, "polos.example"], 8)
    choose(page, "#sumber", APOSTROPHE)
    shows(page, 16)
    assert counted(page, "#tempat") == {"Demak": 8, "Kudus": 8}
    choose(page, "#tempat", "Kudus")
    shows(page, 8)
    assert counted(page, "#sumber") == dict.fromkeys([QUOTED, APOSTROPHE, "polos.example"], 4)
    page.get_by_role("button", name="Hapus saringan").click()
    shows(page, 24)

    find = page.locator("#sumber input[type=search]")
    find.press_sequentially("jum'")
    page.locator("#sumber .ais-RefinementList-item:only-child").wait_for()
    choose(page, "#sumber", APOSTROPHE)
    shows(page, 8)


def test_a_range_of_years_and_the_order(open_page):
    page = open_page("halaman.html")
    shows(page, 24)
    first, last = page.locator("#tahun input[type=number]").all()
    assert (first.get_attribute("min"), last.get_attribute("max")) == ("2018", "2023")

    first.fill("2019")
    last.fill("2020")
    page.get_by_role("button", name="Saring", exact=True).click()
    shows(page, 8)
    page.locator("#urutan select").select_option("articles:published:asc")
    page.locator("#hasil li:first-child h3", has_text="ke-4").wait_for()
    assert titles(page) == [f"Banjir ke-{number} merendam permukiman" for number in range(4, 12)]
    page.locator("#urutan select").select_option("articles:published:desc")
    page.locator("#hasil li:first-child h3", has_text="ke-11").wait_for()


def test_numbered_pages_and_a_list_that_grows(open_page):
    numbered = open_page("halaman.html")
    shows(numbered, 24)
    seen = titles(numbered)
    for number in ("2", "3"):
        before = titles(numbered)[0]
        numbered.locator("#halaman a", has_text=number).first.click()
        numbered.locator("#hasil li:first-child h3", has_text=before).wait_for(state="detached")
        seen += titles(numbered)
    assert len(seen) == len(set(seen)) == 24
    assert numbered.locator("#halaman li", has_text="4").count() == 0

    growing = open_page("lanjutan.html")
    shows(growing, 24)
    more = growing.get_by_role("button", name="Lebih banyak")
    for count in (20, 24):
        more.click()
        growing.locator(f"#lanjutan li:nth-child({count})").first.wait_for()
    assert titles(growing, "#lanjutan") == seen
    assert more.is_disabled()


def test_an_error_is_shown_in_words(open_page):
    page = open_page("salah.html", refused=True)

    page.get_by_role("alert").filter(has_text="Indeks `news` tidak ada").wait_for()
    assert "bernama `articles`" in page.get_by_role("alert").inner_text()
