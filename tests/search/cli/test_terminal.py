"""What a person sees of results in a terminal, of any width, with colours or without."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from index.reindex.sync import sync
from index.settings import Settings

COMMAND = "from search.cli.commands import telusur; telusur()"
ESCAPES = re.compile(r"\x1b\[[\d;]*m")
BODY = "Petugas mengukur tinggi air di bendungan itu setiap jam sejak malam, dan warga di hilir bersiap. "


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layar")
    archive = folder / "arsip.jsonl"
    long = "tidakadaspasi" * 5
    records = [
        {
            "id": f"a{n}",
            "title": f"Bendungan {n} dijaga petugas siang dan malam",
            "body": f"{BODY}{long} {BODY}",
        }
        for n in range(3)
    ]
    archive.write_text("\n".join(map(json.dumps, records)))
    sync(Settings({"index": str(folder / "index"), "sources": (str(archive),)}), jobs=1)
    return folder / "index"


@pytest.fixture
def shown(index: Path) -> Callable[..., str]:
    """What ``telusur search`` prints in a terminal."""

    def run(*arguments: str, columns: int = 50, **environment: str) -> str:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        variables = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "search", *arguments],
            stdout=theirs,
            env={**variables, "TELUSUR_INDEX": str(index), **environment},
        )
        os.close(theirs)
        printed = b""
        try:
            while some := os.read(ours, 4096):
                printed += some
        except OSError as error:
            if error.errno != errno.EIO:  # nobody has the other end any more
                raise
        os.close(ours)
        assert process.wait() == 0
        return printed.decode().replace("\r\n", "\n")

    return run


@pytest.mark.parametrize("columns", [30, 50, 200])
def test_lines_end_between_words_and_fit(shown: Callable[..., str], columns: int) -> None:
    lines = ESCAPES.sub("", shown("bendungan", columns=columns)).split("\n")
    long = [line for line in lines if len(line) > columns]
    assert all("tidakadaspasi" in line and len(line.split()) == 1 for line in long)
    assert any(line.startswith("1. Bendungan") for line in lines)
    assert "Petugas mengukur tinggi air di bendungan itu setiap jam" in " ".join(" ".join(lines).split())


def test_what_was_asked_for_is_coloured_unless_nobody_wants_that(shown: Callable[..., str]) -> None:
    assert "\x1b[1;33mbendungan" in shown("bendungan")
    assert "\x1b[1;33mbendungan" in shown("bendungan", NO_COLOR="")
    plain = shown("bendungan", NO_COLOR="1")
    assert "bendungan" in plain
    assert "\x1b" not in plain


def test_a_page_past_the_end_is_told(shown: Callable[..., str]) -> None:
    assert shown("bendungan", "--page", "9") == "Halaman 9 tidak ada; yang terakhir 1.\n"


def test_days_and_addresses_among_the_words_are_told(
    site_settings: Settings, shown: Callable[..., str]
) -> None:
    def said(*arguments: str) -> str:
        return shown(*arguments, columns=400, TELUSUR_INDEX=site_settings.text("index"))

    applied = said("banjir", "maret", "2022")
    assert "semua kata “banjir maret 2022”; ini yang terbit Maret 2022." in applied
    offered = said("banjir", "maret", "2022", "--no-correct")
    assert "Terbit Maret 2022? " in offered
    assert "telusur search --from 2022-03-01 --to 2022-03-31 -- banjir" in offered
    assert "terbit" not in said("banjir", "maret", "2022", "--no-period").lower()
    unknown = said("https://lain.example/banjir-demak-surut")
    assert "tidak ada di arsip ini. Yang dicari kata-katanya: banjir demak surut." in unknown
