"""What a segment keeps for each document: stored text, id, content hash, day, facet values, field lengths."""

from __future__ import annotations

import heapq
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from index.documents import Document
from index.engines.base import broken
from index.engines.whoosh.arrays import Ints, Numbers, bounds_of, flat_index, narrow, starts_of
from index.engines.whoosh.container import SectionFile, SectionWriter, Texts
from index.engines.whoosh.fields import TEXT_FIELDS, term_bytes, term_text
from index.engines.whoosh.prepare import LIST_FACETS, VALUE_FACETS, PreparedDocument, unpack_document
from index.messages import _
from index.query import Facet, TextField

_DIGEST_BYTES = 16
_COPY_BYTES = 1 << 20
_IDS_AT_ONCE = 4096


class Lists(NamedTuple):
    """A column of lists of values.

    :param values: distinct values, the first one ``b""``.
    :param sizes: how many values each document has; of no document, if none has any.
    :param ordinals: the numbers of their values, document after document.
    """

    values: list[bytes]
    sizes: Numbers
    ordinals: Numbers


class Columns(Struct):
    """The columns of some documents.

    :param ids: of all documents, one behind the other, in parts.
    :param id_lengths: bytes of each id.
    :param order: the documents' numbers in the order of their ids.
    :param digests: content hashes, in parts.
    :param facets: facet -> (distinct values, the first one ``b""``; number of each document's value).
    :param lists: facet of which a document may have several values -> those.
    :param lengths: field -> number of tokens of each document.
    """

    ids: Iterable[bytes]
    id_lengths: Numbers
    order: Numbers
    digests: Iterable[npt.NDArray[np.uint8]]
    days: Numbers
    facets: Mapping[Facet, tuple[list[bytes], Numbers]]
    lists: Mapping[Facet, Lists]
    lengths: Mapping[TextField, Numbers]


class DocumentsWriter:
    """Writes ``.sto`` (stored documents) and ``.col`` (columns) of one segment."""

    def __init__(self, base: Path) -> None:
        self._columns_file = SectionWriter(base.with_suffix(".col"))
        self._stored_file = SectionWriter(base.with_suffix(".sto"))
        self._stored_file.begin("stored")
        self._stored_lengths: list[Numbers] = []

    def append_stored(self, blob: bytes | npt.NDArray[np.uint8]) -> None:
        """Write bytes of stored documents; :meth:`append_lengths` says how they divide."""
        self._stored_file.append(blob)

    def append_lengths(self, lengths: Numbers) -> None:
        """Sizes of the next stored documents, in bytes."""
        self._stored_lengths.append(lengths)

    def close(self, columns: Columns) -> None:
        """Write the columns; make both files whole and durable."""
        self._stored_file.close()
        file = self._columns_file
        stored = np.concatenate([*self._stored_lengths, np.empty(0, np.int64)])
        file.add_numbers("stored.length", stored)
        file.add_joined("id", columns.ids, columns.id_lengths)
        file.add_numbers("id.order", columns.order)
        file.begin("digest")
        for digests in columns.digests:
            file.append(digests)
        file.add_numbers("day", columns.days)
        for facet, (values, ordinals) in columns.facets.items():
            file.add_texts(f"facet.{facet}", values)
            file.add_numbers(f"facet.{facet}", ordinals)
        for facet, lists in columns.lists.items():
            file.add_texts(f"facet.{facet}", lists.values)
            file.add_numbers(f"facet.{facet}.size", lists.sizes)
            file.add_numbers(f"facet.{facet}", lists.ordinals)
        for field, lengths in columns.lengths.items():
            file.add_numbers(f"length.{field}", lengths)
        file.close()

    def discard(self) -> None:
        """Give up and remove the files."""
        self._stored_file.discard()
        self._columns_file.discard()


