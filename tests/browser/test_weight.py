"""Pages are light, stand still while they load, and run nothing that is written inside of them."""

from __future__ import annotations

import pytest

from tests.browser.test_accessible import PAGES
from tests.browser.visits import PHONE, SHIFT, Visit

pytestmark = pytest.mark.browser

HTML_BYTES = 40_000
FIRST_LOAD_BYTES = 60_000

_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map((source) => source.node?.outerHTML?.slice(0, 200));
    if (!entry.hadRecentInput) shifts.push([entry.value, moved]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
_LOADED = """
() => {
  const [page] = performance.getEntriesByType("navigation");
  const others = performance.getEntriesByType("resource").map((entry) => entry.decodedBodySize);
  return [page.decodedBodySize, others.reduce((sum, size) => sum + size, page.decodedBodySize)];
}
"""


@pytest.mark.parametrize("visit", [{}, {"viewport": PHONE}], ids=["desk", "phone"], indirect=True)
def test_pages_are_light_and_stand_still(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(_SHIFTS)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        html, everything = page.evaluate(_LOADED)
        assert 0 < html < HTML_BYTES, path
        assert html < everything < FIRST_LOAD_BYTES, path
        shifts = page.evaluate("shifts")
        assert sum(value for value, _ in shifts) < SHIFT, (path, shifts)
    visit.troubles = [each for each in visit.troubles if "404" not in each]


def test_what_would_move_a_page_is_noticed(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(_SHIFTS)
    page.goto("/?q=banjir", wait_until="networkidle")
    page.evaluate("document.body.prepend(Object.assign(document.createElement('p'), { innerText: 'Baru' }))")
    page.wait_for_function(f"shifts.some(([value]) => value > {SHIFT})")


def test_nothing_inside_of_a_page_runs_or_styles_it(visit: Visit) -> None:
    page = visit.page
    for path in PAGES:
        response = page.goto(path)
        assert response is not None
        policy = response.headers["content-security-policy"]
        assert "unsafe" not in policy, path
        assert page.locator("[style], [onclick], [onload], style").count() == 0, path
        inside = page.locator("script:not([src]):not([type='application/ld+json'])")
        assert inside.count() == 0, path
    visit.troubles = [each for each in visit.troubles if "404" not in each]
