"""Whatever colour an owner likes, everybody can read the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.config.values import Colour, parse_colour
from search.web.colours import (
    AA,
    AAA,
    BEHIND_TEXT,
    BLACK,
    WHITE,
    accent_rules,
    contrast,
    page_colours,
    palette,
)

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0d5f58", (13, 95, 88)),
        (" #FD0 ", (255, 221, 0)),
        ("rgb(138, 21, 56)", (138, 21, 56)),
        ("rgb(1 2 3)", (1, 2, 3)),
    ],
)
def test_a_colour_is_written_as_in_style_sheets(text: str, colour: Colour) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["", "merah", "#12345", "#0d5f58;}", "0d5f58", "rgb(1, 2, 256)", "rgb(1,2)"])
def test_anything_else_is_none(text: str) -> None:
    assert parse_colour(text) is None


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(BLACK, WHITE) == 21
    assert contrast(WHITE, WHITE) == 1
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.005)  # WebAIM's example #777777


@given(accent=COLOURS)
@example(accent=BLACK)
@example(accent=WHITE)
@example(accent=(255, 212, 0))
@example(accent=(128, 128, 128))
def test_texts_of_any_accent_have_level_aaa_in_light_and_aa_in_dark(accent: Colour) -> None:
    for page, least, away in zip(page_colours(), (AAA, AA), (BLACK, WHITE), strict=True):
        made = palette(accent, page, least, away)

        for behind in (*(page[name] for name in BEHIND_TEXT), made["accent-wash"]):
            assert contrast(made["accent"], behind) >= least
        assert contrast(made["accent-ink"], made["accent-fill"]) >= least
        assert made["accent-ink"] in (BLACK, WHITE)
        for text in ("ink", "soft"):
            assert contrast(page[text], made["accent-wash"]) >= least


@given(accent=COLOURS)
def test_a_colour_that_can_be_read_is_left_as_it_is(accent: Colour) -> None:
    for page, least, away in zip(page_colours(), (AAA, AA), (BLACK, WHITE), strict=True):
        made = palette(accent, page, least, away)
        if all(contrast(accent, behind) >= least for behind in [*(page[name] for name in BEHIND_TEXT)]) and (
            contrast(accent, made["accent-wash"]) >= least
        ):
            assert made["accent"] == accent
        if max(contrast(accent, BLACK), contrast(accent, WHITE)) >= least:
            assert made["accent-fill"] == accent


def test_our_own_colours_keep_the_same_promise() -> None:
    for page, least in zip(page_colours(), (AAA, AA), strict=True):
        for text in ("ink", "soft", "accent", "visited"):
            for behind in ("paper", "card", "notice", "accent-wash"):
                assert contrast(page[text], page[behind]) >= least, (text, behind)
        assert contrast(page["accent-ink"], page["accent-fill"]) >= least
        assert contrast(page["mark-ink"], page["mark"]) >= least


def test_the_rules_hold_nothing_but_colours() -> None:
    rules = accent_rules((138, 21, 56))

    assert re.sub(r"--[a-z-]+:#[0-9a-f]{6}", "", rules).replace(";", "").split() == [
        ":root{}",
        "@media",
        "(prefers-color-scheme:dark){:root{}}",
    ]
