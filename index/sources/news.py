"""Reads a raw article: headline, dateline, date, byline, and the text that is left when they are known."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from index.sources.boilerplate import cut_all_end_marks, cut_end_marks, keep_article
from index.sources.byline import Byline
from index.sources.dateline import Dateline, domain_of, find_dateline
from index.sources.days.lines import day_line, day_of_head
from index.sources.days.running_text import date_in_text, day_of_dateline
from index.sources.insertions import is_insertion
from index.sources.losses import note_cuts
from index.sources.masthead import drop_masthead, is_name, without_rubric
from index.sources.paragraphs import join_lines, tidy_lines

TITLE_LENGTH = 110
_HEADLINE_LENGTH = 200
_SITE_SUFFIX = re.compile(r"\s+[-–—|»]\s+(?P<site>[^-–—|»]{3,40})$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]?(?=\s+[\"“‘'(]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[A-Z][a-z]|Drs?|Dra|Prof|Ir|Hj?|Moh|Muh|Gg|Jln?|No|Kab|Kec|Kel|Kol|Kom(?:bes)?|Let|Bri[gp]"
    r"|St|PT|CV|dll|dkk|a\.n|d\.a|Rp|tgl|hlm|[SM]\.\w{1,4})\.$"
)
_DASH = re.compile(r"[-–—]{1,3}")
_TITLE_LABEL = re.compile(r"(?:judul|title|headline)\s?:\s+(?=\S)", re.IGNORECASE)
_MOST_ROUNDS = 20
_LAST_LINES = 5
_ROLE = re.compile(r"\s*(?:jurnalis|wartawan|reporter|pewarta|kontributor)\s*", re.IGNORECASE)


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


def read_article(
    text: str, title: str = "", *, published: date | None = None, latest: date | None = None
) -> Article:
    """Take a scraped article apart.

    The dateline is taken off the body: what it says is in ``source`` and ``place``, and a search result reads
    better without it.

    :param text: clean text with ``\\n`` line ends.
    :param title: the headline where it is known; then none is looked for in the text.
    :param published: the day where it is known, likewise.
    :param latest: its text was not written later; by default today.
    :returns: an article whose title and body are empty only if nothing of the text is left.
    """
    lines = tidy_lines(text)
    byline = Byline()
    whole = lines
    above, lines = _head(lines, byline, latest)
    kept = keep_article(_with_dash(lines))
    headline = ""
    if title:
        kept = _without_repeated(kept, title)
    else:
        below_rubric = without_rubric(kept, latest)
        note_cuts(kept, below_rubric)
        headline, kept = _headline(below_rubric)
    # Between a headline and the report stand lines with the reporter and the day.
    below, kept = _head(kept, byline, latest)
    published = published or above.day or below.day
    report = drop_masthead(kept, byline, latest)
    note_cuts(kept, report)
    kept = report
    kept = [line for line in kept if ":" not in line or not byline.take(line)]

    opening, dateline = _opening(kept)
    if not published:
        published = _day(whole, kept, dateline, latest)
    paragraphs = join_lines(opening)
    paragraphs = _ending(paragraphs, byline)
    body = "\n\n".join(paragraphs)

    site = ""
    if headline:
        headline, site = _without_site(headline)
    return Article(
        title=title or headline or (title_from(paragraphs[0]) if paragraphs else ""),
        body=body,
        source=dateline.source or site or above.source or below.source,
        place=dateline.place,
        author=byline.author or dateline.author,
        editor=byline.editor,
        published=published,
    )


def _day(lines: list[str], kept: list[str], dateline: Dateline, latest: date | None) -> date | None:
    """The day that a report of unknown day tells: above it, in its dateline, in its text."""
    # What is cut off may be all that tells the year: "COPYRIGHT © ... 2024".
    there = set(kept[-2 * _LAST_LINES :])
    text = "\n".join((*kept, *(line for line in lines[-_LAST_LINES:] if line not in there)))
    return (
        (day_of_dateline(dateline.when, text, latest) if dateline.when else None)
        or day_of_head(lines, latest)
        or date_in_text(text, latest)
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


class _Head(NamedTuple):
    """What lines above a report tell."""

    day: date | None = None
    source: str = ""


def _head(lines: list[str], byline: Byline, latest: date | None = None) -> tuple[_Head, list[str]]:
    """Take lines that hold only a day, a publisher with it or a reporter off the start."""
    head = _Head()
    for number, line in enumerate(lines):
        if not line:
            continue
        if (found := day_line(line, latest)) and _is_of_publishing(found.before, byline):
            head = _Head(head.day or found.day, head.source or domain_of(found.before))
        elif not byline.take(line):
            return head, lines[number:]
    return head, []


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
    line, following = _TITLE_LABEL.sub("", lines[first]), lines[second]
    if len(line) > _HEADLINE_LENGTH or line.endswith((".", ",", ";", ":")) or line[0].islower():
        return "", lines
    if find_dateline("\n".join(lines[first : first + 3])):
        return "", lines
    parted = second > first + 1
    if (
        parted
        or find_dateline(following)
        or _is_date_or_byline(following)
        or (len(filled) > 2 and is_name(following) and _is_date_or_byline(lines[filled[2]]))
        or len(following) > 1.5 * len(line)
    ):
        return line, lines[second:]
    return "", lines


def _is_date_or_byline(line: str) -> bool:
    byline = Byline()
    found = day_line(line)
    return bool(found and _is_of_publishing(found.before, byline)) or byline.take(line)


def _is_of_publishing(before: str, byline: Byline) -> bool:
    """Whether nothing but a publisher or a reporter stands before the day of a line."""
    if not before or domain_of(before):
        return True
    name, _, role = before.partition(",")
    return byline.take(before) or (bool(_ROLE.fullmatch(role)) and byline.take(f"Reporter: {name}"))


def _opening(lines: list[str]) -> tuple[list[str], Dateline]:
    """The lines without the dateline, and the dateline.

    A line may stand above it that says what the report is about: it stays.
    """
    text = "\n".join(lines).lstrip("\n")
    above: list[str] = []
    dateline = find_dateline(text)
    if dateline is None:
        end = text.find("\n", 0, _HEADLINE_LENGTH + 1)
        if end < 0 or text[end + 1 : end + 2] != "\n":
            return lines, Dateline(0, 0)
        standfirst, report = text[:end], text[end + 2 :]
        above, text = [standfirst, ""], report.lstrip("\n")
        dateline = find_dateline(text)
        if dateline is None or dateline.start or not (dateline.place and dateline.source):
            return lines, Dateline(0, 0)
    if dateline.start:
        text = text[: dateline.start] + "\n\n" + text[dateline.end :]
    else:
        text = text[dateline.end :].lstrip()
    return [*above, *text.split("\n")], dateline


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
        note_cuts([last], [])
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
