"""``reindex`` at the terminal: what it prints, and the code it exits with."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import flask
import pytest
from click.testing import CliRunner, Result

from index.cli import reindex
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive, Command

KEYS = [
    "dry_run",
    "added",
    "changed",
    "removed",
    "unchanged",
    "skipped",
    "documents",
    "seconds",
    "engine",
    "generation",
    "days",
]


class Shell:
    """Runs ``reindex`` in this process."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.index = settings.text("index")

    def __call__(self, *arguments: str, source: str | None = None) -> Result:
        return CliRunner().invoke(
            reindex, [source or str(self.archive.root), "--index", self.index, "--jobs", "1", *arguments]
        )


@pytest.fixture
def shell(archive: Archive, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shell:
    for variable in [name for name in os.environ if name.startswith("TELUSUR_")]:
        monkeypatch.delenv(variable)
    archive.article("banjir", "Banjir merendam sawah.", id="banjir")
    return Shell(archive, settings)


def test_json_is_one_object_of_the_promised_shape(shell: Shell) -> None:
    shell.archive.text("kosong.txt", "")
    result = shell("--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert list(report) == KEYS
    assert report["added"] == 1
    assert [sorted(skip) for skip in report["skipped"]] == [["reason", "source"]]
    assert report["skipped"][0]["source"] == "arsip/kosong.txt"
    assert isinstance(report["seconds"], float)
    assert (report["documents"], report["engine"], report["generation"]) == (1, "whoosh", "000001-whoosh")


def test_a_large_archive_is_told_of_the_engine_for_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.archive.article("kebun", "Kebun kopi.", id="kebun")
    monkeypatch.setenv("TELUSUR_SUGGEST_TANTIVY_FROM", "2")
    last = shell().stdout.splitlines()[-1]
    assert last.startswith("Saran: untuk 2 artikel mesin tantivy lebih cocok; ")
    assert "pip install 'telusur[tantivy]'" in last
    assert json.loads(shell("--json").stdout)["suggestion"] == last
    monkeypatch.setenv("TELUSUR_LANGUAGE", "en")
    assert shell().stdout.splitlines()[-1].startswith("Advice: for 2 articles the engine tantivy")


@pytest.mark.parametrize("least", ["3", "0"])
def test_an_archive_that_is_not_so_large_is_told_nothing(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, least: str
) -> None:
    shell.archive.article("kebun", "Kebun kopi.", id="kebun")
    monkeypatch.setenv("TELUSUR_SUGGEST_TANTIVY_FROM", least)
    assert "Saran" not in shell().stdout
    assert list(json.loads(shell("--json").stdout)) == KEYS


def test_who_uses_tantivy_is_told_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tantivy")
    monkeypatch.setenv("TELUSUR_SUGGEST_TANTIVY_FROM", "1")
    assert "Saran" not in shell("--engine", "tantivy").stdout


def test_the_summary_is_indonesian_and_names_each_skip_with_its_reason(shell: Shell) -> None:
    shell.archive.text("kosong.txt", "")
    lines = shell().stdout.splitlines()
    assert lines[0] == "1 ditambahkan, 0 diubah, 0 dihapus, 0 tetap, 1 dilewati"
    assert lines[1].startswith("  arsip/kosong.txt: ")
    assert lines[2].startswith("Indeks 000001-whoosh: 1 artikel (")


def test_the_summary_is_english_on_demand(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_LANGUAGE", "en")
    assert shell().stdout.startswith("1 added, 0 changed, 0 removed, 0 unchanged, 0 skipped\n")
    assert "Make the whole index anew, from the beginning." in shell("--help").stdout


def test_the_language_of_the_configuration_file_holds_from_the_first_word(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "telusur.toml").write_text('language = "en"\n')
    assert shell().stdout.startswith("1 added, ")
    assert "Make the whole index anew, from the beginning." in shell("--help").stdout
    assert "Usage:" in shell("--tiada").stderr
    (tmp_path / "telusur.toml").write_text('language = "en"\nper_page = 0\n')
    assert "per_page is 0; expected a number not less than 1" in shell().stderr
    monkeypatch.setenv("TELUSUR_LANGUAGE", "id")
    assert "per_page berisi 0; isilah dengan bilangan" in shell().stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--help"], ["Pemakaian: reindex", "Pilihan:", "Tampilkan bantuan ini."]),
        (["--tiada"], ["Pemakaian: reindex", "Bantuan: 'reindex --help'.", "Galat: Tidak ada pilihan"]),
        (["--engin"], ["Tidak ada pilihan", "Mungkin: "]),
        (["--engine", "elastis"], ["Nilai '--engine' tidak sah", "bukan salah satu dari"]),
        (["--jobs", "0"], ["Nilai '--jobs' tidak sah: 0 di luar batas x>=1."]),
        (["--jobs", "dua"], ["'dua' bukan bilangan yang dapat dipakai."]),
        (["--index"], ["Pilihan '--index' memerlukan"]),
        (["--full=ya"], ["Pilihan '--full' tidak memakai nilai."]),
    ],
)
def test_clicks_own_words_are_indonesian_and_english_on_demand(
    shell: Shell, arguments: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    indonesian = CliRunner().invoke(reindex, arguments).output
    assert [text for text in told if text not in indonesian] == []
    monkeypatch.setenv("TELUSUR_LANGUAGE", "en")
    english = CliRunner().invoke(reindex, arguments).output
    assert english.startswith(("Usage: reindex", "Error: Option"))
    assert [text for text in told if text in english] == []


def test_worker_processes_tell_their_reasons_in_the_language_of_the_run(
    archive: Archive, command: Command
) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        with archive.lines(name, 400, word=name[0] * 5).open("a", encoding="utf-8") as file:
            file.write("bukan JSON\n")
    _code, output, _errors = command.run("--jobs", "2", "--json")
    reasons = [skip["reason"] for skip in json.loads(output)["skipped"]]
    assert len(reasons) == 2
    assert all(reason.startswith("is not valid JSON") for reason in reasons)


def test_a_long_list_of_skips_is_cut_with_its_count_and_whole_in_json(shell: Shell) -> None:
    for number in range(30):
        shell.archive.text(f"kosong-{number:02d}.txt", "")
    lines = shell().stdout.splitlines()
    assert len(lines) == 1 + 20 + 1 + 2
    assert "10" in lines[-3]
    assert "--json" in lines[-3]
    assert len(json.loads(shell("--json").stdout)["skipped"]) == 30


def test_quiet_says_nothing_unless_it_fails(shell: Shell) -> None:
    result = shell("--quiet")
    assert (result.exit_code, result.output) == (0, "")
    failed = shell("--quiet", source="tiada")
    assert failed.exit_code == 1
    assert "tiada" in failed.stderr


def test_skips_are_an_exit_code_under_strict_only(shell: Shell) -> None:
    assert shell("--strict").exit_code == 0
    shell.archive.text("kosong.txt", "")
    assert shell().exit_code == 0
    strict = shell("--strict", "--json")
    assert strict.exit_code == 3
    assert json.loads(strict.stdout)["unchanged"] == 1


def test_a_missing_source_fails_with_a_message_and_leaves_the_index(shell: Shell) -> None:
    shell()
    result = shell("--json", source="tiada")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Gagal: tiada")
    assert json.loads(shell("--json").stdout)["unchanged"] == 1


@pytest.mark.parametrize(
    "arguments", [["--jobs", "0"], ["--engine", "elastis"], ["--tiada"], ["--watch", "--dry-run"]]
)
def test_wrong_usage_is_code_2(shell: Shell, arguments: list[str]) -> None:
    assert shell(*arguments).exit_code == 2


def test_a_wrong_setting_is_code_2_and_names_where_it_stands(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_PER_PAGE", "banyak")
    result = shell()
    assert result.exit_code == 2
    assert "TELUSUR_PER_PAGE" in result.stderr


def test_a_lexicon_that_cannot_be_read_fails_with_its_line(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akar]\ntanpa sama dengan\n", encoding="utf-8")
    monkeypatch.setenv("TELUSUR_LEXICON", str(lexicon))
    result = shell()
    assert result.exit_code == 1
    assert "leksikon.txt:2" in result.stderr


def test_a_lexicon_that_is_set_first_waits_for_servers_to_be_told(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell()
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[sinonim]\nsawah = ladang\n", encoding="utf-8")
    monkeypatch.setenv("TELUSUR_LEXICON", str(lexicon))

    told = shell().stderr

    assert "Leksikon berubah" in told
    assert "kirim SIGHUP ke server" in told


def test_an_index_folder_that_is_a_file_fails_with_a_message(shell: Shell, tmp_path: Path) -> None:
    shell.index = str(tmp_path / "berkas")
    Path(shell.index).write_text("bukan folder")
    result = shell()
    assert result.exit_code == 1
    assert result.stderr.startswith("Gagal: ")
    assert "Traceback" not in result.output


def test_a_dry_run_says_that_it_is_one(shell: Shell) -> None:
    result = shell("--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith("Hanya percobaan")
    assert "akan berisi 1 artikel" in result.stdout
    assert not Path(shell.index).exists()
    assert json.loads(shell("--dry-run", "--json").stdout)["dry_run"] is True
    assert json.loads(shell("--json").stdout)["dry_run"] is False
    told = shell("--dry-run", "--full")
    assert "akan dibangun ulang" in told.stderr
    assert "Indeks dibangun ulang" not in told.output


def test_a_rebuild_says_why_on_standard_error(shell: Shell) -> None:
    shell()
    result = shell("--full", "--json")
    assert "--full" in result.stderr
    assert json.loads(result.stdout)["generation"] == "000002-whoosh"


def test_settings_come_from_the_environment_and_options_win(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_SOURCES", str(shell.archive.root))
    monkeypatch.setenv("TELUSUR_INDEX", str(tmp_path / "dari-lingkungan"))
    assert CliRunner().invoke(reindex, ["--jobs", "1", "--quiet"]).exit_code == 0
    assert (tmp_path / "dari-lingkungan" / "current").is_file()
    assert CliRunner().invoke(reindex, ["--index", str(tmp_path / "pilihan"), "--quiet"]).exit_code == 0
    assert (tmp_path / "pilihan" / "current").is_file()


def test_it_works_as_a_command_of_flask(shell: Shell) -> None:
    app = flask.Flask("tuan_rumah")
    app.cli.add_command(reindex)
    result = app.test_cli_runner().invoke(
        args=["reindex", str(shell.archive.root), "--index", shell.index, "--json"]
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["added"] == 1


def test_progress_is_drawn_on_a_terminal_and_gone_at_the_end(command: Command, archive: Archive) -> None:
    archive.lines("arsip.jsonl", 1500)
    ours, theirs = pty.openpty()
    try:
        process = command.start("--jobs", "1", stderr=theirs)
        output, _ = process.communicate(timeout=60)
    finally:
        os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "1,500 added" in output
    assert " articles, " in drawn
    assert re.search(r"(?:reading|indexing) \d+ %", drawn)
    assert drawn.endswith(" \r")


def test_watch_runs_again_after_a_change_until_it_is_interrupted(command: Command, archive: Archive) -> None:
    archive.article("satu", id="satu")
    process = command.start("--watch", "--json", "--jobs", "1")
    assert process.stdout is not None
    try:
        assert json.loads(process.stdout.readline())["added"] == 1
        archive.article("dua", id="dua")
        assert json.loads(process.stdout.readline())["added"] == 1
    finally:
        process.send_signal(signal.SIGINT)
        _output, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == "No longer watching.\n"


def test_a_watch_tells_of_a_failure_once_and_of_what_came_after(command: Command, archive: Archive) -> None:
    lexicon = archive.root.parent / "leksikon.txt"
    lexicon.write_text("[akar]\nrusak\n", encoding="utf-8")
    archive.article("satu", id="satu")
    language = {"TELUSUR_LANGUAGE": "en", "TELUSUR_LEXICON": str(lexicon)}
    process = command.start("--watch", "--json", "--jobs", "1", env=language)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        told = process.stderr.readline()
        time.sleep(4)  # it tries again, after one second and after two more
        lexicon.write_text("[akar]\nberikan = beri\n", encoding="utf-8")
        assert json.loads(process.stdout.readline())["added"] == 1
    finally:
        process.send_signal(signal.SIGINT)
        _output, errors = process.communicate(timeout=30)
    assert told.startswith("Failed: ")
    assert errors == "No longer watching.\n"


class TestColumns:
    """What columns were taken for."""

    TABLE = "tajuk_berita,isi_konten,url_gambar\nPasar,Pedagang senang karena pasar dibuka.,x.jpg\n"

    def test_a_dry_run_tells_them_as_text_and_as_json(self, shell: Shell) -> None:
        shell.archive.text("a.csv", self.TABLE)

        told = shell("--dry-run").stdout.split("\n")
        report = json.loads(shell("--dry-run", "--json").stdout)

        start = told.index("Kolom arsip/a.csv:")
        assert told[start + 1].split() == ["tajuk_berita", "judul", "dari", "namanya", "Pasar"]
        assert [(each["column"], each["field"]) for each in report["tables"][0]["columns"]] == [
            ("tajuk_berita", "title"),
            ("isi_konten", "body"),
            ("url_gambar", None),
        ]

    def test_a_column_that_is_named_in_vain_is_told_by_any_run(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shell.archive.text("a.csv", self.TABLE)
        shell()
        monkeypatch.setenv("TELUSUR_FIELDS", '{"a.csv": {"judul": "tajuk", "sumber": {"value": "Radar"}}}')

        result = shell("--json")

        assert "kolom tajuk tidak ada di berkas mana pun" in result.stderr
        assert json.loads(result.stdout)["changed"] == 1
        assert "tables" not in json.loads(result.stdout)
