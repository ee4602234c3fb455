"""Citations: what is not known is left out, and no value breaks the format it stands in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document
from index.messages import translator
from search.web.citing import bibtex, citation, ris
from search.web.metadata import SUMMARY, summary

WHOLE = Document(
    id="a.b-1",
    title="Harga Cabai Naik",
    body="Isi.",
    source="warta.example",
    place="Demak",
    author="Rahmat",
    published=date(2024, 1, 2),
)
URL = "https://warta.example/a"

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def cited(document: Document, language: str = "id") -> str:
    return citation(document, URL, translator(language))


def test_a_citation_names_author_title_publisher_day_and_address() -> None:
    assert (
        cited(WHOLE) == "Rahmat. “Harga Cabai Naik.” warta.example, 2 Januari 2024. https://warta.example/a."
    )
    assert "2 January 2024" in cited(WHOLE, "en")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"author": ""}, "“Harga Cabai Naik.” warta.example, 2 Januari 2024. "),
        ({"source": ""}, "Rahmat. “Harga Cabai Naik.” 2 Januari 2024. "),
        ({"published": None}, "Rahmat. “Harga Cabai Naik.” warta.example. "),
        ({"author": "", "source": "", "published": None}, "“Harga Cabai Naik.” "),
        ({"author": "Rahmat, S.Sos."}, "Rahmat, S.Sos. “Harga"),
        ({"title": "Benarkah Naik?"}, "Rahmat. “Benarkah Naik?” warta"),
        ({"title": 'Soal "Naik" dan “Turun”'}, "“Soal 'Naik' dan ‘Turun’.” "),
        ({"title": "Baris\nkedua \x00\u202eterbalik"}, "“Baris kedua terbalik.” "),
    ],
)
def test_a_citation_leaves_out_what_is_not_known(changes: dict[str, object], expected: str) -> None:
    assert expected in cited(replace(WHOLE, **changes))


def test_a_bibtex_entry() -> None:
    assert bibtex(WHOLE, URL) == (
        "@online{a.b-1,\n"
        "  author = {{Rahmat}},\n"
        "  title = {{Harga Cabai Naik}},\n"
        "  organization = {{warta.example}},\n"
        "  date = {2024-01-02},\n"
        "  year = {2024},\n"
        "  url = {https://warta.example/a},\n"
        "  langid = {indonesian},\n"
        "}\n"
    )


def test_signs_that_mean_something_to_latex_are_escaped() -> None:
    entry = bibtex(replace(WHOLE, title=r"5% & $3 #1 a_b {c} \d ~e^"), "https://x.example/{a}?b=%20c#d_e")

    assert (
        r"{{5\% \& \$3 \#1 a\_b \textbraceleft{}c\textbraceright{} \textbackslash{}d "
        r"\textasciitilde{}e\textasciicircum{}}}"
    ) in entry
    assert "url = {https://x.example/%7Ba%7D?b=%20c#d_e}," in entry


@given(title=TEXT, author=TEXT, source=TEXT, url=TEXT)
def test_no_text_leaves_its_field_in_bibtex(title: str, author: str, source: str, url: str) -> None:
    entry = bibtex(replace(WHOLE, title=title or "x", author=author, source=source), url or "x")

    head, *fields, end, nothing = entry.split("\n")
    assert (head, end, nothing) == ("@online{a.b-1,", "}", "")
    for field in fields:
        value = re.fullmatch(r"  [a-z]+ = \{(.*)\},", field)[1]
        depths = list(accumulate((sign == "{") - (sign == "}") for sign in value))
        assert min(depths, default=0) >= 0 == depths[-1]


def test_a_record_of_ris() -> None:
    assert ris(WHOLE, URL).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Rahmat",
        "TI  - Harga Cabai Naik",
        "T2  - warta.example",
        "CY  - Demak",
        "PY  - 2024",
        "DA  - 2024/01/02/",
        "LA  - id",
        "UR  - https://warta.example/a",
        "ID  - a.b-1",
        "ER  - ",
        "",
    ]


@given(title=TEXT, author=TEXT, place=TEXT)
def test_no_text_leaves_its_line_in_ris(title: str, author: str, place: str) -> None:
    record = ris(replace(WHOLE, title=title or "x", author=author, place=place), URL)

    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in record.splitlines())
    assert record.count("TY  - NEWS\r\n") == 1
    assert record.endswith("\r\nER  - \r\n")


@given(TEXT)
def test_a_summary_is_short_and_one_line(body: str) -> None:
    told = summary(replace(WHOLE, body=body))

    assert len(told) <= SUMMARY + 1
    assert "\n" not in told
    assert " ".join(body.split()).startswith(told.rstrip("…").rstrip()) or "…" in body


def test_a_long_body_is_cut_between_words() -> None:
    told = summary(replace(WHOLE, body="Harga cabai, naik. " * 30))

    assert re.fullmatch(r"(Harga cabai, naik\. )+Harga( cabai, naik| cabai)?…", told)
