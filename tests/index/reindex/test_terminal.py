"""Progress on a terminal tells which part of the work is done, and how long the rest takes."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from index.messages import use_language
from index.reindex.sync import sync
from index.reindex.terminal import TerminalProgress, duration
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive


class Clock:
    """Time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def indonesian() -> None:
    use_language("id")


def test_the_rest_is_estimated_from_the_part_of_the_work_at_hand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    progress = TerminalProgress(clock)
    progress.measures = True
    for now, written, share, told in (
        (1.0, 0, 0.1, "membaca 10 %"),
        (100.0, 0, 0.25, "membaca 25 %, sisa sekitar 5 menit"),
        (120.0, 5, 0.01, "mengindeks 1 %"),
        (121.0, 5, 0.3, "mengindeks 30 %"),
        (180.0, 9, 0.5, "mengindeks 50 %, sisa sekitar 1 menit"),
        (238.0, 9, 0.99, "mengindeks 99 %, sisa kurang dari 1 menit"),
    ):
        clock.now = now
        progress.step(1, 100, written, share)
        line = capsys.readouterr().err.rstrip()
        assert line.endswith(f"; {told}"), line
        assert "\x1b" not in line


def test_nothing_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    progress = TerminalProgress(clock)
    clock.now = 50.0
    progress.step(1, 100, 0, 0.5)
    progress.clear()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (59, "kurang dari 1 menit"),
        (89, "sekitar 1 menit"),
        (600, "sekitar 10 menit"),
        (3570, "sekitar 1 jam 0 menit"),
        (7500, "sekitar 2 jam 5 menit"),
    ],
)
def test_a_duration_is_told_as_people_say_it(seconds: float, told: str) -> None:
    assert duration(seconds) == told


class Heard:
    """Progress that writes down what it hears."""

    measures = True

    def __init__(self) -> None:
        self.shares: list[tuple[bool, float]] = []

    def note(self, message: str) -> None:
        """Not of interest."""

    def step(self, inputs: int, seen: int, written: int, share: float) -> None:
        self.shares.append((bool(written), share))


@pytest.mark.parametrize("packed", [False, True])
def test_each_part_of_the_work_goes_from_nothing_to_all(
    archive: Archive, settings: Settings, packed: bool
) -> None:
    plain = archive.lines("arsip.jsonl", 3000)
    for number in range(20):
        archive.article(f"kecil-{number}")
    if packed:
        plain.with_name("arsip.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
    heard = Heard()
    sync(settings, [str(archive.root)], jobs=2, progress=heard)
    for is_writing in (False, True):
        shares = [share for was_writing, share in heard.shares if was_writing is is_writing]
        assert shares == sorted(shares)
        assert shares[0] < 0.2
        assert shares[-1] > 0.9
        assert len(set(shares)) > 3
