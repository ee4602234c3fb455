"""Lines that say so already, and lines that say something else of the same words."""

from __future__ import annotations

import pytest

from index.analysis.lexicon_files import load_lexicon, read_entries, with_entries
from index.settings import Settings
from search.teaching.clashes import clashing, is_in_force
from search.teaching.lines import propose

OWN = """
[sinonim]
nakes = perawat, tenaga medis
bidan => dukun
-dokter
[lindungi]
berikan
[akar]
mentralitas = netral
[kata henti]
konon
-yang
[akronim]
HSU = Hulu Sungai Utara
"""


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("nakes = perawat", True),
        ("tenaga medis = nakes", True),
        ("perawat => nakes", True),
        ("perawat = tenaga medis", False),
        ("bidan = dukun", False),
        ("bidan => dukun", True),
        ("[varian] bidan = dukun", False),
        ("[lindungi] Berikan", True),
        ("[akar] mentralitas = netral", True),
        ("[akar] mentralitas = mental", False),
        ("[kata henti] konon", True),
        ("[kata henti] -yang", True),
        ("[kata henti] yang", False),
        ("[kata tanya] konon", False),
        ("[kata dasar] netral", False),
        ("[akronim] HSU = Hulu Sungai Utara", True),
        ("[akronim] -HSU", False),
    ],
)
def test_a_line_is_in_force_if_the_lexicon_knows_all_it_says(text: str, known: bool) -> None:
    (entry,) = propose(Settings({}), [text]).entries
    assert is_in_force(entry, with_entries(load_lexicon(), OWN, "leksikon.txt")) is known


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("nakes = suster", []),
        ("[akar] berikan = beri", [7]),
        ("[akar] berikan = berikan", []),
        ("[akar] mentralitas = mental", [9]),
        ("[lindungi] mentralitas", [9]),
        ("[lindungi] lainnya", []),
        ("[kata henti] yang", [12]),
        ("dokter = tabib", [5]),
        ("[varian] dokter = doktor", [5]),
        ("[sinonim] -perawat", [3]),
        ("[sinonim] -dukun", []),
        ("[kata henti] -konon", [11]),
        ("[akronim] HSU = Hutan Sungai Ulin", [14]),
    ],
)
def test_a_line_clashes_with_those_that_say_something_else(text: str, places: list[int]) -> None:
    (entry,) = propose(Settings({}), [text]).entries
    found = clashing(entry, read_entries(OWN, "leksikon.txt"))
    assert [each.origin.line for each in found] == places
