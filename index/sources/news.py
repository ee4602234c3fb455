"""Reads a raw article: headline, dateline, date, byline, and the text that is left when they are known."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from index.sources.boilerplate import cut_all_end_marks, cut_end_marks, keep_article
from index.sources.byline import Byline
from index.sources.dateline import Dateline, domain_of, find_dateline
from index.sources.dates import date_in_text, parse_date
from index.sources.insertions import is_insertion
from index.sources.paragraphs import join_lines, tidy_lines

TITLE_LENGTH = 110
_HEADLINE_LENGTH = 200
_DATE_LINE = re.compile(
    r"(?:(?:dipublikasikan|diterbitkan|diposting|tanggal|posted on|published|terbit|update|diperbarui)\b"
    r"[\s:]{0,3})?"
    r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s?,?\s)?"
    r"(?:\d{1,2}\s[A-Za-z]{3,9}\.?\s\d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2})"
    r"[\s,|•·@–-]{0,4}(?:(?:pukul|jam)\s)?(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?\s?(?:WIB|WITA|WIT|AM|PM)?",
    re.IGNORECASE,
)
_SITE_SUFFIX = re.compile(r"\s+[-–—|»]\s+(?P<site>[^-–—|»]{3,40})$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]?(?=\s+[\"“‘'(]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[A-Z][a-z]|Drs?|Dra|Prof|Ir|Hj?|Moh|Muh|Gg|Jln?|No|Kab|Kec|Kel|Kol|Kom(?:bes)?|Let|Bri[gp]"
    r"|St|PT|CV|dll|dkk|a\.n|d\.a|Rp|tgl|hlm|[SM]\.\w{1,4})\.$"
)
_DASH = re.compile(r"[-–—]{1,3}")
_MOST_ROUNDS = 20


class Article(NamedTuple):
    """What a raw article says about itself.

    Fields as in :class:`index.documents.Document`; ``""`` where unknown.
    """

    title: str
    body: str
    source: str = ""
    place: str = ""
    author: str = ""
    editor: str = ""
    published: date | None = None


def read_article(text: str, title: str = "", *, published: date | None = None) -> Article:
    """Take a scraped article apart.

    The dateline is taken off the body: what it says is in ``source`` and ``place``, and a search result reads
    better without it.

    :param text: clean text with ``\\n`` line ends.
    :param title: the headline where it is known; then none is looked for in the text.
    :param published: the day where it is known, likewise.
    :returns: an article whose title and body are empty only if nothing of the text is left.
    """
    lines = tidy_lines(text)
    byline = Byline()
    above, lines = _head(lines, byline)
    kept = keep_article(_with_dash(lines))
    headline = ""
    if title:
        kept = _without_repeated(kept, title)
    else:
        headline, kept = _headline(kept)
    # Between a headline and the report stand lines with the reporter and the day.
    below, kept = _head(kept, byline)
    published = published or above or below
    kept = [line for line in kept if ":" not in line or not byline.take(line)]

    opening, dateline = _opening(kept)
    paragraphs = join_lines(opening)
    paragraphs = _ending(paragraphs, byline)
    body = "\n\n".join(paragraphs)

    site = ""
    if headline:
        headline, site = _without_site(headline)
    return Article(
        title=title or headline or (title_from(paragraphs[0]) if paragraphs else ""),
        body=body,
        source=dateline.source or site,
        place=dateline.place,
        author=byline.author or dateline.author,
        editor=byline.editor,
        published=published or date_in_text(body),
    )


def title_from(paragraph: str) -> str:
    """The first sentence, cut at a word when it is longer than a title should be."""
    sentence = paragraph
    for match in _SENTENCE_END.finditer(paragraph[: 2 * TITLE_LENGTH]):
        if match.end() >= 20 and not _ABBREVIATION.search(paragraph[: match.start() + 1]):
            sentence = paragraph[: match.end()]
            break
    if len(sentence) <= TITLE_LENGTH:
        title = sentence.strip()
        return title.removesuffix(".") or title
    cut = sentence[:TITLE_LENGTH]
    if not sentence[TITLE_LENGTH].isspace():
        cut = cut.rsplit(None, 1)[0] if len(cut.split(None, 1)) > 1 else cut
    return cut.rstrip(" ,;:.-–—(\"“'‘") + "…"


def _head(lines: list[str], byline: Byline) -> tuple[date | None, list[str]]:
    """Take lines that hold only a day or a reporter off the start."""
    published: date | None = None
    for number, line in enumerate(lines):
        if not line:
            continue
        if len(line) < 80 and _DATE_LINE.fullmatch(line) and (found := parse_date(line)):
            published = published or found
        elif not byline.take(line):
            return published, lines[number:]
    return published, []


def _with_dash(lines: list[str]) -> list[str]:
    """The lines with a dateline put together that a page's tags tore into three: place, dash, text."""
    filled: list[int] = []
    for number, line in enumerate(lines):
        if line:
            filled.append(number)
            if len(filled) == 3:
                break
            if len(filled) == 2 and not _DASH.fullmatch(line):
                return lines
    if len(filled) < 3:
        return lines
    first, dash, text = filled
    return [f"{lines[first]} {lines[dash]} {lines[text]}", *lines[text + 1 :]]


