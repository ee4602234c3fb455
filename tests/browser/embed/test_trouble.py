"""The component where the network is slow or away, or the archive refuses: it says so, and nothing moves."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.embed.koran import Koran, ask, box, options, told
from tests.browser.visits import SHIFT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

NO_CONNECTION = "Arsip tidak dapat dihubungi. Periksa sambungan Anda, lalu coba lagi."


def query_of(route: Route) -> str:
    return parse_qs(urlsplit(route.request.url).query).get("q", [""])[0]


def test_an_answer_that_comes_late_moves_nothing_and_an_outdated_one_is_left(visit: Visit) -> None:
    page = visit.page
    waiting: list[str] = []
    failed: list[str] = []
    unanswered: list[Route] = []

    def late(route: Route) -> None:
        waiting.append(query_of(route))
        if query_of(route) == "netralitas":
            time.sleep(0.9)
        if query_of(route) == "sanksi":
            unanswered.append(route)
        else:
            route.continue_()

    page.route("**/api/v1/search?**", late)
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto("/", wait_until="networkidle")
    ask(page, "sanksi")
    page.get_by_role("status").get_by_text("Mencari…").wait_for()
    ask(page, "netralitas")
    page.get_by_text("2 artikel untuk “netralitas”").wait_for()
    assert waiting == ["sanksi", "netralitas"]
    assert any("q=sanksi" in url for url in failed)
    assert [each["query"] for each in told(page, "telusur-search")] == ["netralitas"]
    page.wait_for_timeout(100)
    assert sum(page.evaluate("shifts")) < SHIFT
    for route in unanswered:
        route.abort()


def test_suggestions_for_what_is_no_longer_typed_are_not_shown(visit: Visit) -> None:
    page = visit.page

    def late(route: Route) -> None:
        if query_of(route) == "banj":
            time.sleep(0.5)
        route.continue_()

    page.route("**/api/v1/suggest?**", late)
    page.goto("/")
    with page.expect_request("**/suggest?q=banj"):
        box(page).press_sequentially("banj")
    box(page).fill("netral")
    options(page).filter(has_text="netral").first.wait_for()
    page.wait_for_timeout(600)
    assert not options(page).filter(has_text="banjir").count()


def test_an_archive_that_knows_little_yet_is_asked_again_once(visit: Visit) -> None:
    page = visit.page
    asked: list[str] = []

    def little(route: Route) -> None:
        asked.append(query_of(route))
        word = {"text": f"banjir {len(asked)}", "kind": "word"}
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
        route.fulfill(json={"query": "banj", "suggestions": [word]}, headers=headers)

    page.route("**/api/v1/suggest?**", little)
    page.goto("/")
    box(page).fill("banj")
    options(page).filter(has_text="banjir 2").wait_for()
    page.wait_for_timeout(600)
    assert asked == ["banj", "banj"]


def test_an_archive_that_is_away_or_refuses_is_told_in_words(visit: Visit, koran: Koran) -> None:
    page = visit.page
    page.goto("/")
    page.route("**/api/v1/**", lambda route: route.abort())
    ask(page, "banjir")
    page.get_by_role("status").get_by_text(NO_CONNECTION).wait_for()
    page.unroute("**/api/v1/**")
    page.get_by_role("button", name="Coba lagi").click()
    page.get_by_text("35 artikel untuk “banjir”").wait_for()

    koran.show('<telusur-search q="banjir" per-page="banyak"></telusur-search>')
    page.goto("/")
    page.get_by_role("status").get_by_text("per_page: “banyak” tidak dapat dipakai").wait_for()
    page.route("**/api/v1/**", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    page.get_by_role("button", name="Coba lagi").click()
    allowed = {"Access-Control-Allow-Origin": "*"}
    page.unroute("**/api/v1/**")
    page.route(
        "**/api/v1/**", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>", headers=allowed)
    )
    page.get_by_role("button", name="Coba lagi").click()
    page.get_by_role("status").get_by_text("Arsip tidak dapat menjawab (kesalahan 502).").wait_for()
    koran.show('<telusur-search q="banjir" server="http://[" ></telusur-search>')
    page.goto("/")
    page.get_by_role("status").get_by_text(NO_CONNECTION).wait_for()
    visit.troubles = [
        each for each in visit.troubles if not any(word in each for word in ("Failed to load", "CORS", "502"))
    ]


def test_a_key_and_another_server_are_used(visit: Visit, koran: Koran) -> None:
    koran.show(f'<telusur-search q="banjir" key="rahasia" server="{koran.archive}/arsip"></telusur-search>')
    page = visit.page
    asked: list[tuple[str, str]] = []

    def answer(route: Route) -> None:
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization"}
        if route.request.method != "OPTIONS":
            asked.append((urlsplit(route.request.url).path, route.request.headers.get("authorization", "")))
        route.fulfill(
            status=401, json={"title": "Kunci salah", "detail": "Kunci ini dicabut."}, headers=headers
        )

    page.route("**/arsip/**", answer)
    page.goto("/")
    page.get_by_role("status").get_by_text("Kunci ini dicabut.").wait_for()
    assert asked == [("/arsip/api/v1/search", "Bearer rahasia")]
    visit.troubles = [each for each in visit.troubles if "401" not in each]
