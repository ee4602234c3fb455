"""The day of a web page is found in its markup, however old it is and in whatever form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from index.documents import Document
from index.sources.days.limits import today

ReadDocument = Callable[..., Document]

TEXT = "<p>" + "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi. " * 6 + "</p>"


def page(head: str = "", body: str = "") -> str:
    article = f"<article><h1>Jembatan</h1>{body}{TEXT}</article>"
    head = f"<head><title>Jembatan</title>{head}</head>"
    return f"<html>{head}<body>{article}<footer>© 2024</footer></body></html>"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="1987-05-04T10:00:00+07:00">',
        '<meta name="date" content="Senin, 4 Mei 1987">',
        '<meta itemprop="datePublished" content="1987-05-04">',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", '
        '"datePublished": "1987-05-04T10:00:00Z"}]}</script>',
    ],
)
def test_a_page_of_any_year_keeps_the_day_that_its_head_names(document: ReadDocument, head: str) -> None:
    assert document("a.html", page(head=head)).published == date(1987, 5, 4)


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="1987-05-04">kemarin</time>',
        '<abbr class="published" title="1987-05-04T00:00:00">Mei</abbr>',
        '<span class="tanggal">Senin, 4 Mei 1987</span>',
        "<p>Senin, 4 Mei 1987 10:15 WIB</p>",
    ],
)
def test_and_that_its_article_names(document: ReadDocument, body: str) -> None:
    assert document("a.html", page(body=body)).published == date(1987, 5, 4)


def test_a_page_of_a_day_to_come_has_none_and_says_why(document: ReadDocument) -> None:
    to_come = today() + timedelta(days=400)
    read = document("a.html", page(head=f'<meta name="pubdate" content="{to_come}">'))

    assert read.published is None
    assert "future_days" in read.day_note


@pytest.mark.parametrize(
    "script", ["{", "[" * 5000, '{"datePublished": 5}', '{"datePublished": "kapan-kapan"}' + " " * 99]
)
def test_scripts_that_say_nothing_are_left_alone(document: ReadDocument, script: str) -> None:
    head = f'<script type="application/ld+json">{script}// datePublished</script>'

    assert document("a.html", page(head=head)).published is None
