"""`telusur check --cut` shows what is cut from articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.analysis.furniture import Furniture, Publisher
from index.reindex.sync import sync
from index.settings import Settings
from index.store.generations import Generations
from index.store.learned_furniture import write_furniture
from search.cli.commands import telusur

LINE = "Kunjungi toko suvenir redaksi di lantai dasar"
MATTERS = ("jembatan", "pasar", "sekolah", "sungai", "kebun")


def article(number: int, *lines: str) -> str:
    body = [f"Perbaikan {MATTERS[number % 5]} nomor {number} selesai.", *lines, f"Camat {number} lega."]
    title = f"Perbaikan {MATTERS[number % 5]} {number}"
    return json.dumps(
        {"id": f"a{number}", "title": title, "body": "\n\n".join(body), "source": "warta.example"}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("potong")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(article(number, LINE) for number in range(30)), encoding="utf-8")
    sync(Settings({"index": str(folder / "index")}), [str(archive)], jobs=1)
    return folder


def check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(telusur, ["check", "--index", str(folder / "index"), *arguments])


def test_lines_of_the_index_are_listed_by_publisher(folder: Path) -> None:
    shown = check(folder, "--cut")
    assert shown.exit_code == 0
    assert shown.output.splitlines() == ["warta.example, dipelajari dari 30 artikel:", f"         30  {LINE}"]

    told = json.loads(check(folder, "--cut", "--json").output)
    assert told["furniture"] == [{"source": "warta.example", "text": LINE, "articles": 30}]
    assert told["generation"].endswith("whoosh")


def test_what_articles_of_files_lose_is_told_with_the_reason(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "baru.jsonl"
    wordings = ("Baca juga: Sawah baru dibuka", "Ikuti kabar terbaru kami di Google News.")
    lines = [
        article(90, LINE, *wordings),
        article(91),
        article(92, "Petugas kebun. ADVERTISEMENT Pohon ditanam."),
    ]
    file.write_text("\n".join([*lines, "{rusak"]), encoding="utf-8")

    shown = check(folder, "--cut", str(file))

    assert shown.exit_code == 0
    assert shown.output.splitlines()[:-2] == [
        "baru.jsonl:1: Perbaikan jembatan 90",
        *(f"  menurut kata-katanya: {line}" for line in wordings),
        f"  berulang di penerbitnya: {LINE}",
        "baru.jsonl:3: Perbaikan sekolah 92",
        "  menurut kata-katanya: ADVERTISEMENT",
    ]
    assert shown.output.splitlines()[-2].startswith("baru.jsonl:4: ")
    assert shown.output.splitlines()[-1] == "3 artikel dibaca, 2 kehilangan baris"

    told = json.loads(check(folder, "--cut", "--json", str(file)).output)
    assert (told["articles"], len(told["skipped"])) == (3, 1)
    assert told["cut"][0]["recurring"] == [LINE]
    assert told["cut"][0]["wording"] == list(wordings)


def test_an_article_loses_what_is_shown_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "utuh.txt"
    file.write_text("Jembatan dibuka\n\nJembatan itu baru.\n\n= = =\n\nWarga lega.\n", encoding="utf-8")
    assert check(folder, "--cut", str(file)).output == "1 artikel dibaca, 0 kehilangan baris\n"


def test_what_an_index_holds_does_not_command_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "arsip.jsonl"
    file.write_text(article(1), encoding="utf-8")
    settings = Settings({"index": str(tmp_path / "index")})
    sync(settings, [str(file)], jobs=1)
    generation = Generations.of(settings).current()
    assert generation is not None
    furniture = Furniture({"warta\u009b31m.example": Publisher(30, {"Baris \u001b[31mmerah": 30})})
    write_furniture(generation.directory, furniture)

    shown = check(tmp_path, "--cut").output

    assert shown.splitlines() == [
        "warta31m.example, dipelajari dari 30 artikel:",
        "         30  Baris [31mmerah",
    ]


def test_without_an_index_there_is_only_the_wording(tmp_path: Path) -> None:
    file = tmp_path / "baru.jsonl"
    file.write_text(article(1, LINE, "Baca juga: Sawah baru dibuka"), encoding="utf-8")
    assert "Baca juga: Sawah" in check(tmp_path, "--cut", str(file)).output
    assert check(tmp_path, "--cut").exit_code == 1


def test_files_must_exist(folder: Path) -> None:
    missing = check(folder, "--cut", str(folder / "tidak-ada"))
    assert missing.exit_code == 1
    assert "tidak ada folder atau berkas" in missing.stderr
