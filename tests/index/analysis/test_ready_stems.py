"""Ready stems are what would be worked out, whatever an archive teaches; another lexicon has none."""

from __future__ import annotations

import random

from msgspec.structs import replace

from index.analysis.lexicon_files import load_lexicon, with_entries
from index.analysis.ready_stems import ready_stems
from index.analysis.stemmer import Stemmer


def test_they_are_those_of_our_rules() -> None:
    lexicon = load_lexicon()
    stemmer, ready = Stemmer(lexicon), ready_stems(lexicon)

    assert len(ready) == 50_000, "run python -m bench.ready"
    assert [
        (form, stem, stemmer.stem(form).stem) for form, stem in ready.items() if _other(stemmer, form, stem)
    ] == []


def test_they_are_those_of_an_archive_that_taught_names() -> None:
    lexicon = load_lexicon()
    stemmer, dice = Stemmer(lexicon), random.Random(5)
    inflected = [form for form, stem in ready_stems(lexicon).items() if form != stem]
    names = dict.fromkeys(dice.sample(inflected, 3000), (9, 0))
    taught = replace(lexicon, names=names)
    stemmer, ready = Stemmer(taught), ready_stems(taught)

    assert 45_000 < len(ready) < 47_001
    assert [form for form, stem in ready.items() if _other(stemmer, form, stem)] == []


def test_a_lexicon_with_other_stems_has_none() -> None:
    lexicon = load_lexicon()

    assert ready_stems(with_entries(lexicon, "[akar]\nmelunas = lunas\n", "l.txt")) == {}
    assert ready_stems(with_entries(lexicon, "[sinonim]\nbupati = wedana\n", "l.txt")) == ready_stems(lexicon)


def _other(stemmer: Stemmer, form: str, stem: str) -> bool:
    return stemmer.stem(form).stem != stem
