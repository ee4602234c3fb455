"""A run tells where it found the days of publication, and which it did not take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from index.reindex.report import SHOWN_DAYS, Report
from index.reindex.sync import sync
from index.settings import Settings
from index.sources.days.limits import today

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]

BODY = "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi"


def counts(report: Report) -> dict[str, int]:
    return {place: report.days.to_dict()[place] for place in ("field", "address", "text", "none", "refused")}


@pytest.fixture
def dated(archive: Archive, reindexed: Reindexed) -> Report:
    rows = ["judul,isi,tanggal,url"]
    rows += [f"Jembatan {n},{BODY} ke-{n}.,{n}/3/2023," for n in range(1, 4)]
    rows += [
        f"Jalan {n},{BODY} jalan {n}.,entah,https://warta.example/2023/03/0{n}/jalan" for n in range(1, 3)
    ]
    rows += [f"Irigasi {n},{BODY} irigasi {n}.,31/31/2023," for n in range(1, 8)]
    archive.text("tabel.csv", "\n".join(rows))
    archive.text("lisan.txt", f"{BODY}. “Sudah kuat,” kata dia, Kamis (9/3/2023).")
    return reindexed()


def test_every_article_that_was_read_is_counted_once(
    dated: Report, archive: Archive, reindexed: Reindexed
) -> None:
    assert counts(dated) == {"field": 3, "address": 2, "text": 1, "none": 7, "refused": 9}
    assert sum(dated.days.counts.values()) == dated.documents
    # The first that were not taken are shown with their place.
    assert [shown.source for shown in dated.days.examples] == [f"arsip/tabel.csv:{n}" for n in range(5, 10)]
    assert len(dated.days.examples) == SHOWN_DAYS
    assert "entah" in dated.days.examples[0].reason
    assert "31/31/2023" in dated.days.examples[-1].reason
    assert any("entah" in line for line in dated.lines())

    # Files that did not change are not read, and not counted, again.
    archive.text("baru.txt", f"{BODY} yang lain.")
    later = reindexed()

    assert (later.documents, counts(later)["none"], later.days.counts.total()) == (14, 1, 1)


def test_allowing_days_to_come_reads_files_again(archive: Archive, settings: Settings) -> None:
    tomorrow = today() + timedelta(days=1)
    archive.article("esok", BODY, tanggal=str(tomorrow))

    first = sync(settings, [str(archive.root)], jobs=1)
    second = sync(settings.replace(future_days=1), [str(archive.root)], jobs=1)

    assert (counts(first)["refused"], counts(second)["field"], second.changed) == (1, 1, 1)
