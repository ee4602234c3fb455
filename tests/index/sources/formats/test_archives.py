"""Archives: what lies in them is read as if it lay in a folder, and nothing in them does more than that."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources import members
from index.sources.base import InputFile, Skip
from index.sources.reading import read_input

Read = Callable[..., list[Document | Skip]]

MARKET = "Pasar Lama Dipugar\n\nPEKALONGAN - Pasar lama di tepi kali dipugar mulai pekan depan, kata lurah."
LINES = "\n".join(
    json.dumps({"id": f"kabar-{n}", "judul": f"Kabar {n}", "isi": f"Kabar nomor {n} dari desa seberang."})
    for n in range(3)
)
PAGE = (
    "<html><head><title>Jembatan Gantung Dibuka</title></head><body><article><h1>Jembatan Gantung Dibuka</h1>"
    "<p>Jembatan gantung di hulu sungai dibuka kembali setelah tali bajanya diganti oleh para tukang.</p>"
    "<p>Warga menyeberang tanpa bayar sampai akhir bulan, lalu dikenai iuran perawatan setiap keluarga.</p>"
    "</article></body></html>"
)
FILES = {"kabar/pasar.txt": MARKET, "kabar/desa.jsonl": LINES, "halaman.html": PAGE}
COUNT = 5


def zipped(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def documents(items: list[Document | Skip]) -> dict[str, Document]:
    return {item.origin: item for item in items if isinstance(item, Document)}


def skips(items: list[Document | Skip]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, Skip)}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tar.gz", lambda files: gzip.compress(tarred(files))),
        ("a.tgz", lambda files: gzip.compress(tarred(files))),
        ("a.tar.xz", lambda files: lzma.compress(tarred(files))),
        ("A.TAR.BZ2", lambda files: bz2.compress(tarred(files))),
    ],
)
def test_each_file_in_an_archive_is_read_by_its_kind(
    read: Read, name: str, pack: Callable[[dict[str, str]], bytes]
) -> None:
    found = documents(read(name, pack(FILES)))

    origin = f"arsip/{name}"
    assert len(found) == COUNT
    assert found[f"{origin}/kabar/pasar.txt"].place == "Pekalongan"
    assert found[f"{origin}/kabar/desa.jsonl:2"].id == "kabar-1"
    assert found[f"{origin}/halaman.html"].title == "Jembatan Gantung Dibuka"


def test_what_a_folder_would_pass_over_or_report_is_the_same_in_an_archive(read: Read) -> None:
    files: dict[str, str | bytes] = {
        "foto.jpg": b"\xff\xd8\xff", "__MACOSX/._pasar.txt": b"\0\5\26", ".git/kabar.txt": MARKET,
        "README.md": "Bacalah.", "situs/gaya.css": "p {}", "data.accdb": b"\0\1", "pasar.txt": MARKET,
    }  # fmt: skip
    items = read("a.zip", zipped(files))

    assert list(documents(items)) == ["arsip/a.zip/pasar.txt"]
    assert list(skips(items)) == ["arsip/a.zip/data.accdb"]
    assert "no reader" in skips(items)["arsip/a.zip/data.accdb"]


def test_names_are_shown_and_never_lead_anywhere(read: Read, tmp_path: Path) -> None:
    names = ["../../lari.txt", "/etc/kabar.txt", "C:\\kabar\\dua.txt", "a\x07b.txt"]
    for archive, pack in (("a.zip", zipped), ("a.tar", tarred)):
        found = documents(read(archive, pack(dict.fromkeys(names, MARKET))))
        origins = {origin.removeprefix(f"arsip/{archive}/") for origin in found}
        assert {"lari.txt", "etc/kabar.txt", "C:/kabar/dua.txt", "a\\x07b.txt"} == origins
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "a.zip"]


def test_archives_in_archives_are_opened_to_a_depth(read: Read) -> None:
    inner: bytes = zipped({"pasar.txt": MARKET})
    for _ in range(members.DEEPEST - 1):
        inner = zipped({"dalam.zip": inner})
    deepest = "arsip/a.zip" + "/dalam.zip" * (members.DEEPEST - 1) + "/pasar.txt"
    assert list(documents(read("a.zip", inner))) == [deepest]

    (skip,) = read("b.zip", zipped({"dalam.zip": inner}))
    assert isinstance(skip, Skip)
    assert f"more than {members.DEEPEST}" in skip.reason


def test_an_encrypted_member_is_said_and_the_others_are_read(read: Read) -> None:
    data = bytearray(zipped({"rahasia.txt": MARKET, "pasar.txt": MARKET}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of the first member
        data[data.index(signature) + at] |= 1
    items = read("a.zip", bytes(data))

    assert list(documents(items)) == ["arsip/a.zip/pasar.txt"]
    assert "password" in skips(items)["arsip/a.zip/rahasia.txt"]


@pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar", tarred)])
class TestLimits:
    def test_of_what_it_holds_in_all(self, read: Read, name: str, pack: Callable[..., bytes]) -> None:
        items = read(name, pack({f"{n}.txt": MARKET * 10 for n in range(20)}), max_archive_mb=0.01)

        assert 0 < len(documents(items)) < 20
        assert "max_archive_mb" in skips(items)[f"arsip/{name}"]

    def test_of_what_it_holds_one_in_another(self, read: Read, name: str, pack: Callable[..., bytes]) -> None:
        inside = {f"{n}{name[1:]}": pack({"kabar.txt": MARKET * 10}) for n in range(20)}
        items = read(name, pack(inside), max_archive_mb=0.02)

        assert len(documents(items)) < 20
        assert any("max_archive_mb" in reason for reason in skips(items).values())

    def test_of_files(
        self, read: Read, name: str, pack: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(members, "MOST_MEMBERS", 3)
        items = read(name, pack({f"{n}.txt": MARKET for n in range(5)}))

        assert len(documents(items)) == 3
        assert "more than 3 files" in skips(items)[f"arsip/{name}"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
def test_what_swells_beyond_belief_is_left(read: Read, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "BOMB_MINIMUM", 100_000)
    monkeypatch.setattr("index.sources.files.BOMB_MINIMUM", 100_000)
    blank = {"kosong.jsonl": b" " * 500_000}
    pack = {"zip": zipped, "gz": lambda held: gzip.compress(tarred(held))}
    pack |= {"xz": lambda held: lzma.compress(tarred(held)), "bz2": lambda held: bz2.compress(tarred(held))}
    items = read(name, pack[name.rsplit(".", 1)[1]](blank))

    assert not documents(items)
    assert any("200 times" in reason for reason in skips(items).values())


class TestDamage:
    def test_of_one_member_leaves_the_others(self, read: Read) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("rusak.txt", MARKET)
            archive.writestr("pasar.txt", MARKET)
        items = read("a.zip", held.getvalue().replace(b"dipugar", b"DIPUGAR", 1))

        assert list(documents(items)) == ["arsip/a.zip/pasar.txt"]
        assert "damaged" in skips(items)["arsip/a.zip/rusak.txt"]

    @pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
    @pytest.mark.parametrize("content", [b"bukan arsip", b"PK\x05\x06" + b"\xff" * 30, b""])
    def test_of_the_whole_is_a_reason(self, read: Read, name: str, content: bytes) -> None:
        items = read(name, content)
        assert not documents(items)
        assert [*skips(items)] == [f"arsip/{name}"]

    @pytest.mark.parametrize("cut", [200, 1300, 1600, 2000])
    def test_of_the_end_is_told(self, read: Read, cut: int) -> None:
        whole = tarred({"a.txt": MARKET, "b.txt": MARKET, "c.txt": MARKET})
        assert skips(read("a.tar", whole[:cut]))

    def test_between_members_is_told(self, read: Read) -> None:
        whole = bytearray(tarred({"a.txt": MARKET, "b.txt": MARKET}))
        whole[1024 + 148] ^= 0x55  # the check sum of the second header
        items = read("a.tar", bytes(whole))

        assert list(documents(items)) == ["arsip/a.tar/a.txt"]
        assert "damaged" in skips(items)["arsip/a.tar"]


def test_a_member_is_as_old_as_the_archive_says(read: Read, tmp_path: Path) -> None:
    text = "Pasar lama di tepi kali dipugar.\n\nPeresmiannya pada Selasa (6/2/2024) dihadiri para lurah."
    for year in (2020, 2024):
        held, moment = io.BytesIO(), datetime(year, 6, 1)
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(zipfile.ZipInfo("pasar.txt", moment.timetuple()[:6]), text)
        path = tmp_path / "pasar.txt"
        path.write_text(text)
        os.utime(path, (moment.timestamp(), moment.timestamp()))
        (packed,) = documents(read("a.zip", held.getvalue())).values()
        (loose,) = read_input(InputFile(path, "pasar.txt", tmp_path), Settings())
        assert isinstance(loose, Document)
        assert packed.published == loose.published
        assert (packed.published is None) == (year == 2020)


def test_links_in_a_tar_are_not_followed(read: Read) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo("sandi.txt")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    (skip,) = read("a.tar", held.getvalue())
    assert isinstance(skip, Skip)
    assert "link" in skip.reason
