"""Queries are counted in one spelling, without what may be somebody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asked.normalising import LONGEST, normalised


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("  Banjir\tDEMAK \n", "banjir demak"),
        ("ＢＡＮＪＩＲ", "banjir"),
        ("ban\u200bjir\x00", "banjir"),
        ("", ""),
        (" \u200b ", ""),
        ("surat untuk budi.s@pos.example", "surat untuk •@•"),
        ("3201234567890001", "•••"),
        ("ktp 3201 2345 6789 0001 hilang", "ktp ••• hilang"),
        ("+62 812-3456-7890", "•••"),
        ("(0511) 3351234", "(•••"),
        ("12345678", "•••"),
        ("١٢٣٤٥٦٧٨٩٠", "•••"),
        ("2024-11-27", "2024-11-27"),
        ("27.11.2024 pilkada", "27.11.2024 pilkada"),
        ("tanggal:2024-11-01..2024-11-30", "tanggal:2024-11-01..2024-11-30"),
        ("uu 23 2014", "uu 23 2014"),
        ("1.000.000", "1.000.000"),
        ("https://koran.example/a?token=rahasia#x", "https://koran.example/a"),
        ("https://budi:sandi@koran.example/a", "•@•"),
    ],
)
def test_what_a_text_is_counted_as(typed: str, counted: str) -> None:
    assert normalised(typed) == counted


def test_a_number_is_seen_whole_before_a_query_is_cut() -> None:
    assert normalised("a" * (LONGEST - 5) + " 3201234567890001").endswith("a •••")


@given(st.text(max_size=600))
def test_any_text_is_short_printable_and_counted_as_itself_again(text: str) -> None:
    counted = normalised(text)

    assert len(counted) <= LONGEST
    assert counted == " ".join(counted.split())
    assert not any(each in counted for each in "\n\r\0\u200b")
