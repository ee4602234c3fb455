"""Days and addresses among the words, and dates that cannot be read, as visitors meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import EVERY_LOOK, LOOKS, Visit, search

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@EVERY_LOOK
def test_an_applied_period_is_said_and_taken_back(visit: Visit) -> None:
    page = visit.page
    search(page, "banjir maret 2022")

    notice = page.locator(".notice", has_text="ini yang terbit Maret 2022.")
    assert notice.is_visible()
    assert heading(page).startswith("1 artikel untuk")
    box = page.get_by_label("Cari artikel")
    assert box.input_value() == "banjir"
    chip = page.get_by_role("list", name="Saringan yang dipakai").get_by_role("link")
    assert "Maret 2022" in chip.inner_text()

    notice.get_by_role("link", name="Cari persis yang diketik").click()
    assert box.input_value() == "banjir maret 2022"
    assert heading(page).startswith("35 artikel")


@EVERY_LOOK
def test_an_offered_period_gives_the_number_it_says(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir+tahun+2023&correct=false&sort=newest")

    offer = page.get_by_role("link", name=re.compile(r"Terbit tahun 2023\?"))
    assert offer.is_visible()
    box = offer.bounding_box()
    assert box
    assert box["height"] >= 24
    number = re.search(r"(\d+) artikel", offer.inner_text())
    assert number
    offer.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2023-01-01**")
    assert heading(page).startswith(f"{number[1]} artikel untuk")
    assert page.get_by_role("link", name="Terbaru").get_attribute("aria-current") == "true"


@EVERY_LOOK
def test_a_pasted_address_finds_its_article(visit: Visit) -> None:
    page = visit.page
    search(page, "https://www.kabarlebak.example/netralitas?b=2&a=1&fbclid=x")

    found = page.locator("ol.results h2 a")
    assert found.all_inner_texts() == ["Pengawas Ingatkan Netralitas ASN di Lebak"]
    found.click()
    assert page.locator("h1").inner_text() == "Pengawas Ingatkan Netralitas ASN di Lebak"

    search(page, "https://lain.example/berita/banjir-merendam-permukiman")
    assert page.get_by_text("tidak ada di arsip ini.").is_visible()
    assert heading(page).startswith("35 artikel")


@EVERY_LOOK
def test_a_wrong_day_is_said_where_it_is_filled_in(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Demak&from=2022-13-45&to=2022-06-30")

    field = page.get_by_role("textbox", name="Dari")
    assert field.is_visible()
    assert field.input_value() == "2022-13-45"
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert described.is_visible()
    assert "“2022-13-45” tidak dapat dipakai" in described.inner_text()
    below = described.bounding_box()
    above = field.bounding_box()
    assert below
    assert above
    assert 0 <= below["y"] - (above["y"] + above["height"]) < 20
    assert page.locator("ol.results > li").count() > 0

    page.locator(".notice").get_by_role("link", name="Dari").click()
    assert page.url.endswith("#dari")
    field.fill("2022-05")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url(re.compile("from=2022-05"))
    assert "place=Demak" in page.url
    assert "to=2022-06-30" in page.url
    assert page.locator("[aria-invalid]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@EVERY_LOOK
def test_no_wrong_parameter_leads_to_a_page_of_errors(visit: Visit) -> None:
    page = visit.page
    for query in (
        "page=abc",
        "sort=x&q=banjir",
        "per_page=0",
        "year=abc",
        "from=x&to=y&q=zzzzz",
        "to=2020&from=2021",
    ):
        response = page.goto(f"/?{query}")
        assert response
        assert response.status == 200
        assert page.get_by_text("tidak dapat dipakai").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@LOOKS
def test_axe_finds_nothing(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    for path in (
        "/?q=banjir+maret+2022",
        "/?q=banjir+maret+2022&correct=false",
        "/?q=https://lain.example/banjir-merendam",
        "/?q=banjir&from=2022-13-45&to=x&sort=y&page=z",
    ):
        page.goto(path)
        assert axe(page) == [], path


def test_nothing_moves_when_the_field_has_a_reason_beside_it(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&from=2022-13-45")
    moved = page.evaluate(
        """new Promise(done => {
            let sum = 0;
            const add = list => { for (const each of list.getEntries()) sum += each.value; };
            new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 300);
        })"""
    )

    assert moved == 0
