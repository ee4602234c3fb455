"""Lines that an archive shows to be no text of a publisher's articles are neither stored nor found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.generations import Generations
from index.store.learned_furniture import FurnitureLostError, furniture_of
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

LINE = "Kunjungi toko suvenir redaksi di lantai dasar"
MATTERS = ("jembatan", "pasar", "sekolah", "sungai", "kebun", "terminal", "puskesmas")


def write(archive: Archive, count: int, first: int = 0, name: str = "arsip.jsonl", line: str = LINE) -> Path:
    """A file of articles of two publishers, one of which puts a line into two of three articles."""
    records = []
    for number in range(first, first + count):
        about = MATTERS[number % len(MATTERS)]
        body = [
            f"Perbaikan {about} nomor {number} selesai lebih awal.",
            f"Camat ke-{number} berterima kasih.",
        ]
        if number % 2 and number % 3:
            body.insert(1, line)
        records.append(
            {
                "id": f"{name}-{number}",
                "title": f"Perbaikan {about} {number} selesai",
                "body": "\n\n".join(body),
                "source": "warta.example" if number % 2 else "kabar.example",
            }
        )
    return archive.text(name, "".join(json.dumps(record) + "\n" for record in records))


def bodies(settings: Settings) -> dict[str, str]:
    with open_current(settings) as opened:
        ids = [each for each, _hash in opened.reader.hashes()]
        return {document.id: document.body for document in opened.reader.documents(ids) if document}


def cut_in(settings: Settings) -> list[dict[str, Any]]:
    generation = Generations.of(settings).current()
    assert generation is not None
    return furniture_of(generation).rows()


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_line_of_a_publisher_is_not_stored_found_or_taken_for_a_change(
    archive: Archive, settings: Settings, engine: str, found: Callable[[str], list[str]]
) -> None:
    write(archive, 120)
    settings = settings.replace(engine=engine)

    report = sync(settings, [str(archive.root)], jobs=1)

    row = {"source": "warta.example", "text": LINE, "articles": 40}
    assert report.to_dict()["furniture"] == [row]
    assert "1 baris berulang dari 1 penerbit dikeluarkan; lihat: telusur check --cut" in report.lines()
    assert cut_in(settings) == [row]
    assert found("suvenir") == []
    stored = bodies(settings)
    assert (
        stored["arsip.jsonl-1"]
        == "Perbaikan pasar nomor 1 selesai lebih awal.\n\nCamat ke-1 berterima kasih."
    )
    assert not any(LINE in body for body in stored.values())

    again = sync(settings, [str(archive.root)], jobs=1)
    assert (again.unchanged, again.changed, again.rebuilt) == (120, 0, None)
    (archive.root / "arsip.jsonl").touch()
    (archive.root / "arsip.jsonl").rename(archive.root / "lain.jsonl")
    moved = sync(settings, [str(archive.root)], jobs=1)
    assert (moved.unchanged, moved.changed, moved.added) == (120, 0, 0)


def test_new_articles_lose_it_too(
    archive: Archive, settings: Settings, reindexed: Callable[..., Report], found: Callable[[str], list[str]]
) -> None:
    write(archive, 120)
    reindexed()
    write(archive, 12, first=500, name="baru.jsonl")

    report = reindexed()

    assert (report.added, report.rebuilt) == (12, None)
    assert "furniture" not in report.to_dict()
    assert found("suvenir") == []
    assert len(cut_in(settings)) == 1


def test_any_number_of_processes_and_passes_give_the_same(
    archive: Archive, settings: Settings, tmp_path: Path, contents: Callable[[Settings], dict[str, Any]]
) -> None:
    write(archive, 700)
    other = settings.replace(index=str(tmp_path / "lain"))
    reports = [
        sync(settings, [str(archive.root)], jobs=1),
        sync(other, [str(archive.root)], jobs=2),
        sync(settings, [str(archive.root)], jobs=1, full=True),  # in one pass
        sync(other, [str(archive.root)], jobs=2, full=True),
    ]
    assert [report.furniture.rows()[0]["articles"] for report in reports] == [233] * 4
    assert contents(settings) == contents(other)
    assert reports[2].unchanged == reports[3].unchanged == 700


def test_an_owner_keeps_a_line(
    archive: Archive, settings: Settings, found: Callable[[str], list[str]]
) -> None:
    write(archive, 60)
    sync(settings, [str(archive.root)], jobs=1)
    assert found("suvenir") == []

    keeping = settings.replace(kept_lines=("toko suvenir",))
    report = sync(keeping, [str(archive.root)], jobs=1)

    assert report.rebuilt == "daftar baris yang tetap berubah"
    assert len(found("suvenir")) == 20
    assert not report.furniture
    assert sync(keeping, [str(archive.root)], jobs=1).rebuilt is None
    with open_current(settings) as opened:
        assert opened.stale is None  # a server that was not told yet goes on


@pytest.mark.parametrize("damage", [None, "{}", "{"])
def test_what_was_learned_is_verified(
    archive: Archive, settings: Settings, reindexed: Callable[..., Report], damage: str | None
) -> None:
    write(archive, 60)
    reindexed()
    generation = Generations.of(settings).current()
    assert generation is not None
    path = generation.directory / "furniture.json"
    path.unlink()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    with pytest.raises(FurnitureLostError, match=r"furniture\.json"):
        furniture_of(generation)

    report = reindexed()

    assert report.rebuilt is not None
    assert "furniture.json" in report.rebuilt
    assert len(cut_in(settings)) == 1


def test_a_publisher_whose_file_cannot_be_read_now_keeps_what_was_learned_of_it(
    archive: Archive,
    settings: Settings,
    reindexed: Callable[..., Report],
    stored: Callable[[], dict[str, str]],
) -> None:
    path = write(archive, 60)
    write(archive, 60, name="lain.jsonl", line="Titip salam lewat loket pendengar setia kami")
    reindexed()
    learned, before = cut_in(settings), stored()
    assert len(learned) == 2
    content = path.read_bytes()
    path.unlink()
    path.symlink_to(path)  # there, and not to be read

    assert reindexed(full=True).rebuilt
    assert cut_in(settings) == learned
    path.unlink()
    path.write_bytes(content)

    report = reindexed()
    assert (report.changed, report.unchanged) == (0, 120)
    assert stored() == before
