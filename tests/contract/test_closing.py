"""A reader that is closed leaves nothing behind, and nobody has to look for circles to find that out."""

from __future__ import annotations

import gc
import os
import sys
import time
import weakref
from pathlib import Path

import pytest

from index.query import (
    Boolean,
    DisMax,
    Facet,
    Fuzzy,
    Phrase,
    Prefix,
    Published,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Wildcard,
)

BODY = TextField.BODY
PUBLICATIONS = 20

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(autouse=True)
def _uncollected():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def maps(directory: Path) -> int:
    """How often this process has files of a folder mapped, also removed ones."""
    return sum(f"{directory}/" in line for line in Path("/proc/self/maps").read_text().splitlines())


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def ask_everything(reader):
    """Have a reader open, work out and remember all that it can."""
    leaves = (
        Term(BODY, "satu"),
        Phrase(BODY, ("satu", "dua")),
        Prefix(BODY, "sa"),
        Fuzzy(BODY, "sata", 1),
        Wildcard(BODY, "s*u"),
        DisMax((Term(BODY, "satu"), Term(BODY, "dua"))),
    )
    query = Boolean(should=leaves, minimum=1)
    for sort in Sort:
        filters = ((Facet.SOURCE, ("x",)),)
        options = {"facets": tuple(Facet), "facet_size": 5, "sort": sort}
        assert reader.search(SearchRequest(query, **options)).total
        assert reader.search(SearchRequest(query, filters=filters, published=Published(), **options)).total
    assert reader.documents(["a", "c1"])[0] is not None
    assert list(reader.hashes())
    assert list(reader.terms(BODY))
    assert reader.document_frequency(BODY, "satu")
    assert reader.joint_frequencies(BODY, [("satu", "dua")])
    assert reader.facet_values(Facet.SOURCE)
    assert reader.score_parts(query, ["a"])
    reader.is_current()


@pytest.fixture
def filled(archive, new_article):
    """Fifty articles of one source, of which one was removed again."""
    news = [new_article(f"c{n}", "satu dua tiga", source="x", day="2024-01-02") for n in range(50)]
    return archive.add(*news).delete("c0")


def test_readers_that_were_closed_are_gone_with_their_maps_and_threads(filled, new_article):
    held = []
    before = threads()
    for number in range(PUBLICATIONS):
        filled.add(new_article("a", f"satu dua n{number}", source="x", day="2024-01-02"))
        reader = filled.engine.open_reader(filled.location)
        ask_everything(reader)
        assert maps(filled.location.directory)
        held += [weakref.ref(reader), weakref.ref(reader._commit)]
        reader.close()
        del reader
        assert [part() for part in held] == [None] * len(held)
        assert maps(filled.location.directory) == 0

    deadline = time.monotonic() + 10  # threads of a library may take a moment to end
    while threads() > before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_closing_lets_go_of_the_files_whoever_still_knows_the_reader(filled, new_article):
    filled.add(new_article("a", "satu dua", source="x", day="2024-01-02"))
    reader = filled.engine.open_reader(filled.location)
    ask_everything(reader)

    reader.close()

    assert maps(filled.location.directory) == 0


def test_readers_side_by_side_are_freed_each_by_itself(filled, new_article):
    readers = []
    for number in range(3):
        filled.add(new_article("a", f"satu dua n{number}", source="x", day="2024-01-02"))
        readers.append(filled.engine.open_reader(filled.location))
        ask_everything(readers[-1])
    several = maps(filled.location.directory)

    readers.pop(0).close()

    assert 0 < maps(filled.location.directory) < several
    ask_everything(readers[0])
    for reader in readers:
        reader.close()
    assert maps(filled.location.directory) == 0
