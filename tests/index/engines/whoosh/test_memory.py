"""What the default engine holds in memory while it writes; small pieces write what one piece does."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location, Writer
from index.engines.whoosh.engine import engine
from index.engines.whoosh.inverter import Inverter
from index.engines.whoosh.merging import merge_segments
from index.engines.whoosh.postings import PostingsWriter
from index.engines.whoosh.segment import SegmentBuffer, SegmentData
from index.query import SearchRequest, Term, TextField

Make = Callable[[str], Location]


def prepared(id: str, text: str) -> object:
    document = Document(id, "Judul", text)
    return engine.prepare(AnalyzedDocument(document, *[Stream(text, text)] * 5))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def new(name: str) -> Location:
        location = Location(tmp_path / name, name)
        engine.create(location)
        return location

    return new


def found(location: Location, word: str) -> set[str]:
    reader = engine.open_reader(location)
    try:
        return {hit.id for hit in reader.search(SearchRequest(Term(TextField.BODY, word), limit=100)).hits}
    finally:
        reader.close()


@pytest.fixture
def writer(make: Make, monkeypatch: pytest.MonkeyPatch) -> tuple[Writer, Location]:
    """A transaction that writes a segment every few articles."""
    monkeypatch.setattr("index.engines.whoosh.writer._BUFFER_BYTES", 4_000)
    location = make("kecil")
    writer = engine.open_writer(location)
    writer.add([prepared(f"a{number}", f"lama kata{number}") for number in range(20)])
    return writer, location


class TestArticlesOfThisTransactionWhoseSegmentIsWritten:
    def test_one_that_comes_again_replaces_the_first(self, writer: tuple[Writer, Location]) -> None:
        writing, location = writer
        writing.add([prepared("a3", "baru")])
        writing.commit(merge=True)

        assert found(location, "baru") == {"a3"}
        assert "a3" not in found(location, "lama")
        assert len(found(location, "lama")) == 19

    def test_one_that_comes_thrice_is_there_once(self, writer: tuple[Writer, Location]) -> None:
        writing, location = writer
        for turn in range(3):
            writing.add([prepared("a0", f"putaran{turn}"), *(prepared(f"b{i}", "isi") for i in range(9))])
        writing.commit()

        assert [found(location, f"putaran{turn}") for turn in range(3)] == [set(), set(), {"a0"}]
        assert len(found(location, "isi")) == 9

    def test_one_can_be_removed(self, writer: tuple[Writer, Location]) -> None:
        writing, location = writer
        writing.delete(["a1", "a19", "tidak-ada"])
        writing.commit()

        assert found(location, "lama") == {f"a{number}" for number in range(20)} - {"a1", "a19"}


def test_posting_lists_made_in_pieces_are_the_same_bytes(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"satu kata{number % 7} dua kata{number % 3} satu" for number in range(60)]
    locations = []
    for name, at_once in (("utuh", 1_000_000), ("potong", 50), ("kata", 1)):
        monkeypatch.setattr("index.engines.whoosh.inverter._WRITTEN_AT_ONCE", at_once)
        locations.append(location := make(name))
        writer = engine.open_writer(location)
        writer.add(prepared(f"a{number}", text) for number, text in enumerate(texts))
        writer.commit()

    for suffix in (".trm", ".pst", ".pos"):
        whole, *others = (next(where.directory.glob(f"*{suffix}")).read_bytes() for where in locations)
        assert others == [whole, whole], suffix


@contextmanager
def peak() -> Iterator[list[int]]:
    """Bytes that Python and numpy hold at most in the block, beyond what they held before."""
    most: list[int] = []
    tracemalloc.start()
    try:
        yield most
        most.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def test_writing_a_segment_takes_few_bytes_for_each_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engines.whoosh.inverter._WRITTEN_AT_ONCE", 20_000)
    chance = np.random.default_rng(5)
    inverter = Inverter()
    for _document in range(1000):
        words = " ".join(map(str, (chance.random(800) ** 3 * 2000).astype(int)))
        inverter.add([words if field is TextField.BODY else "" for field in TextField])
    postings = PostingsWriter(tmp_path / "segmen")

    with peak() as most:
        inverter.write(postings)

    postings.close()
    assert inverter.tokens == 800_000
    assert most[0] < 24 * inverter.tokens


def merged(folder: Path, texts: Sequence[Sequence[str]]) -> int:
    """Bytes that merging takes at most.

    :param texts: of the articles of each segment.
    """
    parts = []
    for part, articles in enumerate(texts):
        buffer = SegmentBuffer(folder / f"bagian{part}")
        for number, text in enumerate(articles):
            buffer.add(prepared(f"a{part}-{number}", text))  # type: ignore[arg-type]
        buffer.write()
        parts.append((SegmentData(buffer.base), np.arange(len(articles))))
    with peak() as most:
        assert merge_segments(parts, folder / "semua") == sum(map(len, texts))
    return most[0]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return lambda: tmp_path_factory.mktemp("segmen")


class TestMergingInPieces:
    @pytest.fixture(autouse=True)
    def small_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("index.engines.whoosh.merging._MERGE_TOKENS", 5_000)

    def test_takes_no_more_memory_for_more_rare_words(self, folder: Callable[[], Path]) -> None:
        """Most words of a large archive occur once: ids, numbers, slips of the pen."""

        def memory(words: int) -> int:
            rare = [
                [" ".join(f"k{part}x{number}x{i}" for i in range(words // 20)) for number in range(20)]
                for part in range(4)
            ]
            return merged(folder(), rare)

        few, many = memory(2_000), memory(8_000)
        assert many - few < 4 * 6_000 * 20  # less than a word itself

    def test_takes_few_bytes_for_each_occurrence_of_a_word_that_is_everywhere(
        self, folder: Callable[[], Path]
    ) -> None:
        few, many = (merged(folder(), [["yang " * 300] * articles] * 4) for articles in (20, 120))

        assert many - few < 4 * 100 * 300 * 6

    def test_takes_few_bytes_for_each_article(self, folder: Callable[[], Path]) -> None:
        few, many = (merged(folder(), [["pendek"] * articles] * 4) for articles in (100, 1100))

        assert many - few < 4 * 1000 * 100


def test_a_segment_is_written_sooner_if_its_words_are_many(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engines.whoosh.writer._BUFFER_BYTES", 40_000)
    segments = []
    for name, word in (("sama", "kata"), ("lain", "kata{}")):
        location = make(name)
        writer = engine.open_writer(location)
        writer.add(
            [prepared(f"a{n}", " ".join(word.format(n * 20 + i) for i in range(20))) for n in range(60)]
        )
        segments.append(len(list(location.directory.glob("*.trm"))))
        writer.rollback()

    few, many = segments
    assert few < many


def test_a_transaction_leaves_few_segments_and_every_article(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each keeps files open, of which the system allows a process so many."""
    monkeypatch.setattr("index.engines.whoosh.writer._BUFFER_BYTES", 4_000)
    monkeypatch.setattr("index.engines.whoosh.writer._MOST_SEGMENTS", 4)
    location = make("banyak")
    writer = engine.open_writer(location)
    writer.add([prepared("sebelum", "lama")])
    writer.commit()

    writer = engine.open_writer(location)
    most = 0
    for number in range(150):
        writer.add([prepared(f"a{number}", f"lama kata{number}")])
        most = max(most, len(list(location.directory.glob("*.trm"))))
    assert found(location, "lama") == {"sebelum"}  # what is published stays
    writer.add([prepared("a3", "baru"), prepared("sebelum", "baru")])
    writer.delete(["a5"])
    writer.commit(merge=True)

    assert most <= 10  # of about 18: four at a time become one
    assert found(location, "baru") == {"a3", "sebelum"}
    assert found(location, "kata149") == {"a149"}
    assert count(location) == 150


def count(location: Location) -> int:
    reader = engine.open_reader(location)
    try:
        return reader.count()
    finally:
        reader.close()
