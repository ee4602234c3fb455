"""An article as others cite it: one line of text, BibTeX, RIS."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from msgspec import Struct

from index.documents import Document
from index.messages import Translator

_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Characters that no citation needs; some would turn round the order of what stands behind them."""

_BIBTEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    # By their names: BibTeX counts braces, those behind a backslash too.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_LANGUAGES = {"id": "indonesian", "en": "english", "ms": "malay", "jv": "javanese", "su": "sundanese"}
"""Names of languages as biblatex has them."""


def citation(document: Document, url: str, translator: Translator) -> str:
    """``Author. “Title.” Publisher, day. Address.``, without what is not known.

    :param url: where the article can be read.
    """
    title = _line(document.title).translate(str.maketrans('“”«»"', "‘’‘’'"))
    day = translator.day(document.published) if document.published else ""
    published = ", ".join(filter(None, (_line(document.source), day)))
    parts = (_ended(_line(document.author)), f"“{_ended(title)}”", _ended(published), f"{url}.")
    return " ".join(filter(None, parts))


def bibtex(document: Document, url: str) -> str:
    """An ``@online`` entry of BibLaTeX, which BibTeX takes for ``@misc``. Names are in double braces: nobody
    knows which part of a name is the family's."""
    published = document.published
    fields = {
        "author": _braced(document.author),
        "title": _braced(document.title),
        "organization": _braced(document.source),
        "date": published.isoformat() if published else "",
        "year": str(published.year) if published else "",
        "keywords": _braced(", ".join(document.topics)).removeprefix("{").removesuffix("}"),
        "url": quote(url, safe="%:/?#[]@!$&'()*+,;=~-._"),
        "langid": _LANGUAGES.get(document.lang.split("-")[0], ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@online{{{document.id},", *lines, "}", ""))


def ris(document: Document, url: str) -> str:
    """A newspaper article in the format of reference managers (RIS)."""
    published = document.published
    fields = (
        ("AU", document.author),
        ("TI", document.title),
        ("T2", document.source),
        ("CY", document.place),
        *[("KW", topic) for topic in document.topics],
        ("PY", str(published.year) if published else ""),
        ("DA", f"{published:%Y/%m/%d}/" if published else ""),
        ("LA", document.lang),
        ("UR", url),
        ("ID", document.id),
    )
    lines = [f"{tag}  - {line}" for tag, value in fields if (line := _line(value))]
    return "\r\n".join(("TY  - NEWS", *lines, "ER  - ", ""))


class Format(Struct, frozen=True):
    """A kind of file for reference managers.

    :param write: makes it of an article and the address where that can be read.
    """

    name: str
    mimetype: str
    write: Callable[[Document, str], str]


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", ris),
}
"""Ending of a file -> its format."""


def _line(text: str) -> str:
    return " ".join(_UNFIT.sub("", text).split())


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!…" else f"{text}."


def _braced(text: str) -> str:
    line = _line(text)
    return "{" + "".join(_BIBTEX.get(sign, sign) for sign in line) + "}" if line else ""
