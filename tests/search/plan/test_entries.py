"""Every entry of the lists that come with the package finds what it names, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from index.analysis.wordlists import DATA
from index.query import SearchRequest
from search.query.parsing import parse

Entry = tuple[str, str]


def lines(section: str) -> Iterator[tuple[str, str, list[str]]]:
    """The lines of a section of our files: what stands before the sign, the sign, what stands behind it."""
    for file in sorted(DATA.glob("*.txt")):
        now = ""
        for raw in file.read_text(encoding="utf-8").splitlines():
            line = raw.partition("#")[0].strip()
            if line.startswith("["):
                now = line.strip("[]")
            elif now == section and (found := re.fullmatch("(.+?) (=>?) (.+)", line)):
                yield found[1], found[2], [part.strip() for part in found[3].split(",")]


def wanted() -> list[Entry]:
    """(what is asked, what an article has) of every entry: both ways, unless its sign says otherwise."""
    found: list[Entry] = []
    for section in ("varian", "akronim", "akar", "sinonim"):
        for left, sign, others in lines(section):
            found += [(left, other) for other in (others if section != "akronim" else others[:1])]
            found += [(other, left) for other in others if sign == "="]
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def archive(make_archive: Any) -> Any:
    archive = make_archive()
    texts = sorted({text for both in wanted() for text in both})
    archive.write(
        *({"id": f"a{n}", "title": "Kabar", "body": f"Baca: {text}."} for n, text in enumerate(texts))
    )
    archive.ids = {text: f"a{n}" for n, text in enumerate(texts)}
    return archive


def test_the_lists_are_read() -> None:
    assert len(wanted()) > 2000
    assert ("walikota", "wali kota") in wanted()
    assert ("wali kota", "walikota") in wanted()
    assert ("duit", "uang") in wanted()
    assert ("uang", "duit") not in wanted()


def test_every_entry_finds_what_it_names(archive: Any) -> None:
    missing = []
    with archive.searcher.use() as snapshot:
        for asked, text in wanted():
            plan = snapshot.planner.plan(parse(asked), "all")
            page = snapshot.reader.search(SearchRequest(plan.whole, limit=60))
            if archive.ids[text] not in {hit.id for hit in page.hits}:
                missing.append((asked, text))
    assert missing == []
