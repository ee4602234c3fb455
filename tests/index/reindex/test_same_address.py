"""An address identifies an article in all files, under which id ever; an address of many does not."""

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

TEXT = "Nelayan di muara menambal perahu yang bocor setelah ombak tinggi menghantam dermaga selama tiga hari."


def article(own: str, address: str, judul: str = "Perahu ditambal", isi: str = TEXT) -> str:
    record: dict[str, Any] = {
        "id": own,
        "judul": judul,
        "isi": isi,
        "url": f"https://kabar.example/{address}",
    }
    return json.dumps({key: value for key, value in record.items() if value}) + "\n"


@pytest.fixture
def titles(settings: Settings) -> Titles:
    """Everything that the live index holds: id -> title."""

    def read() -> dict[str, str]:
        with open_current(settings) as opened:
            ids = [name for name, _hash in opened.reader.hashes()]
            documents = opened.reader.documents(ids)
        return {document.id: document.title for document in documents if document}

    return read


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (article("a1", "2025/perahu"), article("9", "2025/perahu")),
        (article("a1", "2025/perahu"), article("9", "2025/perahu?utm_source=wa", "Perahu nelayan ditambal")),
        (article("a1", "2025/perahu"), article("9", "2025/perahu", isi="Versi lain dari berita yang sama.")),
        (article("", "2025/perahu"), article("", "2025/perahu", "Perahu nelayan ditambal")),
        (article("65c9a1b2c3d4e5f60123aaaa", "2025/perahu"), article("7", "2025/perahu")),
    ],
)
def test_an_article_in_two_files_under_other_ids_is_one(
    archive: Archive, reindexed: Reindexed, titles: Titles, first: str, second: str
) -> None:
    archive.text("a.jsonl", first)
    archive.text("b.jsonl", second + article("10", "2025/solar", "Solar naik", "Harga solar naik lagi."))
    report = reindexed()
    assert report.documents == 2
    (skip,) = report.skipped
    assert skip.source == "arsip/b.jsonl:1"
    assert "arsip/a.jsonl" in skip.reason
    held = titles()
    again = reindexed()
    assert (again.unchanged, again.added, again.changed, again.removed) == (2, 0, 0, 0)
    assert titles() == held


def test_two_crawls_of_one_page_are_one_article(archive: Archive, reindexed: Reindexed) -> None:
    for day in ("senin", "selasa"):
        archive.text(f"{day}/perahu.json", article("", "2025/perahu"))
    assert reindexed().documents == 1


def test_an_address_that_one_file_gives_several_articles_identifies_none(
    archive: Archive, reindexed: Reindexed
) -> None:
    for name in "ab":
        rows = (article(f"{name}{n}", "kanal", "Perahu", f"{TEXT} Dusun {name}{n}.") for n in range(3))
        archive.text(f"{name}.jsonl", "".join(rows))
    assert reindexed().documents == 6


def test_an_address_alone_makes_no_two_articles_one(archive: Archive, reindexed: Reindexed) -> None:
    archive.text("a.jsonl", article("1", "kanal"))
    archive.text("b.jsonl", article("2", "kanal", "Solar naik", "Harga solar naik lagi."))
    archive.text("c.jsonl", article("3", "", "Perahu") + article("4", "", "Perahu"))  # of the site
    assert reindexed().documents == 4


def test_pages_of_an_article_saved_in_several_files_stay(archive: Archive, reindexed: Reindexed) -> None:
    head = '<link rel="canonical" href="https://kabar.example/2025/perahu"><title>Perahu ditambal</title>'
    for number, text in enumerate((TEXT, "Penyuluh mengatakan bantuan mesin tempel akan tiba pekan depan.")):
        page = (
            f"<html><head>{head}</head><body><article><h1>Perahu ditambal</h1><p>{text}</p></article></body>"
        )
        archive.text(f"perahu-{number}.html", page)
    archive.text("salinan/perahu-0.html", (archive.root / "perahu-0.html").read_text())
    report = reindexed()
    assert report.documents == 2
    assert [skip.source for skip in report.skipped] == ["arsip/salinan/perahu-0.html"]


def test_the_id_that_readers_know_stays_when_another_file_comes_first(
    archive: Archive, reindexed: Reindexed, titles: Titles
) -> None:
    archive.text("m.jsonl", article("m1", "2025/perahu"))
    reindexed()
    archive.text("a.jsonl", article("a1", "2025/perahu", "Perahu nelayan ditambal"))
    for full in (False, True, False):
        reindexed(full=full)
        assert titles() == {"m1": "Perahu nelayan ditambal"}


def test_an_article_comes_in_again_when_the_file_goes_that_had_it_first(
    archive: Archive, reindexed: Reindexed, titles: Titles
) -> None:
    archive.text("a.jsonl", article("a1", "2025/perahu"))
    archive.text(
        "b.jsonl", article("b1", "2025/perahu") + article("b2", "2025/solar", "Solar", "Solar naik.")
    )
    reindexed()
    (archive.root / "a.jsonl").unlink()
    reindexed()
    assert sorted(titles().values()) == ["Perahu ditambal", "Solar"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rebuild_makes_the_same_articles_one(
    archive: Archive, reindexed: Reindexed, titles: Titles, jobs: int
) -> None:
    for name in "abc":
        rows = (article(f"{name}{n}", f"2025/{n}", f"Kabar {n}", f"Kampung {n}. {TEXT}") for n in range(60))
        archive.text(f"{name}.jsonl", "".join(rows))
    assert reindexed(jobs=jobs).documents == 60
    held = titles()
    report = reindexed(full=True, jobs=jobs)
    assert (report.unchanged, report.documents) == (60, 60)
    assert titles() == held
