"""The component on a page of another origin with a strict policy: asked, narrowed, paged, left and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.embed.koran import Koran, ask, box, focused, options, told
from tests.browser.visits import PHONE, SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser


def results(page: Page) -> Locator:
    return page.locator("telusur-search").get_by_role("listitem")


@pytest.mark.parametrize(
    "visit", [{}, {"viewport": PHONE, "has_touch": True}], ids=["desk", "phone"], indirect=True
)
def test_a_reader_searches_on_the_page_of_another_site(
    visit: Visit, axe: Callable[[Page], list[str]]
) -> None:
    page = visit.page
    page.goto("/", wait_until="networkidle")
    box(page).press_sequentially("banj")
    options(page).first.wait_for()
    assert box(page).get_attribute("aria-expanded") == "true"
    on_phone = page.viewport_size == PHONE
    if on_phone:
        assert not axe(page)
    box(page).press("ArrowDown")
    assert box(page).get_attribute("aria-activedescendant") == options(page).nth(0).get_attribute("id")
    assert options(page).nth(0).get_attribute("aria-selected") == "true"
    box(page).press("ArrowUp")
    assert box(page).get_attribute("aria-activedescendant") is None
    box(page).press("Escape")
    assert options(page).count() == 0
    assert box(page).input_value() == "banj"

    ask(page, "banjir")
    page.get_by_role("status").get_by_text("35 artikel untuk “banjir”").wait_for()
    assert results(page).count() == 10
    assert {mark.lower() for mark in results(page).locator("mark").all_inner_texts()} == {"banjir"}
    link = results(page).nth(0).get_by_role("link")
    assert str(link.get_attribute("href")).startswith("https://warta.example/")
    assert results(page).nth(0).get_by_role("heading", level=2).count() == 1
    first = results(page).nth(0).inner_text()
    if not on_phone:
        assert not axe(page)

    page.get_by_role("button", name="Berikutnya").focus()
    page.keyboard.press("Enter")
    count = page.get_by_role("status").get_by_text("35 artikel untuk “banjir” · halaman 2 dari 4")
    count.wait_for()
    assert results(page).nth(0).inner_text() != first
    assert focused(page) == "count"
    assert count.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"
    place = count.bounding_box()
    assert place
    assert 0 <= place["y"] <= page.viewport_size["height"] - place["height"]  # type: ignore[index]
    assert [each["page"] for each in told(page, "telusur-search")] == [1, 2]
    assert sum(page.evaluate("shifts")) < SHIFT
    style = "(element) => [getComputedStyle(element).textTransform, getComputedStyle(element).fontFamily]"
    assert page.get_by_role("button", name="Cari").evaluate(style) == ["none", "Georgia, serif"]


def test_suggestions_are_chosen_by_keyboard_and_by_mouse(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search link="/berita/{id}?dari={source}"></telusur-search>')
    page = visit.page
    page.goto("/")
    box(page).press_sequentially("netralit")
    options(page).filter(has_text="netralitas").first.click()
    page.locator(".count", has_text="2 artikel untuk “netralitas”").wait_for()

    box(page).fill("")
    box(page).press_sequentially("bilik suara b")
    title = options(page).filter(has_text="Bilik Suara Baru untuk Pemilih")
    title.wait_for()
    while title.get_attribute("aria-selected") == "false":
        box(page).press("ArrowDown")
    box(page).press("Enter")
    page.wait_for_url("**/berita/bilik-suara?dari=amuntaipos.example")


def test_what_is_offered_narrows_and_the_focus_stays(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search facets="source place year" dates sorts address></telusur-search>')
    page = visit.page
    page.goto("/?lain=1")
    ask(page, "banjir")
    choice = page.get_by_role("group", name="Tempat").get_by_role("checkbox", name="Demak")
    wanted = int(
        page.get_by_role("group", name="Tempat").locator("label", has_text="Demak").inner_text().split()[-1]
    )
    assert choice.get_attribute("aria-label") == f"Demak, {wanted} artikel"
    choice.focus()
    choice.press("Space")
    page.locator(".count", has_text=f"{wanted} artikel").wait_for()
    assert choice.is_checked()
    assert focused(page) == "place=Demak"
    summary = page.locator("summary", has_text="Saring hasil (1 saringan dipakai)")
    summary.focus()
    page.keyboard.press("Tab")
    assert page.get_by_role("button", name="Langsung ke hasil").bounding_box()
    page.keyboard.press("Enter")
    assert focused(page) == "count"
    for _ in range(3):  # the order, and what takes the filters away
        page.keyboard.press("Tab")
    assert focused(page) == "link"
    assert page.url.endswith("/?lain=1&q=banjir&place=Demak")

    page.get_by_label("Dari").fill("2023-01-01")
    page.wait_for_url("**from=2023-01-01**")
    page.locator("telusur-search [part=sort]").select_option("oldest")
    page.wait_for_url("**sort=oldest**")
    first = results(page).nth(0)
    first.get_by_text("Januari 2023").or_(first.get_by_text("Februari 2023")).or_(
        first.get_by_text("Maret 2023")
    ).wait_for()
    page.reload()
    page.locator(".count", has_text="artikel untuk “banjir”").wait_for()
    assert choice.is_checked()
    assert page.get_by_label("Dari").input_value() == "2023-01-01"

    page.get_by_role("button", name="Hapus semua saringan").click()
    page.locator(".count", has_text="35 artikel").wait_for()
    page.go_back()
    page.locator(".count", has_not_text="35 artikel").wait_for()
    assert choice.is_checked()
    assert "lain=1" in page.url


def test_fixed_filters_stay_whatever_a_reader_chooses(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search browse filter="source=warta.example" facets="source place"></telusur-search>')
    page = visit.page
    page.goto("/")
    page.locator(".count", has_text="18 artikel").wait_for()
    assert page.get_by_role("group", name="Penerbit").count() == 0
    page.get_by_role("checkbox", name="Kudus").check()
    page.locator(".count", has_text="6 artikel").wait_for()
    box(page).press_sequentially("banj")
    options(page).first.wait_for()
    assert "35 artikel" not in " ".join(options(page).all_inner_texts())


def test_what_articles_hold_is_shown_as_text_and_only_web_addresses_are_linked(
    visit: Visit, koran: Koran
) -> None:
    page = visit.page
    page.goto("/")
    ask(page, "serangan berbahaya")
    result = results(page).filter(has_text="Judul <script>alert(1)</script> berbahaya")
    result.wait_for()
    assert result.locator("script, img, b, i").count() == 0
    assert "jahat.example<script>" in result.inner_text()

    ask(page, "bilik suara")
    link = page.get_by_role("link", name="Bilik Suara Baru")
    assert link.get_attribute("href") == f"{koran.archive}/dokumen/bilik-suara?q=bilik+suara"
    koran.show('<telusur-search q="netralitas" link="javascript:alert({id})"></telusur-search>')
    page.goto("/")
    link = page.get_by_role("link", name="Pengawas Ingatkan")
    assert link.get_attribute("href") == f"{koran.archive}/dokumen/netralitas-lebak?q=netralitas"
    koran.show('<telusur-search q="netralitas" link="archive" target="_blank"></telusur-search>')
    page.goto("/")
    link = page.get_by_role("link", name="Pengawas Ingatkan")
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.title().startswith("Pengawas Ingatkan Netralitas")
    assert opened.value.locator("mark").count() > 0


def test_the_page_is_told_what_is_chosen_and_may_open_it_itself(visit: Visit, koran: Koran) -> None:
    koran.show(attributes='lang="id" class="tinggal"')
    page = visit.page
    page.goto("/")
    ask(page, "netralitas")
    page.get_by_role("link", name="Pengawas Ingatkan").click()
    page.wait_for_function("told.some(([name]) => name === 'telusur-select')")
    (chosen,) = told(page, "telusur-select")
    assert chosen == {
        "id": "netralitas-lebak",
        "title": "Pengawas Ingatkan Netralitas ASN di Lebak",
        "url": "https://kabarlebak.example/netralitas?a=1&b=2",
        "position": chosen["position"],
        "query": "netralitas",
    }
    assert chosen["position"] in (1, 2)
    assert page.url == f"{koran.address}/"


def test_who_finds_nothing_or_mistypes_gets_on(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search facets="place year"></telusur-search>')
    page = visit.page
    page.goto("/")
    ask(page, "netralitsa")
    page.get_by_text("Menampilkan hasil untuk “netralitas”.").wait_for()
    page.get_by_role("status").get_by_text("2 artikel untuk “netralitas”").wait_for()
    page.get_by_role("button", name="Telusuri “netralitsa” saja").click()
    page.get_by_text("Tidak ada artikel yang cocok").wait_for()
    assert focused(page) == "count"
    page.get_by_role("button", name="netralitas (2 artikel)").click()
    page.locator(".count", has_text="2 artikel untuk “netralitas”").wait_for()
    assert box(page).input_value() == "netralitas"
    page.get_by_role("checkbox", name="Lebak").check()
    page.locator(".count", has_text="1 artikel").wait_for()
    ask(page, "banjir demak")
    page.get_by_text("Tidak ada artikel yang cocok").wait_for()
    page.get_by_role("button", name="Tanpa tempat Lebak").click()
    results(page).nth(1).wait_for()


def test_results_that_hold_all_words_are_told_from_the_others(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search q="netralitas sanksi" heading="3"></telusur-search>')
    page = visit.page
    page.goto("/")
    page.get_by_text("2 artikel untuk “netralitas sanksi”, 1 memuat semua kata").wait_for()
    headings = ["Pengawas Ingatkan Netralitas ASN di Lebak", "Memuat sebagian kata", "Bilik Suara Baru untuk"]
    shown = page.locator("telusur-search").get_by_role("heading", level=3).all_inner_texts()
    assert [text.startswith(wanted) for text, wanted in zip(shown, headings, strict=True)] == [True] * 3
    assert page.locator("ol").nth(1).get_attribute("start") == "2"

    def mixed(route: Route) -> None:
        response = route.fetch()
        answer = response.json()
        answer |= {"all_first": False, "results": answer["results"][::-1]}
        route.fulfill(response=response, json=answer)

    # As long questions of a large archive are answered.
    page.route("**/api/v1/search?**", mixed)
    ask(page, "netralitas sanksi")
    results(page).nth(0).get_by_text("Bilik Suara Baru").wait_for()
    assert page.get_by_role("heading", name="Memuat sebagian kata").count() == 0
    assert "memuat semua kata" not in results(page).nth(0).inner_text()
    assert "memuat semua kata" in results(page).nth(1).inner_text()


def test_attributes_may_change_and_the_language_is_that_of_the_page(visit: Visit, koran: Koran) -> None:
    koran.show('<telusur-search q="netralitas"></telusur-search>', attributes='lang="en-GB"')
    page = visit.page
    page.goto("/")
    page.get_by_text("2 articles for “netralitas”").wait_for()
    assert page.get_by_text("November 12, 2024").count() == 1
    page.locator("telusur-search").evaluate("(element) => element.setAttribute('lang', 'id')")
    page.get_by_text("2 artikel untuk “netralitas”").wait_for()
    assert page.get_by_text("12 November 2024").count() == 1
    page.locator("telusur-search").evaluate("(element) => element.setAttribute('q', 'sanksi')")
    page.get_by_text("1 artikel untuk “sanksi”").wait_for()
    page.locator("telusur-search").evaluate("(element) => element.search('banjir')")
    page.get_by_text("35 artikel untuk “banjir”").wait_for()
    assert page.locator("telusur-search").evaluate("(element) => element.value") == "banjir"
