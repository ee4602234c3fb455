"""Reads JSON of any layout, whatever the file is called: lines, lists, values in a row, by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import orjson

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.cuts import Cut
from index.sources.cutting import pieces_of
from index.sources.encoding import decode, wide_encoding
from index.sources.files import KIB, DamagedError, Lines, LongLineError, open_input, read_whole
from index.sources.formats.web_json import whole_format
from index.sources.json.articles import articles_in, of_action, of_item, of_text
from index.sources.json.values import parse_json
from index.sources.json.walk import ColumnsError, Walk
from index.sources.json.window import Window

_SAMPLE = 1024 * KIB
_SAMPLE_LINES = 50
_LINES_ENDINGS = (".jsonl", ".ndjson")

_OTHER_START = re.compile(rb"\{|\x1e|[\w.$\s]{1,80}[(=]\s*[\[{]")
"""How what is no JSON Lines may begin: an object of several lines, a text sequence, a script."""

_ACTION = re.compile(r'\s*\{\s*"(index|create|update|delete)"\s*:\s*\{')
_LONGEST_ACTION = 1000


def read_json(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """Each article. A bad value is skipped by its number, a bad line by that of the line."""
    if (found := whole_format(input, settings)) is not None:
        yield from found
        return
    cut = _lines if _is_by_lines(input) else _values
    yield from pieces_of(partial(cut, input, settings), input, settings)


def _values(input: InputFile, settings: Settings) -> Iterator[Skip | Cut]:
    """Each value, wherever it stands."""
    try:
        with open_input(input.path) as file:
            yield from Walk(input, Window(file, settings)).cuts()
    except ColumnsError:
        yield from _columns(input, settings)


def _is_by_lines(input: InputFile) -> bool:
    """Whether every line is a value of its own: then a bad one cannot take the next with it."""
    named_so = input.path.name.lower().removesuffix(".gz").endswith(_LINES_ENDINGS)
    sample, is_whole = _sample(input)
    if encoding := wide_encoding(sample):
        sample = sample.decode(encoding, "ignore").encode()
    *lines, last = sample.removeprefix(b"\xef\xbb\xbf").lstrip(b"\0\r\n\t ").split(b"\n")
    lines = [line for line in ([*lines, last] if is_whole else lines) if not line.isspace() and line]
    if not lines:
        return named_so and not last.startswith((b"[", b"{"))
    good = sum(map(_is_object, lines[:_SAMPLE_LINES]))
    if lines[0].startswith(b"["):
        return False
    if len(lines) == 1:
        return not is_whole or (named_so and (lines[0].startswith(b"{") or not _OTHER_START.match(lines[0])))
    if not named_so:
        return _is_object(lines[0]) and 2 * good > min(len(lines), _SAMPLE_LINES)
    if not _is_object(lines[0]) and (not lines[-1].strip(b"]}, \t\r") or _end_in_commas(lines)):
        return False
    return good > 0 or not _OTHER_START.match(lines[0])


def _sample(input: InputFile) -> tuple[bytes, bool]:
    """The beginning of a file, and whether that is all of it."""
    sample = b""
    with open_input(input.path) as file:
        try:
            while read := file.read1(_SAMPLE):  # type: ignore[attr-defined]  # it is buffered
                sample += read
                if len(sample) > _SAMPLE:
                    return sample, False
        except DamagedError:
            return sample, False
    return sample, True


def _end_in_commas(lines: list[bytes]) -> bool:
    """Whether lines are elements of a list."""
    objects = [line.rstrip() for line in lines if line.lstrip().startswith(b"{")]
    return 2 * sum(line.endswith(b"},") for line in objects) > len(objects)


def _is_object(line: bytes) -> bool:
    line = line.strip().rstrip(b",")
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            parse_json(line.decode("utf-8", "replace"))
        except UnreadableError:
            return False
    return True


def _lines(input: InputFile, settings: Settings) -> Iterator[Skip | Cut]:
    """Each line; a bad one is skipped by its number and the others count."""
    name = ""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        while True:
            try:
                line = next(lines)
            except StopIteration:
                return
            except LongLineError as error:
                yield Skip(f"{input.origin}:{lines.number}", str(error))
                continue
            except DamagedError as error:
                yield Skip(
                    f"{input.origin}:{lines.number}", _("{error}; sisa berkas tidak dibaca", error=error)
                )
                return
            origin = f"{input.origin}:{lines.number}"
            if len(line) < _LONGEST_ACTION and (action := _action_of(line)) is not None:
                name = action
            elif name:
                yield Cut(origin, (line, name), of_action, len(line))
                name = ""
            elif not line.isspace():
                yield Cut(origin, line, of_text, len(line))


def _action_of(line: str) -> str | None:
    """The id that an action of Elasticsearch's bulk files names, if any; ``None`` if it is no action."""
    if not _ACTION.match(line):
        return None
    try:
        action = parse_json(line)
    except UnreadableError:
        return None
    if not isinstance(action, dict) or len(action) != 1:
        return None
    (told,) = action.values()
    return str(told.get("_id") or "") if told.keys() & {"_id", "_index"} or not told else None


def _columns(input: InputFile, settings: Settings) -> Iterator[Skip | Cut]:
    """A long table by columns. The first row is whole only when the last column is read: it is read whole."""
    try:
        found = articles_in(parse_json(decode(read_whole(input, settings))))
    except UnreadableError as error:
        raise UnreadableError(
            _(
                "{error}. Tabel JSON yang ditulis per kolom dibaca utuh; tulislah per baris, misalnya dengan "
                "pandas: to_json(..., orient='records', lines=True)",
                error=error,
            )
        ) from error
    if not found:
        raise UnreadableError(_("tidak berisi artikel; diharapkan larik objek, atau satu objek"))
    size = input.path.stat().st_size // len(found)
    for number, item in enumerate(found, start=1):
        yield Cut(f"{input.origin}:{number}", item, of_item, size)
