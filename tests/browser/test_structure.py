"""The structure of an article in a real Chromium: headings, lists, tables, quotes, links, at every width."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from index.reindex.sync import sync
from index.settings import Settings
from search.app import create_app
from tests.browser.visits import EVERY_LOOK, LOOKS, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COLUMNS = 12
BODY = (
    '<p>Pengawas membahas <a href="/aturan">aturan kampanye</a> pekan ini. <b>Pemilih</b> diundang.</p>'
    '<figure><img src="/rapat.jpg" alt="Suasana rapat"></figure>'
    "<h3>Latar kampanye</h3><ul><li>Undang-undang</li><li>Peraturan<ol><li>pusat</li><li>daerah</li></ol>"
    "</li></ul>"
    "<blockquote><p>“Kampanye harus jujur,” kata ketua.</p><p>Semua setuju.</p></blockquote>"
    "<h4>Angka</h4><table><tr>"
    + "".join(f"<th>Kecamatan {number}</th>" for number in range(COLUMNS))
    + "</tr><tr>"
    + "".join(f"<td>{number}.000 kampanye</td>" for number in range(COLUMNS))
    + '</tr></table><p>Rapat ditutup <a href="javascript:alert(1)">sore hari</a>.</p>'
)


@pytest.fixture(scope="module")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site whose one article has all that is kept of a source."""
    folder: Path = tmp_path_factory.mktemp("structure")
    archive = folder / "arsip.jsonl"
    record = {"id": "rapat", "judul": "Rapat Pengawas", "isi": BODY, "url": "https://kabar.example/rapat"}
    archive.write_text(json.dumps(record), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "sources": (str(archive),)})
    assert sync(settings, jobs=1).added == 1
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def article(visit: Visit) -> Page:
    """The article, found by a word."""
    visit.page.goto("/dokumen/rapat?q=kampanye")
    return visit.page


@EVERY_LOOK
def test_a_reader_sees_the_structure_of_the_source(article: Page) -> None:
    text = article.locator(".text")

    assert text.get_by_role("heading", level=2).all_inner_texts() == ["Latar kampanye"]
    assert text.get_by_role("heading", level=3).all_inner_texts() == ["Angka"]
    assert text.locator("> ul > li").count() == 2
    assert text.locator("ul ol > li").all_inner_texts() == ["pusat", "daerah"]
    assert text.locator("blockquote p").count() == 2
    link = text.get_by_role("link", name="aturan kampanye")
    assert link.get_attribute("href") == "https://kabar.example/aturan"
    assert link.get_attribute("rel") == "noopener nofollow ugc"
    picture = text.get_by_role("link", name="Gambar: Suasana rapat")
    assert picture.get_attribute("href") == "https://kabar.example/rapat.jpg"
    assert text.get_by_role("link").count() == 2
    assert text.locator("img, script, [style], [onclick]").count() == 0


@EVERY_LOOK
def test_the_words_of_the_query_are_marked_inside_every_element(article: Page) -> None:
    for place in ("a", "h2", "blockquote", "td"):
        assert article.locator(f".text {place} mark").first.inner_text().lower() == "kampanye"


@EVERY_LOOK
def test_headings_are_listed_by_level_without_a_gap(article: Page) -> None:
    main = article.get_by_role("main")

    assert main.locator("h1, h2, h3, h4").evaluate_all(
        "all => all.slice(0, 3).map(each => each.tagName)"
    ) == [
        "H1",
        "H2",
        "H3",
    ]


@EVERY_LOOK
def test_a_wide_table_is_moved_by_the_keyboard_and_the_page_is_not(article: Page) -> None:
    region = article.get_by_role("region", name="Tabel 1")
    assert region.get_by_role("columnheader").count() == COLUMNS
    width = "each => each.scrollWidth - each.clientWidth"
    assert region.evaluate(width) > 0
    assert article.locator("html").evaluate(width) <= 0

    region.focus()
    assert region.evaluate("each => each === document.activeElement")
    article.keyboard.press("ArrowRight")
    deadline = time.monotonic() + 20
    while region.evaluate("each => each.scrollLeft") == 0 and time.monotonic() < deadline:
        article.wait_for_timeout(50)
    assert region.evaluate("each => each.scrollLeft") > 0


@LOOKS
def test_axe_finds_nothing(article: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(article) == []
