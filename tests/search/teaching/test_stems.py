"""Words whose stems a line may change are found without stemming all words of an archive."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.wordlists import words_in_use
from index.settings import Settings
from search.teaching.lines import propose
from search.teaching.stems import near

FORMS = sorted({*words_in_use("derived"), *words_in_use("common")})[::7] + [
    *("mengepoi", "mengepoinya", "kepo-kepoan", "dikepoin", "nyuntik", "memprovokasi", "provokatif"),
    *("perundang-undangan", "penyinyiran", "dinyinyirin", "mengghosting", "bapernya", "kebaperan"),
]


@pytest.mark.parametrize(
    "line",
    [
        *("[kata dasar] kepo", "[kata dasar] nyinyir", "[kata dasar] ghosting", "[kata dasar] baper"),
        *("[lindungi] perundang-undangan", "[lindungi] kebaperan", "[akar] provokatif = provokasi"),
        *("[akar] suntik = obat", "[lindungi] berikan", "[akar] makan = minum", "[kata dasar] -ajar"),
        *("[kata dasar] terbit", "[akar] main = olah", "[lindungi] pelajaran"),
    ],
)
def test_no_word_that_changes_is_missed(line: str) -> None:
    proposed = propose(Settings({}), [line])
    before, after = Analyzer(proposed.before), Analyzer(proposed.after)
    changed = {form for form in FORMS if before.stem(form) != after.stem(form)}
    assert changed <= near(proposed.entries, set(FORMS))
