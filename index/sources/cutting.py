"""Cutting: the records of a file that holds many, to pieces that any process makes documents of.

A parser says how its file is opened and cut (:data:`Cuts`); what has to be known of a whole file before one
of its records is read belongs into :func:`pieces_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.records import document_from_record

_FEWEST_WORDS = 12


class NotRecord(NamedTuple):
    """What stands where a record should and is none."""

    value: Any


Record = dict[str, Any] | NotRecord

RecordsOf = Callable[[Any], Sequence[Record]]
"""The records of what was cut out, mostly one. A function that pickles; may raise ``UnreadableError``."""


class Cut(NamedTuple):
    """A part of a file, cut out and not yet parsed.

    :param origin: where it stands.
    :param content: what ``records`` takes.
    :param records: makes its records.
    :param size: characters.
    :param id_if_none: id of the article if the record names none; by default it is made from the content.
    """

    origin: str
    content: Any
    records: RecordsOf
    size: int
    id_if_none: str = ""


Cuts = Callable[[], Iterator[Cut | Skip]]
"""Opens a file and cuts it; can be called again."""


def pieces_of(cuts: Cuts, input: InputFile, settings: Settings) -> Iterator[Piece | Skip]:
    """The pieces of a file.

    The one place for what depends on several records of a file: what its columns are, by a sample of them,
    and how the days of a column are written, by all of them.
    """
    readers: dict[RecordsOf, RecordReader] = {}
    for item in cuts():
        if isinstance(item, Skip):
            yield item
            continue
        reader = readers.get(item.records)
        if reader is None:
            reader = readers[item.records] = RecordReader(item.records)
        if item.id_if_none:
            reader = RecordReader(item.records, item.id_if_none)
        yield Piece(item.origin, item.content, reader, item.size)


@dataclass(frozen=True, slots=True)
class RecordReader:
    """Makes the documents of what was cut out. Pickles."""

    records: RecordsOf
    id_if_none: str = ""

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
        return document_from_record(record, origin, settings, self.id_if_none)


def as_record(content: dict[str, Any]) -> Sequence[Record]:
    """What was cut out is a record already."""
    return (content,)
