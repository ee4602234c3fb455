"""Takes the lines between a headline and a dateline off a report: who wrote it, when, and small signs.

They are many and small, and sites put them in every order; what stands behind them, the dateline, says where
they end. Where one of them is none of the kinds known here, it may be the report's own, and all stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.sources.byline import Byline
from index.sources.dateline import domain_of, find_dateline
from index.sources.days.lines import day_line
from index.sources.insertions import is_insertion

_MOST_LINES = 14
_LONGEST_LINE = 160
_AHEAD = 3
"""Lines that a dateline may be spread over."""

_WORD = r"(?:[A-Z][\w.'’-]*|bin|binti|van|de|al|el|ibn)"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
_NAMES = re.compile(rf"({_NAME})(?:\s?(?:,|/|&|\||;|\bdan\b|\band\b)\s?{_NAME}){{0,4}}")
_TWICE = re.compile(rf"({_NAME})\s?\1")
_ROLES = {
    "author": re.compile(
        r"(?:reporter|penulis|pewarta|wartawan|jurnalis|kontributor|oleh|laporan|rep|by|author)\s?[:.]?",
        re.IGNORECASE,
    ),
    "editor": re.compile(r"(?:editor|penyunting|redaktur|red|ed)\s?[:.]?", re.IGNORECASE),
    "": re.compile(
        r"(?:fotografer|foto|uploader|sumber|penerjemah|videografer|produser)\s?[:.]?", re.IGNORECASE
    ),
}
_SIGNED = re.compile(rf"(?P<role>[A-Za-z]{{2,12}})\s?:\s?(?P<name>{_NAME})")
_NO_PERSON = re.compile(
    r"\b(?:tim|redaksi|admin|indonesia|news|com|tv|media|berita|online|pos|post|radio|kabar|kompas|tempo|detik\w*|antara"
    r"|republika|tribun\w*|nasional|regional|daerah|ekonomi|politik|hukum|olahraga|internasional|metro|foto|video)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"[\d.,]{1,7}(?:\s?(?:k|rb|ribu|x|kali|views?|shares?|komentar|comments?|menit))?"
    r"|(?:tim\s)?redaksi|admin|share|bagikan|komentar|comments?|simpan|save|dengarkan|listen|font|zoom|a[+-]|[•|·,/-]",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r".{10,150}?(?:[.\s(]\s?(?:foto|dok(?:umentasi)?|sumber|photo|ist(?:imewa)?)\b[^.]{0,60}"
    r"|[\s(](?:[\w-]+\.(?:com|id|co|net)|ANTARA(?:\sFOTO)?|AFP|AP|REUTERS|Reuters|Getty\sImages)\s?/\s?[^.]{2,50})\)?\.?",
    re.IGNORECASE,
)
_REPORT = re.compile(r"^laporan\b.*,\s*", re.IGNORECASE)
_SITE = re.compile(r"[a-z]{3,16}[A-Za-z0-9]{0,16}")
_PARTS = re.compile(r"\s[-–—|•·/]\s|\s?/\s(?=[A-Z])|\s?\|\s?")


def drop_masthead(lines: list[str], byline: Byline, latest: date | None = None) -> list[str]:
    """The lines from the dateline on, if what stands before it is no report; else all of them.

    A word that the report itself writes in small letters is no name: the line is a headline.

    :param lines: below the headline.
    :param byline: takes the names found.
    :param latest: a later day is none; by default today.
    """
    filled: list[int] = []
    for number, line in enumerate(lines):
        if not line:
            continue
        filled.append(number)
        if _opens(lines, number):
            break
        if len(line) > _LONGEST_LINE or len(filled) > _MOST_LINES:
            return lines
    else:
        return lines
    above, opening = [lines[number] for number in filled[:-1]], filled[-1]
    if not above:
        return lines
    after = "\n".join(lines[opening:])
    found = Byline()
    if not all(_are_known(above, after, found, latest)):
        return lines
    byline.author = byline.author or found.author
    byline.editor = byline.editor or found.editor
    return lines[opening:]


def _opens(lines: list[str], number: int) -> bool:
    return find_dateline("\n".join(lines[number : number + _AHEAD])) is not None


def _are_known(above: list[str], after: str, byline: Byline, latest: date | None) -> Iterator[bool]:
    """Whether each line is of a kind that stands above a report, in turn."""
    role: str | None = None
    seen: set[str] = set()
    for line in above:
        if len(line) > _LONGEST_LINE:
            yield False
            return
        label = next((kind for kind, words in _ROLES.items() if words.fullmatch(line)), None)
        if label is not None:
            role = label
            yield True
        elif role is not None and _NAMES.fullmatch(line):
            _note(byline, role, line)
            role = None
            yield True
        else:
            role = None
            yield line in seen or _is_known(line, after, byline, latest) or above.count(line) > 1
        seen.add(line)


def _is_known(line: str, after: str, byline: Byline, latest: date | None) -> bool:
    if _SMALL.fullmatch(line) or is_insertion(line) or byline.take(line) or _CREDIT.fullmatch(line):
        return True
    if (found := day_line(line, latest)) is not None:
        return not found.before or _is_known(found.before, after, byline, latest)
    if twice := _TWICE.fullmatch(line):
        line = twice[1]
    if _NAMES.fullmatch(line):
        if _is_publisher(line, after):
            return True
        if line.isupper() or not _may_be_names(line, after):
            return False
        _note(byline, "author", line)
        return True
    parts = [part for part in _PARTS.split(line) if part]
    return len(parts) > 1 and all(_is_part(part.strip(), after, byline, latest) for part in parts)


def _is_part(part: str, after: str, byline: Byline, latest: date | None) -> bool:
    if signed := _SIGNED.fullmatch(part):
        role = next((kind for kind, words in _ROLES.items() if words.fullmatch(signed["role"])), None)
        if role is not None:
            _note(byline, role, signed["name"])
        return role is not None
    return bool(_SITE.fullmatch(part)) or _is_publisher(part, after) or _is_known(part, after, byline, latest)


def _is_publisher(text: str, after: str) -> bool:
    """Whether a line names a site: by its domain, as the dateline does, or by a word of such names."""
    if domain_of(text) or _NO_PERSON.search(text):
        return True
    return _is_in_dateline(after, text)


def _is_in_dateline(after: str, text: str) -> bool:
    """Whether the dateline at the beginning of a report names what a line names."""
    dateline = find_dateline(after)
    return dateline is not None and text.casefold() in after[: dateline.end].casefold()


def _may_be_names(line: str, after: str) -> bool:
    return not any(
        re.search(rf"\b{re.escape(word.lower())}\b", after) for word in re.findall(r"[A-Z][\w'’]{3,}", line)
    )


def _note(byline: Byline, role: str, names: str) -> None:
    name = " ".join(_REPORT.sub("", names).split()).strip(" ,;.")
    if len(name.split()) < 2 or name.isupper() or _NO_PERSON.search(name):
        return
    if role == "author":
        byline.author = byline.author or name
    elif role == "editor":
        byline.editor = byline.editor or name
