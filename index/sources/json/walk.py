"""Walk: a file of JSON values, of any layout and length, cut into what holds one article or some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.messages import _
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.cuts import Cut, RecordsOf
from index.sources.fields.names import known_field
from index.sources.files import KIB, MIB
from index.sources.identity import id_from_file
from index.sources.json.articles import articles_in, of_item, of_text, of_value
from index.sources.json.columns import names_of
from index.sources.json.parts import evidence
from index.sources.json.values import parse_json
from index.sources.json.window import OpenError, Window

_DEEPEST = 16
_MOST_IN_VAIN = 16 * MIB
"""Bytes that are looked at again behind values that do not end, besides half of the file so far."""

_JUDGED = 20
"""Elements of a list that tell whether it holds articles."""

_NESTED = re.compile(rb"\[\s*[\[{]")
_COLUMN = re.compile(rb'\{\s*"\d+"\s*:\s*[^{\[\s]|\[\s*[^{\[\s]')
_LIST = re.compile(rb"\[\s*\{")
_HEADING = re.compile(rb"\[[^\[\]{}]{0,4000}\](?=\s*\[)")
_JUNK = re.compile(rb"[\s\w.$=();,'\"/*<>?!:-]{0,200}")


class ColumnsError(Exception):
    """A table by columns is longer than a value may be: it has to be read whole."""


class _BrokenError(Exception):
    """What stands here is not JSON."""


class Walk:
    """One walk over a file.

    :param window: at its beginning.
    """

    def __init__(self, input: InputFile, window: Window) -> None:
        self._origin = input.origin
        self._window = window
        self._names: list[str] = []  # of the columns of rows
        self._in_vain = 0
        self._is_over = False
        self.number = 0
        """Articles met so far, and what stands in their place."""

    def cuts(self) -> Iterator[Skip | Cut]:
        """What the file holds, in order.

        :raises UnreadableError: if there is nothing like an article in it.
        :raises ColumnsError: see there; nothing was yielded then.
        """
        anything = False
        reason = ""
        while not self._is_over and (first := self._window.peek()):
            if first == b"[":
                found = self._top_array()
            elif first == b"{":
                found = self._top_object()
            else:
                found = self._junk(first)
            try:
                for item in found:
                    anything = True
                    yield item
            except UnreadableError as error:
                reason = reason or str(error)
        if not anything:
            raise UnreadableError(
                reason or self._window.damage or _("tidak berisi artikel; berisi larik kosong")
            )

    # What stands on the top of a file

    def _top_array(self) -> Iterator[Skip | Cut]:
        start = self._window.sample(4 * KIB)
        if _NESTED.match(start) or not (self._names or _is_heading(start)):
            yield from self._array(0)
            return
        try:  # one row of a table whose every line is a list
            text = self._window.decode(self._window.value())
        except OpenError as error:
            yield from self._open(error, b"[", 0)
        else:
            yield from self._row(text)

    def _top_object(self) -> Iterator[Skip | Cut]:
        line = self._window.line
        try:
            text = self._window.decode(self._window.value())
        except OpenError as error:
            yield from self._open(error, b"{", 0)
            return
        is_whole = not self.number and not self._window.peek()
        origin = self._origin if is_whole else self._at(self.number + 1)
        try:
            value = parse_json(text)
        except UnreadableError as error:
            self.number += 1
            yield Skip(origin, f"{error} ({_('baris {line}', line=line)})")
            return
        found = articles_in(value)
        if is_whole and (not found or found[0] is value):
            self.number += 1
            yield Cut(origin, value, of_value, len(text), id_from_file(self._origin))
        elif not found:
            yield self._cut(value, of_value, len(text))
        for item in found if self.number == 0 or not is_whole else ():
            yield self._cut(item, of_item, len(text) // len(found))

    def _junk(self, first: bytes) -> Iterator[Skip]:
        """Something between values: brackets too many, the wrapping of a script, or no JSON at all."""
        if first in b"}]":
            self._window.step()
            return
        line = self._window.line
        passed = self._window.find_value().strip()
        if not _JUNK.fullmatch(passed) or (not self._window.peek() and not self.number):
            shown = passed[:60].decode("utf-8", "replace")
            yield Skip(self._origin, _("bukan JSON pada baris {line}: {text}", line=line, text=shown))

    # What stands in values that are not cut out whole

    def _array(self, depth: int) -> Iterator[Skip | Cut]:
        """Each element of a list, one of articles."""
        self._window.step()
        yield from self._elements(depth)

    def _elements(self, depth: int) -> Iterator[Skip | Cut]:
        names, self._names = self._names, []
        while not self._is_over:
            first = self._window.peek()
            if not first:
                yield self._ended()
                break
            if first in b"]":
                self._window.step()
                break
            if first in b"}:":
                self._window.step()
                continue
            if first == b"[" and depth < _DEEPEST and _NESTED.match(self._window.sample(KIB)):
                yield from self._array(depth + 1)
                continue
            try:
                text = self._window.decode(self._window.value())
            except OpenError as error:
                yield from self._open(error, first, depth)
                continue
            if first == b"[":
                yield from self._row(text)
            else:
                yield self._cut(text, of_text, len(text))
        self._names = names

    def _row(self, text: str) -> Iterator[Skip | Cut]:
        """A row of a table whose rows are lists; the first names the columns unless they are known."""
        row = _parsed(text)
        if not self._names and (names := names_of(row)):
            self._names = names
            return
        if not self._names or not isinstance(row, list) or len(row) != len(self._names):
            self.number += 1
            reason = _("larik nilai tanpa nama kolom yang cocok banyaknya ({count})", count=len(row or ()))
            yield Skip(self._at(self.number), reason)
            return
        yield self._cut(dict(zip(self._names, row, strict=True)), of_item, len(text))

    def _open(self, error: OpenError, first: bytes, depth: int) -> Iterator[Skip | Cut]:
        """A value that cannot be cut out: what stands in it, or where the next begins."""
        before = self.number
        line = self._window.line
        # What is broken somewhere within still has its other articles.
        is_wrapper = depth == 0 and first == b"{" and bool(_LIST.search(self._window.sample(64 * KIB)))
        if (error.is_long or is_wrapper) and first in b"{[" and depth < _DEEPEST:
            try:
                yield from self._object(depth + 1) if first == b"{" else self._array(depth + 1)
            except _BrokenError:
                yield from self._go_on(line, 0)
                return
            if self.number == before and not self._is_over:
                yield self._too_long()
        elif error.is_long:
            self._window.pass_over()
            yield self._too_long()
        else:
            yield from self._go_on(line, error.length)

    def _go_on(self, line: int, length: int) -> Iterator[Skip]:
        self.number += 1
        self._in_vain += length
        place = self._at(self.number)
        if self._in_vain <= _MOST_IN_VAIN + self._window.passed // 2 and self._window.find_next():
            reason = _(
                "nilai JSON yang mulai di baris {line} tidak ditutup atau rusak; "
                "dilanjutkan dari baris {next}",
                line=line,
                next=self._window.line,
            )
            yield Skip(place, reason)
            return
        self._is_over = True
        if self._window.damage:
            yield Skip(place, _("{error}; sisa berkas tidak dibaca", error=self._window.damage))
            return
        yield Skip(
            place,
            _("berkas terputus di dalam nilai yang mulai di baris {line}; sisanya tidak dibaca", line=line),
        )

    def _ended(self) -> Skip:
        self._is_over = True
        if self._window.damage:
            return Skip(self._origin, _("{error}; sisa berkas tidak dibaca", error=self._window.damage))
        return Skip(
            self._origin,
            _(
                "berkas berakhir di baris {line} sebelum larik JSON ditutup, mungkin terpotong; "
                "yang sebelumnya sudah dibaca",
                line=self._window.line,
            ),
        )

    def _object(self, depth: int) -> Iterator[Skip | Cut]:
        """What stands under the keys of an object that is too long to be cut out.

        :raises _BrokenError: if it is not JSON.
        """
        self._window.step()
        fields: set[str | None] = set()
        names: list[str] = []
        while not self._is_over:
            first = self._window.peek()
            if not first:
                yield self._ended()
                return
            if first == b"}":
                self._window.step()
                return
            name = self._name()
            first = self._window.peek()
            try:
                text = self._window.decode(self._window.value())
            except OpenError as error:
                if not first or not (error.is_long or first in b"{["):
                    raise _BrokenError from error
                if (
                    depth == 1
                    and not self.number
                    and known_field(name)
                    and _COLUMN.match(self._window.sample(KIB))
                ):
                    raise ColumnsError from error
                if first in b"{[" and "title" not in fields and depth < _DEEPEST:
                    self._names = names
                    yield from self._object(depth + 1) if first == b"{" else self._list(depth + 1)
                    continue
                fields.add(known_field(name))
                if not self._window.pass_over():
                    yield self._ended()
                continue
            if first not in b"{[":
                fields.add(known_field(name))
                continue
            value = _parsed(text)
            names = names_of(value) or names
            if depth == 1 and not self.number and _is_column(name, value):
                raise ColumnsError
            if "title" not in fields and not names:
                yield from self._small(name, value, len(text))

    def _small(self, name: str, value: Any, size: int) -> Iterator[Cut]:
        """The articles of a value within an object that is too long to be cut out."""
        found = articles_in(value)
        is_one = isinstance(value, dict) and len(found) == 1
        if is_one and isinstance(found[0], dict) and not any(evidence(found[0])):
            return
        for item in found:
            yield self._cut(item, of_item, size // len(found))

    def _list(self, depth: int) -> Iterator[Skip | Cut]:
        """A long list under some key: of articles, or of something else."""
        self._window.step()
        if self._names:
            yield from self._rows(depth)
            return
        judged: list[str] = []
        is_open = False
        while len(judged) < _JUDGED and self._window.peek() not in (b"]", b""):
            if self._window.peek() == b"[":
                break
            try:
                judged.append(self._window.decode(self._window.value()))
            except OpenError:
                is_open = True
                break
        is_list = any(
            articles_in(value) for text in judged if isinstance(value := _parsed(text), (dict, list))
        )
        if is_list or is_open or self._window.peek() == b"[":
            for text in judged:
                yield self._cut(text, of_text, len(text))
            yield from self._elements(depth)
        elif not self._window.pass_over(depth=1):
            yield self._ended()

    def _rows(self, depth: int) -> Iterator[Skip | Cut]:
        names = self._names
        while not self._is_over and self._window.peek() == b"[":
            try:
                text = self._window.decode(self._window.value())
            except OpenError as error:
                yield from self._open(error, b"[", _DEEPEST)
                continue
            self._names = names
            yield from self._row(text)
        yield from self._elements(depth)

    def _name(self) -> str:
        """The key that stands here, with what parts it from its value.

        :raises _BrokenError: if there is none.
        """
        if self._window.peek() != b'"':
            raise _BrokenError
        try:
            name = _parsed(self._window.decode(self._window.value()))
        except OpenError as error:
            raise _BrokenError from error
        if self._window.peek() != b":" or not isinstance(name, str):
            raise _BrokenError
        self._window.step()
        return name

    def _cut(self, content: Any, records: RecordsOf, size: int) -> Cut:
        self.number += 1
        return Cut(self._at(self.number), content, records, size)

    def _too_long(self) -> Skip:
        self.number += 1
        return Skip(
            self._at(self.number),
            _(
                "nilai JSON itu lebih panjang dari {limit} KiB; "
                "batas satu artikel adalah pengaturan max_article_kb",
                limit=f"{self._window.limit / KIB:g}",
            ),
        )

    def _at(self, number: int) -> str:
        return f"{self._origin}:{number}"


def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except UnreadableError:
        return None


def _is_heading(start: bytes) -> bool:
    """Whether a file goes on with the names of columns in a list, and a second list."""
    match = _HEADING.match(start)
    return bool(match and names_of(_parsed(match[0].decode("utf-8", "replace"))))


def _is_column(name: str, value: Any) -> bool:
    """Whether what stands under a key is a column of a table, its values by number or in a row."""
    if known_field(name) is None or not value:
        return False
    values = list(value.values()) if isinstance(value, dict) else value
    is_flat = not any(isinstance(held, (dict, list)) for held in values[:5])
    return len(values) > 1 and is_flat and (isinstance(value, list) or next(iter(value)).isdigit())
