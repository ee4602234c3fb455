"""A table of contents is believed only as a whole, names only files of its folder, and runs nothing."""

from __future__ import annotations

import json
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, IndexBrokenError, Location
from index.engines.whoosh.contents import read_contents, write_contents
from index.engines.whoosh.engine import engine
from index.engines.whoosh.listed import INDEX_NAME, ListedSegment
from index.engines.whoosh.schema import make_schema
from index.settings import Settings
from index.store.checksums import seal_checksums
from index.store.generations import Generations

if TYPE_CHECKING:
    from tests.index.conftest import Archive, Command

ID = "0123456789abcdef"


def commit(location: Location, added: range, deleted: range = range(0)) -> None:
    def analyzed(number: int) -> AnalyzedDocument:
        document = Document(f"d{number}", "Judul", f"kata{number}", published=date(2024, 1, 1))
        return AnalyzedDocument(document, *[Stream("kata", "kata")] * 5)

    writer = engine.open_writer(location)
    writer.add(engine.prepare(analyzed(number)) for number in added)
    writer.delete(f"d{number}" for number in deleted)
    writer.commit()


@pytest.fixture
def location(tmp_path: Path) -> Location:
    """An index of two segments, with deleted documents in the larger one."""
    location = Location(tmp_path / "generation", "generation-1")
    engine.create(location)
    commit(location, range(30))
    commit(location, range(30, 35), deleted=range(3, 6))
    return location


def newest(directory: Path) -> Path:
    [contents] = directory.glob("*.toc")
    return contents


def ids(location: Location) -> list[str]:
    reader = engine.open_reader(location)
    try:
        return sorted(name for name, _hash in reader.hashes())
    finally:
        reader.close()


def assert_refused(location: Location, damaged: bytes) -> None:
    contents = newest(location.directory)
    contents.write_bytes(damaged)
    with pytest.raises(IndexBrokenError) as refused:
        engine.open_reader(location)
    assert str(contents) in str(refused.value)
    assert "reindex" in str(refused.value)


def test_a_changed_bit_anywhere_is_refused(location: Location) -> None:
    whole = newest(location.directory).read_bytes()
    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        assert_refused(location, changed)
    newest(location.directory).write_bytes(whole)
    assert len(ids(location)) == 32


def test_cut_anywhere_or_continued_it_is_refused(location: Location) -> None:
    whole = newest(location.directory).read_bytes()
    for size in range(len(whole)):
        assert_refused(location, whole[:size])
    for more in (b"\0", b"\n", b"0", whole, b"\n" + whole):
        assert_refused(location, whole + more)


def row(**changed: Any) -> dict[str, Any]:
    return {"id": ID, "documents": 9, "deleted": "", **changed}


def contents_of(*rows: Any, **changed: Any) -> dict[str, Any]:
    return {"format": 1, "commit": 2, "segments": list(rows), **changed}


@pytest.mark.parametrize(
    "content",
    [
        contents_of(row(id="../../../../etc/x")),
        contents_of(row(id="/etc/aaaaaaaaaaa")),
        contents_of(row(id="..")),
        contents_of(row(id=ID + "\n")),
        contents_of(row(id=ID.upper())),
        contents_of(row(id="")),
        contents_of(row(id=7)),
        contents_of(row(id=None)),
        contents_of(row(documents=-1)),
        contents_of(row(documents=True)),
        contents_of(row(documents=9.0)),
        contents_of(row(documents="9")),
        contents_of(row(documents=10**30)),
        contents_of(row(deleted="gA==")),  # one byte where nine documents take two
        contents_of(row(deleted="gAAA")),
        contents_of(row(deleted="AEA=")),  # the tenth of nine documents
        contents_of(row(deleted="gA A=")),
        contents_of(row(deleted="\u00e9")),
        contents_of(row(deleted=[1])),
        contents_of(row(documents=0, deleted="gA==")),
        contents_of(row(), row()),
        contents_of(row(more=1)),
        contents_of({"id": ID, "documents": 9}),
        contents_of([ID, 9, ""]),
        contents_of(commit=1),
        contents_of(commit=True),
        contents_of(format=2),
        contents_of(format=1.0),
        contents_of(segments={}),
        contents_of(more=1),
        {},
        [],
        None,
    ],
)
def test_what_no_commit_has_written_is_refused_whatever_its_checksum(
    location: Location, content: object
) -> None:
    assert_refused(location, checked(json.dumps(content).encode()))


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff", b'{"format":NaN}'])
def test_what_is_no_json_is_refused_whatever_its_checksum(location: Location, content: bytes) -> None:
    assert_refused(location, checked(content))


