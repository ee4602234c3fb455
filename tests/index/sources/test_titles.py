"""Titles without the name of their site."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.titles import sites_of, title_of_record, without_site

_SITE, _URL = "warta.co.id", "https://warta.co.id/ekonomi/harga"
_PIECES = [
    "Harga",
    "beras",
    "Warta.co.id",
    "warta",
    " | ",
    " - ",
    "::",
    ":",
    ": ",
    "/",
    " ",
    "Halaman 2",
    " (hal semua)",
    "»",
]


def test_a_site_behind_a_bar_goes_and_a_dash_in_a_title_stays() -> None:
    assert title_of_record("Harga beras | Warta.co.id", _SITE, _URL) == "Harga beras"
    assert title_of_record("Harga beras - sebuah telaah", _SITE, _URL) == "Harga beras - sebuah telaah"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=8))
def test_a_title_that_is_soon_known_to_name_no_site_names_none(pieces: list[str]) -> None:
    title = "".join(pieces).strip()
    assert title_of_record(title, _SITE, _URL) == without_site(title, sites_of(_SITE, _URL), _URL)
