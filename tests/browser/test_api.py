"""The page of the API and the files of results, as somebody in a browser meets them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import DESK, LOOKS, PHONE, Visit, search

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WITHOUT_SCRIPT = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE, "java_script_enabled": False}, {"viewport": DESK}], indirect=True
)


@LOOKS
def test_developers_read_the_api_on_any_screen(visit: Visit, axe: Callable[[Page], list[str]]) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    page.get_by_role("link", name="Untuk pengembang").click()
    assert page.get_by_role("heading", level=1).inner_text() == "API untuk pengembang"
    for summary in page.locator(".docs summary").all():
        summary.click()

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = page.locator(".docs nav a, .docs .tries a, .docs summary").all()
    assert all((box := each.bounding_box()) and box["height"] >= 24 for each in targets)


@WITHOUT_SCRIPT
def test_an_example_and_a_shape_are_one_step_away(visit: Visit) -> None:
    page = visit.page
    page.goto("/docs")
    page.get_by_role("navigation", name="Alamat API").get_by_role("link", name="GET /api/v1/search").click()
    assert page.url.endswith("/docs#search")
    assert page.get_by_role("region").count() == 0  # dozens of landmarks would lead nowhere
    call = page.locator("#search")
    call.get_by_role("heading", name="Mencari artikel").wait_for()
    call.get_by_text("Parameter").click()
    assert call.get_by_text("Semua kata dahulu, lalu sebagian").is_visible()
    call.get_by_role("link", name="SearchAnswer").click()
    assert page.url.endswith("/docs#SearchAnswer")
    assert page.locator("#SearchAnswer dt", has_text="total_all").inner_text() == "total_all"
    assert page.locator("#Result dt").first.inner_text() == "id boleh tidak ada"
    assert page.locator("#document dt").first.text_content() == "id wajib diisi"
    call.locator(".tries a").first.click()

    assert "/api/v1/search?q=" in page.url
    assert '"total":' in page.content()


@WITHOUT_SCRIPT
def test_results_are_taken_home_as_a_table(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    search(page, "banjir")
    line = page.get_by_text("Unduh hasil ini (35 artikel):")
    assert line.is_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Unduh hasil ini: CSV").click()

    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert path.name == "banjir.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 35
    page.goto(rows[0]["address"])
    assert page.get_by_role("heading", level=1).inner_text() == rows[0]["title"]
