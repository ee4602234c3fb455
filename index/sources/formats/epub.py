"""Reads EPUB books and magazines: each chapter a document of its own, found under the book's name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.dates import parse_date
from index.sources.encoding import clean, decode
from index.sources.identity import id_from_file
from index.sources.markup import text_of_html, text_of_tree, tree_of_html
from index.sources.outline import outline_of_html
from index.sources.paragraphs import tidy
from index.sources.records import build_document
from index.sources.zips import Parts, opened_zip

# Open Container Format 3.3 and Package Document (W3C, EPUB 3.3), and OPF 2.0.1 (IDPF) for older books.
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # fonts alone
_TEXTS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MOST_CHAPTERS = 10_000
_LEAST_LETTERS = 40  # a cover, a dedication: nobody looks for it
_LONGEST_TITLE = 200
_NO_CHAPTERS = re.compile(
    r"(?:cover|sampul|title\s?page|halaman judul|daftar isi|(?:table of )?contents|copyright|hak cipta|index"
    r"|indeks|kolofon|colophon)",
    re.IGNORECASE,
)


class _Book(Struct):
    """What the package document says.

    :param chapters: names of parts in reading order.
    :param navigation: name of the part that lists chapters, ``""`` if there is none.
    """

    title: str = ""
    author: str = ""
    publisher: str = ""
    lang: str = ""
    published: date | None = None
    chapters: list[str] = field(default_factory=list)
    navigation: str = ""


def read_epub(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """Each chapter with text, in reading order. Covers, lists of contents and the like are not chapters."""
    with opened_zip(input, settings) as archive:
        parts = Parts(archive, settings)
        _refuse_locked(parts)
        book = _book(parts)
        titles = _titles(parts, book.navigation)
        count = 0
        for name in book.chapters[:_MOST_CHAPTERS]:
            origin = f"{input.origin}/{name}"
            data = parts.read(name)
            if data is None:
                yield Skip(origin, _("bab itu tidak ada di dalam bukunya"))
                continue
            try:
                chapter = _chapter(decode(data), titles.get(name, ""), origin, book, settings)
            except UnreadableError as error:
                yield Skip(origin, str(error))
                continue
            if chapter is not None:
                count += 1
                yield chapter
        if not count:
            raise UnreadableError(_("tidak ada bab yang berteks"))


def _chapter(page: str, listed: str, origin: str, book: _Book, settings: Settings) -> Document | None:
    """The document of a chapter, ``None`` if it is none."""
    tree = tree_of_html(page)
    text = "" if tree is None else text_of_tree(tree)
    heading = listed or _first_heading(tree)
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS or _NO_CHAPTERS.fullmatch(heading):
        return None
    return build_document(
        clean(_without_first(text, heading)),
        origin,
        settings,
        id_if_none=id_from_file(origin),
        title=_named(heading, book.title),
        source=book.publisher,
        author=book.author,
        published=book.published,
        lang=book.lang,
        outline=lambda base: outline_of_html(page, base),
    )


def _without_first(text: str, heading: str) -> str:
    """The text without a first line that says what its heading says."""
    first, _, rest = text.partition("\n")
    return rest if heading and _line(first).casefold() == heading.casefold() else text


def _named(chapter: str, book: str) -> str:
    """A chapter's title with the book's: *Bab 1* alone says nothing among results."""
    if not chapter or not book or book.casefold() in chapter.casefold():
        return chapter or book
    return f"{chapter} – {book}"


def _first_heading(tree: Any | None) -> str:
    if tree is None:
        return ""
    found = next(tree.iter("h1", "h2", "h3"), None)
    return "" if found is None else _line(text_of_tree(found))


def _line(text: str) -> str:
    return tidy(clean(text).replace("\n", " "))[:_LONGEST_TITLE]


def _refuse_locked(parts: Parts) -> None:
    encryption = parts.xml(_ENCRYPTION)
    if encryption is None:
        return
    for element in encryption.iter("{*}EncryptionMethod"):
        if not (element.get("Algorithm") or "").startswith(_OBFUSCATED):
            raise UnreadableError(_("terkunci (DRM)"))


def _book(parts: Parts) -> _Book:
    container = parts.xml(_CONTAINER)
    root = None if container is None else next(container.iter("{*}rootfile"), None)
    path = "" if root is None else root.get("full-path") or ""
    package = parts.xml(path) if path else None
    if package is None:
        raise UnreadableError(_("bukan buku EPUB: tidak ada daftar isinya"))
    items: dict[str, Any] = {item.get("id") or "": item for item in package.iter("{*}item")}

    def part_of(item: Any) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href") or "")))

    book = _Book(
        title=_said(package, "title"),
        author=", ".join(_authors(package))[:_LONGEST_TITLE],
        publisher=_said(package, "publisher"),
        lang=_said(package, "language"),
        published=_day(package),
    )
    spine = next(package.iter("{*}spine"), None)
    for item in items.values():
        if "nav" in (item.get("properties") or "").split():
            book.navigation = part_of(item)
    if not book.navigation and spine is not None and (toc := items.get(spine.get("toc") or "")) is not None:
        book.navigation = part_of(toc)
    for reference in () if spine is None else spine.iter("{*}itemref"):
        item = items.get(reference.get("idref") or "")
        if item is None or item.get("media-type") not in _TEXTS or reference.get("linear") == "no":
            continue
        name = part_of(item)
        if name != book.navigation and name not in book.chapters:
            book.chapters.append(name)
    return book


def _said(package: Any, name: str) -> str:
    found = next(package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"), None)
    return "" if found is None else _line(found.text or "")


def _authors(package: Any) -> Iterator[str]:
    """Creators that are authors, or of whom nothing is said (MARC relators)."""
    roles = {
        (meta.get("refines") or "").lstrip("#"): (meta.text or "").strip()
        for meta in package.iter("{*}meta")
        if meta.get("property") == "role"
    }
    for creator in package.iter("{http://purl.org/dc/elements/1.1/}creator"):
        role = creator.get("{http://www.idpf.org/2007/opf}role") or roles.get(creator.get("id") or "", "aut")
        if role == "aut" and (name := _line(creator.text or "")):
            yield name


def _day(package: Any) -> date | None:
    """The day of publication; of several dates (EPUB 2) that of the event of this name."""
    dates = [
        (element.get("{http://www.idpf.org/2007/opf}event") or "", parse_date(element.text or ""))
        for element in package.iter("{http://purl.org/dc/elements/1.1/}date")
    ]
    return next((day for event, day in dates if event in ("", "publication") and day), None)


def _titles(parts: Parts, navigation: str) -> dict[str, str]:
    """Part -> the title by which the list of contents leads to it; the first, if to several places in it."""
    data = parts.read(navigation) if navigation else None
    if data is None:
        return {}
    tree = tree_of_html(decode(data))
    found: dict[str, str] = {}
    if tree is None:
        return found
    folder = posixpath.dirname(navigation)
    for label, address in (*_nav_links(tree), *_ncx_links(tree)):
        name = posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))
        if label:
            found.setdefault(name, label)
    return found


def _nav_links(tree: Any) -> Iterator[tuple[str, str]]:
    for link in tree.iter("a"):
        yield _line(text_of_tree(link)), link.get("href") or ""


def _ncx_links(tree: Any) -> Iterator[tuple[str, str]]:
    for point in tree.iter("navpoint"):
        label, content = next(point.iter("navlabel"), None), next(point.iter("content"), None)
        if label is not None and content is not None:
            yield _line(text_of_html(label.text_content() or " ")), content.get("src") or ""
