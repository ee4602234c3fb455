"""Properties: what a document says of itself, as far as that can be believed of the article in it.

Programs fill properties in by themselves: the title is the name of a file or that of an older document which
was written over, the author is the owner of the machine, the day is when a template was made. So a property
counts only where it agrees with the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from msgspec import Struct

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile
from index.sources.days.limits import last_change, latest_day
from index.sources.encoding import clean
from index.sources.identity import id_from_file
from index.sources.markup import text_of_html
from index.sources.outline import Outline, outline_of_html
from index.sources.paragraphs import tidy
from index.sources.records import build_document

_OPENING = 3000  # characters in which what a title speaks of is met
_WORDS_SHARED = 0.6
_LONGEST_WORK = timedelta(days=31)
# When clocks begin, and when the template of python-docx was made, which its documents keep.
_NO_DAYS = frozenset({date(1601, 1, 1), date(1970, 1, 1), date(1980, 1, 1), date(2013, 12, 23)})
_LONGEST = 300

_NO_TITLE = re.compile(
    r"""
    (?: microsoft\s(?:word|powerpoint|excel) | \(?\s?untitled | (?:tanpa|no)\s(?:judul|title)
      | judul$ | title$
      | (?:document|dokumen|doc|presentation|powerpoint\spresentation|slide|layout|halaman|page|hal|scan|img
        |print|new\sdocument|book|buku)\s?[-_\d()]*$ | about:blank | https?:// | file: )
    | .* \. (?: docx? | odt | rtf | pdf | indd | qxd | qxp | p65 | pmd | cdr | ai | eps | html? | php | txt
        | tmp | pages | tex | dvi | pub | xlsx? | pptx? ) (?: \s .* )? $
    | [\W\d_]* $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_AUTHOR = re.compile(
    r"\b(?:user|admin\w*|owner|pemilik|guest|tamu|pc|laptop|komputer|computer|desktop|asus|acer|lenovo|toshiba"
    r"|dell|hp|axioo|advan|samsung|windows|microsoft|office|word|adobe|corel\w*|client|my|server|unknown"
    r"|anonymous|default|python|libreoffice|wps|mac|macbook|imac|redaksi|sekretariat|humas|operator|staff?|it|tu"
    r")\b|[\d@\\/_]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?!\d|[.,]\d)")


class Properties(Struct, frozen=True):
    """What a document says of itself, unchecked; ``""`` and ``None`` where it says nothing.

    :param created: when it was begun.
    :param modified: when it was last written.
    """

    title: str = ""
    author: str = ""
    lang: str = ""
    created: date | None = None
    modified: date | None = None


def title_of(properties: Properties, text: str) -> str:
    """The title if it is that of the text: not the name of a file, and most of its words are in the text."""
    title = tidy(clean(properties.title).replace("\n", " "))[:_LONGEST]
    if _NO_TITLE.match(title):
        return ""
    words = {word.casefold() for word in _WORD.findall(title)}
    if not words:
        return ""
    opening = {word.casefold() for word in _WORD.findall(text[:_OPENING])}
    return title if len(words & opening) >= _WORDS_SHARED * len(words) else ""


def author_of(properties: Properties) -> str:
    """The author if it is the name of a person and not of a machine or an office."""
    name = tidy(clean(properties.author).replace("\n", " "))[:_LONGEST]
    return name if len(name.split()) >= 2 and not _NO_AUTHOR.search(name) else ""


def day_of(properties: Properties, text: str) -> date | None:
    """The day it was begun, if the work took no longer than news take and the text names no other year."""
    created = properties.created
    if created is None or created in _NO_DAYS:
        return None
    if not timedelta(0) <= (properties.modified or created) - created <= _LONGEST_WORK:
        return None
    years = set(_YEAR.findall(text))
    return created if not years or str(created.year) in years else None


def document_of_text(
    text: str,
    input: InputFile,
    settings: Settings,
    properties: Properties,
    *,
    title: str = "",
    url: str = "",
    day: date | None = None,
    outline: Callable[[str], Outline | None] | None = None,
) -> Document:
    """The article of a document; what the text says comes before what the properties say.

    :param title: the headline, where the document marks one.
    :param url: its address, where the document bears it.
    :param day: that its pages bear.
    :raises UnreadableError: if no article is in it.
    """
    document = build_document(
        clean(text),
        input.origin,
        settings,
        id_if_none=id_from_file(input.origin),
        title=title or title_of(properties, text),
        url=url,
        changed=last_change(input.path),
        lang=properties.lang,
        outline=outline,
    )
    document = replace(document, author=document.author or author_of(properties))
    found = day or day_of(properties, document.body)
    if document.published or not found or found > latest_day(settings):
        return document
    return replace(document, published=found, day_from="field")


_FIRST_HEADING = re.compile(r"\s*<h1\b[^>]{0,200}>(.{1,2000}?)</h1>", re.DOTALL)


def document_of_markup(
    markup: str,
    input: InputFile,
    settings: Settings,
    properties: Properties,
    *,
    title: str = "",
    url: str = "",
    day: date | None = None,
) -> Document:
    """The article of a document that was turned into HTML.

    :param title: the headline where it is known; else a heading that the HTML begins with is.
    :param url: as in :func:`document_of_text`; ``day`` likewise.
    :raises UnreadableError: if no article is in it.
    """
    if not title and (heading := _FIRST_HEADING.match(markup)):
        title = tidy(text_of_html(heading[1]).replace("\n", " "))[:_LONGEST]
    return document_of_text(
        text_of_html(markup),
        input,
        settings,
        properties,
        title=title,
        url=url,
        day=day,
        outline=lambda base: outline_of_html(markup, base),
    )
