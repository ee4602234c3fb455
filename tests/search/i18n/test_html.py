"""Texts of pages hold no HTML but what was marked as such."""

from __future__ import annotations

from markupsafe import Markup

from index.messages import translator
from search.i18n.html import html, nhtml


def test_everything_is_escaped_but_values_that_are_markup() -> None:
    text = html(translator("id"), "Cari <{a}> {b}", a="<b>", b=Markup("<mark>x</mark>"))

    assert text == "Cari &lt;&lt;b&gt;&gt; <mark>x</mark>"


def test_a_text_with_a_number_is_escaped_likewise() -> None:
    source = "{num} artikel untuk {query}"

    text = nhtml(translator("en"), source, source, 1200, query="<q>")

    assert text == "1,200 articles for &lt;q&gt;"


def test_what_is_filled_in_can_ask_for_nothing() -> None:
    assert html(translator("id"), "Cari {a}", a="{a.__class__} {0}") == "Cari {a.__class__} {0}"
