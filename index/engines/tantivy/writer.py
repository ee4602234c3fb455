"""The writer: one Tantivy transaction that adds and deletes documents and publishes them at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import tantivy

from index.engines.base import EngineError, IndexMissingError, Location, Refused
from index.engines.seen import SeenIds
from index.engines.tantivy.errors import reading, writing
from index.engines.tantivy.files import share
from index.engines.tantivy.mapped import MappedFiles
from index.engines.tantivy.prepare import PreparedDocument
from index.engines.tantivy.records import RecordsWriter
from index.engines.tantivy.schema import ID, META_FILE, RECORD
from index.messages import _

DEFAULT_HEAP_MB = 96.0
"""Memory for documents on their way into a segment (MiB); more makes fewer segments, quicker to search."""

# Tantivy's own smallest and largest share of a thread, in bytes.
_LEAST_HEAP, _MOST_HEAP = 15_000_000, 4_000_000_000


class TantivyWriter:
    """See :class:`index.engines.base.Writer`.

    Options of the location: ``heap_mb`` (memory of all indexing threads together, MiB) and ``threads``
    (indexing threads; every one makes segments of its own).
    """

    def __init__(self, location: Location) -> None:
        self._directory = directory = location.directory
        if not (directory / META_FILE).exists():
            raise IndexMissingError(_("belum ada indeks di {path}; jalankan `reindex`", path=directory))
        threads = int(location.options.get("threads", 0)) or default_threads()
        heap = int(float(location.options.get("heap_mb", DEFAULT_HEAP_MB)) * (1 << 20))
        heap = min(max(heap, threads * _LEAST_HEAP), threads * _MOST_HEAP)
        with reading(directory):
            index = tantivy.Index.open(str(directory))
            index.config_reader("manual")
        try:
            self._writer: Any = index.writer(heap, threads)
        except ValueError as error:
            if "LockBusy" in str(error):
                raise EngineError(
                    _(
                        "indeks di {path} sedang ditulis oleh proses lain; tunggu sampai selesai",
                        path=directory,
                    )
                ) from error
            raise EngineError(
                _("{path} tidak dapat ditulis ({error})", path=directory, error=error)
            ) from error
        try:
            # A run that was killed may have left deletions under the very name that ours will get. What
            # cannot be removed now is told when it stands in the way.
            with suppress(ValueError, RuntimeError, OSError):
                self._writer.garbage_collect_files()
            self._records = RecordsWriter(directory)
            with writing(directory):
                index.reload()
            searcher = index.searcher()
        except BaseException:
            self._writer = None
            raise
        # The last commit, to know which ids exist: deleting what is not there costs a search per segment.
        self._before: Any = searcher if searcher.num_docs else None
        # The ids added by this transaction; one that is taken for another only costs a needless deletion.
        self._added = SeenIds()
        self._mapped = MappedFiles(directory)

    @property
    def refused(self) -> Sequence[Refused]:
        """None: whatever can be prepared can be added."""
        return ()

    def add(self, prepared: Iterable[PreparedDocument]) -> None:
        """Add documents, replacing those with the same ids."""
        writer = self._open_writer()
        with writing(self._directory):
            for document in prepared:
                if document.id in self._added or self._exists(document.id):
                    writer.delete_documents_by_term(ID, document.id)
                self._added.add(document.id)
                place = self._records.append(document.id, document.digest)
                writer.add_json(f'{document.json[:-1]},"{RECORD}":{place}}}')

    def _exists(self, id: str) -> bool:
        return self._before is not None and self._before.doc_freq(ID, id) > 0

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents."""
        writer = self._open_writer()
        with writing(self._directory):
            for unwanted in ids:
                writer.delete_documents_by_term(ID, unwanted)

    def keep(self) -> bool:
        """Nothing is kept: a commit ends a segment, and where Tantivy merges several, articles do not stay in
        the order in which they came, which ties go by."""
        return False

    def commit(self, *, merge: bool = False) -> None:
        """Publish. Waits for Tantivy's own merges either way: ended early, they would have to be done again.

        :param merge: Tantivy merges by its own rule, eight segments of a size at a time, so this asks for
            nothing more.
        """
        writer = self._open_writer()
        try:
            with writing(self._directory):
                self._records.sync()
                writer.commit()
        except BaseException:
            self.rollback()
            raise
        # The commit is durable: whatever becomes of the merges, it stays published.
        share(self._directory)
        with suppress(ValueError, RuntimeError):
            writer.wait_merging_threads()
        share(self._directory)  # merges write the meta file too
        self._end()

    def rollback(self) -> None:
        """Drop everything."""
        if self._writer is not None:
            # Removes the unfinished segments; what cannot be removed now goes with the next commit.
            with suppress(ValueError, RuntimeError, OSError):
                self._writer.rollback()
                self._writer.garbage_collect_files()
            self._end()

    def _end(self) -> None:
        self._writer = self._before = None
        self._mapped.stop()
        with suppress(OSError):
            self._records.close()

    def _open_writer(self) -> Any:
        if self._writer is None:
            raise EngineError(_("transaksi ini sudah berakhir; buka penulis yang baru"))
        return self._writer


def default_threads() -> int:
    """One indexing thread for four cores: the others analyse, which takes longer."""
    return max(1, min(4, (os.cpu_count() or 1) // 4))
