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
    r"|(?:a[\s+-]{0,3}){2,4}|ukuran\s(?:font|huruf|teks)|(?:in|kategori|rubrik|kanal)\s?:?\s[A-Z][\w\s,&/-]{2,60}"
    r"|(?:tim\s)?redaksi|admin|share|bagikan|komentar|comments?|simpan|save|dengarkan|listen|[A-Z]{2,3}|font|zoom(?:-in|-out)?|a[+-]|[•|·,/-]",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?:(?:keterangan|sumber|kredit)\s)?foto|caption|ilustrasi|photo)\s?:\s.{5,150}"
    r"|.{10,150}?(?:[.\s(]\s?(?:foto|dok(?:umentasi)?|sumber|photo|ist(?:imewa)?)\b\.?[^.]{0,60}"
    r"|\s?\([A-Z][^()/]{1,40}/[^()]{2,60}\)"
    r"|[\s(](?:[\w-]+\.(?:com|id|co|net)|ANTARA(?:\sFOTO)?|AFP|AP|REUTERS|Reuters|Getty\sImages)\s?/\s?[^.]{2,50})\)?\.?",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(
    r"(?:foto|photo|dok(?:umentasi)?\.?|sumber\sfoto|ho)?[\s:/(]*(?:ist(?:imewa)?|net|handout|dok\.?\s.{2,50})\)?"
    r"|[A-Z][\w.-]{2,30}(?:\s[A-Z][\w.-]{1,20}){0,2}/[A-Z][^./]{2,40}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:sumber|media|rubrik|kategori|kanal|lokasi|tempat|halaman|hal|url|link|tautan|nama\smedia|edisi)\s?:\s?\S.{1,119}",
    re.IGNORECASE,
)
_ROLE_BEHIND = re.compile(r",\s?(?:jurnalis|wartawan|reporter|pewarta|kontributor)\s*$", re.IGNORECASE)
# One word, or a way of several: two words may be a short headline above a line that explains it.
_RUBRIC = re.compile(
    r"(?:(?:Berita|Kabar|Info|Liputan|Laporan|Gaya|Cek|Seputar|Ruang|Sudut|Pojok)\s)?[A-Z][\w&-]{1,20}"
    r"|[A-Z][\w-]{2,20}\s&\s[\w-]{2,20}"
    r"|(?:[\w&-]{2,20}(?:\s[\w&-]{2,20}){0,2}\s?[/>»›|]\s?){1,4}[\w&-]{2,20}(?:\s[\w&-]{2,20}){0,2}",
    re.IGNORECASE,
)
_SHORTEST_HEADLINE, _MOST_WORDS = 4, 6
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 5, 200
_BULLETS = "•·*- "
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
        limit = _LONGEST_LINE if len(filled) > 1 else _LONGEST_STANDFIRST
        if len(filled) == 1 and len(line) > limit:
            return lines  # with a dateline or without one: most reports begin so
        if _opens(lines, number):
            break
        if len(line) > limit or len(filled) > _MOST_LINES:
            return lines
    else:
        return lines
    numbers, opening = filled[:-1], filled[-1]
    above = [lines[number].lstrip(_BULLETS) or lines[number] for number in numbers]
    if not above:
        return lines
    after = "\n".join(lines[opening:])
    found = Byline()
    standfirst: list[str] = []
    if not all(_are_known(above, after, found, latest)):
        found = Byline()
        is_prose = len(above[0].split()) >= _SHORTEST_STANDFIRST and not _NAMES.fullmatch(above[0])
        if len(above) == 1 or not is_prose or not all(_are_known(above[1:], after, found, latest)):
            return lines
        standfirst = [lines[filled[0]], ""]  # the report's own words
    byline.author = byline.author or found.author
    byline.editor = byline.editor or found.editor
    return [*standfirst, *lines[opening:]]


def without_rubric(lines: list[str], latest: date | None = None) -> list[str]:
    """The lines without a first one that names the rubric above the headline, or the way there.

    It is one where a headline and the lines between a headline and its report follow.

    :param latest: as for :func:`drop_masthead`.
    """
    filled = [number for number, line in enumerate(lines[:_MOST_LINES]) if line][:3]
    if len(filled) < 3:
        return lines
    if not _RUBRIC.fullmatch(lines[filled[0]]) and not domain_of(lines[filled[0]]):
        return lines
    first, second = lines[filled[0]], lines[filled[1]]
    if not len(first) < len(second) <= _LONGEST_LINE or len(second.split()) < _SHORTEST_HEADLINE:
        return lines
    if second.endswith((".", ",", ":")) or _opens(lines, filled[1]) or _opens(lines, filled[2]):
        return lines
    is_told = day_line(second, latest) or Byline().take(second) or _SMALL.fullmatch(second)
    below = lines[filled[1] + 1 :]
    if is_told or (is_name(second) and len(second.split()) < _MOST_WORDS - 1) or "," in second:
        return lines
    if len(drop_masthead(below, Byline(), latest)) == len(below):
        return lines
    return lines[filled[1] :]


def is_name(line: str) -> bool:
    """Whether a line is nothing but a person's name, or several."""
    return bool(_NAMES.fullmatch(line)) and 1 < len(line.split()) <= _MOST_WORDS and not line.isupper()


def _opens(lines: list[str], number: int) -> bool:
    return find_dateline("\n".join(lines[number : number + _AHEAD])) is not None


def _are_known(above: list[str], after: str, byline: Byline, latest: date | None) -> Iterator[bool]:
    """Whether each line is of a kind that stands above a report, in turn."""
    role: str | None = None
    is_caption = False
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
        elif _CREDIT_ALONE.fullmatch(line):
            role, is_caption = None, True
            yield True
        else:
            role = None
            known = line in seen or _is_known(line, after, byline, latest) or above.count(line) > 1
            yield known or is_caption
            is_caption = False  # the picture's text stands below its credit
        seen.add(line)


def _is_known(line: str, after: str, byline: Byline, latest: date | None) -> bool:
    if _SMALL.fullmatch(line) or is_insertion(line) or byline.take(line) or _CREDIT.fullmatch(line):
        return True
    if _LABELLED.fullmatch(line):
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
    name = " ".join(_ROLE_BEHIND.sub("", _REPORT.sub("", names)).split()).strip(" ,;.")
    if len(name.split()) < 2 or name.isupper() or _NO_PERSON.search(name):
        return
    if role == "author":
        byline.author = byline.author or name
    elif role == "editor":
        byline.editor = byline.editor or name
