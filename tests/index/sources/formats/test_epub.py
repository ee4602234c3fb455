"""EPUB: each chapter is found for itself, under its own title and the book's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadSkip = Callable[..., Skip]

CHAPTERS = {
    "satu": "Perahu layar terakhir di selat ini dibuat dari kayu ulin oleh tiga bersaudara.",
    "dua": "Anak bungsu belajar memasang lunas sebelum ia pandai menulis namanya sendiri.",
    "tiga": "Ketika mesin datang, galangan itu menjadi gudang garam dan jala tua.",
}
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/buku.opf"/></rootfiles></container>'
)
NAVIGATION = '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>{}</ol></nav></body></html>'.format(
    "".join(
        f'<li><a href="bab%20{name}.xhtml#awal">Bab {number}: Kisah {name}</a></li>'
        for number, name in enumerate(CHAPTERS, start=1)
    )
)
NCX = '<?xml version="1.0"?><!DOCTYPE ncx><ncx><navMap>{}</navMap></ncx>'.format(
    "".join(
        f"<navPoint><navLabel><text>Bab {number}: Kisah {name}</text></navLabel>"
        f'<content src="bab%20{name}.xhtml"/></navPoint>'
        for number, name in enumerate(CHAPTERS, start=1)
    )
)


def page(text: str, heading: str = "") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{heading and f'<h2>{heading}</h2>'}<p>{text}</p><h3>Catatan&nbsp;kaki</h3><p>Dikisahkan lagi."
        "</p></body></html>"
    )


def epub(metadata: str = "", contents: str = "nav", **parts: str) -> bytes:
    """A book of :data:`CHAPTERS`, with a cover."""
    navigation = {
        "nav": '<item id="n" href="isi.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        "ncx": '<item id="n" href="isi.ncx" media-type="application/x-dtbncx+xml"/>',
        "": "",
    }[contents]
    items = "".join(
        f'<item id="{name}" href="bab%20{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in CHAPTERS
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("sampul", "n", *CHAPTERS))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{navigation}'
        f'<item id="sampul" href="sampul.xhtml" media-type="application/xhtml+xml"/>{items}</manifest>'
        f'<spine toc="n">{spine}</spine></package>'
    )
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/buku.opf": package,
        "OPS/isi.xhtml": NAVIGATION,
        "OPS/isi.ncx": NCX,
        "OPS/sampul.xhtml": page("Galangan"),
        **{f"OPS/bab {name}.xhtml": page(text, f"Bab tentang {name}") for name, text in CHAPTERS.items()},
        **parts,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


SAID = (
    "<dc:title>Galangan Terakhir</dc:title><dc:language>id</dc:language>"
    "<dc:publisher>Penerbit Selat</dc:publisher>"
    '<dc:creator id="c1">Laras Kinanti</dc:creator><dc:creator id="c2">Danu Wirya</dc:creator>'
    '<meta refines="#c2" property="role">ill</meta><dc:date>2019-08-01</dc:date>'
)


def documents(items: list[Document | Skip]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


@pytest.mark.parametrize("contents", ["nav", "ncx"])
def test_each_chapter_is_a_document_under_both_titles(read: Read, contents: str) -> None:
    first, second, third = read("a.epub", epub(SAID, contents))

    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.title == "Bab 1: Kisah satu – Galangan Terakhir"
    assert (first.author, first.source, first.lang) == ("Laras Kinanti", "Penerbit Selat", "id")
    assert first.published == date(2019, 8, 1)
    assert first.origin == "arsip/a.epub/OPS/bab satu.xhtml"
    assert CHAPTERS["dua"] in second.body
    assert isinstance(third, Document)


def test_without_a_list_of_contents_headings_are_the_titles(read: Read) -> None:
    first, *_ = documents(read("a.epub", epub(SAID, "")))
    assert first.title == "Bab tentang satu – Galangan Terakhir"
    assert first.body.startswith(CHAPTERS["satu"])


def test_a_chapter_keeps_its_structure(read: Read) -> None:
    first, *_ = documents(read("a.epub", epub(SAID)))
    kinds = [(span.kind, first.body[span.start : span.end]) for span in first.layout]
    assert ("h", "Catatan kaki") in kinds


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (
            '<dc:date opf:event="creation">2001-01-01</dc:date>'
            '<dc:date opf:event="publication">2018</dc:date>',
            None,
        ),
        ('<dc:date opf:event="publication">2018-05-04</dc:date>', date(2018, 5, 4)),
        ('<dc:date opf:event="modification">2020-05-04</dc:date>', None),
    ],
)
def test_of_several_days_that_of_publication_counts(read: Read, written: str, day: date | None) -> None:
    first, *_ = documents(read("a.epub", epub(written)))
    assert first.published == day


def test_a_missing_chapter_is_said_and_the_others_are_read(read: Read) -> None:
    data = epub(SAID)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(held, "w") as cut:
        for name in whole.namelist():
            if "dua" not in name:
                cut.writestr(name, whole.read(name))
    items = read("a.epub", held.getvalue())
    assert len(documents(items)) == 2
    assert [item.source for item in items if isinstance(item, Skip)] == ["arsip/a.epub/OPS/bab dua.xhtml"]


class TestBadFiles:
    def test_what_is_no_book_is_said(self, skip: ReadSkip) -> None:
        assert "ZIP" in skip("a.epub", b"bukan buku").reason
        assert "EPUB" in skip("a.epub", epub(**{"META-INF/container.xml": "<container/>"})).reason

    def test_a_locked_one_is_said_but_not_one_with_hidden_fonts(self, read: Read, skip: ReadSkip) -> None:
        said = (
            '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{}"/>'
            "</encryption>"
        )
        name = "META-INF/encryption.xml"
        locked = said.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
        assert "DRM" in skip("a.epub", epub(**{name: locked})).reason
        assert (
            len(documents(read("b.epub", epub(**{name: said.format("http://www.idpf.org/2008/embedding")}))))
            == 3
        )

    def test_entities_and_too_much_are_refused(self, skip: ReadSkip) -> None:
        bomb = '<!DOCTYPE p [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><package>&b;</package>'
        assert "entities" in skip("a.epub", epub(**{"OPS/buku.opf": bomb})).reason
        assert "max_input_mb" in skip("a.epub", epub(SAID), max_input_mb=0.001).reason

    def test_one_without_text_is_said(self, skip: ReadSkip) -> None:
        blank = {f"OPS/bab {name}.xhtml": page("") for name in CHAPTERS}
        assert "no chapter" in skip("a.epub", epub(SAID, **blank)).reason
