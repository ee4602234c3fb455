"""Ids of records: unique in their own file, kept from run to run, and no reason to lose an article."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.report import Report
from index.settings import Settings
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]
Titles = Callable[[], dict[str, str]]


@pytest.fixture
def titles(settings: Settings) -> Titles:
    """Everything that the live index holds: id -> title."""

    def read() -> dict[str, str]:
        with open_current(settings) as opened:
            ids = [name for name, _hash in opened.reader.hashes()]
            documents = opened.reader.documents(ids)
        return {document.id: document.title for document in documents if document}

    return read


@pytest.fixture
def export(archive: Archive) -> Callable[..., None]:
    """Write records as JSON Lines; what they lack is made of their titles."""

    def write(name: str, *records: dict[str, Any]) -> None:
        lines = (json.dumps({"isi": f"Naskah {each['judul']}.", **each}) + "\n" for each in records)
        archive.text(name, "".join(lines))

    return write


Export = Callable[..., None]


@pytest.mark.parametrize("own", ["1", "harga-cabai-naik", "2024021201", "berita_7"])
def test_two_exports_that_use_the_same_ids_keep_all_articles(
    export: Export, reindexed: Reindexed, titles: Titles, own: str
) -> None:
    export("a.jsonl", {"id": own, "judul": "Cabai"}, {"id": f"{own}0", "judul": "Beras"})
    export("b.jsonl", {"id": own, "judul": "Jembatan"}, {"id": f"{own}0", "judul": "Pasar"})
    report = reindexed()
    assert (report.added, report.skipped) == (4, [])
    held = titles()
    assert sorted(held.values()) == ["Beras", "Cabai", "Jembatan", "Pasar"]
    assert held[own] == "Cabai"
    again = reindexed()
    assert (again.unchanged, again.added, again.changed, again.removed) == (4, 0, 0, 0)
    assert titles() == held


def test_an_article_keeps_its_id_when_another_file_comes_to_name_it(
    export: Export, reindexed: Reindexed, titles: Titles
) -> None:
    export("m.jsonl", {"id": "1", "judul": "Jembatan"})
    reindexed()
    export("a.jsonl", {"id": "1", "judul": "Cabai"})
    for full in (False, True):
        reindexed(full=full)
        assert titles()["1"] == "Jembatan"
        assert len(titles()) == 2


def test_an_article_keeps_its_id_when_the_one_that_had_the_shorter_goes(
    export: Export, reindexed: Reindexed, titles: Titles, archive: Archive
) -> None:
    export("a.jsonl", {"id": "1", "judul": "Cabai"})
    export("b.jsonl", {"id": "1", "judul": "Jembatan"})
    reindexed()
    (other,) = (name for name, title in titles().items() if title == "Jembatan")
    (archive.root / "a.jsonl").unlink()
    for _ in range(2):
        reindexed()
        assert titles() == {other: "Jembatan"}


def test_an_edited_article_of_a_file_stays_the_same_one(
    export: Export, reindexed: Reindexed, titles: Titles
) -> None:
    export("a.jsonl", {"id": "1", "judul": "Cabai naik"})
    reindexed()
    export("a.jsonl", {"id": "1", "judul": "Harga cabai naik tajam"})
    assert reindexed().changed == 1
    assert titles() == {"1": "Harga cabai naik tajam"}


def test_the_same_article_is_one_in_one_file_and_in_several(export: Export, reindexed: Reindexed) -> None:
    at = {"url": "https://warta.example/cabai"}
    export("a.jsonl", {"id": "1", "judul": "Cabai", **at}, {"id": "1", "judul": "Cabai", **at})
    export(
        "b.jsonl", {"id": "1", "judul": "Cabai naik", "url": "http://www.warta.example/cabai?utm_source=x"}
    )
    export("c.jsonl", {"id": "2", "judul": "Pasar"}, {"id": "2", "judul": "Pasar baru"})
    export("d.jsonl", {"id": "2", "judul": "pasar"})
    report = reindexed()
    assert report.documents == 2
    assert [skip.source for skip in report.skipped] == [
        "arsip/a.jsonl:2",
        "arsip/b.jsonl:1",
        "arsip/c.jsonl:2",
        "arsip/d.jsonl:1",
    ]


def test_records_of_one_file_with_addresses_of_their_own_are_all_kept(
    export: Export, reindexed: Reindexed
) -> None:
    rows = [{"id": "7", "judul": f"Kabar {n}", "url": f"https://warta.example/{n}"} for n in range(3)]
    export("a.jsonl", *rows)
    assert (reindexed().documents, reindexed().unchanged) == (3, 3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rebuild_by_what_is_known_names_articles_likewise(
    export: Export, reindexed: Reindexed, titles: Titles, jobs: int
) -> None:
    for name in "abc":
        export(f"{name}.jsonl", *({"id": str(n), "judul": f"Kabar {name}{n}"} for n in range(120)))
    reindexed(jobs=jobs)
    held = titles()
    report = reindexed(full=True, jobs=jobs)
    assert (report.unchanged, report.documents) == (360, 360)
    assert titles() == held


def test_what_came_of_an_article_is_found_under_its_new_id(
    export: Export, reindexed: Reindexed, found: Callable[[str], list[str]]
) -> None:
    export("a.jsonl", {"id": "1", "judul": "Cabai"})
    export("b.jsonl", {"id": "1", "judul": "Jembatan", "isi": "Perbaikan selesai."})
    reindexed()
    (name,) = found("perbaikan")
    assert name.startswith("1-")