def checked(content: bytes) -> bytes:
    return content + b"\n%08x" % zlib.crc32(content)


def test_that_the_contents_tried_above_differ_from_right_ones_in_one_thing(location: Location) -> None:
    directory = location.directory
    newest(directory).write_bytes(checked(json.dumps(contents_of(row(deleted="gIA="))).encode()))

    [segment] = read_contents(newest(directory), 2)

    assert (segment.segment_id(), segment.documents, segment.deleted) == (f"MAIN_{ID}", 9, {0, 8})


def test_the_contents_of_another_commit_are_refused(location: Location) -> None:
    contents = newest(location.directory)
    contents.rename(contents.with_name("_MAIN_7.toc"))

    with pytest.raises(IndexBrokenError, match=r"_MAIN_7\.toc"):
        engine.open_reader(location)


def test_contents_of_a_segment_with_more_documents_are_refused(location: Location) -> None:
    contents = newest(location.directory)
    segments = read_contents(contents, 2)
    segments[0].documents += 1
    write_contents(contents, 2, segments)

    with pytest.raises(IndexBrokenError, match="tidak cocok"):
        engine.open_reader(location)


@hypothesis.settings(deadline=None, max_examples=50)  # each is forced to the disk
@hypothesis.given(
    st.lists(st.integers(0, 70).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(0, 69)))))
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, listed: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "_MAIN_5.toc"
    segments = [
        ListedSegment(None, count, (number for number in deleted if number < count))
        for count, deleted in listed
    ]

    write_contents(path, 5, segments)

    assert [vars(segment) for segment in read_contents(path, 5)] == [vars(segment) for segment in segments]


class Program:
    """What a pickle may hold in the place of a segment: it makes a file when it is read."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return Path.touch, (self.file,)


def plant(directory: Path, file: Path) -> None:
    """Exchange the table of contents for one as Whoosh reads it, which makes a file when that is done."""
    contents = newest(directory)
    number = int(contents.stem.rpartition("_")[2])
    contents.unlink()
    TOC(make_schema(), [Program(file)], number).write(FileStorage(str(directory)), INDEX_NAME)


def test_a_pickle_is_not_read_and_the_reason_is_said(location: Location, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    plant(location.directory, ran)
    for opened in (engine.open_reader, engine.open_writer):
        with pytest.raises(IndexBrokenError, match=r"versi lama.*jalankan `reindex`"):
            opened(location)
    assert not ran.exists()

    TOC.read(FileStorage(str(location.directory)), INDEX_NAME)
    assert ran.exists(), "the pickle was harmless"


def test_reindex_makes_an_index_with_an_old_table_of_contents_anew(
    archive: Archive, command: Command, settings: Settings, tmp_path: Path
) -> None:
    archive.article("banjir", "Banjir merendam sawah.", id="banjir")
    command.run()
    live = Generations.of(settings).current()
    assert live is not None
    plant(live.location.directory, tmp_path / "ran")
    seal_checksums(live.directory)

    code, output, errors = command.run()

    assert code == 0
    assert "is an old table of contents" in output + errors
    assert "000002-whoosh: 1 article" in output + errors
    assert not (tmp_path / "ran").exists()
    assert "000002-whoosh" in "".join(command.run()[1:])
