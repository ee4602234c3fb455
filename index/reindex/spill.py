"""Spill: documents between being read and being analysed, on disk so that memory does not grow with them."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from index.reindex.ledger import Fate

Batch = tuple[list[tuple[str, Fate]], list[bytes]]
"""(origin, fate) of some documents, and the documents packed."""


class Spill:
    """Batches of documents, read back in the order in which they came. A context manager.

    The file has no name, so it vanishes with the process, however that ends.

    :param folder: where there is room for as much as the sources hold.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on exit
        self._count = 0

    def __len__(self) -> int:
        """Documents so far."""
        return self._count

    def add(self, batch: Batch) -> None:
        """Add a batch.

        :raises OSError: if it cannot be written.
        """
        pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += len(batch[1])

    def batches(self) -> Iterator[Batch]:
        """Every batch; none may be added any more."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 - a file that nobody else can open
            except EOFError:
                return

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
