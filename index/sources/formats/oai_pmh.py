"""Reads saved answers of OAI-PMH, which journals and repositories give: records in Dublin Core."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.encoding import clean
from index.sources.left_out import LeftOut, too_large
from index.sources.records import document_from_record
from index.sources.systems.fields import believed_language, has_tags, markup_of, plain
from index.sources.xml_stream import XmlStream, local_name, namespace, text_in

NAMESPACES = ("http://www.openarchives.org/OAI/2.0/", "http://www.openarchives.org/OAI/2.0/oai_dc/")
"""Of the protocol, and of a record that was saved without its envelope."""

_DUBLIN_CORE = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INDONESIAN = ("id", "in")


def read_oai(stream: XmlStream, input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each record; deleted ones are counted."""
    left_out = LeftOut(input.origin)
    number = 0
    for found in stream.elements(("record", "dc", "error")):
        element = found.element
        if local_name(element) == "error":
            code, text = element.get("code") or "", text_in(element)
            yield Skip(
                input.origin, _("jawaban OAI-PMH berisi galat: {problem}", problem=f"{code} {text}"[:200])
            )
            continue
        number += 1
        origin = f"{input.origin}:{number}"
        if found.is_too_large:
            yield too_large(origin, settings)
        elif any(header.get("status") == "deleted" for header in element.iterchildren("{*}header")):
            left_out.add(_("sudah dihapus dari repositori"))
        elif (record := _record(element)) is None:
            kinds = ", ".join(
                local_name(child)
                for metadata in element.iterchildren("{*}metadata")
                for child in metadata.iterchildren("*")
            )
            reason = _("bermetadata {found}; diharapkan oai_dc", found=kinds or _("tidak ada"))
            yield Skip(origin, reason)
        else:
            yield Piece(origin, record, document_from_record, len(record["body"]))
    yield from left_out.skips()
    if not number and not stream.problem():
        yield Skip(input.origin, _("jawaban OAI-PMH tanpa satu rekaman pun"))


def _record(element: Any) -> dict[str, Any] | None:
    """The record of a ``record``, ``None`` if it has no Dublin Core."""
    values: dict[str, list[tuple[str, str]]] = {}
    for part in element.iter("*"):
        if namespace(part) in _DUBLIN_CORE and (text := clean(text_in(part))):
            values.setdefault(local_name(part), []).append((part.get(_LANG) or "", text))
    if not values:
        return None
    identifier = next(
        (text_in(part) for part in element.iter("{*}identifier") if "oai:" in text_in(part)), ""
    )
    texts = _indonesian_first(values.get("description", []) or values.get("abstract", []))
    return {
        "id": identifier,
        "title": plain(next(iter(_indonesian_first(values.get("title", []))), "")),
        "body": _body(list(dict.fromkeys(texts))),
        "url": next((text for _lang, text in values.get("identifier", []) if _is_page(text)), ""),
        # Of the days that are given the one that is a day and not just a year.
        "published": max(
            (text for _lang, text in values.get("issued") or values.get("date", [])), key=len, default=""
        ),
        "author": "; ".join(dict.fromkeys(plain(text) for _lang, text in values.get("creator", []))),
        "source": plain(next(iter(_indonesian_first(values.get("publisher", []))), "")),
        "lang": believed_language(next((text for _lang, text in values.get("language", [])), "")),
        "topics": _topics(values.get("subject", [])),
    }


def _body(texts: list[str]) -> str:
    """Abstracts one after the other; some systems write HTML."""
    if any(map(has_tags, texts)):
        return "<div>{}</div>".format("".join(f"<div>{text}</div>" for text in texts))
    return "\n\n".join(map(markup_of, texts))


def _indonesian_first(texts: list[tuple[str, str]]) -> list[str]:
    """Journals give titles and abstracts in several languages."""
    return [text for _lang, text in sorted(texts, key=lambda found: found[0][:2].lower() not in _INDONESIAN)]


def _topics(subjects: list[tuple[str, str]]) -> list[str]:
    # Some systems write all keywords into one element.
    names = (plain(name) for _lang, text in subjects for name in text.split(";"))
    return [name for name in dict.fromkeys(names) if name]


def _is_page(text: str) -> bool:
    return text.startswith(("http://", "https://")) and " " not in text
