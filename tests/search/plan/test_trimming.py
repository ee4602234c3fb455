"""A query that would cost too much is asked without its dearest parts, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.query import Boolean, Boost, Constant, DisMax, Fuzzy, Phrase, Prefix, Query, Wildcard
from index.settings import Settings
from search.plan.expansion import Expander
from search.plan.meaning import Archive
from search.plan.planning import Planner
from search.plan.recipe import FIELDS, Recipe
from search.plan.trimming import MOST_PHRASES, Trimmed, trim
from search.plan.weights import Weights
from search.query.parsing import MAX_PATTERNS, parse
from search.query.syntax import Either, Group, Ignored, Word

DOCUMENTS = 100_000
FREQUENT = 90_000
ALLOWED = 0.6

ANALYZER = Analyzer(load_lexicon())


def archive_of(documents: int = DOCUMENTS) -> Archive:
    """Every word is in a hundredth of the articles, those that begin with ``z`` in nearly all."""

    def frequency(stem: str) -> int:
        return documents * 9 // 10 if stem.startswith("z") else documents // 100

    expander = Expander(ANALYZER.lexicon, ANALYZER.stem)
    recipe = Recipe(Weights.of(Settings()))
    return Archive(ANALYZER.analyze, ANALYZER.lexicon, frequency, documents, recipe, expander)


ARCHIVE = archive_of()


def trimmed(text: str, allowed: float = ALLOWED, expand: bool = True) -> Trimmed:
    return trim(parse(text), ARCHIVE, allowed, expand)


def words(*stems: str, count: int = 1) -> str:
    return " ".join(f"{stem}{number}" for stem in stems for number in range(count))


def texts(node: object) -> list[str]:
    assert isinstance(node, Group)
    return [child.text for child in node.wanted if isinstance(child, Word)]


def leaves(query: Query) -> Iterator[Query]:
    match query:
        case Boost(child) | Constant(child):
            yield from leaves(child)
        case DisMax(children):
            for child in children:
                yield from leaves(child)
        case Boolean(must, should, must_not):
            for child in (*must, *should, *must_not):
                yield from leaves(child)
        case _:
            yield query


DEAR = {
    "patterns": " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvw" * 10),
    "patterns with dashes": " ".join(["-".join(["m*"] * 100)] * 5),
    "wildcards": "*a* *e* *i* *o* *u* *n* *r* *s* *t*",
    "similar words": " ".join(f"zakat{letter}~2" for letter in "abcdefghijkl"),
    "frequent words": words("z", count=300),
    "frequent words in groups": " ATAU ".join(f"(z{n} DAN za{n})" for n in range(90)),
    "phrases": " ".join(f'"z{n} za{n}"' for n in range(130)),
    "excluded phrases": "netral " + " ".join(f'-"z{n} za{n}"' for n in range(130)),
    "one long phrase": f'"{words("z", count=400)}"',
    "dashes": " ".join("-".join(f"z{n}" for n in range(m, m + 30)) for m in range(15)),
    "numbers": " ".join(f"{n}.{n + 1}.{n + 2}" for n in range(100, 250)),
}


@pytest.mark.parametrize("text", DEAR.values(), ids=DEAR)
def test_whatever_is_typed_the_engine_is_asked_for_no_more_than_is_allowed(text: str) -> None:
    found = trimmed(text)
    plan = Planner(ARCHIVE).plan(found.parsed, expand=found.expand)

    asked = list(leaves(plan.attempts[0].query))
    patterns = [leaf for leaf in asked if isinstance(leaf, Prefix | Wildcard | Fuzzy)]
    phrases = [leaf for leaf in asked if isinstance(leaf, Phrase)]
    assert found.seconds <= ALLOWED or len(texts(found.parsed.root)) <= 1
    assert len(patterns) <= MAX_PATTERNS * len(FIELDS[None]) * 2
    assert len(phrases) <= MOST_PHRASES * len(FIELDS[None])
    assert asked


def test_a_query_of_few_words_is_left_as_it_is() -> None:
    parsed = parse("zakat zaman dan netralitas")

    found = trim(parsed, ARCHIVE, ALLOWED, True)

    assert found.parsed == parsed
    assert found.expand


def test_stop_words_joined_by_a_dot_are_as_dear_as_other_words_side_by_side() -> None:
    pairs = product(("yang", "dan", "di", "ke", "dari", "pada"), repeat=2)
    found = trimmed(" ".join(f"{first}.{second}" for first, second in pairs), 0.05)
    plan = Planner(ARCHIVE).plan(found.parsed)

    phrases = [leaf for leaf in leaves(plan.attempts[0].query) if isinstance(leaf, Phrase)]
    assert found.seconds <= 0.05
    assert 0 < len(phrases) <= 20 * len(FIELDS[None])


def test_the_most_frequent_words_go_first_and_are_named() -> None:
    found = trimmed(words("z", "lembaga", count=40))

    left = texts(found.parsed.root)
    assert [text for text in left if text.startswith("lembaga")] == [f"lembaga{n}" for n in range(40)]
    gone = dict(found.parsed.ignored)[Ignored.TOO_DEAR].split()
    assert gone
    assert {*left, *gone} == {f"{stem}{n}" for stem in ("z", "lembaga") for n in range(40)}


def test_plain_words_go_before_what_was_asked_for_by_signs() -> None:
    found = trimmed(words("z", count=40) + " +zakat", 0.3)

    assert found.parsed.root.required == (Word("zakat", 151, 156),)
    assert dict(found.parsed.ignored)[Ignored.TOO_DEAR]


def test_other_forms_of_words_go_before_the_words_themselves() -> None:
    short = " ".join(next(iter(ANALYZER.lexicon.acronyms)))
    text = f"{short} " + words("z", count=12)

    with_forms = trimmed(text, 0.6)
    without = trimmed(text, with_forms.seconds - 0.001)

    assert with_forms.expand
    assert not without.expand
    assert Ignored.OTHER_FORMS in dict(without.parsed.ignored)
    assert without.parsed.root == with_forms.parsed.root


def test_the_cheapest_part_stays_whatever_it_costs() -> None:
    found = trimmed("zakat zaman netralitas", 1e-9)

    assert texts(found.parsed.root) == ["netralitas"]


def test_a_group_that_loses_all_but_one_is_that_one() -> None:
    found = trimmed("lembaga (zakat ATAU netralitas) (zaman ATAU zona)", 0.004)

    assert found.parsed.root == Group((Word("netralitas", 19, 29),)) or Either not in map(
        type, found.parsed.root.wanted
    )
    assert dict(found.parsed.ignored)[Ignored.TOO_DEAR]


@given(st.text(alphabet='zae 1*?~"()+-.:', max_size=200), st.floats(1e-6, 1.0))
def test_no_query_is_too_odd_to_be_trimmed(text: str, allowed: float) -> None:
    parsed = parse(text)

    found = trim(parsed, ARCHIVE, allowed, True)

    assert found.parsed.text == parsed.text
    assert trim(parsed, ARCHIVE, allowed, True) == found
    Planner(ARCHIVE).plan(found.parsed, expand=found.expand)
