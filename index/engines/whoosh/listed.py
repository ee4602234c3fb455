"""A segment as a table of contents lists it: its name, its number of documents, and which are deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from index.engines.whoosh.arrays import Ints

INDEX_NAME = "MAIN"
"""What the names of Whoosh's files begin with."""

_ID_BYTES = 8


class ListedSegment:
    """Equal to every other of the same name.

    :param id: tells its files from those of other segments; a random one if not given.
    :param documents: number of documents, deleted ones included.
    :param deleted: numbers of the deleted documents.
    """

    def __init__(self, id: str | None = None, documents: int = 0, deleted: Iterable[int] = ()) -> None:
        self.segid = secrets.token_hex(_ID_BYTES) if id is None else id
        self.documents = documents
        self.deleted = set(deleted)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ListedSegment) and self.segid == other.segid

    def __hash__(self) -> int:
        return hash(self.segid)

    def segment_id(self) -> str:
        """What the names of its files begin with."""
        return f"{INDEX_NAME}_{self.segid}"

    def base(self, directory: Path) -> Path:
        """Path of the segment's files without their suffix."""
        return directory / self.segment_id()

    def doc_count(self) -> int:
        """Number of documents that are not deleted."""
        return self.documents - len(self.deleted)

    def live_numbers(self) -> Ints:
        """Numbers of the documents that are not deleted, ascending."""
        alive = np.ones(self.documents, np.bool_)
        alive[list(self.deleted)] = False
        return np.flatnonzero(alive)
