"""XML of any kind: told apart by its outermost element, and read within bounds."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources import xml_stream
from index.sources.base import Skip
from index.sources.files import open_input
from index.sources.xml_stream import XmlStream

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]

ITEM = "<item><title>Pasar</title><description>Pasar baru dibuka.</description></item>"
RSS = f"<rss><channel>{ITEM}</channel></rss>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("Pasar baru dibuka.", "no XML"),
        ("<pasar><harga>5</harga></pasar>", "XML with the element <pasar>"),
        ("<html><body><p>Pasar</p></body></html>", "ends in .html"),
        (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.id/</loc></url></urlset>",
            "1 addresses",
        ),
    ],
)
def test_what_is_not_read_says_what_it_is(skip: ReadSkip, text: str, reason: str) -> None:
    assert reason in skip("a.xml", text).reason


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom", "a.rdf", "A.XML"])
def test_the_outermost_element_decides_and_not_the_name(document: ReadDocument, name: str) -> None:
    assert document(name, RSS).body == "Pasar baru dibuka."


def test_it_may_be_compressed(document: ReadDocument) -> None:
    assert document("a.xml.gz", gzip.compress(RSS.encode())).body == "Pasar baru dibuka."


class TestEncoding:
    TEXT = "Pasar “baru” é ramai."
    WITH = RSS.replace("Pasar baru dibuka.", TEXT)

    @pytest.mark.parametrize(
        ("declared", "encoding"),
        [
            ("utf-8", "utf-8"),
            ("utf-8", "utf-8-sig"),
            ("utf-8", "cp1252"),
            ("iso-8859-1", "cp1252"),
            ("windows-1252", "cp1252"),
            ("utf-16", "utf-16"),
            ("x-unknown", "utf-8"),
        ],
    )
    def test_text_is_read_whatever_is_declared(
        self, document: ReadDocument, declared: str, encoding: str
    ) -> None:
        text = f'<?xml version="1.0" encoding="{declared}"?>{self.WITH}'
        assert document("a.rss", text.encode(encoding)).body == self.TEXT

    @pytest.mark.parametrize(
        "before", ["\n \n", "\ufeff\n", "<br />\n<b>Warning</b>: x in y on line 5<br />\n"]
    )
    def test_what_a_server_wrote_in_front_does_no_harm(self, document: ReadDocument, before: str) -> None:
        assert document("a.rss", f'{before}<?xml version="1.0"?>\n{RSS}').body == "Pasar baru dibuka."


class TestBounds:
    def test_entities_are_refused_by_name(self, skip: ReadSkip) -> None:
        declared = '<!DOCTYPE rss [<!ENTITY satu "pasar"><!ENTITY dua "&satu;&satu;">]>'
        assert "<!ENTITY>" in skip("a.xml", declared + RSS.replace("baru", "&dua;")).reason

    def test_nothing_outside_of_the_file_is_read(self, document: ReadDocument, tmp_path: Path) -> None:
        elsewhere = tmp_path / "lain.dtd"
        elsewhere.write_text('<!ENTITY baru "rahasia">')
        text = f'<!DOCTYPE rss SYSTEM "{elsewhere.as_uri()}">' + RSS.replace("baru", "&baru;")
        assert "rahasia" not in document("a.xml", text).body

    def test_elements_nested_too_deeply_end_the_reading(self, read: Read) -> None:
        deep = f"<rss><channel>{ITEM}<item>{'<b>' * 400}{'</b>' * 400}</item>{ITEM}</channel></rss>"
        first, *_rest, last = read("a.xml", deep)
        assert isinstance(first, Document)
        assert isinstance(last, Skip)
        assert "nested deeper" in last.reason

    def test_an_item_of_too_many_elements_is_skipped_alone(
        self, read: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(xml_stream, "_MOST_ELEMENTS", 50)
        many = f"<rss><channel><item>{'<a/>' * 100}<description>x</description></item>{ITEM}</channel></rss>"
        first, second = read("a.xml", many)
        assert isinstance(first, Skip)
        assert isinstance(second, Document)

    def test_tags_that_do_not_match_are_told_with_their_line(self, read: Read) -> None:
        *_found, problem = read(
            "a.xml", f"<rss><channel>\n<item><title>Pasar</b></title></item>{ITEM}</channel></rss>"
        )
        assert isinstance(problem, Skip)
        assert "line 2" in problem.reason

    def test_a_second_document_in_the_file_is_told(self, read: Read) -> None:
        first, problem = read("a.xml", RSS + RSS)
        assert isinstance(first, Document)
        assert isinstance(problem, Skip)
        assert "what follows the first </rss>" in problem.reason

    def test_compressed_data_that_swells_beyond_belief_end_the_reading(
        self, read: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.sources.files.BOMB_MINIMUM", 10_000)
        monkeypatch.setattr("index.sources.xml_stream._BLOCK", 4096)
        long = f"<rss><channel>{ITEM}{' ' * 400_000}</channel></rss>"
        *_found, problem = read("a.xml.gz", gzip.compress(long.encode()))
        assert isinstance(problem, Skip)
        assert "200" in problem.reason

    def test_what_was_read_is_forgotten(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xml"
        path.write_text(f"<rss><channel>{ITEM * 2_000}</channel></rss>")
        with open_input(path) as file:
            kept = [
                len(found.element.getparent()) for found in XmlStream(file, Settings()).elements(("item",))
            ]

        assert len(kept) == 2_000
        assert max(kept) < 1_000  # as many as one block of the file holds
