"""Sampling: decides for a table by its first records, before any of them becomes a piece to be parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import Piece, Skip, UnreadableError
from index.sources.fields.columns import Columns
from index.sources.fields.tables import Table, TableReader
from index.sources.fields.values import is_missing
from index.sources.fields.vocabulary import EXCERPT, NAMES
from index.sources.records import document_from_record

SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 4 << 20
_SHOWN = 300

RecordOf = Callable[[Any], Mapping[Any, Any]]


class Cut(NamedTuple):
    """One record of a table, cut out.

    :param origin: where it stands.
    :param content: of which the table's ``record_of`` makes a mapping.
    :param size: characters.
    """

    origin: str
    content: Any
    size: int


@dataclass(frozen=True)
class RecordReader(TableReader):
    """Makes documents of the records of one table. Pickles.

    :param record_of: a record's content to a mapping; a function that pickles. It may raise
        :class:`~index.sources.base.UnreadableError`.
    :param columns: what the table's columns were taken for.
    :param id_if_none: of a record that names none, where the file holds no other.
    """

    record_of: RecordOf
    columns: Columns
    id_if_none: str = ""

    def __call__(self, content: Any, origin: str, settings: Settings) -> Document:
        """The document of a record."""
        record = self.record_of(content)
        return document_from_record(record, origin, settings, self.id_if_none, columns=self.columns)

    @property
    def key(self) -> object:
        """The table's columns, which all of its readers share."""
        return self.columns

    def table(self, origin: str, contents: Sequence[Any]) -> Table:
        """The table's columns, each with its first value in these records."""
        examples: dict[str, Any] = {}
        for content in contents:
            try:
                record = self.record_of(content)
            except UnreadableError:  # told when it is read as a piece
                continue
            for name, value in record.items():
                if not is_missing(value):
                    examples.setdefault(name, value)
        return self.columns.table(origin, examples)


def pieces_of(
    cut: Iterable[Skip | Cut],
    record_of: RecordOf,
    origin: str,
    settings: Settings,
    heading: Sequence[str] = (),
) -> Iterator[Skip | Piece]:
    """The records of a table as pieces that know its columns.

    :param cut: its records in order, each read once; no more than the first few hundred are held.
    :param origin: of the file.
    :param heading: names of the columns where the table has a heading; else those of the first records.
    :raises UnreadableError: if no column of a heading holds text.
    """
    found = iter(cut)
    held: list[Skip | Cut] = []
    rows: list[Mapping[Any, Any]] = []
    size = 0
    for item in found:
        held.append(item)
        if isinstance(item, Cut):
            size += item.size
            try:
                rows.append(record_of(item.content))
            except UnreadableError:  # told when it is read as a piece
                continue
        if len(held) >= SAMPLE_RECORDS or size >= _SAMPLE_CHARACTERS:
            break
    reader = RecordReader(record_of, columns_of(rows, origin, settings, heading))
    del rows
    for item in chain(held, found):
        yield Piece(item.origin, item.content, reader, item.size) if isinstance(item, Cut) else item


def columns_of(
    rows: Sequence[Mapping[Any, Any]], origin: str, settings: Settings, heading: Sequence[str] = ()
) -> Columns:
    """What the columns of a table are taken for, by its first records.

    :param origin: of the file.
    :param heading: names of the columns where the table has a heading; else those of the records.
    :raises UnreadableError: if no column of a heading holds text.
    """
    names = heading or [name for row in rows for name in row if isinstance(name, str)]
    columns = Columns.of(names, rows, origin, settings)
    if heading and not columns.has("body") and not (columns.has(EXCERPT) and columns.has("title")):
        raise UnreadableError(_no_text(heading))
    return columns


def _no_text(heading: Sequence[str]) -> str:
    return _(
        "tidak ada kolom teks; ada: {found}; diharapkan salah satu dari: {expected}, "
        "atau sebutkan kolomnya di [fields] dalam telusur.toml",
        found=", ".join(heading)[:_SHOWN],
        expected=", ".join(NAMES["body"][:8]),
    )
