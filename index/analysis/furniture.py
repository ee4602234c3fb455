"""Furniture: lines that a publisher puts into its articles and that are no text of theirs."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from msgspec import Struct

from index.documents import Document, Span, is_sound

KEEP_ALL = "*"
"""Stands among the texts that an owner keeps for all of them."""

LONGEST = 300
"""Characters of a line that may go."""

_MOST_GLUED = 3
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_SENTENCE_END = re.compile(r"[.!?]\s+")
"""A sentence's last sign, and the gap behind it."""

_WHOLE_BLOCKS = frozenset({"h", "table"})


class Publisher(NamedTuple):
    """What was learned of one publisher.

    :param articles: that were read of it.
    :param lines: line -> how many of them have it.
    """

    articles: int
    lines: Mapping[str, int]


class _Kept(NamedTuple):
    """Characters ``start`` to ``end`` of a body that stay, and where they stand then."""

    start: int
    end: int
    new: int


class Furniture(Struct, frozen=True):
    """Publisher -> its lines that are no text. Pickles.

    :param publishers: by their names, ``""`` for articles that name none.
    """

    publishers: Mapping[str, Publisher]

    def __bool__(self) -> bool:
        return any(found.lines for found in self.publishers.values())

    def without(self, kept: Collection[str]) -> Furniture:
        """What remains if lines that contain one of these texts are kept; ``*`` keeps all."""
        if not kept:
            return self
        wanted = [_folded(text) for text in kept]
        publishers = {}
        for source, found in self.publishers.items():
            lines = {
                line: count
                for line, count in found.lines.items()
                if KEEP_ALL not in kept and not any(text in _folded(line) for text in wanted)
            }
            if lines:
                publishers[source] = found._replace(lines=lines)
        return Furniture(publishers)

    def and_known(self, known: Furniture) -> Furniture:
        """This and what was known before: articles that were kept from an index show its lines no more."""
        publishers = dict(known.publishers)
        for source, found in self.publishers.items():
            before = publishers.get(source, Publisher(0, {}))
            publishers[source] = found._replace(lines={**before.lines, **found.lines})
        return Furniture(publishers)

    def lines_in(self, document: Document) -> list[str]:
        """The lines that :meth:`cut` takes from a document, in their order."""
        kept = self._kept(document)
        if kept is None:
            return []
        ends = [0, *(end for _, end in kept)]
        starts = [*(start for start, _ in kept), len(document.body)]
        gaps = (document.body[end:start] for end, start in zip(ends, starts, strict=True))
        return [line for gap in gaps for raw in gap.split("\n") if (line := raw.strip())]

    def cut(self, document: Document) -> Document:
        """A document without these lines, never without all of its text; itself if it has none of them.

        It counts as what was read: with the same digest.
        """
        kept = self._kept(document)
        if kept is None:
            return document
        body, moved = _joined(document.body, kept)
        layout = tuple(_moved(document.layout, moved))
        if not is_sound(body, layout):
            layout = ()
        return replace(document, body=body, layout=layout).taken_for(document.content_hash)

    def _kept(self, document: Document) -> list[tuple[int, int]] | None:
        """Where what stays of a body stands, line by line; ``None`` if all of it does."""
        publisher = self.publishers.get(document.source)
        if publisher is None:
            return None
        body, texts = document.body, publisher.lines
        lines = [(found.start(), found.end()) for found in _LINE.finditer(body)]
        kept = [(start, end) for start, end in lines if not _goes(document, start, end, texts)]
        if kept:
            kept[0] = _without_first(document, *kept[0], texts)
        while kept:
            start, end = _without_last(document, *kept[-1], texts)
            if start < end:
                kept[-1] = start, end
                break
            kept.pop()
        return kept if kept and kept != lines else None

    def to_json(self) -> str:
        """A text that :meth:`from_json` reads."""
        record = {source: list(found) for source, found in self.publishers.items()}
        return json.dumps(record, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Furniture:
        """The inverse of :meth:`to_json`.

        :raises ValueError: if the text is not what :meth:`to_json` writes.
        """
        try:
            return cls(
                {
                    source: Publisher(int(articles), {str(line): int(count) for line, count in lines.items()})
                    for source, (articles, lines) in json.loads(text).items()
                }
            )
        except (AttributeError, TypeError) as error:
            raise ValueError(f"not what was learned of publishers: {error!r}") from error

    def rows(self) -> list[dict[str, Any]]:
        """One mapping for each line: its publisher, its text, how many articles have it."""
        return [
            {"source": source, "text": text, "articles": count}
            for source, found in self.publishers.items()
            for text, count in sorted(found.lines.items(), key=lambda line: (-line[1], line[0]))
        ]


NO_FURNITURE = Furniture({})


def glued_sentences(lines: list[str]) -> list[str]:
    """What the first and the last sentences of an article are if they stand on a line with others: the first
    one, the last one, the last two, ...

    :param lines: of its body, none empty.
    """
    if not lines:
        return []
    last = lines[-1]
    found = [last[start:] for _, start in _last_gaps(last, 0, len(last))]
    if end := _SENTENCE_END.search(lines[0], 0, LONGEST + 2):
        found.append(lines[0][: end.start() + 1])
    return found


def _last_gaps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the gaps before the last sentences of a stretch of text are, the first one first."""
    ends = _SENTENCE_END.finditer(text, max(start, end - LONGEST - 3), end)
    return [(found.start() + 1, found.end()) for found in ends][-_MOST_GLUED:]


def may_be_cut(text: str, document: Document) -> bool:
    """Whether a line stands in an article as a line or sentence of its own, in no heading and no table, and
    not where the title was taken from."""
    start = document.body.find(text)
    return not _is_needed(document, start, start + len(text))


def _is_needed(document: Document, start: int, end: int) -> bool:
    if not document.body[:start].strip() and not document.headline:
        return True  # the title was taken from there
    return any(
        span.kind in _WHOLE_BLOCKS and span.start < end and start < span.end for span in document.layout
    )


def _goes(document: Document, start: int, end: int, texts: Collection[str]) -> bool:
    return document.body[start:end] in texts and not _is_needed(document, start, end)


def _without_first(document: Document, start: int, end: int, texts: Collection[str]) -> tuple[int, int]:
    while found := _SENTENCE_END.search(document.body, start, min(end, start + LONGEST + 2)):
        if not _goes(document, start, found.start() + 1, texts):
            break
        start = found.end()
    return start, end


def _without_last(document: Document, start: int, end: int, texts: Collection[str]) -> tuple[int, int]:
    """What remains of a line without its last sentences; nothing if all of it goes."""
    while start < end:
        parts = [(start, start), *_last_gaps(document.body, start, end)]
        remaining = next((stop for stop, part in parts if _goes(document, part, end, texts)), end)
        if remaining == end:
            break
        end = remaining
    return start, end


def _joined(body: str, kept: Iterable[tuple[int, int]]) -> tuple[str, list[_Kept]]:
    """What stays of a body, parted as widely as it was, and where each part of it stands now."""
    parts: list[str] = []
    moved: list[_Kept] = []
    length = before = 0
    for start, end in kept:
        if moved:
            gap = _widest(body[before:start])
            parts.append(gap)
            length += len(gap)
        parts.append(body[start:end])
        moved.append(_Kept(start, end, length))
        length, before = length + end - start, end
    return "".join(parts), moved


def _widest(between: str) -> str:
    """The widest gap in a stretch of body that has no other text than what goes."""
    if not between.strip():
        return between
    ends = [0, *(found.end() for found in _LINE.finditer(between))]
    starts = [*(found.start() for found in _LINE.finditer(between)), len(between)]
    gaps = [between[end:start] for end, start in zip(ends, starts, strict=True)]
    return max(gaps, key=lambda gap: gap.count("\n"))


def _moved(layout: Iterable[Span], kept: list[_Kept]) -> Iterable[Span]:
    """The elements of a layout where their text stands now; those without any are gone."""
    starts = [part.start for part in kept]
    for span in layout:
        start = _place(span.start, kept, starts, after=True)
        end = start if span.start == span.end else _place(span.end, kept, starts, after=False)
        if start < end or span.start == span.end:
            yield span._replace(start=start, end=end)


def _place(place: int, kept: list[_Kept], starts: list[int], after: bool) -> int:
    """Where a place of the old body is in the new one.

    :param after: whether one in what went is where the text goes on, or where it stopped.
    """
    number = bisect_right(starts, place) - 1
    if number >= 0 and place <= kept[number].end:
        return kept[number].new + place - kept[number].start
    if after and number + 1 < len(kept):
        return kept[number + 1].new
    return kept[number].new + kept[number].end - kept[number].start if number >= 0 else 0


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
