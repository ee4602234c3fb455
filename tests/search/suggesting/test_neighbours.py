"""Neighbours: words that stand with others in many articles, close to them."""

from __future__ import annotations

from collections import Counter

import pytest

from index.documents import Document
from search.spelling.prefixes import PrefixTable
from search.suggesting import neighbours as module
from search.suggesting.neighbours import Gathering, Neighbours

WEIGHTLESS = frozenset(("di", "dan"))


def learned(*bodies: str) -> Neighbours:
    words = Counter(word.strip(".,").lower() for body in bodies for word in set(body.split()))
    table = PrefixTable(PrefixTable.of(words, "word"), "word")
    gathering = Gathering(table, WEIGHTLESS)
    for number, body in enumerate(bodies):
        gathering.add(Document(str(number), "-", body))
    return Neighbours(table, gathering.arrays())


def after(found: Neighbours, head: str, start: str = "") -> list[str]:
    return list(found.best(tuple(head.split()), start, 8))


def test_what_stands_next_comes_before_what_stands_close_and_far() -> None:
    far = " ".join(f"kata{number}" for number in range(9))
    found = learned(*[f"harga beras naik berat {far} bermula"] * 3, "isi lain")

    assert after(found, "harga", "be") == ["beras", "berat", "bermula"]


def test_words_that_weigh_nothing_do_not_stand_between() -> None:
    found = learned(*["banjir di dan di kota besar sekali"] * 3, "isi lain")

    assert after(found, "banjir")[0] == "kota"
    assert "di" not in after(found, "banjir")


def test_nothing_stands_next_to_the_end_of_a_sentence() -> None:
    found = learned(*["murah harga. besok harga beras"] * 3, "isi lain")

    assert after(found, "harga", "be") == ["beras", "besok"]


def test_one_article_is_not_enough_however_often_it_says_so() -> None:
    assert after(learned("harga benny harga benny harga benny", "harga"), "harga") == []


def test_names_come_before_other_words() -> None:
    texts = ["lalu banjir jadi parah", "lalu banjir Jakarta parah"] * 3

    assert after(learned(*texts, "isi lain"), "banjir", "ja") == ["jakarta", "jadi"]


def test_all_words_before_have_to_be_there() -> None:
    found = learned(*["harga beras premium"] * 2, *["beras ketan"] * 3, "isi lain")

    assert after(found, "harga beras") == ["premium"]
    assert after(found, "beras", "k") == ["ketan"]


@pytest.mark.parametrize("head", ["", "tiada", "tiada beras", "beras tiada"])
def test_nothing_stands_with_unknown_words(head: str) -> None:
    assert after(learned(*["harga beras naik"] * 3), head) == []


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 20)
    found = learned(*["harga beras naik"] * 4, *["upah buruh naik"] * 4)

    assert after(found, "harga")
    assert after(found, "upah") == []
