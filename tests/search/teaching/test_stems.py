"""Words whose stems a line may change are found without stemming all words of an archive."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.settings import Settings
from search.teaching.lines import propose
from search.teaching.stems import near

_WORDS = (
    "mengepoi mengepoinya kepo-kepoan penyinyiran dinyinyirin nyinyir mengghosting bapernya kebaperan "
    "perundang-undangan nyuntik disuntikkan penyuntikan memakannya dimakan makan-makan permainan bermain "
    "dipermainkan memukul pemukulan pukul-memukul mengajar pelajaran pembelajaran penulis menuliskan ditulis "
    "formalitas diformalkan formal menerbitkan terbitan penerbit warga kewargaan uang keuangan ajar tulisnya "
    "mengarang karangan memprovokasi provokatif provokasi lari pelarian berlari lempar pelempar"
)
FORMS = set(_WORDS.split())


@pytest.mark.parametrize(
    "line",
    [
        *("[kata dasar] kepo", "[kata dasar] nyinyir", "[kata dasar] ghosting", "[kata dasar] baper"),
        *("[lindungi] perundang-undangan", "[lindungi] pelajaran", "[akar] suntik = obat"),
        *("[akar] makan = minum", "[akar] main = olah", "[akar] pukul = jam", "[akar] ajar = didik"),
        *("[akar] tulis = karang", "[akar] formal = resmi", "[lindungi] pelarian"),
    ],
)
def test_no_word_that_changes_is_missed(line: str) -> None:
    proposed = propose(Settings({}), [line])
    before, after = Analyzer(proposed.before), Analyzer(proposed.after)
    changed = {form for form in FORMS if before.stem(form) != after.stem(form)}
    assert changed
    assert changed <= near(proposed.entries, FORMS) < FORMS