class ColumnsBuffer:
    """Collects the columns of documents that are being added."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._digests: list[bytes] = []
        self._days = array("i")
        self._stored = array("q")
        facets = (*VALUE_FACETS, *LIST_FACETS)
        self._values: dict[Facet, dict[str, int]] = {facet: {"": 0} for facet in facets}
        self._ordinals: dict[Facet, array[int]] = {facet: array("I") for facet in facets}
        self._sizes: dict[Facet, array[int]] = {facet: array("I") for facet in LIST_FACETS}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, document: PreparedDocument, writer: DocumentsWriter) -> None:
        """Add the next document; its stored text goes to the file at once."""
        self.ids.append(document.id)
        self._digests.append(document.digest)
        self._days.append(document.day)
        self._stored.append(len(document.stored))
        writer.append_stored(document.stored)
        for facet, value in zip(VALUE_FACETS, document.facets, strict=True):
            values = self._values[facet]
            self._ordinals[facet].append(values.setdefault(value, len(values)))
        for facet, several in zip(LIST_FACETS, document.lists, strict=True):
            values = self._values[facet]
            self._sizes[facet].append(len(several))
            self._ordinals[facet].extend([values.setdefault(value, len(values)) for value in several])

    def finish(self, writer: DocumentsWriter, lengths: Mapping[TextField, Numbers]) -> None:
        """Write everything collected."""
        writer.append_lengths(np.array(self._stored, np.int64))
        ids = list(map(term_bytes, self.ids))
        writer.close(
            Columns(
                ids=[b"".join(ids)],
                id_lengths=np.fromiter(map(len, ids), np.int64, len(ids)),
                order=np.array(sorted(range(len(ids)), key=ids.__getitem__), np.uint32),
                digests=[np.frombuffer(b"".join(self._digests), np.uint8)],
                days=np.array(self._days, np.int64),
                facets={facet: self._column(facet) for facet in VALUE_FACETS},
                lists={facet: self._lists(facet) for facet in LIST_FACETS},
                lengths=lengths,
            )
        )

    def _column(self, facet: Facet) -> tuple[list[bytes], Numbers]:
        return list(map(term_bytes, self._values[facet])), np.array(self._ordinals[facet], np.int64)

    def _lists(self, facet: Facet) -> Lists:
        values, ordinals = self._column(facet)
        sizes = np.array(self._sizes[facet] if len(ordinals) else [], np.int64)
        return Lists(values, sizes, ordinals)


class DocumentsFile:
    """Reads what :class:`DocumentsWriter` wrote."""

    def __init__(self, base: Path) -> None:
        self._file = file = SectionFile(base.with_suffix(".col"))
        self._stored_file = SectionFile(base.with_suffix(".sto"))
        self._stored_base = self._stored_file.range("stored")[0]
        sizes = file.numbers("stored.length")
        self._stored_ends = bounds_of(sizes)
        self._stored_cuts = self._stored_ends.data
        self.ids = file.texts("id")
        self.order = file.numbers("id.order")
        self._order = np.ascontiguousarray(self.order, dtype=np.uint32).data
        self.digests = file.array("digest", "u1").reshape(-1, _DIGEST_BYTES)
        self.days = file.numbers("day")
        self.lengths: dict[TextField, Numbers] = {
            field: file.numbers(f"length.{field}") for field in TEXT_FIELDS
        }
        counts = {len(self.ids), len(sizes), len(self.order), len(self.days), len(self.digests)}
        if counts != {len(self.ids)}:
            raise broken(base, _("kolom-kolomnya tidak sama panjang: {lengths}", lengths=sorted(counts)))

    def __len__(self) -> int:
        return len(self.ids)

    def facet(self, facet: Facet) -> tuple[list[bytes], Numbers]:
        """(distinct values, number of each document's value)."""
        name = f"facet.{facet}"
        return self._file.texts(name).some(), self._file.numbers(name)

    def lists(self, facet: Facet) -> Lists:
        """The values of a facet of which a document may have several."""
        name = f"facet.{facet}"
        sizes, ordinals = self._file.numbers(f"{name}.size"), self._file.numbers(name)
        return Lists(self._file.texts(name).some(), sizes, ordinals)

    def find(self, id: str) -> int:
        """Number of the document with this id, or -1. It may have been deleted."""
        target = term_bytes(id)
        ids, order = self.ids, self._order
        place = bisect_left(range(len(order)), target, key=lambda i: ids[order[i]])
        return order[place] if place < len(order) and ids[order[place]] == target else -1

    def id(self, number: int) -> str:
        """Id of a document."""
        return term_text(self.ids[number])

    def document(self, number: int) -> Document:
        """The stored document.

        :raises IndexBrokenError: if it cannot be read.
        """
        base, cuts = self._stored_base, self._stored_cuts
        blob = self._stored_file.read(base + cuts[number], base + cuts[number + 1])
        try:
            return unpack_document(blob)
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            wrong = _("artikel {id!r} tidak dapat dibaca ({error})", id=self.id(number), error=error)
            raise broken(self._stored_file.path, wrong) from error

    def let_go(self) -> None:
        """Give back the memory that grows with what was read so far; it can be read again."""
        self._file.let_go()
        self._stored_file.let_go()

    def copy_stored(self, live: Ints, writer: DocumentsWriter) -> None:
        """Append the stored text of some documents, by ascending number, to another segment."""
        starts, sizes = self._stored_ends[:-1][live], np.diff(self._stored_ends)[live]
        writer.append_lengths(sizes)
        # Documents that lie side by side are copied as one piece.
        breaks = np.flatnonzero(starts[1:] != starts[:-1] + sizes[:-1]) + 1
        for piece in np.split(np.arange(len(live)), breaks) if len(live) else ():
            start = self._stored_base + int(starts[piece[0]])
            stop = self._stored_base + int(starts[piece[-1]] + sizes[piece[-1]])
            for part in range(start, stop, _COPY_BYTES):
                end = min(part + _COPY_BYTES, stop)
                self._stored_file.check(part, end)
                writer.append_stored(self._stored_file.bytes[part:end])
                self._stored_file.let_go()


def merge_columns(chosen: Sequence[tuple[DocumentsFile, Ints]], maps: Sequence[Numbers]) -> Columns:
    """The columns of the documents with these numbers in several segments, one segment after the other.

    :param maps: of each segment, the new number of each document, -1 if it is gone.
    """
    return Columns(
        ids=(_joined(file.ids, live) for file, live in _each(chosen)),
        id_lengths=np.concatenate([narrow(file.ids.lengths[live]) for file, live in _each(chosen)]),
        order=_merged_order([file for file, _ in chosen], maps),
        digests=(file.digests[live].reshape(-1) for file, live in _each(chosen)),
        days=np.concatenate([file.days[live] for file, live in _each(chosen)]),
        facets={
            facet: merge_facet((*file.facet(facet), live) for file, live in _each(chosen))
            for facet in VALUE_FACETS
        },
        lists={
            facet: merge_lists([(file.lists(facet), live) for file, live in _each(chosen)])
            for facet in LIST_FACETS
        },
        lengths={
            field: np.concatenate([file.lengths[field][live] for file, live in _each(chosen)])
            for field in TEXT_FIELDS
        },
    )


def _each(chosen: Sequence[tuple[DocumentsFile, Ints]]) -> Iterator[tuple[DocumentsFile, Ints]]:
    """One after the other, so that no more than one has its pages in memory."""
    for file, live in chosen:
        yield file, live
        file.let_go()


def _joined(texts: Texts, live: Ints) -> bytes:
    if len(live) == len(texts):
        return texts.joined()
    return b"".join([texts[number] for number in live.tolist()])


def _merged_order(files: Sequence[DocumentsFile], maps: Sequence[Numbers]) -> Numbers:
    """The new numbers of documents in the order of their ids; the ids of each segment are in order."""

    def ids_of(file: DocumentsFile, new_number: Numbers) -> Iterator[tuple[bytes, int]]:
        for start in range(0, len(file), _IDS_AT_ONCE):
            olds = file.order[start : start + _IDS_AT_ONCE]
            for old, new in zip(olds.tolist(), new_number[olds].tolist(), strict=True):
                if new >= 0:
                    yield file.ids[old], new

    merged = heapq.merge(*map(ids_of, files, maps))
    return np.frombuffer(array("I", map(itemgetter(1), merged)), np.uint32)


def merge_facet(sources: Iterable[tuple[list[bytes], Numbers, Any]]) -> tuple[list[bytes], Numbers]:
    """One list of distinct values, ``b""`` first, and the documents' numbers in it."""
    known: dict[bytes, int] = {b"": 0}
    parts = []
    for values, ordinals, live in sources:
        numbers = np.array([known.setdefault(value, len(known)) for value in values], np.uint32)
        parts.append(numbers[ordinals[live]])
    return list(known), np.concatenate([*parts, np.empty(0, np.uint32)])


def merge_lists(sources: Sequence[tuple[Lists, Ints]]) -> Lists:
    """The lists of the documents with these numbers in several segments, one segment after the other."""
    if not any(len(lists.sizes) for lists, _ in sources):
        return Lists([b""], np.empty(0, np.int64), np.empty(0, np.int64))
    sizes = []

    def parts() -> Iterator[tuple[list[bytes], Numbers, Numbers]]:
        for lists, live in sources:
            own = lists.sizes[live] if len(lists.sizes) else np.zeros(len(live), np.uint8)
            sizes.append(own)
            chosen = flat_index(starts_of(lists.sizes)[live], own) if len(lists.sizes) else own[:0]
            yield lists.values, lists.ordinals, chosen

    values, ordinals = merge_facet(parts())
    return Lists(values, np.concatenate(sizes) if len(ordinals) else ordinals, ordinals)
