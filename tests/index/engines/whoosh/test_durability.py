"""What only the default engine's files can get wrong: damage, full disks, locks, leftovers, many commits."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, EngineError, IndexBrokenError, Location
from index.engines.whoosh.engine import engine
from index.query import Everything, Facet, Phrase, SearchRequest, Sort, Term, TextField


def analyzed(number: int, words: list[str]) -> AnalyzedDocument:
    text, day = " ".join(words), date(2024, 1, 1 + number % 28)
    document = Document(f"d{number:04}", "Judul", text, place=f"Tempat {number % 5}", published=day)
    return AnalyzedDocument(document, *[Stream(text, text)] * 5)


def words_of(number: int) -> list[str]:
    chance = random.Random(number)
    return [f"kata{int(chance.paretovariate(0.7)) % 50}" for _ in range(chance.randint(0, 12))]


@pytest.fixture
def location(tmp_path):
    location = Location(tmp_path / "generation", "generation-1")
    engine.create(location)
    return location


def commit(location, numbers, deleted=(), merge=False):
    writer = engine.open_writer(location)
    writer.add(engine.prepare(analyzed(number, words_of(number))) for number in numbers)
    writer.delete(f"d{number:04}" for number in deleted)
    writer.commit(merge=merge)


def everything(location):
    """All that an index can say."""
    reader = engine.open_reader(location)
    try:
        return (
            sorted(reader.hashes()),
            [list(reader.terms(field)) for field in TextField],
            [
                reader.search(SearchRequest(query, facets=tuple(Facet), limit=1000, sort=sort))
                for number in range(8)
                for query in (
                    Term(TextField.BODY, f"kata{number}"),
                    Phrase(TextField.TITLE_EXACT, (f"kata{number}", "kata1"), slop=2),
                    Everything(),
                )
                for sort in Sort
            ],
            reader.documents([f"d{number:04}" for number in range(120)]),
        )
    finally:
        reader.close()


def test_a_changed_byte_anywhere_is_noticed_or_harmless(location):
    commit(location, range(100))
    commit(location, range(100, 130), deleted=range(5, 9))
    right = everything(location)
    chance = random.Random(3)
    noticed = tried = 0

    for path in sorted(location.directory.iterdir()):
        content = path.read_bytes()
        for place in {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(8) if content)}:
            if not content:
                continue
            tried += 1
            changed = bytearray(content)
            changed[place] ^= 1 << chance.randrange(8)
            path.unlink()  # a reader not yet collected keeps the file it knows
            path.write_bytes(changed)
            try:
                assert everything(location) == right, (path, place)
            except IndexBrokenError:
                noticed += 1
            path.unlink()
            path.write_bytes(content)

    assert everything(location) == right
    assert noticed > tried * 0.9


def test_a_missing_file_is_called_by_its_name(location):
    commit(location, range(10))
    gone = next(location.directory.glob("*.pst"))
    gone.unlink()

    with pytest.raises(IndexBrokenError, match=gone.name):
        engine.open_reader(location)
    with pytest.raises(IndexBrokenError, match="reindex"):
        engine.open_writer(location)


def test_small_buffers_and_merges_in_pieces_write_the_same_index(location, tmp_path, monkeypatch):
    commit(location, range(120), deleted=range(40, 50), merge=True)
    monkeypatch.setattr("index.engines.whoosh.writer._BUFFER_BYTES", 8_000)
    monkeypatch.setattr("index.engines.whoosh.merging._MERGE_TOKENS", 40)
    pieces = Location(tmp_path / "pieces", "generation-2")
    engine.create(pieces)
    commit(pieces, range(120), deleted=range(40, 50), merge=True)

    assert everything(pieces) == everything(location)
    assert len(list(pieces.directory.glob("*.trm"))) == 1


def test_a_merged_index_has_the_bytes_of_one_written_at_once(location, tmp_path):
    commit(location, range(60), merge=True)
    parts = Location(tmp_path / "parts", "generation-2")
    engine.create(parts)
    commit(parts, range(25))
    commit(parts, range(25, 60), merge=True)

    for suffix in (".trm", ".pst", ".pos", ".sto", ".col"):
        one, other = (next(where.directory.glob(f"*{suffix}")) for where in (location, parts))
        assert one.read_bytes() == other.read_bytes(), suffix


def test_many_small_commits_leave_few_segments_and_no_old_files(location):
    for number in range(70):
        commit(location, [number], deleted=[number - 30] if number % 3 == 0 else [])

    segments = len(list(location.directory.glob("*.trm")))
    assert segments <= 5
    # Five files a segment, the table of contents, the lock.
    assert len(list(location.directory.iterdir())) == 5 * segments + 2
    reader = engine.open_reader(location)
    assert reader.count() == 70 - len(range(30, 70, 3))
    reader.close()


def test_a_mostly_deleted_index_is_rewritten(location):
    commit(location, range(100))
    before = sum(path.stat().st_size for path in location.directory.iterdir())
    commit(location, [], deleted=range(90))

    assert sum(path.stat().st_size for path in location.directory.iterdir()) < before / 2


def test_leftovers_of_a_dead_writer_are_removed_by_the_next(location):
    commit(location, range(3))
    clean = sorted(path.name for path in location.directory.iterdir())
    for name in ("MAIN_abcdefgh12345678.sto", "_MAIN_2.toc.1700000000.5"):
        (location.directory / name).write_bytes(b"unfinished")

    engine.open_writer(location).rollback()

    assert sorted(path.name for path in location.directory.iterdir()) == clean


def run(program: str, directory: Path) -> subprocess.CompletedProcess[str]:
    source = textwrap.dedent(program).format(directory=str(directory))
    return subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_forked_child_does_not_keep_the_lock_of_its_dead_parent(location):
    program = """
        import os, signal, time
        from pathlib import Path
        from index.engines.base import Location
        from index.engines.whoosh.engine import engine

        writer = engine.open_writer(Location(Path({directory!r}), "generation-1"))
        child = os.fork()
        if child == 0:
            for descriptor in range(3):
                os.close(descriptor)
            time.sleep(50)
            os._exit(0)
        print(child, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """

    child = int(run(program, location.directory).stdout)

    try:
        os.kill(child, 0)
        engine.open_writer(location).rollback()
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_forked_child_does_not_release_the_lock_of_its_parent(location):
    program = """
        import os
        from pathlib import Path
        from index.engines.base import EngineError, Location
        from index.engines.whoosh.engine import engine

        location = Location(Path({directory!r}), "generation-1")
        writer = engine.open_writer(location)
        child = os.fork()
        if child == 0:
            del writer
            os._exit(0)
        os.waitpid(child, 0)
        try:
            engine.open_writer(location)
        except EngineError as error:
            print(error)
        writer.rollback()
    """

    assert "proses lain" in run(program, location.directory).stdout


def test_a_full_disk_ends_the_transaction_and_leaves_the_last_commit(location):
    commit(location, range(5))
    before = everything(location)
    program = """
        import resource, signal
        from pathlib import Path
        from index.analysis.types import Stream
        from index.documents import Document
        from index.engines.base import AnalyzedDocument, EngineError, Location
        from index.engines.whoosh.engine import engine

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        writer = engine.open_writer(Location(Path({directory!r}), "generation-1"))
        try:
            for number in range(3000):
                words = " ".join(f"k{{number}}x{{n}}" for n in range(20))
                document = Document(f"n{{number}}", "Judul", words)
                writer.add([engine.prepare(AnalyzedDocument(document, *[Stream(words, words)] * 5))])
            writer.commit()
        except EngineError as error:
            print(error)
        try:
            writer.commit()
        except EngineError as error:
            print(error)
        writer.rollback()
    """

    result = run(program, location.directory)

    assert result.returncode == 0, result.stderr
    assert "tidak dapat ditulis" in result.stdout
    assert "sudah berakhir" in result.stdout
    assert everything(location) == before
    commit(location, range(5, 6))
    assert not list(location.directory.glob("*.toc.*"))


def test_a_writer_in_a_directory_that_went_read_only_is_refused(location):
    lock = location.directory / "MAIN_WRITELOCK"
    lock.mkdir()

    with pytest.raises(EngineError, match="tidak dapat ditulis"):
        engine.open_writer(location)


def test_segments_of_another_program_are_refused(location):
    import whoosh.fields
    import whoosh.index

    whoosh.index.create_in(str(location.directory), whoosh.fields.Schema(x=whoosh.fields.TEXT()))

    with pytest.raises(IndexBrokenError):
        engine.open_reader(location)


def test_a_closed_reader_says_so(location):
    reader = engine.open_reader(location)
    reader.close()

    with pytest.raises(EngineError, match="sudah ditutup"):
        reader.count()
