"""Headlines rewritten for relevance: as their articles do not write them, the same in every run."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench import spoken, variants
from bench.evaluate import MADE, main
from bench.rewriting import as_sets, questions

HEADLINES = {
    "a": ("Wali Kota Resmikan Pasar Baru", "Wali Kota Bogor meresmikan pasar."),
    "b": ("Harga Beras Naik Rp500.000 per Ton", "Harga naik Rp500.000 per ton, atau 500 ribu lebih."),
    "c": ("Warga Ramai Tonton Pertandingan Semalam", "Ramai sekali."),
    "d": ("Gerakan Antikorupsi Digelar di Kampus", "Gerakan antikorupsi."),
    "e": ("Anak-anak Dengarkan Dongeng dan Tidak Mencari Mainan", "Anak-anak tidak mencari mainan."),
    "f": ("Abad XX Jadi Masa Perang Dunia II", "Pada abad XX pecah Perang Dunia II."),
}


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        for name, (title, body) in HEADLINES.items():
            print(json.dumps({"id": name, "title": title, "body": body}), file=file)
    monkeypatch.setenv("TELUSUR_DATA", str(tmp_path))
    return tmp_path


def others(name: str) -> set[str]:
    title, body = HEADLINES[name]
    return {change.other for change in variants.changes(title, body)}


def test_what_the_article_holds_is_no_other_form() -> None:
    assert others("a") == {"walikota"}
    assert others("b") == {"Rp500000", "Rp500 ribu"}
    assert others("c") == set()
    assert others("d") == {"Anti korupsi", "Anti-korupsi"}
    assert others("f") == {"ke-20", "ke-2"}


def test_each_headline_is_rewritten_once_and_stands_beside_itself(news: Path) -> None:
    changed, base = variants.variant_sets()
    assert (changed.name, base.name) == ("variants", "variants_base")
    assert changed.queries.keys() == base.queries.keys() == {"a", "b", "d", "f"}
    assert all(changed.queries[name] != base.queries[name] == HEADLINES[name][0] for name in base.queries)
    assert changed.judgements == {name: {name: 1} for name in base.queries}
    assert [each.queries for each in variants.variant_sets()] == [changed.queries, base.queries]


def test_speech_changes_every_word_that_is_said_otherwise(news: Path) -> None:
    (asked,) = spoken.asked()
    assert (asked.article, asked.rewritten) == ("e", "anak2 Dengarkan Dongeng dan nggak nyari Mainan")


def test_no_more_of_a_kind_than_wanted(news: Path) -> None:
    few = questions(variants.changes, 1)
    assert len({each.kind for each in few}) == len(few)
    assert [each.name for each in as_sets("x", few)] == ["x", "x_base"]


def test_the_sets_are_measured_by_name(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(MADE) == {"variants", "names", "spoken"}
    assert main(["--set", "variants_base", "--no-baselines"]) == 0
    assert "variants_base" in capsys.readouterr().out
