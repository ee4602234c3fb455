"""One segment: opening its files, and writing it from buffered documents."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from index.engines.whoosh.columns import ColumnsBuffer, DocumentsFile, DocumentsWriter
from index.engines.whoosh.container import SectionFile
from index.engines.whoosh.fields import TEXT_FIELDS
from index.engines.whoosh.inverter import Inverter
from index.engines.whoosh.postings import FieldPostings, PostingsWriter
from index.engines.whoosh.prepare import PreparedDocument
from index.engines.whoosh.scans import TermScan
from index.query import TextField


class SegmentData:
    """The open files of a segment. Read-only, shared between threads, independent of what is deleted in it.

    :param base: path of its files without their suffix.
    :raises FileNotFoundError: if a file is missing.
    :raises IndexBrokenError: if a file is damaged.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self.documents = DocumentsFile(base)
        self._terms, self._docs, self._positions = (
            SectionFile(base.with_suffix(suffix)) for suffix in (".trm", ".pst", ".pos")
        )
        self._fields: dict[str, FieldPostings] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.documents)

    def field(self, field: TextField | str) -> FieldPostings:
        """The terms and postings of a field."""
        found = self._fields.get(field)
        if found is None:
            with self._lock:
                found = self._fields.get(field)
                if found is None:
                    found = FieldPostings(field, self._terms, self._docs, self._positions)
                    self._fields[field] = found
        return found

    def scan(self, field: TextField) -> TermScan:
        """The terms and postings of a field, to be read once."""
        return TermScan(field, self._terms, self._docs, self._positions)

    def let_go(self) -> None:
        """Give back the memory that grows with what was read so far; it can be read again."""
        self._fields = {}
        for file in (self._terms, self._docs, self._positions):
            file.let_go()
        self.documents.let_go()


class SegmentBuffer:
    """Documents on their way into a new segment."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.columns = ColumnsBuffer()
        self.inverter = Inverter()
        self._documents = DocumentsWriter(base)

    def __len__(self) -> int:
        return len(self.columns)

    def add(self, document: PreparedDocument) -> None:
        """Add a document; its number is the count before."""
        self.columns.add(document, self._documents)
        self.inverter.add(document.texts)

    def write(self) -> None:
        """Write the segment, durably."""
        lengths = {field: np.array(self.inverter.lengths(field), np.int64) for field in TEXT_FIELDS}
        self.columns.finish(self._documents, lengths)
        postings = PostingsWriter(self.base)
        try:
            self.inverter.write(postings)
            postings.close()
        except BaseException:
            postings.discard()
            raise

    def discard(self) -> None:
        """Give up and remove the files."""
        self._documents.discard()
