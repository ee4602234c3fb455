"""A line is added to the owner's lexicon as he would, and asked by at once where no index has to change."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.analysis.lexicon_files import load_lexicon
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.cli.commands import telusur
from search.opened.searcher import Searcher
from search.teaching.adding import add_entries, add_entry
from search.teaching.lines import EntryError

OWN = (
    "\ufeff# catatan saya\r\n[lindungi]\r\nBalangan # kota\r\n\r\n[Sinonim]\r\n"
    "rs = rumah sakit\r\n# habis\r\n\r\n[akronim]\r\nHSU = Hulu Sungai Utara"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings({"lexicon": str(tmp_path / "leksikon.txt")})


def file_of(settings: Settings) -> Path:
    return Path(settings.text("lexicon"))


def test_a_line_goes_behind_the_last_of_its_section_and_nothing_else_changes(settings: Settings) -> None:
    path = file_of(settings)
    path.write_bytes(OWN.encode())
    path.chmod(0o640)

    added = add_entry(settings, "  nakes=tenaga kesehatan ,perawat, ")
    assert (added.line, added.is_new, added.at_once) == ("nakes = tenaga kesehatan, perawat", True, True)
    expected = OWN.replace("# habis\r\n", "# habis\r\nnakes = tenaga kesehatan, perawat\r\n")
    assert path.read_bytes().decode() == expected
    assert stat.S_IMODE(path.stat().st_mode) == 0o640

    assert not add_entry(settings, "nakes = tenaga kesehatan, perawat").is_new
    assert path.read_bytes().decode() == expected
    waits = add_entry(settings, "kepo", "roots")
    assert not waits.at_once
    assert path.read_bytes().decode() == f"{expected}\r\n\r\n[kata dasar]\r\nkepo\r\n"
    assert load_lexicon(path).synonyms["nakes",] == (("tenaga", "kesehatan"), ("perawat",))


def test_a_file_that_is_not_there_is_begun_and_a_link_stays_one(settings: Settings, tmp_path: Path) -> None:
    path = file_of(settings)
    path.symlink_to(tmp_path / "asli.txt")

    add_entry(settings, "nakes = perawat")
    assert path.is_symlink()
    heading, _, lines = (tmp_path / "asli.txt").read_text().partition("\n\n")
    assert all(line.startswith("# ") for line in heading.splitlines())
    assert lines == "[sinonim]\nnakes = perawat\n"
    assert load_lexicon(path).synonyms["nakes",] == (("perawat",),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "nakes", "nakes =", "= perawat", "a = b # c", "[akar]", "-a = b", "!!! = ?"),
        *("nakes = NAKES", "a = b\x07", "a = " + "b" * 400),
    ],
)
def test_what_is_no_entry_is_refused_and_the_file_stays(settings: Settings, text: str) -> None:
    file_of(settings).write_text("[sinonim]\n")

    with pytest.raises(EntryError):
        add_entry(settings, text)
    assert file_of(settings).read_text() == "[sinonim]\n"


def test_lines_of_a_text_are_one_line(settings: Settings) -> None:
    add_entry(settings, "a = b\nc")
    assert file_of(settings).read_text().endswith("\n\n[sinonim]\na = b c\n")


def test_all_lines_are_added_or_none(settings: Settings) -> None:
    with pytest.raises(EntryError) as refused:
        add_entries(settings, ["a = b", "tanpa tanda", "[akar] berikan = beri", "[bagian] x = y"])
    assert len(str(refused.value).splitlines()) == 2
    assert not file_of(settings).exists()

    added = add_entries(settings, ["a => b", "[akar] kepoin = kepo", "[varian] c = d", "a=>b"])
    assert [each.is_new for each in added] == [True, True, True, False]
    assert [each.at_once for each in added] == [True, False, True, True]
    lexicon = load_lexicon(file_of(settings))
    assert (lexicon.stems["kepoin"], lexicon.synonyms["a",]) == ("kepo", (("b",),))
    assert ("b",) not in lexicon.synonyms
    assert lexicon.variants["d",] == (("c",),)


def test_what_is_in_force_already_is_not_written(settings: Settings) -> None:
    file_of(settings).write_text("[sinonim]\nnakes = perawat, suster\n")
    before = file_of(settings).read_bytes()
    for line in (
        "NAKES = Perawat",
        "nakes => suster",
        "[varian] wali kota = walikota",
        "[akronim] ASN = aparatur sipil negara",
    ):
        assert not add_entries(settings, [line])[0].is_new, line
    assert file_of(settings).read_bytes() == before
    assert add_entries(settings, ["perawat = suster"])[0].is_new


def test_what_a_visitor_typed_chooses_no_section(settings: Settings) -> None:
    with pytest.raises(EntryError):
        add_entry(settings, "[akar] berikan = beri")
    assert not file_of(settings).exists()


def test_a_file_with_a_mistake_or_none_is_told(settings: Settings) -> None:
    with pytest.raises(EntryError, match="`lexicon`"):
        add_entry(Settings({}), "a = b")
    file_of(settings).write_text("tanpa bagian\n")
    with pytest.raises(EntryError, match=r"leksikon\.txt:1"):
        add_entry(settings, "a = b")
    file_of(settings).write_bytes(b"\xff\xfe")
    with pytest.raises(EntryError, match="UTF-8"):
        add_entry(settings, "a = b")
    away = Settings({"lexicon": "/proc/tidak-ada/leksikon.txt"})
    with pytest.raises(EntryError, match="tidak dapat ditulis"):
        add_entry(away, "a = b")


def test_the_command_adds_and_tells_when_that_counts(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "telusur.toml").write_text('lexicon = "leksikon.txt"\n')

    def run(*words: str) -> str:
        result = CliRunner().invoke(telusur, ["lexicon", "add", "--yes", *words])
        return f"{result.exit_code} {result.output}"

    assert "\nDitambahkan, berlaku tanpa memulai ulang: nakes = perawat" in run("nakes=perawat")
    assert "\nSudah ada: nakes = perawat" in run("nakes = perawat")
    assert "`reindex`: kepoin = kepo" in run("--section", "akar", "kepoin=kepo")
    assert run("tanpa sama dengan").startswith("1 ")
    assert run("--section", "lain", "a=b").startswith("2 ")


def test_a_server_asks_by_new_words_at_once_and_by_new_stems_with_a_new_index(
    make_archive: Callable[[], Any], tmp_path: Path
) -> None:
    archive = make_archive()
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[sinonim]\n")
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.write(
        {"id": "a", "title": "Satu", "body": "Perawat berjaga di puskesmas."},
        {"id": "b", "title": "Dua", "body": "Warga mengepoi tetangga."},
    )
    searcher = Searcher(archive.settings, check_seconds=0)
    service = SearchService(searcher)

    def total(text: str) -> int:
        return service.search(Question(text)).total

    assert (total("nakes"), total("kepo")) == (0, 0)
    version = searcher.version()
    assert searcher.version() == version

    add_entry(archive.settings, "kepo", "roots")
    assert total("kepo") == 0
    assert searcher.version() == version
    assert searcher.lexicon_waits()

    add_entry(archive.settings, "nakes = perawat")
    assert total("nakes") == 1
    assert searcher.version() != version
    assert total("mengepoi") == 1  # by the stems that the index was made with
    assert searcher.lexicon_waits()

    lexicon.write_text(lexicon.read_text() + "= salah\n")
    assert total("nakes") == 1
    lexicon.write_text(lexicon.read_text().replace("= salah\n", ""))

    archive.write(
        {"id": "a", "title": "Satu", "body": "Perawat berjaga di puskesmas."},
        {"id": "b", "title": "Dua", "body": "Warga mengepoi tetangga."},
    )
    assert (total("nakes"), total("kepo")) == (1, 1)
    assert not searcher.lexicon_waits()
    searcher.close()
