"""Sets of scored documents combine as plain dictionaries do, whichever way they are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.cache import ByteCache
from index.engines.whoosh.combining import added, best_of, intersection, union, without
from index.engines.whoosh.hits import best
from index.engines.whoosh.keeping import keep, kept, kept_bytes
from index.engines.whoosh.matches import Listed, Spread, is_many, spread

COUNT = 60

scores = st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0])
plain_sets = st.one_of(
    st.dictionaries(st.integers(0, COUNT - 1), scores, max_size=COUNT),
    st.tuples(st.sets(st.integers(0, COUNT - 1), max_size=COUNT), scores).map(
        lambda both: dict.fromkeys(both[0], both[1])
    ),
    st.just(dict.fromkeys(range(COUNT), 0.5)),
)


@st.composite
def kept_sets(draw):
    """(documents and scores as a dictionary, the same as an engine keeps it)."""
    plain = draw(plain_sets)
    docs = np.array(sorted(plain), np.int64)
    values = np.array([plain[doc] for doc in docs.tolist()], np.float32)
    one = len(set(plain.values())) == 1 and draw(st.booleans())
    least = draw(st.sampled_from([0.0, min(plain.values(), default=0.0)]))
    listed = Listed(docs, float(values[0]) if one else values, least)
    if draw(st.booleans()):
        return plain, listed
    mask = np.zeros(COUNT, np.bool_)
    mask[docs] = True
    dense = np.zeros(COUNT, np.float32)
    dense[docs] = values
    return plain, spread(mask, listed.scores if one else dense, least)


several = st.lists(kept_sets(), min_size=1, max_size=5)


def plain(matches):
    if isinstance(matches, Spread) and not isinstance(matches.scores, float):
        assert not matches.scores[~matches.mask].any()
    listed = matches.listed()
    assert matches.size == len(listed.docs)
    assert (np.diff(listed.docs) > 0).all()
    values = np.broadcast_to(np.asarray(listed.scores), len(listed.docs)).tolist()
    assert all(value >= matches.least * (1 - 1e-6) for value in values)
    return dict(zip(listed.docs.tolist(), values, strict=True))


def summed(plains, docs):
    return pytest.approx({doc: sum(each.get(doc, 0.0) for each in plains) for doc in docs})


@given(several, st.integers(1, 3))
def test_a_union_holds_what_is_in_enough_of_the_sets(sets, minimum):
    plains = [each for each, _ in sets]
    docs = [doc for doc in range(COUNT) if sum(doc in each for each in plains) >= minimum]

    found = union([kept for _, kept in sets], COUNT, minimum)

    assert plain(found) == summed(plains, docs)


@given(several)
def test_an_intersection_holds_what_is_in_every_set(sets):
    plains = [each for each, _ in sets]
    docs = set(range(COUNT)).intersection(*plains)

    found = intersection([kept for _, kept in sets], COUNT)

    assert plain(found) == summed(plains, docs)


@given(kept_sets(), several)
def test_scores_are_added_only_to_documents_that_were_there(first, sets):
    found = added(first[1], [kept for _, kept in sets], COUNT)

    assert plain(found) == summed([first[0], *(each for each, _ in sets)], first[0])


@given(kept_sets(), several)
def test_what_is_excluded_is_gone(first, sets):
    gone = set().union(*(each for each, _ in sets))

    found = without(first[1], [kept for _, kept in sets], COUNT)

    assert plain(found) == {doc: score for doc, score in first[0].items() if doc not in gone}


@given(several, st.sampled_from([0.0, 0.5]))
def test_the_best_of_several_counts_and_the_others_a_little(sets, tie):
    plains = [each for each, _ in sets]
    expected = {}
    for doc in set().union(*plains):
        own = [each[doc] for each in plains if doc in each]
        expected[doc] = max(own) + tie * (sum(own) - max(own))

    assert plain(best_of([kept for _, kept in sets], tie, COUNT)) == pytest.approx(expected)


@given(kept_sets(), st.sampled_from([0.5, 2.0, 1e-30]))
def test_either_form_is_scaled_flattened_and_made_smaller(first, factor):
    expected, kept = first

    assert plain(kept.scaled(factor)) == pytest.approx(
        {doc: score * factor for doc, score in expected.items()}
    )
    assert plain(kept.constant(2.5)) == dict.fromkeys(expected, 2.5)
    assert plain(kept.compact()) == plain(kept)
    assert kept.scores_of(np.array([*range(COUNT), -1])) == pytest.approx(expected)


@given(kept_sets())
def test_what_is_kept_is_given_back_in_few_bytes(first):
    _, matches = first
    cache = ByteCache(1 << 20)

    keep(cache, "kunci", compact := matches.compact())

    found = kept(cache, "kunci")
    assert plain(found) == plain(matches)
    assert (found.size, found.least) == (matches.size, matches.least)
    besides = 500
    assert cache.bytes - besides <= min(kept_bytes(matches, COUNT), compact.nbytes)


def test_a_number_beyond_16_or_32_bits_is_kept_whole():
    cache = ByteCache(1 << 20)
    for last in (0xFFFF, 0x1_0000, 0xFFFF_FFFF, 0x1_0000_0000):
        keep(cache, last, Listed(np.array([3, last]), 1.0))

        assert plain(kept(cache, last)) == {3: 1.0, last: 1.0}


@given(kept_sets(), st.lists(st.booleans(), min_size=COUNT, max_size=COUNT))
def test_a_column_of_all_documents_filters_either_form(first, column):
    expected, kept = first
    mask = np.array(column)

    found = kept.where(kept.aligned(mask))

    assert plain(found) == {doc: score for doc, score in expected.items() if column[doc]}
    assert kept.docs_where(kept.aligned(mask)).tolist() == sorted(plain(found))


def test_zero_scores_do_not_drop_documents_from_a_union_of_many():
    everything = spread(np.ones(COUNT, np.bool_), 0.0)
    some = Listed(np.arange(30), np.ones(30, np.float32), 1.0)

    assert union([everything, some], COUNT).size == COUNT


@pytest.mark.parametrize("size", [50, 3000, 5000])
@pytest.mark.parametrize("levels", [1, 3, 40, 10**6])
@pytest.mark.parametrize("limit", [1, 10, 200])
@pytest.mark.parametrize("dense", [False, True])
def test_the_best_of_many_are_those_of_a_full_sort(size, levels, limit, dense):
    rng = np.random.default_rng(size + levels)
    count = 6000
    docs = np.sort(rng.choice(count, size, replace=False))
    values = (rng.integers(0, levels, size) / levels).astype(np.float32)
    id_rank = rng.permutation(count)
    matches = Listed(docs, values)
    if dense:
        mask, every = np.zeros(count, np.bool_), np.zeros(count, np.float32)
        mask[docs], every[docs] = True, values
        matches = spread(mask, every)

    found = best(matches, id_rank, limit)

    order = sorted(
        zip(docs.tolist(), values.tolist(), strict=True), key=lambda item: (-item[1], id_rank[item[0]])
    )
    assert found == order[:limit]


def test_a_set_is_spread_only_where_that_takes_less_memory():
    docs = np.arange(1000)
    listed = Listed(docs, np.ones(1000, np.float32))
    for count in (1000, 2000, 3000, 10_000):
        mask = np.zeros(count, np.bool_)
        mask[docs] = True
        flagged = spread(mask, mask.astype(np.float32))

        assert is_many(1000, count) == (flagged.nbytes < listed.nbytes)


def test_a_few_documents_of_a_large_index_are_united_once_each():
    ones = np.ones(3, np.float32)
    lists = [Listed(np.array(docs), ones) for docs in ([5, 7000, 9999], [0, 5, 80], [5, 80, 7000])]

    assert plain(union(lists, 10_000)) == {0: 1.0, 5: 3.0, 80: 2.0, 7000: 2.0, 9999: 1.0}
