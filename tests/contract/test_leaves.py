"""What each leaf of the query tree matches, and how it scores."""

from __future__ import annotations

from datetime import date

import pytest

from index.query import (
    LEAD_TOKENS,
    Boolean,
    Everything,
    Facet,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Published,
    SearchRequest,
    Term,
    TextField,
    Value,
    Valued,
    Wildcard,
)
from index.sources.addresses import address_key, id_key

BODY, EXACT = TextField.BODY, TextField.BODY_EXACT


@pytest.fixture
def news(new_article):
    return [
        new_article("a", "banjir demak banjir kudus", title="Banjir Besar", source="warta.id", place="Demak"),
        new_article("b", "pasar kudus", title="Pasar Pagi", day="2024-02-29", author="Sari Wulan"),
        new_article("c", "demak lama demak baru dan pasarnya di tepi kali besar itu", day="2023-12-31"),
        new_article("d", "tak ada", title="Lain", source="WARTA.ID", editor="Bagas", lang="jv"),
    ]


def test_a_term_matches_the_documents_whose_field_holds_it(archive, news):
    archive.add(*news)

    assert archive.found(Term(BODY, "kudus")) == {"a", "b"}
    assert archive.found(Term(TextField.TITLE, "kudus")) == set()


def test_a_term_scores_bm25_in_its_field(archive, news, expected):
    archive.add(*news)

    for query in (Term(BODY, "demak"), Term(BODY, "banjir"), Term(TextField.TITLE, "banjir")):
        assert archive.scores(query) == pytest.approx(expected(news, query), rel=1e-5), query


def test_a_long_text_scores_nearly_bm25(archive, new_article, expected):
    # An engine may store lengths above 40 in steps.
    news = [new_article(f"a{n:03}", "kata " * (n % 7 + 1) + "isi " * n) for n in range(1, 400, 13)]
    archive.add(*news)

    assert archive.scores(Term(BODY, "kata")) == pytest.approx(expected(news, Term(BODY, "kata")), rel=0.05)


def test_the_lead_holds_the_stems_of_the_first_tokens_only(archive, new_article):
    filler = " ".join(f"kata{number}" for number in range(LEAD_TOKENS - 1))
    archive.add(new_article("a", f"{filler} pasarnya ujung"), new_article("b", "ujung jalan"))

    assert archive.found(Term(TextField.LEAD, "pasar")) == {"a"}
    assert archive.found(Term(TextField.OPENING, "pasar")) == set()
    assert archive.found(Term(TextField.OPENING, "jalan")) == {"b"}
    assert archive.found(Term(TextField.LEAD, "ujung")) == {"b"}
    assert archive.found(Term(TextField.LEAD, "pasarnya")) == set()


def test_stems_and_forms_are_separate_fields(archive, news):
    archive.add(*news)

    assert archive.found(Term(BODY, "pasar")) == {"b", "c"}
    assert archive.found(Term(EXACT, "pasar")) == {"b"}
    assert archive.found(Term(EXACT, "pasarnya")) == {"c"}


def test_names_are_searched_in_fields_of_their_own(archive, news):
    archive.add(*news)

    assert archive.found(Term(TextField.SOURCE, "warta.id")) == {"a", "d"}
    assert archive.found(Term(TextField.PLACE, "demak")) == {"a"}
    assert archive.found(Term(TextField.AUTHOR, "wulan")) == {"b"}
    assert archive.found(Term(TextField.AUTHOR, "bagas")) == {"d"}


def test_a_phrase_needs_its_terms_side_by_side_in_order(archive, news):
    archive.add(*news)

    assert archive.found(Phrase(BODY, ("demak", "banjir"))) == {"a"}
    assert archive.found(Phrase(BODY, ("banjir", "demak"))) == {"a"}
    assert archive.found(Phrase(BODY, ("kudus", "demak"))) == set()
    assert archive.found(Phrase(BODY, ("demak", "tidakada"))) == set()


