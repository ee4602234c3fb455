"""Cuts: what parsers of files with many records cut them into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from index.sources.base import Skip


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
