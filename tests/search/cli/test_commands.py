"""The command ``telusur``, as an owner types it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from index.reindex.sync import sync
from index.settings import Settings
from search.cli.commands import telusur

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "a1",
        "title": "Netralitas <b>ASN</b>",
        "body": "Pengawas mengingatkan netralitas.\u001b[31m Sanksi berat.",
        "source": "pos.example",
        "place": "Lebak",
        "author": "Rina",
        "date": "2024-11-12",
    },
    {"id": "a2", "title": "Panen", "body": "Petani memanen padi.", "place": "Kapuas", "date": "2023-01-05"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("telusur")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    sync(Settings({"index": str(folder / "index"), "sources": (str(archive),)}), jobs=1)
    return folder


@pytest.fixture
def environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TELUSUR_INDEX", str(folder / "index"))
    monkeypatch.setenv("TELUSUR_SOURCES", str(folder / "arsip.jsonl"))
    monkeypatch.delenv("TELUSUR_LANGUAGE", raising=False)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(telusur, arguments)


def test_the_language_of_the_configuration_file_holds(environment: Path, tmp_path: Path) -> None:
    file = tmp_path / "lain.toml"
    file.write_text('language = "en"\n')
    told = CliRunner(env={"TELUSUR_CONFIG": str(file)})
    assert "1 articles, page 1 of 1" in told.invoke(telusur, ["search", "netralitas"]).stdout
    assert "Search engine for archives" in told.invoke(telusur, ["--help"]).stdout
    assert "Failed: there is no index" in told.invoke(telusur, ["stats", "--index", str(tmp_path)]).stderr
    explained = told.invoke(telusur, ["search", "netralitas", "--explain", "--json"])
    texts = [part["text"] for part in json.loads(explained.stdout)["results"][0]["explanation"]]
    assert "the word “netral” in the title" in texts


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--help"], ["Pemakaian: telusur", "Pilihan:", "Perintah:", "Tampilkan bantuan ini."]),
        (["carikan"], ["Galat: Tidak ada perintah 'carikan'."]),
        (["analyze"], ["Pemakaian: telusur analyze", "Galat: Tidak ada argumen 'TEXT'."]),
        (["stats", "semua"], ["Ada argumen yang berlebih (semua)"]),
        (["serve", "--port", "70000"], ["70000 di luar batas 0<=x<=65535."]),
    ],
)
def test_clicks_own_words_are_indonesian(environment: Path, arguments: list[str], told: list[str]) -> None:
    output = run(*arguments).output
    assert [text for text in told if text not in output] == []


def test_search_prints_results_for_people(environment: Path) -> None:
    result = run("search", "netralitas", "lebak")
    assert result.exit_code == 0
    assert "1. Netralitas <b>ASN</b> [a1]" in result.stdout
    assert "pos.example · Lebak · 12 November 2024 · Rina" in result.stdout
    assert "Pengawas mengingatkan netralitas." in result.stdout


def test_nothing_in_an_article_commands_the_terminal(environment: Path) -> None:
    assert "\x1b" not in run("search", "sanksi").stdout


def test_nothing_found_is_said_and_is_no_failure(environment: Path) -> None:
    result = run("search", "xyzzyqwerty")
    assert result.exit_code == 0
    assert "Tidak ada artikel" in result.stdout


def test_search_json_is_the_object_of_the_api(environment: Path) -> None:
    record = json.loads(run("search", "netralitas", "--json", "--explain", "--per-page", "1").stdout)
    assert record["query"] == "netralitas"
    assert record["total"] == 1
    assert record["per_page"] == 1
    assert record["results"][0]["title_html"] == "<mark>Netralitas</mark> &lt;b&gt;ASN&lt;/b&gt;"
    assert record["results"][0]["explanation"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--source", "pos.example"], ["a1"]),
        (["--place", "Lebak", "--place", "Kapuas"], ["a1", "a2"]),
        (["--author", "Rina"], ["a1"]),
        (["--year", "2023"], ["a2"]),
        (["--from", "2023", "--to", "2023-12"], ["a2"]),
        (["--sort", "oldest"], ["a2", "a1"]),
        (["--page", "2", "--per-page", "1"], ["a2"]),
        (["--match", "any", "padi", "sanksi"], ["a1", "a2"]),
        (["netralits", "--no-correct"], []),
        (["netralits"], ["a1"]),
        (["--lang", "en"], []),
    ],
)
def test_options_mirror_the_parameters_of_the_api(
    environment: Path, options: list[str], expected: list[str]
) -> None:
    record = json.loads(run("search", "--json", *options).stdout)
    found = [result["id"] for result in record["results"]]
    assert (sorted(found) if "any" in options else found) == expected


@pytest.mark.parametrize(
    ("option", "value"), [("--page", "-1"), ("--per-page", "100000"), ("--from", "notadate"), ("--sort", "x")]
)
def test_a_wrong_option_is_named_with_exit_code_2(environment: Path, option: str, value: str) -> None:
    result = run("search", "x", option, value)
    assert result.exit_code == 2
    assert option in result.stderr
    assert value in result.stderr


def test_without_an_index_every_command_says_what_to_do(environment: Path, tmp_path: Path) -> None:
    for command in (["search", "x"], ["stats"]):
        result = run(*command, "--index", str(tmp_path / "none"))
        assert result.exit_code == 1
        assert "reindex" in result.stderr
        assert "Traceback" not in result.stderr


def test_stats_tell_what_is_in_the_index(environment: Path) -> None:
    record = json.loads(run("stats", "--json").stdout)
    assert record["documents"] == 2
    assert record["engine"] == "whoosh"
    assert record["facets"]["place"] == 2
    assert re.search(r"artikel\s+2", run("stats").stdout)


def test_check_passes_when_all_is_well(environment: Path) -> None:
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "GAGAL" not in result.stdout


def test_check_finds_a_missing_source_a_stale_and_a_missing_index(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TELUSUR_SOURCES", str(tmp_path / "pindah"))
    assert failures(run("check", "--json")) == {"sumber"}
    monkeypatch.setenv("TELUSUR_SOURCES", str(tmp_path))
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akar]\nxyzzy = xyz\n", encoding="utf-8")
    monkeypatch.setenv("TELUSUR_LEXICON", str(lexicon))
    assert failures(run("check", "--json")) == {"mutakhir"}
    lexicon.write_text("tanpa bagian\n", encoding="utf-8")
    assert failures(run("check", "--json")) == {"leksikon"}
    monkeypatch.delenv("TELUSUR_LEXICON")
    assert failures(run("check", "--json", "--index", str(tmp_path / "none"))) == {"indeks"}


def test_check_looks_at_what_the_owner_made_of_the_pages(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "tampilan" not in run("check").stdout
    monkeypatch.setenv("TELUSUR_ACCENT", "#8a1538")
    assert "logo, warna dan templat situs dapat dipakai" in run("check").stdout
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.html").write_text("\n{% if %}")
    monkeypatch.setenv("TELUSUR_SITE_DIR", str(tmp_path))

    broken = run("check")

    assert broken.exit_code == 1
    assert "base.html baris 2" in broken.stdout
    monkeypatch.setenv("TELUSUR_LOGO", "tiada.png")
    assert failures(run("check", "--json")) == {"tampilan"}


def test_check_finds_a_damaged_index(environment: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "index"
    shutil.copytree(environment / "index", damaged)
    for path in damaged.glob("generations/*/data/*"):
        path.write_bytes(b"rusak")
    assert failures(run("check", "--json", "--index", str(damaged))) == {"indeks"}


def failures(result: Result) -> set[str]:
    assert result.exit_code == 1, result.output
    record = json.loads(result.stdout)
    assert record["ok"] is False
    return {check["name"] for check in record["checks"] if not check["ok"]}


def test_analyze_shows_root_and_reason(environment: Path) -> None:
    record = json.loads(run("analyze", "mengawasi", "Pemilu", "--json").stdout)
    assert [(token["token"], token["stem"]) for token in record["tokens"]] == [
        ("mengawasi", "awas"),
        ("Pemilu", "pemilu"),
    ]
    assert all(token["why"] for token in record["tokens"])
    assert "mengawasi" in run("analyze", "mengawasi").stdout


def test_analyze_tells_the_reason_in_the_language_of_whoever_asks(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "imbuhan meng- -i" in run("analyze", "mengawasi").stdout
    monkeypatch.setenv("TELUSUR_LANGUAGE", "en")
    assert "affixes meng- -i" in run("analyze", "mengawasi").stdout
    assert "affixes meng- -i" in run("analyze", "mengawasi", "--json").stdout


def test_analyze_shows_other_forms_before_there_is_an_index(tmp_path: Path) -> None:
    result = run("analyze", "ASN", "--index", str(tmp_path / "none"))
    assert "bentuk lain: asn → aparatur sipil negara" in result.stdout


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_command_and_option_has_help(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_LANGUAGE", language)
    assert set(telusur.all_commands()) >= {"serve", "search", "analyze", "stats", "check", "reindex"}
    for name, command in telusur.all_commands().items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)


def test_a_server_imports_nothing_that_makes_indexes() -> None:
    """Its workers share what it imports, and visitors wait for it."""
    code = """
import gc, sys
from search.cli.commands import telusur
telusur.get_command(None, "serve")
import search.app
assert gc.isenabled()
print(*(name for name in sys.modules if name.startswith(("index.cli", "index.reindex", "search.openapi"))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.split() == []
