"""Stem quality over the treebank's words, where that data lies beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.stems import data_path, halves, measure, read_words, stemmers, without_rules

WORDS = data_path() / "stems" / "ud_gsd.tsv"


def test_quality_counts_pairs(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    rows = [
        ("makan", "NOUN", "^makan<v>_VSA$"),
        ("makanan", "NOUN", "^makan<v>+an_NSD$"),
        ("pemakan", "NOUN", "^peN+makan<v>_NSD$"),
        ("mana", "DET", "^mana<d>_D--$"),
        ("Apa", "NOUN", "^apa<n>_NSD$"),
        ("bali", "PROPN", "^bali<n>_NSD$"),
    ]
    path.write_text("".join(f"{w}\t_\t{p}\t{m}\t1\n" for w, p, m in rows), encoding="utf-8")
    quality = measure(lambda word: word[:3], read_words(path))
    assert (quality.same_root_pairs, quality.recall) == (3, pytest.approx(1 / 3))
    assert (quality.same_stem_pairs, quality.precision) == (1, 1.0)
    assert (quality.name_count, quality.names) == (1, 0.0)


@pytest.mark.skipif(not WORDS.is_file(), reason="needs stems/ud_gsd.tsv under TELUSUR_DATA or ../shared/data")
def test_stems_keep_families_together_and_names_whole() -> None:
    words = read_words(WORDS)
    ours, sastrawi = stemmers()["Telusur"], stemmers()["PySastrawi"]
    quality, before = measure(ours, words), measure(sastrawi, words)
    assert quality.recall >= 0.985
    assert quality.precision >= 0.80
    assert quality.names >= 0.97 > before.names
    assert all(measure(ours, half).recall >= 0.975 for half in halves(words))


@pytest.mark.skipif(not WORDS.is_file(), reason="needs stems/ud_gsd.tsv under TELUSUR_DATA or ../shared/data")
def test_every_part_of_the_stemmer_has_a_measured_effect() -> None:
    words = read_words(WORDS)
    whole = measure(stemmers()["Telusur"], words)

    assert all(measure(stem, words) != whole for _, stem in without_rules())