def _headline(lines: list[str]) -> tuple[str, list[str]]:
    """The headline and the lines after it, if the first line is one."""
    filled = [number for number, line in enumerate(lines) if line]
    if len(filled) < 2:
        return "", lines
    first, second = filled[0], filled[1]
    line, following = lines[first], lines[second]
    if len(line) > _HEADLINE_LENGTH or line.endswith((".", ",", ";", ":")) or line[0].islower():
        return "", lines
    if find_dateline("\n".join(lines[first : first + 3])):
        return "", lines
    parted = second > first + 1
    if (
        parted
        or find_dateline(following)
        or _is_date_or_byline(following)
        or len(following) > 1.5 * len(line)
    ):
        return line, lines[second:]
    return "", lines


def _is_date_or_byline(line: str) -> bool:
    return bool(len(line) < 80 and _DATE_LINE.fullmatch(line)) or Byline().take(line)


def _opening(lines: list[str]) -> tuple[list[str], Dateline]:
    """The lines without the dateline, and the dateline."""
    text = "\n".join(lines).lstrip("\n")
    dateline = find_dateline(text)
    if dateline is None:
        return lines, Dateline(0, 0)
    if dateline.start:
        text = text[: dateline.start] + "\n\n" + text[dateline.end :]
    else:
        text = text[dateline.end :].lstrip()
    return text.split("\n"), dateline


def _ending(paragraphs: list[str], byline: Byline) -> list[str]:
    """Paragraphs without the signature and the marks after the last word."""
    while paragraphs:
        last = paragraphs.pop()
        for _ in range(_MOST_ROUNDS):
            before, last = last, cut_end_marks(byline.cut_from_end(last))
            if last == before:
                break
        if last and not is_insertion(last):
            return [*filter(None, cut_all_end_marks(paragraphs)), last]
    return []


def _without_repeated(lines: list[str], title: str) -> list[str]:
    """The lines without a first line that only repeats the title."""
    for number, line in enumerate(lines):
        if line:
            same = _folded_start(line) == _folded_start(title) and line.casefold() == title.casefold()
            return lines[number + 1 :] if same and any(lines[number + 1 :]) else lines
    return lines


def _folded_start(text: str) -> str:
    return text[:8].casefold()[:8]  # folding makes no text shorter


def _without_site(headline: str) -> tuple[str, str]:
    """A headline without its site's domain at the end, and that domain (``Judul - situs.com``)."""
    match = _SITE_SUFFIX.search(headline)
    if match and (domain := domain_of(match["site"])):
        return headline[: match.start()], domain
    return headline, ""
