"""Our segments as a Whoosh codec: any Whoosh searcher can open them and read terms and postings.

The engine itself reads the segment files directly; this is what makes the index a Whoosh index, and what the
tests compare the engine's answers with. What lists the segments is :mod:`index.engines.whoosh.contents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.engines.whoosh.arrays import starts_of
from index.engines.whoosh.fields import TEXT_FIELDS
from index.engines.whoosh.listed import INDEX_NAME, ListedSegment
from index.engines.whoosh.postings import FieldPostings
from index.engines.whoosh.segment import SegmentData


class ArraySegment(base.Segment):  # type: ignore[misc]  # whoosh has no types
    """A segment for Whoosh."""

    def __init__(self, listed: ListedSegment) -> None:
        super().__init__(INDEX_NAME)
        self.segid = listed.segid
        self._listed = listed

    def codec(self, **_: Any) -> ArrayCodec:
        """The codec that reads the segment."""
        return ArrayCodec()

    def base(self, directory: Path) -> Path:
        """Path of the segment's files without their suffix."""
        return self._listed.base(directory)

    def doc_count_all(self) -> int:
        """Number of documents, deleted ones included."""
        return self._listed.documents

    def deleted_count(self) -> int:
        """Number of deleted documents."""
        return len(self._listed.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Numbers of the deleted documents."""
        return iter(self._listed.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self._listed.deleted

    def should_assemble(self) -> bool:
        """Segments stay in their own files."""
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]  # whoosh has no types
    """Reads segments for Whoosh. They are written in bulk by the engine's own writer only."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> _Terms:
        """Terms and postings of a segment."""
        return _Terms(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> _Documents:
        """Lengths and stored documents of a segment."""
        return _Documents(_open(storage, segment), segment)


def _open(storage: Any, segment: ArraySegment) -> SegmentData:
    return SegmentData(segment.base(Path(storage.folder)))


class _Terms(base.TermsReader):  # type: ignore[misc]  # whoosh has no types
    def __init__(self, data: SegmentData) -> None:
        self._data = data

    def _find(self, field: str, text: bytes) -> tuple[FieldPostings, int]:
        if field not in TEXT_FIELDS:
            raise TermNotFound(f"no field {field!r}")
        postings = self._data.field(field)
        ordinal = postings.find(text)
        if ordinal < 0:
            raise TermNotFound(f"no term {field}:{text!r}")
        return postings, ordinal

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in TEXT_FIELDS and self._data.field(term[0]).find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return sorted(TEXT_FIELDS)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            for term in self._data.field(field).terms.some():
                yield field, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        postings = self._data.field(fieldname)
        for term in postings.terms.some(postings.lower_bound(prefix)):
            yield fieldname, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        postings, ordinal = self._find(fieldname, text)
        docs, freqs = postings.postings(ordinal)
        lengths = self._data.documents.lengths[cast(Any, fieldname)][docs]
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if (fieldname, text) not in self:
            return 0
        postings, ordinal = self._find(fieldname, text)
        return int(postings.df[ordinal])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        postings, ordinal = self._find(fieldname, text)
        docs, freqs = postings.postings(ordinal)
        positions = postings.positions(ordinal).astype("<u4")
        starts = starts_of(freqs)
        return ListMatcher(
            docs.tolist(),
            weights=freqs.astype(np.float64).tolist(),
            values=[
                positions[start : start + size].tobytes()
                for start, size in zip(starts.tolist(), freqs.tolist(), strict=True)
            ],
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )


class _Documents(base.PerDocumentReader):  # type: ignore[misc]  # whoosh has no types
    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self._data = data
        self._segment = segment

    def doc_count(self) -> int:
        return len(self._data) - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return len(self._data)

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._data.documents.document(docnum).to_dict()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._data.documents.lengths.get(cast(Any, fieldname))
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self._data.documents.lengths[cast(Any, fieldname)].sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(self._data.documents.lengths[cast(Any, fieldname)].min())

    def max_field_length(self, fieldname: str) -> int:
        return int(self._data.documents.lengths[cast(Any, fieldname)].max())
