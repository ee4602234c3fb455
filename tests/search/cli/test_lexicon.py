"""``telusur lexicon`` at a terminal: what is in force, what a line would change, and a line that is added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from search.asked.store import Asked, Count, Store
from search.cli.commands import telusur
from search.query.periods import today_in_jakarta

OWN = (
    "# milik saya\n[sinonim]\nnakes = tabib # lama\n-dokter\n\n[akar]\nkepoin = kepo\n[lindungi]\nkepoin\n"
    "[varian]\nkotabaru => kota baru\n"
)
ARTICLES = (
    {"id": "a", "title": "Satu", "body": "Nakes berjaga di puskesmas."},
    {"id": "b", "title": "Dua", "body": "Perawat \x1b[31mberjaga di klinik."},
    {"id": "c", "title": "Tiga", "body": "Pasar ramai."},
    {"id": "d", "title": "Empat", "body": "Warga suka kepoin tetangga."},
)


@pytest.fixture(scope="module")
def folder(make_archive: Callable[[], Any]) -> Path:
    archive = make_archive()
    archive.write(*ARTICLES)
    day = today_in_jakarta().isoformat()
    asked = {Asked(day, "perawat klinik", "page"): Count(3), Asked(day, "pasar", "page"): Count(2)}
    Store.of(str(archive.index)).add(asked, {})
    return Path(archive.index).parent


@pytest.fixture
def lexicon(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("TELUSUR_LANGUAGE", raising=False)
    (folder / "telusur.toml").write_text('lexicon = "leksikon.txt"\nindex = "index"\n')
    path = folder / "leksikon.txt"
    path.write_text(OWN, encoding="utf-8")
    return path


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(telusur, ["lexicon", *words], input=typed)


def record(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_the_owners_lines_are_listed_with_their_place_and_what_became_of_them(lexicon: Path) -> None:
    told = run("list").stdout
    rows = [line.split("  ") for line in told.splitlines()]
    cells = {
        row[0]: [cell.strip() for cell in row[1:] if cell.strip()] for row in rows if row[0][:8] == "leksikon"
    }
    assert cells["leksikon.txt:3"] == ["sinonim", "dua arah", "seketika", "berlaku", "nakes = tabib"]
    assert cells["leksikon.txt:4"][1] == "membuang"
    assert cells["leksikon.txt:7"][2:] == ["kalah dari leksikon.txt:9", "kepoin = kepo"]
    assert cells["leksikon.txt:11"][1:3] == ["satu arah", "seketika"]
    assert "jalankan `reindex`" in told  # the index knows nothing of kepoin yet


def test_lines_about_a_word_are_listed_ours_too(lexicon: Path) -> None:
    assert [each["line"] for each in record("list", "kota", "baru")["entries"]] == ["kotabaru => kota baru"]
    found = record("list", "--all", "nakes")
    assert [(each["file"], each["built_in"]) for each in found["entries"]] == [
        ("leksikon.txt", False),
        ("acronyms.txt", True),
    ]
    assert found["waits_for_reindex"]
    assert "Tidak ada baris" in run("list", "tiadakata").stdout


def test_the_test_tells_what_changes_and_writes_nothing(lexicon: Path) -> None:
    result = run("test", "nakes => perawat")
    assert result.exit_code == 0
    assert "“nakes” menemukan 1 artikel, sesudahnya 2 (1 baru, 0 hilang)" in result.stdout
    assert "+ Dua [b]" in result.stdout
    assert "\x1b" not in result.stdout
    assert "0 dari 2 pertanyaan tersering berubah" in result.stdout
    assert "1 dari 2 pertanyaan tersering berubah" in run("test", "nakes = perawat").stdout
    assert lexicon.read_text() == OWN

    found = record("test", "[kata dasar] kepo")
    assert found["lines"][0]["takes_effect"] == "reindex"
    assert found["questions"]["tried"] == 2
    refused = run("test", "nakes", "[akar] a")
    assert (refused.exit_code, refused.stderr.count("isi baru")) == (1, 2)
    assert len(record("test", "nakes", "[akar] a")["errors"]) == 2
    assert run("test", "--section", "lain", "a = b").exit_code == 2


@pytest.mark.parametrize("answer", ["", "\n", "t\n", "tidak\n", "nakes\n"])
def test_nothing_is_added_unless_somebody_says_yes(lexicon: Path, answer: str) -> None:
    result = run("add", "nakes = perawat", typed=answer)
    assert (result.exit_code, lexicon.read_text()) == (1, OWN)
    assert "2 (1 baru" in result.stdout
    assert "Tidak ada yang ditambahkan." in result.stderr


def test_what_is_agreed_to_is_added_and_what_is_there_is_not_asked_for(lexicon: Path) -> None:
    result = run("add", "nakes = perawat", "[akar] curcolan = curcol", typed="ya\n")
    assert result.exit_code == 0
    assert "berlaku tanpa memulai ulang: nakes = perawat" in result.stdout
    assert "berlaku sesudah `reindex`: curcolan = curcol" in result.stdout
    expected = OWN.replace("-dokter\n", "-dokter\nnakes = perawat\n")
    expected = expected.replace("kepoin = kepo\n", "kepoin = kepo\ncurcolan = curcol\n")
    assert lexicon.read_text() == expected

    again = run("add", "NAKES = perawat")
    assert (again.exit_code, lexicon.read_text()) == (0, expected)
    assert "Sudah ada: NAKES = perawat" in again.stdout
    assert run("add", "--yes", "a = b", "a").exit_code == 1
    assert lexicon.read_text() == expected


def test_without_a_lexicon_lines_can_be_tested_and_not_added(lexicon: Path) -> None:
    (lexicon.parent / "telusur.toml").write_text('index = "index"\n')
    assert "sesudahnya 2" in run("test", "nakes = perawat").stdout
    refused = run("add", "--yes", "nakes = perawat")
    assert (refused.exit_code, "`lexicon`" in refused.stderr) == (1, True)
    assert "`lexicon`" in run("list").stderr


def test_a_lexicon_with_mistakes_is_told_and_kept(lexicon: Path) -> None:
    lexicon.write_text("[sinonim]\nsalah\n")
    for command in (["list"], ["test", "a = b"], ["add", "--yes", "a = b"]):
        refused = run(*command)
        assert refused.exit_code == 1
        assert "leksikon.txt:2" in refused.stderr
    assert lexicon.read_text() == "[sinonim]\nsalah\n"
