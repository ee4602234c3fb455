"""Which terms a wildcard stands for, however odd it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.engines.semantics import wildcard_regex


def fits(wildcard: str, term: str) -> bool:
    """The definition, word for word."""
    if not wildcard:
        return not term
    if wildcard[0] == "*":
        return any(fits(wildcard[1:], term[place:]) for place in range(len(term) + 1))
    return bool(term) and wildcard[0] in ("?", term[0]) and fits(wildcard[1:], term[1:])


@given(st.text("ab?*.\n", max_size=7), st.text("ab.\n", max_size=7))
def test_a_star_is_any_run_and_a_question_mark_one_character(wildcard: str, term: str) -> None:
    assert bool(wildcard_regex(wildcard).fullmatch(term)) == fits(wildcard, term)


def test_many_stars_are_soon_found_not_to_fit_a_term_of_one_letter() -> None:
    assert not wildcard_regex("*a" * 40 + "*b").fullmatch("a" * 60)