def test_a_phrase_scores_its_occurrences_with_the_sum_of_idf(archive, news, expected):
    archive.add(*news)

    for phrase in (
        Phrase(BODY, ("banjir", "demak")),
        Phrase(BODY, ("demak", "lama", "demak")),
        Phrase(BODY, ("kudus",)),
    ):
        assert archive.scores(phrase) == pytest.approx(expected(news, phrase), rel=1e-5), phrase


def test_a_phrase_without_terms_matches_nothing(archive, news):
    archive.add(*news)

    assert archive.found(Phrase(BODY, ())) == set()


def test_offsets_leave_room_for_words_that_were_left_out(archive, news):
    archive.add(*news)

    assert archive.found(Phrase(BODY, ("banjir", "kudus"), (0, 3))) == {"a"}
    assert archive.found(Phrase(BODY, ("banjir", "kudus"), (5, 8))) == {"a"}
    assert archive.found(Phrase(BODY, ("banjir", "kudus"), (0, 2))) == set()


def test_slop_is_what_all_gaps_together_may_have_too_much(archive, new_article):
    archive.add(new_article("a", "satu x dua x tiga"), new_article("b", "dua satu tiga"))

    phrase = ("satu", "dua", "tiga")
    assert archive.found(Phrase(BODY, phrase, slop=1)) == set()
    assert archive.found(Phrase(BODY, phrase, slop=2)) == {"a"}
    assert archive.found(Phrase(BODY, ("dua", "satu"), slop=5)) == {"b"}


def test_slop_counts_shortest_runs(archive, new_article, expected):
    news = [
        new_article("once", "satu satu x dua dua isi isi"),
        new_article("twice", "satu x dua satu x dua isi"),
        new_article("none", "dua satu isi isi isi isi isi"),
    ]
    archive.add(*news)
    phrase = Phrase(BODY, ("satu", "dua"), slop=3)

    scores = archive.scores(phrase)

    assert scores == pytest.approx(expected(news, phrase), rel=1e-5)
    assert scores["once"] < scores["twice"]


def test_a_prefix_scores_one(archive, news):
    archive.add(*news)

    assert archive.scores(Prefix(BODY, "ba")) == {"a": 1.0, "c": 1.0}
    assert archive.scores(Prefix(BODY, "zz")) == {}
    assert archive.found(Prefix(TextField.PLACE, "")) == {"a"}


def test_a_wildcard_covers_the_whole_term(archive, news):
    archive.add(*news)

    assert archive.scores(Wildcard(BODY, "ban*r")) == {"a": 1.0}
    assert archive.found(Wildcard(BODY, "b?r*")) == {"c"}
    assert archive.found(Wildcard(BODY, "*")) == {"a", "b", "c", "d"}
    assert archive.found(Wildcard(BODY, "?????")) == {"a", "b", "c"}
    assert archive.found(Wildcard(BODY, "demak")) == {"a", "c"}


def test_a_fuzzy_term_allows_insert_delete_replace_and_swap(archive, news):
    archive.add(*news)

    for typo in ("kudusx", "kuds", "kudas", "kduus"):
        assert archive.scores(Fuzzy(BODY, typo, 1)) == {"a": 1.0, "b": 1.0}, typo
    assert archive.found(Fuzzy(BODY, "kdsu", 1)) == set()
    assert archive.found(Fuzzy(BODY, "kdsu", 2)) == {"a", "b"}
    assert archive.found(Fuzzy(BODY, "kudus", 0)) == {"a", "b"}


def test_a_pattern_for_too_many_terms_keeps_the_most_frequent_and_says_so(archive, new_article):
    archive.add(
        new_article("a", "kata1 kata2 kata3"),
        new_article("b", "kata2 kata3"),
        new_article("c", "kata3 kata4"),
        new_article("d", "kata1"),
    )
    reader = archive.reader(pattern_cap=2)

    def ask(query):
        page = reader.search(SearchRequest(query))
        return {hit.id for hit in page.hits}, page.capped

    # kata3 is in three documents; of kata1 and kata2 (two each) the first in order is kept.
    assert ask(Prefix(BODY, "kata")) == ({"a", "b", "c", "d"}, ("kata",))
    assert ask(Wildcard(BODY, "kata?")) == ({"a", "b", "c", "d"}, ("kata?",))
    assert ask(Fuzzy(BODY, "kata9", 1)) == ({"a", "b", "c", "d"}, ("kata9",))
    assert ask(Prefix(BODY, "kata3")) == ({"a", "b", "c"}, ())
    assert ask(Prefix(BODY, "kata")) == ({"a", "b", "c", "d"}, ("kata",))


