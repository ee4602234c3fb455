"""What people type is always understood somehow, in bounded time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.lexing import MAX_DEPTH
from search.query.parsing import MAX_PATTERNS, MAX_PHRASE_WORDS, parse
from search.query.syntax import (
    Approximate,
    Both,
    Dates,
    Either,
    Group,
    Ignored,
    Node,
    Not,
    Pattern,
    Quoted,
    Scope,
    Scoped,
    Word,
)


def outline(node: Node) -> object:
    """The tree without places in the text, short enough to compare by eye."""
    if isinstance(node, (Word, Pattern)):
        return node.text
    if isinstance(node, Quoted):
        return f'"{node.text}"'
    if isinstance(node, Approximate):
        return f"{node.text}~{node.distance}"
    if isinstance(node, Dates):
        return (node.first, node.last)
    if isinstance(node, Scoped):
        return {node.scope.value: outline(node.node)}
    if isinstance(node, Not):
        return ("not", outline(node.node))
    if isinstance(node, (Both, Either)):
        return (type(node).__name__.lower(), *(outline(child) for child in node.nodes))
    assert isinstance(node, Group)
    return (
        [outline(child) for child in node.wanted]
        + [f"+{outline(child)}" for child in node.required]
        + [f"-{outline(child)}" for child in node.forbidden]
    )


def understood(text: str) -> object:
    return outline(parse(text).root)


def reasons(text: str) -> list[Ignored]:
    return [reason for reason, _ in parse(text).ignored]


def test_words_side_by_side_are_wanted() -> None:
    assert understood("netralitas ASN, pilkada?") == ["netralitas", "ASN,", "pilkada?"]


@given(
    st.lists(
        st.sampled_from(["netral", "ASN", "2024", "DAN", "ATAU", "TIDAK", "dan", "Or", "NOT"]), max_size=5
    )
)
def test_plain_words_mean_what_they_mean_beside_a_blank(words: list[str]) -> None:
    text = " ".join(words)
    whole, spaced = parse(text), parse(text + " ")  # a blank at the end asks for the whole grammar
    assert (whole.root, whole.ignored) == (spaced.root, spaced.ignored)


def test_words_know_their_place_in_the_text() -> None:
    text = 'satu judul:dua "tiga empat" -lima'
    root = parse(text).root
    scoped = root.wanted[1]
    assert isinstance(scoped, Scoped)
    for leaf in (root.wanted[0], scoped.node, root.wanted[2], root.forbidden[0]):
        assert isinstance(leaf, (Word, Quoted))
        assert text[leaf.start : leaf.end] == leaf.text


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»", "＂＂", '”"'])
def test_quotes_of_every_kind_make_a_phrase(quotes: str) -> None:
    assert understood(f"a {quotes[0]}bilik suara{quotes[1]} b") == ["a", '"bilik suara"', "b"]


def test_signs_require_and_forbid() -> None:
    assert understood('+a -b c +"d e" -(f g)') == ["c", "+a", '+"d e"', "-b", "-['f', 'g']"]


def test_a_dash_inside_or_alone_is_no_sign() -> None:
    assert understood("TNI-Polri Jakarta - Bogor a- --") == ["TNI-Polri", "Jakarta", "Bogor", "a-"]


def test_and_binds_tighter_than_or_and_both_tighter_than_side_by_side() -> None:
    assert understood("a b ATAU c DAN d e") == ["a", ("either", "b", ("both", "c", "d")), "e"]
    assert understood("a b OR c AND d e") == understood("a b ATAU c DAN d e")


def test_parentheses_group() -> None:
    assert understood("(a ATAU b) DAN c") == [("both", ("either", "a", "b"), "c")]
    assert understood("a DAN (b c)") == [("both", "a", ["b", "c"])]


def test_parentheses_around_plain_words_change_nothing() -> None:
    assert understood("Aparatur Sipil Negara (ASN)") == ["Aparatur", "Sipil", "Negara", "ASN"]


def test_not_forbids_and_twice_is_nothing() -> None:
    assert understood("a TIDAK b") == ["a", "-b"]
    assert understood("a DAN NOT b") == [("both", "a", ("not", "b"))]
    assert understood("NOT NOT a") == ["a"]
    assert understood("a -(-b)") == ["a", "-['-b']"]


def test_operators_are_upper_case_only() -> None:
    assert understood("hitam dan putih atau tidak") == ["hitam", "dan", "putih", "atau", "tidak"]


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("judul", "title"),
        ("title", "title"),
        ("isi", "body"),
        ("body", "body"),
        ("sumber", "source"),
        ("source", "source"),
        ("tempat", "place"),
        ("place", "place"),
        ("penulis", "author"),
        ("author", "author"),
        ("JUDUL", "title"),
    ],
)
def test_fields_apply_to_words_phrases_and_groups(name: str, scope: str) -> None:
    assert understood(f'{name}:a {name}:"b c" {name}:(d OR e) {name}: f g') == [
        {scope: "a"},
        {scope: '"b c"'},
        {scope: ("either", "d", "e")},
        {scope: "f"},
        "g",
    ]


def test_inner_fields_win() -> None:
    assert understood("judul:(a isi:b)") == [{"title": ["a", {"body": "b"}]}]


def test_a_colon_elsewhere_is_part_of_the_word() -> None:
    assert understood("UU:ASN pukul:12:30 https://a.b/c?d=1") == [
        "UU:ASN",
        "pukul:12:30",
        "https://a.b/c?d=1",
    ]


def test_years_and_dates_become_days() -> None:
    year = (date(2024, 1, 1), date(2024, 12, 31))
    assert understood("tahun:2024") == [year]
    assert understood("year:2019..2021") == [(date(2019, 1, 1), date(2021, 12, 31))]
    assert understood("tahun:2024..") == [(date(2024, 1, 1), None)]
    assert understood("tanggal:..2024-06") == [(None, date(2024, 6, 30))]
    assert understood("tanggal:2024-11..") == [(date(2024, 11, 1), None)]
    assert understood("tahun:2024.") == understood("tahun:2024,") == [(date(2024, 1, 1), date(2024, 12, 31))]
    assert understood("tanggal:2024-01..2024-06") == [(date(2024, 1, 1), date(2024, 6, 30))]
    assert understood("date:2024-02-06") == [(date(2024, 2, 6), date(2024, 2, 6))]
    assert understood("tahun:(2023 2024)") == [("either", (date(2023, 1, 1), date(2023, 12, 31)), year)]
    assert understood("-tahun:2024") == [f"-{year}"]


def test_a_year_that_is_none_is_read_as_a_word() -> None:
    assert understood("tahun:kabisat") == ["kabisat"]
    assert parse("tahun:kabisat").ignored == ((Ignored.DATE, "kabisat"),)


def test_stars_and_inner_question_marks_make_patterns() -> None:
    root = parse("netral* *krasi p?la, **tebal**").root
    assert all(isinstance(node, Pattern) for node in root.wanted)
    assert outline(root) == ["netral*", "*krasi", "p?la", "*tebal*"]


def test_a_question_mark_at_the_end_is_punctuation() -> None:
    root = parse("siapa ketua KPK? kapan??").root
    assert all(isinstance(node, Word) for node in root.wanted)


def test_a_tilde_means_nearly() -> None:
    assert understood("netralits~ x~2 ~y z~3") == ["netralits~1", "x~2", "~y", "z~3"]
    assert isinstance(parse("netralits~").root.wanted[0], Approximate)


def test_more_patterns_than_allowed_are_words() -> None:
    parsed = parse("kata* " * (MAX_PATTERNS + 2))
    kinds = [type(node) for node in parsed.root.wanted]
    assert kinds == [Pattern] * MAX_PATTERNS + [Word] * 2
    assert parsed.ignored == ((Ignored.TOO_MANY_PATTERNS, str(MAX_PATTERNS)),)


@pytest.mark.parametrize("text", ["", "   ", "()", '""', "(()) ( )", "* **", "+ - --", "((("])
def test_nothing_to_search_for_is_an_empty_group(text: str) -> None:
    assert parse(text).root == Group()


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ('a "b c', ["a", "b", "c"], Ignored.QUOTE),
        ("(a b", ["a", "b"], Ignored.PARENTHESIS),
        ("a b)", ["a", "b"], Ignored.PARENTHESIS),
        ("a DAN", ["a"], Ignored.OPERATOR),
        ("ATAU a", ["a"], Ignored.OPERATOR),
        ("a DAN ATAU b", ["a", "b"], Ignored.OPERATOR),
        ("(a OR) b", ["a", "b"], Ignored.OPERATOR),
        ("a judul:", ["a", "judul"], Ignored.FIELD),
        ("judul: -a", ["judul", "-a"], Ignored.FIELD),
    ],
)
def test_what_does_not_fit_is_reported_and_the_rest_is_searched(
    text: str, expected: object, reason: Ignored
) -> None:
    assert understood(text) == expected
    assert reasons(text) == [reason]


def test_an_operator_alone_is_a_word() -> None:
    assert understood("ATAU") == ["ATAU"]
    assert understood("judul:") == ["judul"]


def test_deep_parentheses_keep_their_content() -> None:
    assert understood("(" * 200 + "a" + ")" * 200) == ["a"]
    deep = "(a OR " * 200 + "b" + ")" * 200
    assert reasons(deep) == [Ignored.TOO_DEEP]
    assert depth(parse(deep).root) <= 2 * MAX_DEPTH + 2


def test_a_long_query_is_cut_at_a_word() -> None:
    parsed = parse("kata " * 2000, max_chars=52)
    assert parsed.text.split() == ["kata"] * 10
    assert parsed.ignored == ((Ignored.TOO_LONG, "52"),)


def test_one_endless_word_is_cut_anywhere() -> None:
    assert understood("x" * 10_000) == ["x" * 2000]


@pytest.mark.parametrize(
    "text",
    [
        "Rp1,5 triliun",
        "14/2/2024",
        "UU No. 20 Tahun 2023",
        "covid-19",
        "dan/atau",
        "C++",
        "a@b.co.id",
        "😀 🇮🇩",
    ],
)
def test_everyday_notations_are_plain_words(text: str) -> None:
    root = parse(text).root
    assert [node.text for node in root.wanted if isinstance(node, Word)] == text.split()
    assert not parse(text).ignored


SYNTAX = st.sampled_from(
    [
        *('"', "“", "(", ")", "+", "-", "*", "?", "~", ":", "..", " "),
        *(" DAN ", " ATAU ", " TIDAK ", " OR ", "judul:", "tahun:", "tanggal:"),
        *("2024", "a", "kata", "\u0000", "\ud800", "\u200b", "é", "ك", "\n"),
    ]
)


@given(st.lists(SYNTAX, max_size=60).map("".join) | st.text(max_size=200))
def test_parsing_never_fails_and_stays_shallow(text: str) -> None:
    parsed = parse(text)

    assert depth(parsed.root) <= 3 * MAX_DEPTH
    assert all(parsed.text[leaf.start : leaf.end] for leaf in leaves(parsed.root))


@given(st.lists(SYNTAX, max_size=40).map("".join))
def test_every_letter_typed_is_searched_or_reported(text: str) -> None:
    parsed = parse(text)
    read = "".join(text[leaf.start : leaf.end] for leaf in leaves(parsed.root))
    reported = "".join(part for _, part in parsed.ignored)
    if "kata" in text and "kata" not in read:
        assert "kata" in reported


@pytest.mark.parametrize(
    "unit", ["(", ")", '"', "NOT ", "+-", "a OR ", "a AND (", "judul:", "*?", "x~", '" "(']
)
def test_ten_thousand_characters_of_syntax_are_read(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    assert depth(parse(text, max_chars=10_000).root) <= 3 * MAX_DEPTH


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, (Scoped, Not)):
        return (node.node,)
    if isinstance(node, (Both, Either)):
        return node.nodes
    if isinstance(node, Group):
        return (*node.wanted, *node.required, *node.forbidden)
    return ()


def depth(node: Node) -> int:
    return 1 + max((depth(child) for child in children(node)), default=0)


def leaves(node: Node) -> list[Word | Quoted | Pattern | Approximate]:
    if isinstance(node, (Word, Quoted, Pattern, Approximate)):
        return [node]
    return [leaf for child in children(node) for leaf in leaves(child)]


def test_scopes_have_names_for_readers() -> None:
    assert {scope.value for scope in Scope} == {"title", "body", "source", "place", "author", "year", "date"}


def test_of_a_very_long_phrase_only_the_beginning_is_read() -> None:
    words = [f"kata{number}" for number in range(MAX_PHRASE_WORDS + 5)]

    parsed = parse(f'"{" ".join(words)}" lebak')

    assert [node.text for node in parsed.root.wanted] == [" ".join(words[:MAX_PHRASE_WORDS]), "lebak"]
    assert parsed.ignored == ((Ignored.LONG_PHRASE, str(MAX_PHRASE_WORDS)),)


def test_each_part_of_a_pattern_counts() -> None:
    parsed = parse("a*-b*-c* d*-e*-f* g*")

    assert [type(node) for node in parsed.root.wanted] == [Pattern, Pattern, Word]
    assert (Ignored.TOO_MANY_PATTERNS, str(MAX_PATTERNS)) in parsed.ignored
