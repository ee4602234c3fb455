"""Which addresses lead to the same page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.addresses import address_key, canonical, id_key

PAGE = "https://www.warta.example/berita/d-1/Banjir-Demak"

SAME = [
    PAGE,
    "http://warta.example/berita/d-1/Banjir-Demak/",
    "HTTPS://M.WARTA.example:443/berita//d-1/Banjir-Demak/amp/",
    "https://amp.warta.example./berita/d-1/Banjir%2DDemak",
    "https://mobile.warta.example/amp/berita/d-1/Banjir-Demak/index.html",
    f"{PAGE}?utm_source=wa&UTM_Medium=x&fbclid=1&gclid=2&single=1&page=all&ref=beranda#komentar",
    f"  {PAGE}?  ",
]
OTHERS = [
    "https://warta.example/berita/d-1/banjir-demak",
    "https://warta.example/berita/d-1",
    "https://warta.example:8080/berita/d-1/Banjir-Demak",
    "https://sport.warta.example/berita/d-1/Banjir-Demak",
    f"{PAGE}?id=2",
    f"{PAGE}?page=2",
]


@pytest.mark.parametrize("address", SAME)
def test_the_same_page_has_one_key(address: str) -> None:
    assert canonical(address) == "warta.example/berita/d-1/Banjir-Demak"
    assert address_key(address) == address_key(PAGE)


@pytest.mark.parametrize("address", OTHERS)
def test_another_page_has_another_key(address: str) -> None:
    assert canonical(address)
    assert address_key(address) != address_key(PAGE)


def test_a_query_is_compared_by_what_it_says() -> None:
    assert canonical("https://x.example/?b=2&a=%C3%A9") == canonical("https://x.example/?a=é&b=2&utm_id=1")
    assert canonical("https://x.example/?a=1") != canonical("https://x.example/?a=2")


def test_a_short_site_keeps_its_name() -> None:
    assert canonical("https://m.example/a") == "m.example/a"
    assert canonical("https://www.m.example/a") == "m.example/a"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "warta.example/x",
        "javascript:alert(1)",
        "ftp://x.example/a",
        "https://",
        "https:///a",
        "https://[::1/",
        "http://a:99999/x",
        "//x.example/a",
        "/berita/1",
        "mailto:x@y.example",
    ],
)
def test_what_is_no_address_of_the_web_has_no_key(text: str) -> None:
    assert canonical(text) == address_key(text) == ""


@settings(deadline=None)
@given(st.text() | st.text().map("https://x.example/{}".format) | st.text().map("http://{}".format))
def test_any_text_has_a_key_or_none(text: str) -> None:
    key = address_key(text)

    assert key == "" or (len(key) == 16 and key.isalnum())
    assert len(id_key(text)) == 16
    assert id_key(text) != key


def test_long_addresses_are_read_in_one_pass() -> None:
    assert canonical("https://x.example/" + "amp/" * 100_000) == "x.example"
    assert canonical("https://" + "www." * 100_000 + "x.example") == "x.example"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["www.", "warta.co.id", "X-y", ".", "/", "/AMP", "index.html", "a_b", "~,@+", "é", ";"]
        )
    )
)
def test_a_plain_address_is_read_like_any_other(parts: list[str]) -> None:
    address = "https://" + "".join(parts)
    assert canonical(address) == canonical(f"{address}#bagian")
