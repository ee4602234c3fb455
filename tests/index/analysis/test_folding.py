"""Two spellings of one word have one folded form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("JAKARTA", "jakarta"),
        ("Érasmus naïve", "erasmus naive"),
        ("ﬁnal ＡＢＣ ²", "final abc 2"),
        ("İstanbul", "istanbul"),
        ("Straße Øst", "strasse ost"),
        ("so\u00adal pe\u200bmilu", "soal pemilu"),
        ("e\u0301", "e"),
        ("كِتَاب", "كتاب"),
        ("ꦗꦮ", "ꦗꦮ"),
    ],
)
def test_case_width_diacritics_and_invisible_characters_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
