"""Words that a line end breaks: put together, with their hyphen where it is theirs."""

from __future__ import annotations

import pytest

from index.analysis.line_ends import joined_at_line_end


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("mem", "bangun", "membangun"),
        ("permasa", "lahan", "permasalahan"),
        ("digitali", "sasi", "digitalisasi"),
        ("Pekan", "baru", "Pekanbaru"),  # names are in no dictionary
        ("da", "da", "dada"),
        ("perundang", "undangan", "perundang-undangan"),
        ("disebut", "sebut", "disebut-sebut"),
        ("KPK", "Polri", "KPK-Polri"),
        ("IA", "ITB", "IA-ITB"),
        ("e", "commerce", "e-commerce"),
        ("anak", "anak", "anak-anak"),
        ("tolong", "menolong", "tolong-menolong"),
        ("sebaik", "baiknya", "sebaik-baiknya"),
        ("bolak", "balik", "bolak-balik"),
        ("sosial", "budaya", "sosial-budaya"),
        ("ASN", "nya", "ASN-nya"),
        ("ke", "2", "ke-2"),
        ("2023", "2024", "2023-2024"),
        ("se", "Indonesia", "se-Indonesia"),
    ],
)
def test_the_words_tell(before: str, after: str, whole: str) -> None:
    joined = joined_at_line_end(f"pada hari itu {before}", f"{after}, kata mereka", {})
    assert joined == f"pada hari itu {whole}, kata mereka"


def test_the_same_word_elsewhere_in_the_text_tells_before_any_dictionary() -> None:
    assert joined_at_line_end("rumah", "sakit", {"rumahsakit": 2}) == "rumahsakit"
    assert joined_at_line_end("anti", "hama", {"anti-hama": 1}) == "anti-hama"


def test_headlines_in_capitals_have_their_words_broken_too() -> None:
    assert joined_at_line_end("SIKAP PEME", "RINTAH DAERAH", {}) == "SIKAP PEMERINTAH DAERAH"


def test_a_dash_at_a_line_end_stays() -> None:
    assert joined_at_line_end("harga (", "naik", {}) == "harga (-naik"