def test_a_capped_pattern_leaves_rare_terms_out(archive, new_article):
    archive.add(new_article("a", "ubi1 ubi2"), new_article("b", "ubi2"), new_article("c", "ubi3"))

    page = archive.reader(pattern_cap=1).search(SearchRequest(Prefix(BODY, "ubi")))

    assert ({hit.id for hit in page.hits}, page.total, page.capped) == ({"a", "b"}, 2, ("ubi",))


def test_a_value_is_compared_whole_without_regard_to_case(archive, news):
    archive.add(*news)

    assert archive.scores(Value(Facet.SOURCE, ("Warta.id",))) == {"a": 1.0, "d": 1.0}
    assert archive.found(Value(Facet.AUTHOR, ("sari wulan",))) == {"b"}
    assert archive.found(Value(Facet.AUTHOR, ("sari",))) == set()
    assert archive.found(Value(Facet.YEAR, ("2024", "2023"))) == {"b", "c"}
    assert archive.found(Value(Facet.LANG, ("jv",))) == {"d"}
    assert archive.found(Value(Facet.PLACE, ("",))) == set()
    assert archive.found(Value(Facet.PLACE, ())) == set()


def test_any_value_is_told_from_none(archive, news, expected):
    archive.add(*news)

    for facet in Facet:
        having = expected(news, Valued(facet))
        assert archive.scores(Valued(facet)) == having, facet
        assert archive.found(Boolean(must_not=(Valued(facet),))) == set("abcd") - having.keys()


def test_a_span_of_days_includes_both_ends_and_leaves_undated_out(archive, news):
    archive.add(*news)
    new_year_eve, leap_day = date(2023, 12, 31), date(2024, 2, 29)

    assert archive.scores(Published(new_year_eve, leap_day)) == {"b": 1.0, "c": 1.0}
    assert archive.found(Published(first=date(2024, 1, 1))) == {"b"}
    assert archive.found(Published(last=new_year_eve)) == {"c"}
    assert archive.found(Published()) == {"b", "c"}
    assert archive.found(Published(leap_day, new_year_eve)) == set()


def test_everything_and_nothing(archive, news):
    archive.add(*news)

    assert archive.scores(Everything()) == dict.fromkeys("abcd", 0.0)
    assert archive.found(Nothing()) == set()


def test_an_empty_index_answers_every_leaf_with_nothing(archive):
    for query in (
        Everything(),
        Term(BODY, "a"),
        Phrase(BODY, ("a", "b")),
        Prefix(BODY, ""),
        Wildcard(BODY, "*"),
        Fuzzy(BODY, "a"),
        Value(Facet.YEAR, ("2024",)),
        Published(),
    ):
        assert archive.found(query) == set(), query


def test_an_article_is_found_by_its_id_and_by_its_address(archive, new_article):
    address = "https://www.warta.example/banjir"
    archive.add(
        new_article("satu", "isi", url=address),
        new_article("dua", "isi", url="https://warta.example/lain"),
        new_article("tiga", "isi"),
    )

    assert archive.found(Term(TextField.ADDRESS, address_key("http://m.warta.example/banjir/"))) == {"satu"}
    for name in ("satu", "tiga"):
        assert archive.found(Term(TextField.ADDRESS, id_key(name))) == {name}
    assert archive.found(Term(TextField.ADDRESS, id_key(address))) == set()

    archive.delete("satu")
    archive.add(new_article("dua", "isi", url="https://warta.example/pindah"))

    assert archive.found(Term(TextField.ADDRESS, address_key(address))) == set()
    assert archive.found(Term(TextField.ADDRESS, address_key("https://warta.example/lain"))) == set()
    assert archive.found(Term(TextField.ADDRESS, address_key("https://warta.example/pindah"))) == {"dua"}
