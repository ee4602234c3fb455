"""A process that dies while it writes leaves the last commit, whole, and no lock."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time

import pytest

from index.query import Everything, SearchRequest, Term, TextField

WRITER = """
    import itertools
    from pathlib import Path
    from index.analysis.types import Stream
    from index.documents import Document
    from index.engines.registry import get_engine
    from index.engines.base import AnalyzedDocument, Location

    engine = get_engine({engine!r})
    location = Location(Path({directory!r}), "generation-1", {options!r})
    words = Stream("kata", "kata")
    reader = engine.open_reader(location)
    first = reader.count()
    reader.close()
    for number in itertools.count(max(first - 1, 0)):
        writer = engine.open_writer(location)
        for name in (f"d{{number:05}}", "always"):
            writer.add([engine.prepare(AnalyzedDocument(Document(name, "Judul", str(number)), *[words] * 5))])
        writer.commit(merge=number % 4 == 0)
        print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_at_any_moment_leaves_the_last_commit(archive, new_article, seed):
    chance = random.Random(seed)
    program = textwrap.dedent(WRITER).format(
        engine=archive.engine.name,
        directory=str(archive.location.directory),
        options=archive.location.options,
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(chance.randint(1, 6)):
            announced = int(process.stdout.readline())
        time.sleep(chance.random() / 20)
    finally:
        process.kill()
    announced = max([announced, *map(int, process.stdout.read().split())])
    process.stdout.close()
    process.wait(timeout=60)

    reader = archive.reader()
    numbered = reader.count() - 1
    # The commit after the one announced last may have been done just before the kill.
    assert numbered in (announced + 1, announced + 2)
    names = {hit.id for hit in reader.search(SearchRequest(Everything(), limit=1000)).hits}
    assert names == {"always", *(f"d{number:05}" for number in range(numbered))}
    assert reader.documents(["always"])[0].body == str(numbered - 1)
    assert reader.search(SearchRequest(Term(TextField.BODY, "kata"))).total == numbered + 1
    archive.add(new_article("next", "kata"))
    assert archive.reader().count() == numbered + 2
