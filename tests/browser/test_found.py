"""What a reader sees of how much was found: both numbers, the line between them, and ways out of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import EVERY_LOOK, PHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@EVERY_LOOK
def test_articles_with_all_words_stand_above_a_line_and_can_be_had_alone(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=petugas+netralitas+lebak")
    line = page.get_by_text("Memuat sebagian kata", exact=True)
    above, below = page.locator(".result").nth(0), page.locator(".result").nth(1)
    boxes = [each.bounding_box() for each in (above, line, below)]
    assert all(boxes)
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]  # type: ignore[index]
    assert headline(page).startswith("2 artikel")

    page.get_by_role("link", name="Semua kata 1").click()
    assert headline(page).startswith("1 artikel")
    assert line.count() == 0
    page.get_by_role("link", name="Termasuk sebagian kata").click()
    assert headline(page).startswith("2 artikel")


@EVERY_LOOK
def test_who_finds_nothing_gets_on_with_a_click_that_finds_what_it_says(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Amuntai&year=2022")
    assert headline(page).startswith("0 artikel")
    page.get_by_role("link", name="Tanpa tempat Amuntai 12 artikel").click()
    assert headline(page).startswith("12 artikel")

    page.goto("/?q=permkiman&correct=false")
    assert "permkiman" in page.locator(".empty").inner_text()
    page.get_by_role("link", name="permukiman 35 artikel").click()
    assert headline(page).startswith("35 artikel")


@EVERY_LOOK
def test_a_filter_finds_as_many_as_it_says_in_every_order(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=petugas+banjir")
    for sort in ("Relevansi", "Terbaru", "Terlama"):
        page.get_by_role("navigation", name="Urutkan").get_by_role("link", name=sort).click()
        if page.viewport_size == PHONE:
            page.get_by_text("Saring hasil").click()
        choice = page.locator(".filters").get_by_role("link", name="Demak")
        count = choice.locator(".count").inner_text()
        everything = headline(page)
        choice.click()
        page.wait_for_url("**place=Demak**")
        assert headline(page).startswith(f"{count} artikel")
        page.go_back()
        page.locator("h1", has_text=everything).wait_for()
