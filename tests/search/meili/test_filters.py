"""Filter expressions find what they say, in an index of each engine; what cannot be read is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.reindex.sync import sync
from search.app import create_app
from search.meili.errors import MeiliError
from search.meili.filters import DEEPEST, MOST_CHARACTERS, MOST_CONDITIONS, MOST_VALUES, read_filter

NOVEMBER = 1_731_369_600  # 2024-11-12


def ids(answer):
    return "".join(sorted(hit["id"] for hit in answer["hits"]))


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        # as InstantSearch writes them
        ([[r'"source"="kompas \"Cyber\" Media"']], "a"),
        ([['"source"="Jum\'at Berita"', r'"source"="kompas \"Cyber\" Media"']], "abc"),
        ([[r'"source"="garis\\miring"']], "d"),
        (['"source"="Jum\'at Berita"', '"place"="Demak"'], "c"),
        ([['"source"="Jum\'at Berita"'], ['"place"="Demak"']], "c"),
        ([['"year"="2024"']], "d"),
        (['"year">=2022', '"year"<=2023'], "bc"),
        ('"year" 2022 TO 2024', "bcd"),
        # as people write them
        ("source = polos", "e"),
        ("source='POLOS'", "e"),
        (r"source = 'Jum\'at Berita'", "bc"),
        ("place = Demak AND author = Sari OR place = Pati", "ad"),
        ("place = Demak AND (author = Sari OR place = Pati)", "a"),
        ("NOT place = Demak", "bde"),
        ("place != Demak", "bde"),
        ("NOT NOT place = Demak", "ac"),
        ("NOT (place = Demak OR place = Kudus)", "de"),
        ("place IN [Demak, 'Kudus',]", "abc"),
        ("place NOT IN [Demak, Kudus]", "de"),
        ("place IN []", ""),
        ("id IN [a, e]", "ae"),
        ("id != a", "bcde"),
        ("lang = en", "d"),
        ("place EXISTS", "abcde"),
        ("place NOT EXISTS", ""),
        ("author IS NULL", "b"),
        ("author IS NOT NULL", "acde"),
        ("place IS EMPTY", "e"),
        ("place IS NOT EMPTY", "abcd"),
        ('author = ""', "b"),
        ("published IS NULL", "e"),
        ("year IS NOT NULL", "abcd"),
        ("published IS EMPTY", ""),
        ("id IS NULL", ""),
        # days and years
        ("published = 2022-12-31", "b"),
        ("published > 2022-12-31", "cd"),
        ("published >= '2022-12-31' AND published < 2024", "bc"),
        ("published <= 2022", "ab"),
        ("published > 2022", "cd"),
        ("published 2022-12 TO 2023-01", "bc"),
        ('published >= "2024-11-12T00:00:00Z"', "d"),
        (f"published = {NOVEMBER}", "d"),
        (f"published_timestamp >= {NOVEMBER}", "d"),
        (f"published_timestamp > {NOVEMBER}", ""),
        (f"published_timestamp < {NOVEMBER}.5 AND year > 2023", "d"),
        (f"published_timestamp = {NOVEMBER + 1}", ""),
        ("published_timestamp > -99999999999 AND published_timestamp < 999999999999999", "abcd"),
        ("year > 2022.5", "cd"),
        ("year = 2022.5", ""),
        ("year < 99999", "abcd"),
        ("year > -5", "abcd"),
        ("year 2024 TO 2021", ""),
        ("year = tahun", ""),
        # lists, and nothing
        ([], "abcde"),
        ("  ", "abcde"),
        (None, "abcde"),
        ([[]], "abcde"),
        (["place = Demak", ["year = 2021 OR year = 2024", "author = Budi"]], "ac"),
    ],
)
def test_a_filter_finds_what_it_says(search, filter, found):
    answer = search(filter=filter)

    assert ids(answer) == found
    assert answer["estimatedTotalHits"] == len(found)


@pytest.mark.parametrize(
    "filter",
    [
        *("warna = merah", "title = x", "_geoRadius(1, 2, 3)", "_geoBoundingBox([1,2],[3,4])"),
        *("place CONTAINS em", "place STARTS WITH De", "place > Demak", "id 1 TO 2", "year >= banyak"),
        *("published >= 2024-13", "place =", "= Demak", "place", "place Demak", "place = a b", "place IN a"),
        *("place IN [a b]", "place IN [a", "place NOT = a", "place IS a", "(place = a", "place = a)"),
        *("place = a OR", "AND place = a", 'place = "a', "place = 'a", "place = NOT", "IN = a", "year 1 TO"),
        *("place = a and place = b", "year 1 2"),
        *(7, True, {"place": "a"}, ["place = a", 3], [[["place = a"]]], [["place = a", None]]),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_with_the_code_of_filters(refused, filter):
    assert refused(filter=filter) == "invalid_search_filter"


@pytest.mark.parametrize(
    "filter",
    [
        "(" * (DEEPEST + 1) + "year = 1" + ")" * (DEEPEST + 1),
        "NOT " * (DEEPEST + 1) + "year = 1",
        "(" * MOST_CHARACTERS,
        "year = 1" + " " * MOST_CHARACTERS,
        " OR ".join(["year = 1"] * (MOST_CONDITIONS + 1)),
        [["year = 1"] * (MOST_CONDITIONS + 1)],
        f"id IN [{','.join(['1'] * (MOST_CONDITIONS + 1))}]",
        " AND ".join(["place = Demak"] * (MOST_CONDITIONS + 1)),
        f"place IN [{','.join(['1'] * (MOST_VALUES + 1))}]",
        [["place = 1"] * (MOST_VALUES + 1)],
    ],
    ids=range(10),
)
def test_a_filter_is_bounded_in_depth_length_and_conditions(refused, filter):
    assert refused(filter=filter) == "invalid_search_filter"


def test_the_largest_filters_that_are_read_are_answered(search):
    deep = "(NOT " * (DEEPEST // 2) + "place = Demak" + ")" * (DEEPEST // 2)
    wide = " OR ".join(f"NOT place = tempat{number}" for number in range(MOST_CONDITIONS))

    assert ids(search(filter=[deep])) == ("bde" if DEEPEST // 2 % 2 else "ac")
    assert ids(search(filter=wide)) == "abcde"
    many = [f"place = {place}" for place in (*range(MOST_VALUES - 1), "Demak")]
    assert ids(search(filter=[many])) == ids(search(filter=" OR ".join(many))) == "ac"


def test_a_filter_changes_neither_scores_nor_what_is_found_besides(search):
    every = {hit["id"]: hit["_rankingScore"] for hit in search(q="banjir", showRankingScore=True)["hits"]}
    some = search(q="banjir", showRankingScore=True, filter="place = Demak")["hits"]

    assert {hit["id"]: hit["_rankingScore"] for hit in some} == {name: every[name] for name in "ac"}


def test_values_may_go_by_their_other_names(archive):
    aliased = archive.settings.replace(source_aliases={"Kompas": "kompas.com"})
    archive.file.write_text(
        '{"id": "k", "title": "Pasar", "body": "Isi.", "source": "KOMPAS"}', encoding="utf-8"
    )
    sync(aliased, jobs=1)
    client = create_app(aliased).test_client()

    for other in ("source = kompas", "NOT (source != kompas)", 'source IN ["kompas.com"]'):
        found = client.post("/meili/indexes/articles/search", json={"filter": other}).json
        assert [hit["source"] for hit in found["hits"]] == ["kompas.com"], other


PIECES = [
    "year",
    "place",
    "=",
    "!=",
    ">=",
    "TO",
    "IN",
    "[",
    "]",
    ",",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "IS",
    "NULL",
]
PIECES += ["EXISTS", "EMPTY", "2024", "'a'", '"b"', '"', "'", "\\", "é", "\x00", "\ud800", "_geo", " ", "\n"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_is_read_or_refused(text):
    with suppress(MeiliError):
        read_filter(text, "invalid_search_filter")
