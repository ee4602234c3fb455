"""Export: the articles that a question finds, read piece by piece while others pass."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

from msgspec import Struct

from index.documents import Document
from index.engines.base import EngineError, Reader
from search.answering.lanes import Lanes

_log = logging.getLogger(__name__)

PIECE = 20
"""Articles that are read in one go, which takes a millisecond or so."""


class Export(Struct, frozen=True):
    """A result set to be read once, in its order. It holds the index open until it is closed.

    :param total: exact number of articles that the question finds; those of ``ids`` are exported.
    :param indexed: when the index was made.
    """

    total: int
    ids: Sequence[str]
    indexed: datetime
    _reader: Reader
    _lanes: Lanes
    _held: ExitStack

    def pieces(self, write: Callable[[list[Document]], bytes]) -> Iterator[bytes]:
        """The articles as somebody writes them, :data:`PIECE` at a time, each piece in its turn.

        :raises EngineError: if the index can no longer be read.
        """
        with self._held:
            for first in range(0, len(self.ids), PIECE):
                with self._lanes.piece():
                    documents = self._read(self.ids[first : first + PIECE])
                    piece = write([document for document in documents if document is not None])
                yield piece

    def _read(self, ids: Sequence[str]) -> list[Document | None]:
        """Documents, not kept: that would push out what visitors look at."""
        try:
            return self._reader.documents(ids)
        except EngineError as error:  # nobody else tells: the response has begun
            _log.error("a file of results ends before its %d articles: %s", len(self.ids), error)
            raise

    def close(self) -> None:
        """Let go of the index and of the turn, also if nothing was read. Idempotent."""
        self._held.close()
