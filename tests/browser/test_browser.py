"""The page in a real Chromium: searching, narrowing, paging, reading, with and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import DESK, PHONE, Visit, search

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "visit",
    [{}, {"java_script_enabled": False}, {"viewport": PHONE}, {"color_scheme": "dark"}],
    ids=["desk", "without script", "phone", "dark"],
    indirect=True,
)
def test_a_reader_finds_narrows_pages_and_reads(visit: Visit) -> None:
    page = visit.page
    search(page, "banjir surut")
    assert page.locator(".result mark").first.inner_text().lower() in ("banjir", "surut")
    total = page.get_by_role("heading", level=1).inner_text()

    if page.viewport_size == PHONE:
        page.get_by_text("Saring hasil").click()
    page.get_by_role("link", name="Demak").click()
    page.wait_for_url("**place=Demak**")
    assert page.get_by_role("heading", level=1).inner_text() != total
    page.get_by_role("link", name="Hapus saringan Demak").click()
    page.locator("h1", has_text=total).wait_for()

    first_page = page.locator(".result h2").all_inner_texts()
    page.get_by_role("link", name="Berikutnya").click()
    assert not set(first_page) & set(page.locator(".result h2").all_inner_texts())
    second_page = page.get_by_role("heading", level=1).inner_text()

    title = page.locator(".result h2 a").first
    headline = title.inner_text()
    title.click()
    assert page.get_by_role("heading", level=1).inner_text() == headline
    assert page.locator("article mark").count() > 0
    page.get_by_role("link", name="Kembali ke hasil pencarian").click()
    assert page.get_by_role("heading", level=1).inner_text() == second_page


def test_a_reader_switches_other_forms_off(visit: Visit) -> None:
    page = visit.page
    search(page, "asn")
    assert "asn → aparatur sipil negara" in page.locator(".notice").inner_text().replace("“", "").replace(
        "”", ""
    )
    assert "aparatur sipil negara" in page.locator(".snippet mark").all_inner_texts()

    page.get_by_role("link", name="Cari persis yang diketik").click()

    assert page.locator(".notice").count() == 0
    assert "aparatur sipil negara" not in page.locator(".snippet mark").all_inner_texts()
    assert page.url.endswith("/?q=asn&expand=false")


def test_a_reader_sees_what_a_mistyped_word_was_read_as(visit: Visit) -> None:
    page = visit.page
    search(page, "netralitsa")
    assert "Menampilkan hasil untuk netralitas." in page.locator(".notice").inner_text()
    assert page.locator(".result").count() == 2
    assert page.locator("h1").inner_text() == "2 artikel untuk netralitas"
    assert page.title() == "netralitas, 2 artikel · Telusur"

    page.get_by_role("link", name="Telusuri “netralitsa” saja").click()

    assert page.locator(".result").count() == 0
    assert "Menampilkan hasil untuk" not in page.inner_text("main")


def test_a_reader_is_asked_about_a_rare_word(visit: Visit) -> None:
    page = visit.page
    search(page, "banjr")
    assert page.locator(".result").count() == 1
    assert "Mungkin maksud Anda: banjir" in page.locator(".notice").inner_text()

    page.get_by_role("link", name="banjir", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("35 artikel")


@pytest.mark.parametrize("path", ["/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/dokumen/serangan?q=serangan"])
def test_attacks_stay_text(visit: Visit, path: str) -> None:
    visit.page.goto(path)
    visit.page.wait_for_load_state("networkidle")

    assert "<script>alert(1)</script>" in visit.page.inner_text("body") + visit.page.input_value("#q")


@pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": {"width": 320, "height": 600}}], indirect=True
)
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit) -> None:
    paths = [
        *(
            "/",
            "/?q=banjir&page=2&sort=newest",
            "/bantuan",
            "/dokumen/netralitas-lebak?q=awas",
            "/?q=serangan",
        ),
        *("/?q=" + "panjangsekali" * 40, "/dokumen/serangan?q=" + "x" * 500),
    ]

    def scrolls(path: str) -> bool:
        visit.page.goto(path)
        if visit.page.get_by_text("Saring hasil").count():
            visit.page.get_by_text("Saring hasil").click()
        return bool(visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    assert [path for path in paths if scrolls(path)] == []


@pytest.mark.parametrize("visit", [{"viewport": DESK}], indirect=True)
def test_filters_are_open_at_a_desk(visit: Visit) -> None:
    visit.page.goto("/?q=banjir")

    assert visit.page.get_by_role("link", name="Demak").is_visible()


def test_the_keyboard_reaches_content_and_search(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"

    page.keyboard.press("/")  # may be a command of a screen reader
    assert page.evaluate("document.activeElement.id") == "isi"
    page.get_by_label("Cari artikel").press("/")
    assert page.get_by_label("Cari artikel").input_value().count("/") == 1


@pytest.mark.parametrize("visit", [{"viewport": DESK}, {"viewport": PHONE}], indirect=True)
def test_the_keyboard_never_lands_on_what_cannot_be_seen(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir&place=Demak")
    visited = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen, name = page.evaluate(FOCUSED)
        assert seen, name
        visited.append(name)

    assert any("Cara mencari" in name for name in visited)


FOCUSED = """
() => {
  const box = document.activeElement.getBoundingClientRect();
  const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && document.activeElement.checkVisibility();
  return [seen, document.activeElement.outerHTML];
}
"""


def test_empty_fields_stay_out_of_the_address(visit: Visit) -> None:
    page = visit.page
    page.goto("/?q=banjir")
    page.get_by_label("Dari").fill("2023-01-01")
    page.get_by_role("button", name="Terapkan").click()

    page.wait_for_url("**/?q=banjir&from=2023-01-01")


CONTRAST = """
() => {
  const luminance = (c) => {
    const linear = (v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = c.map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const a = luminance(rgb(style.color).slice(0, 3)), b = luminance(behind(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${element.outerHTML}: ${ratio}`);
  }
  return weak;
}
"""


@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_every_text_has_the_contrast_of_level_aa(visit: Visit) -> None:
    def weak(path: str) -> list[str]:
        visit.page.goto(path)
        return list(visit.page.evaluate(CONTRAST))

    paths = ["/", "/?q=banjir&place=Demak", "/bantuan", "/dokumen/netralitas-lebak?q=awas"]

    assert {path: found for path in paths if (found := weak(path))} == {}
