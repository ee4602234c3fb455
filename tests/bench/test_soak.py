"""The soak runs on the sample archive, and calls growth by its name."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpora import SEEDS
from bench.soak.__main__ import main
from bench.soak.archive import ChangingArchive, read_articles
from bench.soak.figures import Sample
from bench.soak.flatness import LIMITS, growths, warm_up
from bench.soak.load import Visitors
from bench.soak.questions import Asking, mixed

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc"
)


@needs_proc
def test_a_short_run_gives_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "soak.json"
    asked = ["--archive", str(SEEDS), "--engine", "whoosh", "--output", str(output)]

    main([*asked, "--minutes", "0.1", "--every", "1", "--sample", "1", "--rate", "30"])

    run = json.loads(output.read_text())["engines"]["whoosh"]
    assert not [reason for reason in run["reasons"] if "failed" in reason or "answers" in reason]
    assert run["update_seconds"]
    assert {growth["figure"] for growth in run["growth"]} == LIMITS.keys()
    for sample in run["samples"]:
        assert sample["processes"] == 3
        assert sample["pss_mb"] > 10
        assert sample["descriptors"] > sample["processes"]
        assert sample["maps"] > sample["deleted_maps"]
        assert sample["threads"] >= sample["processes"]
        assert sample["disk_mb"] > 0
        assert sample["p99_ms"] >= sample["p50_ms"] > 0
    statuses = {int(code) for sample in run["samples"] for code in sample["statuses"]}
    assert statuses == {200, 304, 400, 404}
    assert "pss_mb" in capsys.readouterr().out


def steady(minutes: int = 60) -> list[Sample]:
    """What a server holds from one look to the next when all is well: more while an update is opened."""
    rng = random.Random(3)
    samples = []
    for number in range(minutes * 6):
        opening = rng.random() < 0.2
        warming = min(number, 60) * 2
        samples.append(
            Sample(
                seconds=number * 10.0,
                updates=number,
                pss_mb=600 + warming + 150 * opening + rng.uniform(-5, 5),
                descriptors=90 + 30 * opening,
                maps=1400 + rng.randrange(40),
                deleted_maps=3 + 40 * opening,
                threads=15 + opening,
                processes=3,
                disk_mb=170 + rng.uniform(0, 12),
            )
        )
    return samples


def test_a_server_that_holds_the_same_is_flat() -> None:
    found = growths(steady(), warm_up(3600))

    assert {growth.figure for growth in found} == LIMITS.keys()
    assert all(growth.flat for growth in found)


@pytest.mark.parametrize(
    ("figure", "leaked"),
    [
        ("pss_mb", 0.5),  # with each of 360 updates
        ("descriptors", 0.2),
        ("maps", 1),
        ("deleted_maps", 0.2),
        ("threads", 0.05),
        ("disk_mb", 0.3),
    ],
)
def test_a_figure_that_leaks_a_little_with_every_update_is_not_flat(figure: str, leaked: float) -> None:
    samples = [
        replace(sample, **{figure: getattr(sample, figure) + leaked * sample.updates}) for sample in steady()
    ]

    assert [growth.figure for growth in growths(samples, warm_up(3600)) if not growth.flat] == [figure]


def test_what_is_late_or_wrong_is_an_error(free_port: Callable[[], int]) -> None:
    with Visitors(free_port(), [Asking("/")], rate=100) as visitors:
        deadline = time.monotonic() + 30
        while not visitors.failed:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    assert visitors.answered().errors
    assert "ConnectionRefusedError" in visitors.errors[0]


def test_every_update_leaves_one_article_changed(tmp_path: Path) -> None:
    _description, documents = read_articles(SEEDS)
    archive = ChangingArchive(documents, tmp_path / "arsip")
    _again, before = read_articles(archive.folder)

    for _ in range(3):
        archive.change()
        _again, after = read_articles(archive.folder)

        assert [document.id for document in after] == [document.id for document in before]
        changed = [number for number, document in enumerate(after) if document.body != before[number].body]
        assert 1 <= len(changed) <= 2, "one is changed, that of an earlier change may be as it was"
        before = after


def test_questions_are_of_every_kind_and_the_same_in_every_run() -> None:
    _description, documents = read_articles(SEEDS)

    asked = mixed(documents)

    assert asked == mixed(documents)
    paths = "\n".join(asking.path for asking in asked)
    for part in ("/?q=", "&page=", "source=", "sort=newest", "%22", "%2A", "%3F", "~", "explain=true"):
        assert part in paths, part
    for part in ("/dokumen/", "/api/v1/documents/", "/feed.atom?", "/api/v1/analyze?"):
        assert part in paths, part
    assert {asking.status for asking in asked} == {200, 400, 404}
