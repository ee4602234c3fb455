"""The words of an index follow whatever documents come and go, in memory and as a file."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.engines.opensearch.prepare import Counts
from index.engines.opensearch.statistics import Counting, Statistics, is_whole, load
from index.engines.opensearch.words import no_words
from index.query import Facet, TextField

terms = st.text(st.sampled_from("ab\0é\uffff\U0001f600"), min_size=1, max_size=3)
changes = st.lists(st.dictionaries(terms, st.integers(-2, 3), max_size=25), max_size=6)


@given(changes=changes)
def test_words_are_those_of_a_plain_count_in_code_point_order(changes):
    words, plain = no_words(), Counter()
    for change in changes:
        possible = {term: max(number, -plain[term]) for term, number in change.items()}
        words = words.changed(possible)
        plain = +(plain + Counter({term: number for term, number in possible.items() if number > 0}))
        plain.subtract({term: -number for term, number in possible.items() if number < 0})
        plain = +plain
        assert list(words.pairs(range(len(words)))) == sorted(plain.items())
    for prefix in ("", "a", "é", "\0", "\U0001f600"):
        expected = [term for term in sorted(plain) if term.startswith(prefix)]
        assert list(words.terms(words.span(prefix))) == expected
    for term in (*plain, "z", ""):
        assert words.frequency(term) == plain[term]


def document(text: str, place: str = "", day: int = 0) -> Counts:
    tokens = text.split()
    lengths = [len(tokens) if each is TextField.BODY else 0 for each in TextField]
    fields = str(1 << list(TextField).index(TextField.BODY))
    facets = [[place] if place and each is Facet.PLACE else [] for each in Facet]
    return Counts(lengths, {fields: " ".join(dict.fromkeys(tokens))} if tokens else {}, facets, day)


def test_a_file_tells_what_was_counted_and_that_it_is_whole():
    counting = Counting(Statistics())
    counting.count([document("satu dua dua", "Demak", 9), document("dua", "demak"), document("tiga")], 1)
    counting.count([document("tiga")], -1)

    content = b"".join(counting.statistics().dump())

    assert is_whole(content)
    read = load(content)
    words = read.words[TextField.BODY]
    assert list(words.pairs(range(len(words)))) == [("dua", 2), ("satu", 1)]
    assert (read.documents, read.average(TextField.BODY), read.average(TextField.TITLE)) == (2, 2.0, 0.0)
    assert read.values[Facet.PLACE] == {"Demak": 1, "demak": 1}
    assert read.days == {0: 1, 9: 1}
    for place in range(0, len(content), 7):
        assert not is_whole(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert not is_whole(b"")


def test_counting_on_from_a_file_is_counting_from_the_beginning():
    documents = [document(f"satu kata{number} kata{number % 7}") for number in range(60)]
    first, whole = Counting(Statistics()), Counting(Statistics())
    first.count(documents[:40], 1)
    whole.count(documents[10:], 1)

    second = Counting(load(b"".join(first.statistics().dump())))
    second.count(documents[40:], 1)
    second.count(documents[:10], -1)

    assert second.statistics().dump() == whole.statistics().dump()
