"""Other names that the owner lists: articles are indexed by the one that counts; changes are noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.query import Everything, Facet, SearchRequest, Term, TextField
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.opened import open_current

ALIASES = {"Okezone": "okezone.com", "OKE": "okezone.com"}
WRITTEN = ("okezone.com", "Okezone", "OKEZONE", "kompas.com")

Sync = Callable[..., Report]


@pytest.fixture(params=["whoosh", "tantivy"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Sync:
    """Indexes an archive of one article by each of WRITTEN, under the aliases given."""
    archive = tmp_path / "arsip"
    archive.mkdir()
    for number, source in enumerate(WRITTEN):
        record = {"id": f"a{number}", "title": "Judul", "text": f"Isi artikel {number}.", "source": source}
        (archive / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    settings = Settings({"index": str(tmp_path / "index"), "engine": request.param})

    def run(aliases: dict[str, str], **options: object) -> Report:
        run.settings = settings.replace(source_aliases=aliases)  # type: ignore[attr-defined]
        return sync(run.settings, [str(archive)], jobs=1, **options)  # type: ignore[attr-defined, arg-type]

    return run


def sources(run: Sync) -> dict[str, int]:
    with open_current(run.settings) as opened:  # type: ignore[attr-defined]
        return opened.reader.facet_values(Facet.SOURCE)


def found(run: Sync, word: str) -> set[str]:
    request = SearchRequest(Term(TextField.SOURCE, word))
    with open_current(run.settings) as opened:  # type: ignore[attr-defined]
        return {hit.id for hit in opened.reader.search(request).hits}


def test_values_that_the_owner_calls_the_same_are_one_value(run: Sync) -> None:
    run(ALIASES)

    assert sources(run) == {"okezone.com": 3, "kompas.com": 1}
    with open_current(run.settings) as opened:  # type: ignore[attr-defined]
        page = opened.reader.search(SearchRequest(Everything(), filters=((Facet.SOURCE, ("okezone.com",)),)))
        stored = opened.reader.documents([hit.id for hit in page.hits])
    assert [document.source for document in stored if document] == ["okezone.com"] * 3


def test_every_name_finds_all_of_its_articles(run: Sync) -> None:
    run(ALIASES)

    assert found(run, "okezone") == found(run, "oke") == {"a0", "a1", "a2"}


def test_a_changed_list_makes_the_index_anew_and_says_why(run: Sync) -> None:
    assert run({}).rebuilt is None
    assert len(sources(run)) == 3

    named = run(ALIASES)
    again = run(dict(reversed(ALIASES.items())))
    parted = run({})

    assert named.rebuilt == parted.rebuilt == "daftar nama lain berubah"
    assert (named.changed, named.unchanged) == (2, 2)
    assert again.rebuilt is None
    assert again.unchanged == 4
    assert len(sources(run)) == 3


def test_an_index_serves_by_its_own_list_whatever_the_settings_of_its_server_say(run: Sync) -> None:
    run(ALIASES)

    settings = run.settings.replace(source_aliases={"Detik": "detik.com"})  # type: ignore[attr-defined]

    with open_current(settings) as opened:
        assert opened.stale is None


def test_a_later_update_keeps_to_the_names(run: Sync, tmp_path: Path) -> None:
    run(ALIASES)
    record = {"id": "baru", "title": "Judul", "text": "Isi yang lain.", "source": "oke"}
    (tmp_path / "arsip" / "baru.json").write_text(json.dumps(record), encoding="utf-8")

    report = run(ALIASES)

    assert (report.added, report.unchanged, report.rebuilt) == (1, 4, None)
    assert sources(run) == {"okezone.com": 4, "kompas.com": 1}


def test_what_cannot_be_read_now_is_kept_by_its_name(run: Sync, tmp_path: Path) -> None:
    run({})
    file = tmp_path / "arsip" / "1.json"
    file.unlink()
    file.symlink_to(file)  # goes round in a circle: there, and not readable

    report = run(ALIASES)

    assert (report.rebuilt, report.removed) == ("daftar nama lain berubah", 0)
    assert sources(run) == {"okezone.com": 3, "kompas.com": 1}


def test_an_article_has_each_topic_once_by_the_name_that_counts(tmp_path: Path) -> None:
    archive = tmp_path / "arsip.json"
    record = {"judul": "Judul", "isi": "Isi artikel.", "tags": ["Pemilu", "Pilpres", "PEMILU 2024"]}
    archive.write_text(json.dumps([record, record | {"isi": "Yang lain.", "tags": "Pilpres"}]), "utf-8")
    names = {"pilpres": "Pemilu", "Pemilu 2024": "Pemilu"}
    settings = Settings({"index": str(tmp_path / "index"), "topic_aliases": names})

    sync(settings, [str(archive)], jobs=1)

    with open_current(settings) as opened:
        assert opened.reader.facet_values(Facet.TOPIC) == {"Pemilu": 2}
