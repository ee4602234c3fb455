"""Which files of a source are read, in which order, and what is said of the others."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import Settings
from index.sources.base import InputFile, Skip, SourceMissingError
from index.sources.walk import list_inputs


def listed(*paths: Path, follow_links: bool = False) -> tuple[list[str], dict[str, str]]:
    """Origins of the files to read, and reasons by what was skipped."""
    found = list(list_inputs(paths, Settings({"follow_links": follow_links})))
    files = [item.origin for item in found if isinstance(item, InputFile)]
    return files, {item.source: item.reason for item in found if isinstance(item, Skip)}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "arsip"
    folder.mkdir()
    return folder


def test_files_come_in_order_of_their_names_with_the_folder_in_front(archive: Path) -> None:
    (archive / "b").mkdir()
    for name in ("c.txt", "a.md", "b/z.html", "b/a.jsonl.gz"):
        (archive / name).write_text("x")

    assert listed(archive) == (["arsip/a.md", "arsip/b/a.jsonl.gz", "arsip/b/z.html", "arsip/c.txt"], {})


def test_hidden_files_backups_readmes_and_page_assets_are_passed_over(archive: Path) -> None:
    (archive / ".git").mkdir()
    for name in (
        ".git/x.txt", ".tersembunyi.txt", "a.txt~", "#a.txt#", "a.txt.bak", "a.txt.swp", "README.md",
        "readme.TXT", "README", "foto.JPG", "gaya.css", "Thumbs.db",
    ):  # fmt: skip
        (archive / name).write_text("x")

    assert listed(archive) == ([], {})


def test_a_file_named_by_the_owner_is_read_whatever_its_name(archive: Path) -> None:
    readme = archive / "README.md"
    readme.write_text("x")

    assert listed(readme) == (["README.md"], {})


def test_a_file_of_unknown_kind_is_reported_with_what_is_readable(archive: Path) -> None:
    (archive / "laporan.doc").write_text("x")
    (archive / "tanpa-akhiran").write_text("x")

    files, skips = listed(archive)

    assert files == []
    assert "save it as .docx" in skips["arsip/laporan.doc"]
    assert ".jsonl" in skips["arsip/tanpa-akhiran"]


def test_a_missing_source_is_an_error_before_anything_is_listed(archive: Path) -> None:
    with pytest.raises(SourceMissingError, match="tidak-ada"):
        list_inputs([archive, archive / "tidak-ada"], Settings())


def test_symlink_loops_are_reported_and_the_rest_is_read(archive: Path) -> None:
    (archive / "a.txt").write_text("x")
    (archive / "lingkar").symlink_to(archive)
    (archive / "diri.txt").symlink_to(archive / "diri.txt")
    (archive / "putus.txt").symlink_to(archive / "tidak-ada.txt")

    files, skips = listed(archive)

    assert files == ["arsip/a.txt"]
    assert "loop" in skips["arsip/lingkar"]
    assert "loop" in skips["arsip/diri.txt"]
    assert "link to nothing" in skips["arsip/putus.txt"]


def test_a_folder_reached_twice_is_read_once(archive: Path, tmp_path: Path) -> None:
    (archive / "asli").mkdir()
    (archive / "asli" / "a.txt").write_text("x")
    (archive / "taut").symlink_to(archive / "asli")

    files, skips = listed(archive)

    assert files == ["arsip/asli/a.txt"]
    assert "arsip/asli" in skips["arsip/taut"]


@pytest.fixture
def linking(archive: Path, tmp_path: Path) -> Path:
    """An archive with links into itself and out of it, to a file, a folder and nothing."""
    (tmp_path / "arsip-lain" / "dalam").mkdir(parents=True)
    for place in (archive / "a.txt", tmp_path / "arsip-lain" / "b.txt", tmp_path / "arsip-lain/dalam/c.txt"):
        place.write_text("x")
    (archive / "ke-sini.txt").symlink_to("a.txt")
    (archive / "berkas.txt").symlink_to(tmp_path / "arsip-lain" / "b.txt")
    (archive / "folder").symlink_to("../arsip-lain/dalam")
    (archive / "foto.jpg").symlink_to("../arsip-lain/foto.jpg")
    (archive / "hilang.txt").symlink_to("../arsip-lain/hilang.txt")
    (archive / "lewat.txt").symlink_to("berkas.txt")
    return archive


def test_links_that_leave_the_archive_are_reported_and_not_followed(linking: Path) -> None:
    files, skips = listed(linking)

    assert files == ["arsip/a.txt", "arsip/ke-sini.txt"]
    assert list(skips) == ["arsip/berkas.txt", "arsip/folder", "arsip/hilang.txt", "arsip/lewat.txt"]
    assert str(linking.parent / "arsip-lain" / "dalam") in skips["arsip/folder"]
    assert all("follow_links" in reason for reason in skips.values())


def test_links_that_leave_the_archive_are_followed_if_the_owner_says_so(linking: Path) -> None:
    files, skips = listed(linking, follow_links=True)

    names = ("a.txt", "berkas.txt", "folder/c.txt", "ke-sini.txt", "lewat.txt")
    assert files == [f"arsip/{name}" for name in names]
    assert list(skips) == ["arsip/hilang.txt"]


def test_a_link_from_one_source_to_another_stays_inside(linking: Path) -> None:
    files, skips = listed(linking, linking.parent / "arsip-lain")

    assert "arsip/berkas.txt" in files
    assert "arsip/folder/c.txt" in files
    assert list(skips) == ["arsip/hilang.txt"]


def test_a_source_that_is_a_link_is_followed_since_the_owner_named_it(linking: Path) -> None:
    named = linking.with_name("taut")
    named.symlink_to(linking / "folder")

    assert listed(named) == (["taut/c.txt"], {})


def test_a_source_named_twice_counts_once(archive: Path) -> None:
    (archive / "a.txt").write_text("x")

    assert listed(archive, archive, archive / "a.txt") == (["arsip/a.txt"], {})
    assert listed(archive / "a.txt", archive) == (["a.txt"], {})


def test_folders_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for parent in ("satu", "dua"):
        (tmp_path / parent / "berita").mkdir(parents=True)
        (tmp_path / parent / "berita" / "a.txt").write_text("x")

    files, _ = listed(tmp_path / "satu" / "berita", tmp_path / "dua" / "berita")

    assert files == ["berita/a.txt", "dua/berita/a.txt"]


def test_pipes_and_sockets_are_reported_without_waiting_on_them(archive: Path) -> None:
    os.mkfifo(archive / "pipa.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(archive / "soket.txt"))

        files, skips = listed(archive)

    assert files == []
    assert "pipe" in skips["arsip/pipa.txt"]
    assert "socket" in skips["arsip/soket.txt"]


def test_a_file_name_that_is_not_utf8_is_readable_and_printable(archive: Path) -> None:
    with open(os.fsencode(archive) + b"/caf\xe9.txt", "w") as file:
        file.write("x")

    files, _ = listed(archive)

    assert files == ["arsip/caf\\xe9.txt"]


def test_a_folder_without_permission_is_reported_and_the_rest_is_read(archive: Path) -> None:
    (archive / "a.txt").write_text("x")
    (archive / "rahasia").mkdir()
    (archive / "rahasia" / "b.txt").write_text("x")
    (archive / "rahasia").chmod(0)
    # Permissions do not bind root, so root looks at the folder as somebody else.
    script = (
        "import os, sys\n"
        "from index.settings import Settings\n"
        "from index.sources.walk import list_inputs\n"
        "import index.sources.walk\n"
        "settings = Settings()\n"
        "os.getuid() or os.setuid(65534)\n"
        "for item in list_inputs([sys.argv[1]], settings): print(item)\n"
    )
    for folder in [archive, *archive.parents][:-2]:
        folder.chmod(folder.stat().st_mode | 0o055)

    try:
        done = subprocess.run(
            [sys.executable, "-c", script, archive], capture_output=True, text=True, timeout=60
        )
    finally:
        (archive / "rahasia").chmod(0o755)

    assert "arsip/a.txt" in done.stdout, done.stderr
    assert "Unread(source='arsip/rahasia', reason='tidak ada izin untuk membacanya')" in done.stdout
