"""What is heard, and where the focus is, while a reader searches without eyes or without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import PHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 256}
ZOOMED = {"width": 195, "height": 422}

OUTLINE = """
() => [...document.querySelectorAll("main :is(h1, h2, h3)")].filter((each) => each.checkVisibility())
  .map((each) => [Number(each.tagName[1]), each.textContent.trim()])
"""
COVERED = """
() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const foot = [...document.querySelectorAll(".marks, .see")].filter((each) => !each.contains(element))
    .find((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility());
  const over = foot?.getBoundingClientRect();
  const under = over && box.bottom > over.top + 1 && box.top < over.bottom - 1;
  return under || box.bottom > innerHeight + 1 || box.top < -1 ? element.outerHTML.slice(0, 120) : "";
}
"""
"""What has the focus, if what stays at the foot of the window lies over it or it is out of sight."""


def focus(page: Page) -> str:
    """What has the focus, as it is called."""
    return str(
        page.evaluate(
            "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"
        )
    )


def heard(page: Page) -> str:
    return page.locator("#kabar").inner_text()


def covered(page: Page, start: str, steps: int) -> list[str]:
    page.locator(start).first.focus()
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found.append(page.evaluate(COVERED))
    return [each for each in found if each]


@pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": SMALL}], ids=["phone", "small"], indirect=True
)
def test_what_has_the_focus_is_never_covered(visit: Visit) -> None:
    page = visit.page
    page.goto("/dokumen/netralitas-lebak?q=netralitas")
    assert covered(page, ".text, .article .meta a", 12) == []
    page.goto("/?q=banjir")
    page.locator(".filters summary").click()
    assert covered(page, ".filters summary", 14) == []
    page.goto("/saringan/place?q=banjir")
    assert covered(page, "#cari-nilai", 4) == []


def test_headings_and_titles_lead_to_the_results(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&page=2")
    assert page.title() == "banjir, 35 artikel, hal. 2 dari 4 · Telusur"
    outline = page.evaluate(OUTLINE)
    assert outline[:2] == [[1, "35 artikel untuk banjir · halaman 2 dari 4"], [2, "Saringan"]]
    second = [text for level, text in outline if level == 2]
    assert second[:3] == ["Saringan", "Linimasa", "Hasil"]
    assert second[3:] == page.locator(".result h2").all_inner_texts()
    page.get_by_role("link", name="Langsung ke hasil").press("Enter")
    assert focus(page) == "Hasil"
    page.keyboard.press("Tab")
    assert focus(page) == second[3]

    page.goto("/?q=petugas+netralitas+lebak")
    assert [2, "Memuat sebagian kata"] in page.evaluate(OUTLINE)
    assert page.get_by_role("list", name="Memuat sebagian kata").locator(".result").count() == 1
    assert page.get_by_role("link", name="Semua kata 1 artikel", exact=True).is_visible()
    page.goto("/?q=banjir+netralitas")
    assert page.get_by_text("Tidak ada artikel yang memuat semua kata;").count() == 1
    assert page.locator(".parting").count() == 0
    page.goto("/?q=banjir&page=99")
    assert page.locator("h1").inner_text() == "35 artikel untuk banjir"
    page.goto("/?q=banjir&lang=en")
    assert page.title() == "banjir, 35 articles · Telusur"
    assert page.locator(".result time").evaluate_all(
        "(times) => times.every((time) => time.closest('[lang]').lang === 'en')"
    )


def test_dates_and_removed_filters_keep_the_focus_and_are_told(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&from=salah")
    page.locator("#dari").fill("kemarin lusa")
    page.get_by_role("button", name="Terapkan").press("Enter")
    page.wait_for_url("**from=kemarin*")
    page.locator("#kabar", has_text="kemarin lusa").wait_for()
    assert heard(page).endswith("35 artikel untuk banjir")
    assert page.evaluate("document.activeElement.id") == "dari"
    page.locator("#dari").fill("2023")
    page.get_by_role("button", name="Terapkan").press("Enter")
    page.wait_for_url("**from=2023*")
    page.locator("h1", has_text="23 artikel").wait_for()
    assert focus(page) == "Terapkan"

    page.goto("/?q=banjir&place=Demak&place=Amuntai&year=2022")
    number, named = page.locator("h1").inner_text().split(" · ", 1)
    assert named == "disaring: Demak, Amuntai, 2022"
    assert page.title() == f"banjir, {number.removesuffix(' untuk banjir')} · {named} · Telusur"
    order = page.locator("h1, .chips, .filters").evaluate_all("all => all.map(({ className }) => className)")
    assert order == ["", "chips", "filters"]
    for left in ("Hapus saringan Amuntai", "Hapus saringan 2022"):
        chip = page.locator(".chips a").first
        chip.press("Enter")
        page.locator(".chips a").first.get_by_text(left.split()[-1]).wait_for()
        assert focus(page) == left
    page.locator(".chips a").first.press("Enter")
    page.locator("h1", has_text="35 artikel").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert heard(page) == "35 artikel untuk banjir"
    page.locator("#kabar", has_not_text="artikel").wait_for(state="attached")  # who reads on meets it once
    page.locator(".filters li a").first.press("Enter")
    page.locator(".chips a").first.wait_for()
    page.go_back()
    page.locator(".chips").wait_for(state="detached")
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_choice_in_the_list_of_values_tells_how_many_results_it_leaves(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    # The list of this archive is short enough to stand beside the results whole, so its page is asked for.
    page.evaluate(
        "document.querySelector('.filters ul').insertAdjacentHTML("
        "'afterend', '<p class=every><a href=\"/saringan/place?q=banjir\">Semua tempat</a></p>')"
    )
    page.get_by_role("link", name="Semua tempat").press("Enter")
    dialog = page.get_by_role("dialog")
    told = dialog.get_by_role("status")
    dialog.get_by_role("link", name="Saring: Demak").press("Enter")
    told.get_by_text("hasil").wait_for()
    assert told.inner_text() == dialog.locator(".see").inner_text()
    assert focus(page).startswith("Hapus saringan: Demak")
    way = dialog.get_by_role("button", name="Lihat")
    assert way.inner_text() == told.inner_text()
    dialog.locator(".chips a").press("Enter")
    way.wait_for(state="hidden")
    assert focus(page).startswith("Saring: ")
    assert page.evaluate("document.querySelector('#daftar').getAttribute('role')") == "group"
    dialog.get_by_role("link", name="Saring: Demak").press("Enter")
    way.press("Enter")
    page.wait_for_url("**/?q=banjir&place=Demak")


def test_each_match_is_told_once_with_its_words_and_copying_says_so(visit: Visit) -> None:
    page = visit.page
    page.goto("/dokumen/netralitas-lebak?q=netralitas")
    page.evaluate(
        "const bar = document.querySelector('.marks p'); window.told = [];"
        "new MutationObserver(() => told.push(bar.textContent)).observe(bar, { childList: true })"
    )
    page.get_by_role("link", name="Kecocokan berikutnya").press("Enter")
    page.wait_for_url("**#cocok-1")
    page.get_by_role("link", name="Kecocokan berikutnya").press("Enter")
    page.wait_for_url("**#cocok-2")
    page.wait_for_timeout(100)
    told = page.evaluate("told")
    assert [text.split(" ")[0] for text in told] == ["1", "2"]
    mark = page.locator("#cocok-2").inner_text()
    assert f"{mark}" in told[1].partition(": … ")[2]
    assert page.locator(".marks p span").get_attribute("lang") == "id"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "cocok-2"

    page.evaluate("() => void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Salin sitasi").press("Enter")
    page.get_by_role("status").get_by_text("Teks dipilih; tekan Ctrl+C").wait_for(state="attached")
    assert page.evaluate("getSelection().toString()") == page.locator("#sitasi").inner_text()


@pytest.mark.parametrize("visit", [{"viewport": ZOOMED}], indirect=True)
def test_twice_as_large_on_a_phone_nothing_scrolls_sideways(visit: Visit) -> None:
    for path in ("/?q=banjir&place=Demak", "/saringan/place?q=banjir", "/?q=petugas+netralitas+lebak"):
        visit.page.goto(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("visit", [{"forced_colors": "active"}], indirect=True)
def test_high_contrast_shows_what_is_chosen(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Demak")
    for chosen in (".sorts a[aria-current]", ".chips a"):
        assert page.locator(chosen).first.evaluate("(link) => getComputedStyle(link).borderTopWidth") == "1px"
    ink, link = page.evaluate(
        "['h2 mark', 'h2 a'].map((each) => getComputedStyle(document.querySelector(`.result ${each}`)).color)"
    )
    assert ink == link
    line = "(mark) => getComputedStyle(mark).textDecorationLine"
    assert page.locator(".result h2 mark").first.evaluate(line) == "underline"
    page.locator(".timeline li a").first.focus()
    name, bars = (page.locator(each).bounding_box() for each in (".timeline a:focus span", ".timeline ol"))
    assert name
    assert bars
    assert name["y"] + name["height"] <= bars["y"]
