"""Lines of pages -> the headline and the paragraphs, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.analysis.folding import fold
from index.analysis.line_ends import joined_at_line_end
from index.sources.paragraphs import tidy
from index.sources.pdf.reader import Line

_EDGE = 3  # lines at the top and at the bottom of a page that may be furniture
_SAME_PLACE = 4.0  # points
_LARGER = 1.15
_WIDE_GAP = 1.4
_INDENT = 0.7
_SENTENCE_WORDS = 8
_LONGEST_TITLE = 250

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:halaman|hal\.?|page|hlm\.?)\s?)?[-–—|•\s]*\d{1,4}(?:\s?(?:/|dari|of)\s?\d{1,4})?[-–—|•\s]*|[ivxl]{1,6}",
    re.IGNORECASE,
)
_PRINTED_AT = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},?\s\d{1,2}[:.]\d{2}(?:\s?[AP]M)?(?:\s.*)?", re.IGNORECASE)
_PRINTED_FROM = re.compile(r"(https?://\S{1,1000})\s+\d{1,4}/\d{1,4}")
_SENTENCE_END = (".", "!", "?", ":", "”", '"', "…", ")")
_BULLET = re.compile(r"(?:[-–•·▪●○■□*]|\d{1,3}[.)]|[a-z][.)])\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Page = list[Line]


class Furniture(NamedTuple):
    """What pages repeat.

    :param heads: the lines, as they stand on the first page that has them.
    :param url: address that a browser printed below the page, or ``""``.
    """

    heads: list[str]
    url: str


class Block(NamedTuple):
    """One paragraph, or a heading.

    :param is_heading: it is set in larger letters than most of the text.
    """

    text: str
    is_heading: bool = False


def without_furniture(pages: list[Page]) -> tuple[list[Page], Furniture]:
    """Pages without running heads, page numbers, and what a browser prints around a page."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in set(page.values()))
    heads: dict[str, None] = {}
    url = ""
    kept: list[Page] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        left: Page = []
        for place, line in enumerate(page):
            text = line.text.strip()
            if place in edge and (printed := _PRINTED_FROM.fullmatch(text)):
                url = url or printed[1]
            elif place in edge and _PRINTED_AT.fullmatch(text):
                pass
            elif place in edge and _is_furniture(text, edge[place], seen, number, len(pages)):
                heads.setdefault(text)
            else:
                left.append(line)
        kept.append(left)
    return kept, Furniture(list(heads), url)


_Key = tuple[str, int, int]


def _edges(page: Page) -> dict[int, _Key]:
    """The first and last lines of a page by their place on it, and what makes them the same on another."""
    by_height = sorted(range(len(page)), key=lambda place: page[place].bottom)
    found: dict[int, _Key] = {}
    for place in {*by_height[:_EDGE], *by_height[-_EDGE:]}:
        line = page[place]
        text = _NUMBER.sub("#", fold(tidy(line.text)))
        found[place] = (text, round(line.bottom / _SAME_PLACE), round(line.height))
    return found


def _is_furniture(text: str, key: _Key, seen: Counter[_Key], number: int, pages: int) -> bool:
    """Whether a line at the edge of a page stands on others too, or numbers the page.

    :param number: of the page.
    """
    if _PAGE_NUMBER.fullmatch(text):
        names_it = any(character.isalpha() for character in text) or str(number) in _NUMBER.findall(text)
        return names_it or pages > 1
    if text.endswith(_SENTENCE_END) and len(text.split()) >= _SENTENCE_WORDS:
        return False
    folded, place, height = key
    count = sum(seen[folded, near, height] for near in (place - 1, place, place + 1))
    return count >= (2 if pages <= 3 else 3)


def blocks_of(pages: list[Page]) -> list[Block]:
    """The paragraphs and headings of pages, in reading order."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    usual = _usual_height(lines)
    words = _words_inside(lines)
    blocks: list[Block] = []
    for group in _groups(pages):
        text = group[0].text
        for before, line in pairwise(group):
            if before.is_broken:
                text = joined_at_line_end(text, line.text.lstrip(), words)
            else:
                text = f"{text.rstrip()} {line.text.lstrip()}"
        text = tidy(f"{text}-" if group[-1].is_broken else text)
        if text:
            blocks.append(Block(text, group[0].height >= _LARGER * usual and len(text) <= _LONGEST_TITLE))
    return blocks


def title_of_blocks(pages: list[Page], blocks: list[Block]) -> tuple[str, list[Block]]:
    """The headline, which the first page sets in its largest letters, or ``""``; and the other blocks."""
    first = pages[0] if pages else []
    if not first or not any(block.is_heading for block in blocks):
        return "", blocks
    largest = max(line.height for line in first)
    beginnings = {tidy(line.text) for line in first if line.height >= largest / 1.05}
    for place, block in enumerate(blocks):
        if block.is_heading and any(block.text.startswith(begin) for begin in beginnings if begin):
            return block.text, [*blocks[:place], *blocks[place + 1 :]]
    return "", blocks


def _usual_height(lines: list[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.height)] += len(line.text)
    return weights.most_common(1)[0][0] or 1.0


def _words_inside(lines: list[Line]) -> Counter[str]:
    """How often words stand inside lines, where nothing breaks them."""
    words: Counter[str] = Counter()
    for line in lines:
        found = _WORD.findall(line.text)
        if line.is_broken and found:
            found.pop()
        words.update(map(fold, found))
    return words


def _groups(pages: list[Page]) -> Iterator[list[Line]]:
    """Lines that are one paragraph."""
    group: list[Line] = []
    for page in pages:
        for run in _runs(page):
            drops = [a.bottom - b.bottom for a, b in pairwise(run) if a.bottom > b.bottom]
            drop = median(drops) if drops else 0.0
            right = max(line.right for line in run)
            for place, line in enumerate(run):
                if not group:
                    group = [line]
                    continue
                following = run[place + 1] if place + 1 < len(run) else None
                if _parts(group[-1], line, following, drop, right, is_first=place == 0):
                    yield group
                    group = []
                group.append(line)
    if group:
        yield group


def _runs(page: Page) -> Iterator[list[Line]]:
    """Lines below one another: a column, or a part of it."""
    run: list[Line] = []
    for line in page:
        if run and line.bottom > run[-1].bottom + run[-1].height / 2:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _parts(
    before: Line, line: Line, following: Line | None, drop: float, right: float, *, is_first: bool
) -> bool:
    """Whether a paragraph ends between two lines.

    :param drop: usual distance of lines in this column.
    :param right: where its lines end.
    :param is_first: the line begins a column or a page.
    """
    if before.is_broken:
        return False
    larger = max(before.height, line.height)
    if abs(before.height - line.height) > (1 - 1 / _LARGER) * larger or _BULLET.match(line.text.lstrip()):
        return True
    ended = before.text.rstrip().endswith(_SENTENCE_END)
    if is_first:
        return ended and not line.text.lstrip()[:1].islower()
    if drop and before.bottom - line.bottom > _WIDE_GAP * drop:
        return True
    indent = _INDENT * line.height
    if following and line.left > following.left + indent and line.left > before.left + indent:
        return True
    if not ended or not line.text.split():
        return False
    # The next word would have had room on that line.
    letter = (line.right - line.left) / len(line.text)
    return before.right + letter * (len(line.text.split()[0]) + 2) < right
