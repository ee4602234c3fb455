"""Data files say where they come from, and the package says the same."""

from __future__ import annotations

import email
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from zipfile import ZipFile

import pytest
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from index.analysis.wordlists import DATA, sastrawi_roots, word_class, words_in_use

PROJECT = Path(__file__).parents[3]
DATA_FILES = sorted({*DATA.iterdir(), *(PROJECT / "index").rglob("*.txt")})
OURS, KATEGLO = "MIT", "CC-BY-NC-SA-3.0"
HEAD_LINE = re.compile(r"# (Source|SPDX-License-Identifier|Made by): (\S.*)")
NAMED_FILE = re.compile(r"\bindex/[\w/]+\.(?:txt|words)\b")


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def head(path: Path) -> dict[str, str]:
    """What the comment that a data file begins with says of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = takewhile(lambda line: line.startswith("#"), lines)
    return dict(found.groups() for line in comment if (found := HEAD_LINE.fullmatch(line)))


def files_under(licence: str) -> set[str]:
    return {name(path) for path in DATA_FILES if head(path)["SPDX-License-Identifier"] == licence}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The wheel as the build backend makes it of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as archive:
        yield archive


def in_metadata(wheel: ZipFile, path: str) -> str:
    """The text of a file of the wheel's metadata folder."""
    (found,) = [entry for entry in wheel.namelist() if re.fullmatch(rf"[^/]+\.dist-info/{path}", entry)]
    return wheel.read(found).decode()


@pytest.mark.parametrize("path", DATA_FILES, ids=name)
def test_a_data_file_begins_with_its_source_its_licence_and_what_makes_it(path: Path) -> None:
    said = head(path)
    assert said.keys() == {"Source", "SPDX-License-Identifier", "Made by"}
    assert said["SPDX-License-Identifier"] in {OURS, KATEGLO}
    assert (said["SPDX-License-Identifier"] == KATEGLO) == ("Kateglo" in said["Source"])
    if said["Made by"] != "hand":
        module = said["Made by"].removeprefix("python -m ")
        assert importlib.util.find_spec(module), f"{module}, which makes {name(path)}, is not there"


def test_the_wheel_and_the_readme_name_exactly_the_files_that_are_not_ours(wheel: ZipFile) -> None:
    metadata = email.message_from_string(in_metadata(wheel, "METADATA"))
    indonesian, english = metadata.get_payload().split("# Telusur, in English")  # type: ignore[union-attr]
    notice = in_metadata(wheel, "licenses/NOTICE")
    not_ours = files_under(KATEGLO)
    assert not_ours
    assert metadata["License-Expression"] == f"{OURS} AND {KATEGLO}"
    assert metadata.get_all("License-File") == ["LICENSE", "NOTICE"]
    assert f"SPDX: {KATEGLO}" in notice
    for text in (notice, indonesian, english):
        assert set(NAMED_FILE.findall(text)) == not_ours
        assert "https://creativecommons.org/licenses/by-nc-sa/3.0/" in text


def test_the_wheel_carries_every_data_file_as_it_stands_here(wheel: ZipFile) -> None:
    for path in DATA_FILES:
        assert wheel.read(name(path)) == path.read_bytes()


def test_notice_says_of_each_file_what_makes_it() -> None:
    notice = (PROJECT / "NOTICE").read_text(encoding="utf-8")
    told = dict(re.findall(r"^(index/\S+)\n(?:    .+\n)*?    Made by: (.+)$", notice, re.MULTILINE))
    assert told == {file: head(PROJECT / file)["Made by"] for file in files_under(KATEGLO)}


@pytest.mark.parametrize("kind", ["living", "common", "derived", "seldom"])
def test_a_word_list_is_read_without_its_head(kind: str) -> None:
    lines = (DATA / f"{kind}.words").read_text(encoding="ascii").splitlines()
    words = words_in_use(kind)
    assert len(words) == sum(not line.startswith("#") for line in lines)
    assert all(re.fullmatch("[a-z]+", word) for word in words)


def test_a_class_of_words_is_what_stands_below_its_name() -> None:
    content = (DATA / "classes.words").read_text(encoding="ascii")
    names = re.findall(r"^\[(.+)\]$", content, re.MULTILINE)
    entries = re.findall(r"^[a-z]+(?: (?:= )?[a-z]+)?$", content, re.MULTILINE)
    assert [word for name in names for word in word_class(name)] == entries
    assert word_class("how many") == ("berapa", "berapakah")
    for name in names:
        assert len(set(word_class(name))) == len(word_class(name)) > 0
    with pytest.raises(KeyError):
        word_class("no such class")


def test_the_root_words_are_those_that_pysastrawi_gives() -> None:
    assert sastrawi_roots() == frozenset(filter(None, StemmerFactory().get_words()))
