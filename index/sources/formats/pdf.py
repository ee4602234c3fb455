"""Reads PDF documents with a text layer: one ``.pdf`` file, one document, its pages one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.dates import parse_date
from index.sources.files import KIB, read_whole
from index.sources.pdf.layout import Block, blocks_of, title_of_blocks, without_furniture
from index.sources.pdf.reader import Pages, read_pages
from index.sources.properties import Properties, document_of_markup
from index.sources.records import too_long

_UNKNOWN_SHARE = 0.2
_MOST_NUMBERS = 8


def read_pdf(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The file's one article, and a skip for its pages that are pictures."""
    limit = int(settings.number("max_article_kb") * KIB)
    with _plain_file(input, settings) as path:
        pages = read_pages(path, limit)
    if pages.is_cut:
        raise UnreadableError(too_long(settings))
    _refuse_without_text(pages)
    lines, furniture = without_furniture(pages.lines)
    title, blocks = title_of_blocks(lines, blocks_of(lines))
    day = next(filter(None, map(parse_date, furniture.heads)), None)
    yield document_of_markup(
        _markup(blocks), input, settings, _properties(pages), title=title, url=furniture.url, day=day
    )
    if pages.pictures:
        reason = _("halaman {pages} gambar tanpa teks dan tidak dibaca", pages=_listed(pages.pictures))
        yield Skip(input.origin, reason)


@contextmanager
def _plain_file(input: InputFile, settings: Settings) -> Iterator[Path]:
    """The path of the file, decompressed where it has to be, no larger than files are read whole."""
    data = read_whole(input, settings)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(_("bukan PDF"))
    if not input.path.name.lower().endswith(".gz"):
        yield input.path
        return
    with TemporaryDirectory(prefix="telusur-") as folder:
        path = Path(folder, "isi.pdf")
        path.write_bytes(data)
        yield path


def _refuse_without_text(pages: Pages) -> None:
    letters = sum(character.isalpha() for page in pages.lines for line in page for character in line.text)
    if pages.unknown > _UNKNOWN_SHARE * (letters + pages.unknown):
        raise UnreadableError(
            _("huruf-hurufnya tidak punya arti (fon tanpa tabel Unicode); jalankan OCR dahulu")
        )
    if not letters and pages.pictures:
        raise UnreadableError(
            _("hasil pindaian tanpa teks ({count} halaman); jalankan OCR dahulu", count=len(pages.pictures))
        )


def _markup(blocks: list[Block]) -> str:
    return "\n".join(
        f"<h2>{escape(block.text)}</h2>" if block.is_heading else f"<p>{escape(block.text)}</p>"
        for block in blocks
    )


def _properties(pages: Pages) -> Properties:
    said = pages.properties
    return Properties(
        title=said.get("Title", ""),
        author=said.get("Author", ""),
        created=_day(said.get("CreationDate", "")),
        modified=_day(said.get("ModDate", "")),
    )


def _day(written: str) -> date | None:
    """The day of ``D:20240206101500+07'00'`` (ISO 32000-1, 7.9.4)."""
    return parse_date(written.removeprefix("D:")[:8])


def _listed(numbers: Sequence[int]) -> str:
    few = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
    return f"{few}, ..." if len(numbers) > _MOST_NUMBERS else few
