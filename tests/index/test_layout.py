"""The layout of a body: which ones may be shown, and that a change of it is a change of the article."""

from __future__ import annotations

import pytest

from index.documents import LONGEST_ADDRESS, MOST_SPANS, Document, Span, is_sound, may_be_linked

BODY = "Latar\n\n- satu dua\n\n- tiga\n\n| Kota | Warga |\n\n| Solo | |\n\nAkhir."
SOUND = (
    Span("h", 0, 5, 2),
    Span("img", 5, 5, 0, "https://a.id/b.jpg", "Pasar"),
    Span("ul", 7, 25),
    Span("li", 9, 17),
    Span("a", 9, 13, 0, "https://a.id/"),
    Span("li", 21, 25),
    Span("table", 27, 55),
    Span("tr", 29, 41),
    Span("th", 29, 33, 1),
    Span("th", 36, 41, 1),
    Span("tr", 47, 51),
    Span("td", 47, 51, 1),
    Span("td", 51, 51, 1),
)


def test_a_layout_that_fits_its_body_is_sound() -> None:
    assert is_sound(BODY, SOUND)
    assert is_sound("", ())


@pytest.mark.parametrize(
    "changes",
    [
        {0: {"end": 500}},
        {0: {"start": -1}},
        {0: {"end": 0}},
        {0: {"end": 3}},
        {0: {"end": 9}},
        {0: {"number": 1}},
        {0: {"number": 5}},
        {0: {"kind": "script"}},
        {0: {"kind": ""}},
        {0: {"kind": "li"}},
        {0: {"kind": ["h"]}},
        {0: {"start": 0.0}},
        {0: {"start": False}},
        {1: {"address": "javascript:alert(1)"}},
        {1: {"start": 2, "end": 2}},
        {1: {"text": "x" * 501}},
        {2: {"number": 7}},
        {3: {"start": 10}},
        {3: {"end": 15}},
        {4: {"address": ""}},
        {4: {"end": 30}},
        {5: {"start": 20}},
        {5: {"end": 24}},
        {6: {"start": 29}},
        {8: {"number": 0}},
        {9: {"start": 37}},
        {12: {"start": 60, "end": 60}},
    ],
    ids=str,
)
def test_one_that_is_damaged_or_leaves_text_out_is_not(changes: dict[int, dict[str, object]]) -> None:
    spans = list(SOUND)
    for number, values in changes.items():
        spans[number] = spans[number]._replace(**values)  # type: ignore[arg-type]  # what a file may hold

    assert not is_sound(BODY, tuple(spans))


def test_spans_out_of_order_or_without_end_are_not_sound() -> None:
    assert not is_sound(BODY, SOUND[::-1])
    assert not is_sound(BODY, SOUND[:2] + SOUND[3:])
    link = Span("a", 0, 1, 0, "https://a.id/")
    assert not is_sound("satu", (link,) * 2)
    assert not is_sound(
        "a" * (2 * MOST_SPANS), tuple(link._replace(start=i, end=i + 1) for i in range(MOST_SPANS + 1))
    )
    quotes = "a"
    assert is_sound(quotes, (Span("blockquote", 0, 1),) * 10)
    assert not is_sound(quotes, (Span("blockquote", 0, 1),) * 100)


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://a.id/b?c=d#e", True),
        ("HTTP://a.id", True),
        ("mailto:redaksi@a.id", True),
        ("mailto:", False),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("/kota/solo", False),
        ("//a.id/b", False),
        ("https:///b", False),
        ("https://a.id/ b", False),
        ("https://a.id\\@b.id", False),
        ("https://[a/", False),
        ("https://a.id/\x02", False),
        ("https://a.id/" + "x" * LONGEST_ADDRESS, False),
        ("", False),
    ],
)
def test_only_addresses_of_pages_and_mail_become_links(address: str, linked: bool) -> None:
    assert may_be_linked(address) is linked


def test_another_layout_is_another_content() -> None:
    plain = Document("1", "Judul", BODY)
    laid_out = Document("1", "Judul", BODY, layout=SOUND)
    elsewhere = Document("1", "Judul", BODY, layout=SOUND[:1])

    assert len({plain.content_hash, laid_out.content_hash, elsewhere.content_hash}) == 3


def test_an_article_without_layout_has_the_content_it_always_had() -> None:
    """Archives of plain text are not all taken for changed."""
    assert Document("1", "Judul", "Isi.").content_hash == "175fb8490e4475080847c224bbd15439"
