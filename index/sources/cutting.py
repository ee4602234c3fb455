"""Cutting: the records of a file that holds many, to pieces that any process makes documents of.

A parser says how its file is opened and cut (:data:`~index.sources.cuts.Cuts`); what has to be known of a
whole file before one of its records is read belongs into :func:`pieces_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.cuts import Cut, Cuts, NotRecord, Record, RecordsOf
from index.sources.days.columns import DayColumns, may_be_unclear
from index.sources.days.limits import latest_day
from index.sources.fields.columns import Columns
from index.sources.fields.tables import Table, TableReader
from index.sources.fields.vocabulary import EXCERPT, NAMES
from index.sources.records import document_from_record

_FEWEST_WORDS = 12
_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 4 << 20
_SHOWN = 300


def pieces_of(
    cuts: Cuts, input: InputFile, settings: Settings, heading: Sequence[str] = ()
) -> Iterator[Piece | Skip]:
    """The pieces of a file.

    The one place for what depends on several records of a file: what its columns are, by a sample of them,
    and how the days of a column are written, by all of them.

    :param heading: names of the columns where it is a table; else those of the first records.
    :raises UnreadableError: if no column of a table holds text.
    """
    found = cuts()
    held = list(_first(found))
    columns = columns_of(list(_records(held)), input.origin, settings, heading)
    days = DayColumns(partial(_unclear_records, cuts), columns.field_of, latest_day(settings))
    readers: dict[RecordsOf, RecordReader] = {}
    for item in chain(held, found):
        if isinstance(item, Skip):
            yield item
            continue
        content, records = _settled(item, days)
        reader = readers.get(records)
        if reader is None:
            reader = readers[records] = RecordReader(records, columns)
        if item.id_if_none:
            reader = RecordReader(records, columns, item.id_if_none)
        yield Piece(item.origin, content, reader, item.size)


def columns_of(
    rows: Sequence[Mapping[Any, Any]], origin: str, settings: Settings, heading: Sequence[str] = ()
) -> Columns:
    """What the columns of a file are taken for, by its first records.

    :param origin: of the file.
    :param heading: names of the columns where it is a table; else those of the records.
    :raises UnreadableError: if no column of a table holds text.
    """
    names = heading or [name for row in rows for name in row if isinstance(name, str)]
    columns = Columns.of(names, rows, origin, settings)
    if heading and not columns.has("body") and not (columns.has(EXCERPT) and columns.has("title")):
        raise UnreadableError(
            _(
                "tidak ada kolom teks; ada: {found}; diharapkan salah satu dari: {expected}, "
                "atau sebutkan kolomnya di [fields] dalam telusur.toml",
                found=", ".join(heading)[:_SHOWN],
                expected=", ".join(NAMES["body"][:8]),
            )
        )
    return columns


def _first(cuts: Iterator[Cut | Skip]) -> Iterator[Cut | Skip]:
    size = 0
    for item in islice(cuts, _SAMPLE_RECORDS):
        yield item
        size += item.size if isinstance(item, Cut) else 0
        if size >= _SAMPLE_CHARACTERS:
            return


def _records(items: Iterable[Cut | Skip]) -> Iterator[Mapping[Any, Any]]:
    """The records of some cuts; what cannot be read is told when it is read as a piece."""
    for item in items:
        if isinstance(item, Cut):
            with suppress(UnreadableError):
                yield from (each for each in item.records(item.content) if isinstance(each, Mapping))


def _settled(item: Cut, days: DayColumns) -> tuple[Any, RecordsOf]:
    """What was cut out, or its records if a day in them depends on its column; and what reads it."""
    if _may_be_unclear(item.content):
        with suppress(UnreadableError):
            found = item.records(item.content)
            settled = [days.settle(each) if isinstance(each, dict) else each for each in found]
            if any(new is not old for new, old in zip(settled, found, strict=True)):
                return settled, as_records
    return item.content, item.records


def _unclear_records(cuts: Cuts) -> Iterator[dict[str, Any]]:
    """The records whose days may depend on those of others."""
    for item in cuts():
        if isinstance(item, Cut) and _may_be_unclear(item.content):
            with suppress(UnreadableError):
                yield from (each for each in item.records(item.content) if isinstance(each, dict))


def _may_be_unclear(content: Any) -> bool:
    if isinstance(content, tuple):
        content = content[0]
    return may_be_unclear(content) if isinstance(content, str) else True


@dataclass(frozen=True)
class RecordReader(TableReader):
    """Makes the documents of what was cut out. Pickles.

    :param columns: what the columns of the file were taken for.
    :param id_if_none: of a record that names none, where the file holds no other.
    """

    records: RecordsOf
    columns: Columns
    id_if_none: str = ""

    @property
    def key(self) -> object:
        """The columns, which all readers of a file share."""
        return self.columns

    def records_of(self, content: Any) -> Iterator[Mapping[str, Any]]:
        """The records of what was cut out; none if it cannot be read."""
        with suppress(UnreadableError):
            yield from (each for each in self.records(content) if isinstance(each, Mapping))

    def table(self, origin: str, examples: Mapping[str, Any]) -> Table:
        """The columns, each with a value of it."""
        return self.columns.table(origin, examples)

    def __call__(self, content: Any, origin: str, settings: Settings) -> Document | Iterator[Document | Skip]:
        """The document of the one record, or what becomes of each of several.

        :raises UnreadableError: if the only record is no article, and why.
        """
        records = self.records(content)
        if len(records) == 1:
            return self._document(records[0], origin, settings)
        return self._each(records, origin, settings)

    def _each(self, records: Sequence[Record], origin: str, settings: Settings) -> Iterator[Document | Skip]:
        for number, record in enumerate(records, start=1):
            place = f"{origin}:{number}"
            try:
                yield self._document(record, place, settings)
            except UnreadableError as error:
                yield Skip(place, str(error))

    def _document(self, record: Record, origin: str, settings: Settings) -> Document:
        if isinstance(record, NotRecord):
            value = record.value
            if isinstance(value, UnreadableError):
                raise value
            if isinstance(value, list):
                raise UnreadableError(_("berupa larik JSON; diharapkan satu objek JSON tiap artikel"))
            if not isinstance(value, str) or value.count(" ") < _FEWEST_WORDS:
                raise UnreadableError(_("berupa satu nilai JSON; diharapkan satu objek JSON tiap artikel"))
            record = {"text": value}
        return document_from_record(record, origin, settings, self.id_if_none, columns=self.columns)


def as_records(content: Sequence[Record]) -> Sequence[Record]:
    """What was cut out are records already."""
    return content


def as_record(content: dict[str, Any]) -> Sequence[Record]:
    """What was cut out is a record already."""
    return (content,)
