"""How nodes combine: which documents, which scores."""

from __future__ import annotations

import pytest

from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Facet,
    Nothing,
    Phrase,
    Prefix,
    SearchRequest,
    Term,
    TextField,
    Value,
)

BODY, TITLE = TextField.BODY, TextField.TITLE
ABU, BATU, CANDI = Term(BODY, "abu"), Term(BODY, "batu"), Term(BODY, "candi")


@pytest.fixture
def news(new_article):
    return [
        new_article("a", "abu isi isi", title="Batu"),
        new_article("ab", "abu batu", source="x.id"),
        new_article("abc", "abu batu candi candi", title="Candi"),
        new_article("b", "batu batu"),
        new_article("none", "isi"),
    ]


@pytest.fixture
def filled(archive, news):
    return archive.add(*news)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Boolean(must=(ABU, BATU)), {"ab", "abc"}),
        (Boolean(should=(ABU, BATU)), {"a", "ab", "abc", "b"}),
        (Boolean(must=(ABU,), should=(CANDI,)), {"a", "ab", "abc"}),
        (Boolean(must=(ABU,), must_not=(CANDI,)), {"a", "ab"}),
        (Boolean(should=(ABU, BATU), must_not=(CANDI,)), {"a", "ab", "b"}),
        (Boolean(should=(ABU, BATU, CANDI), minimum=2), {"ab", "abc"}),
        (Boolean(should=(ABU, BATU, CANDI), minimum=3), {"abc"}),
        (Boolean(should=(ABU, BATU), minimum=3), set()),
        (Boolean(must=(BATU,), should=(ABU, CANDI), minimum=1), {"ab", "abc"}),
        (Boolean(must=(BATU,), should=(ABU, CANDI), minimum=2), {"abc"}),
        (Boolean(must=(BATU,), minimum=1), set()),
        (Boolean(must_not=(ABU,)), {"b", "none"}),
        (Boolean(must_not=(Nothing(),)), {"a", "ab", "abc", "b", "none"}),
        (Boolean(must=(ABU, Nothing())), set()),
        (Boolean(should=(ABU, ABU), minimum=2), {"a", "ab", "abc"}),
        (Boolean(should=(Nothing(), Nothing())), set()),
        (Boolean(should=(Nothing(),), must_not=(ABU,)), set()),
        (DisMax((ABU, CANDI)), {"a", "ab", "abc"}),
        (DisMax(()), set()),
        (Boost(ABU, 3.0), {"a", "ab", "abc"}),
        (Constant(ABU, 0.0), {"a", "ab", "abc"}),
        (Boolean(must=(Everything(), Constant(CANDI))), {"abc"}),
    ],
)
def test_nodes_match_and_score_as_defined(filled, news, expected, query, ids):
    assert filled.found(query) == ids
    assert filled.scores(query) == pytest.approx(expected(news, query), rel=1e-5, abs=1e-6)


def test_a_node_without_children_matches_nothing(filled):
    assert filled.found(Boolean()) == set()


def test_a_node_of_exclusions_scores_nothing(filled):
    assert filled.scores(Boolean(must_not=(ABU,))) == {"b": 0.0, "none": 0.0}


def test_the_best_child_wins_and_the_others_break_ties(filled, news, expected):
    query = DisMax((Term(TITLE, "candi"), Boost(CANDI, 0.5), BATU), tie=0.3)

    assert filled.scores(query) == pytest.approx(expected(news, query), rel=1e-5)


def test_a_constant_replaces_the_score_and_a_boost_multiplies_it(filled):
    query = Boost(Constant(Boolean(should=(ABU, BATU)), 2.5), 2.0)

    assert filled.scores(query) == dict.fromkeys(("a", "ab", "abc", "b"), 5.0)


def test_deep_trees_score_as_the_sum_of_their_parts(filled, news, expected):
    query = Boolean(
        must=(Boolean(should=(Boost(ABU, 2.0), DisMax((BATU, Prefix(BODY, "can")), tie=0.1))),),
        should=(Phrase(BODY, ("abu", "batu")), Boost(Value(Facet.SOURCE, ("x.id",)), 0.25)),
        must_not=(Constant(Term(TITLE, "tidakada")),),
    )

    assert filled.scores(query) == pytest.approx(expected(news, query), rel=1e-5)


def test_score_parts_name_each_leaf_with_its_own_score(filled, news, expected):
    query = Boolean(must=(ABU,), should=(Boost(CANDI, 3.0), Term(TITLE, "tidakada")), must_not=(Nothing(),))

    (parts,) = filled.reader().score_parts(query, ["abc"])

    own = {leaf: expected(news, leaf)["abc"] for leaf in (ABU, CANDI)}
    assert dict(parts) == pytest.approx(own, rel=1e-5)
    assert filled.scores(query)["abc"] == pytest.approx(own[ABU] + 3 * own[CANDI], rel=1e-5)


def test_score_parts_of_a_sum_add_up_to_the_score(filled):
    phrase = Phrase(BODY, ("abu", "batu"))
    query = Boolean(must=(ABU, Constant(BATU, 0.0)), should=(CANDI, phrase, Prefix(BODY, "can")))

    scores = filled.scores(query)

    parts_of_each = filled.reader().score_parts(query, list(scores))

    for score, parts in zip(scores.values(), parts_of_each, strict=True):
        assert sum(part for _, part in parts) == pytest.approx(score, rel=1e-5)


def test_score_parts_leave_out_leaves_of_a_node_that_does_not_match(filled):
    query = Boolean(
        should=(
            ABU,
            Boolean(must=(BATU, CANDI)),
            Boolean(should=(BATU, CANDI), minimum=2),
            Boolean(should=(BATU,), must_not=(ABU,)),
        )
    )

    (parts,) = filled.reader().score_parts(query, ["ab"])

    assert [leaf for leaf, _ in parts] == [ABU]


def test_score_parts_of_a_document_that_does_not_match_or_exist(filled):
    reader = filled.reader()

    assert reader.score_parts(ABU, ["b", "nowhere"]) == [[], []]
    assert reader.score_parts(ABU, []) == []
    assert reader.score_parts(ABU, ["b"], lambda: False) == []


def test_score_parts_of_several_documents_are_those_of_each(filled):
    query = Boolean(should=(ABU, Boost(BATU, 2.0), Prefix(BODY, "can"), Everything()))
    ids = [*reversed(filled.scores(query)), "nowhere"]

    together = filled.reader().score_parts(query, ids)

    assert together == [filled.reader().score_parts(query, [name])[0] for name in ids]


def test_others_may_pass_between_the_parts_of_a_dear_request(archive, new_article):
    archive.add(*(new_article(f"d{n}", f"kata{n} lain") for n in range(5)))
    query = Boolean(should=tuple(Prefix(TextField.BODY, f"kata{n}") for n in range(5)))
    passed = []
    request = SearchRequest(query, breathe=lambda: passed.append(1))

    assert archive.reader().search(request) == archive.reader().search(SearchRequest(query))
    assert len(passed) >= 5
