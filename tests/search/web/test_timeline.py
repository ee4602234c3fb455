"""The bars above the results: exact links, names to be heard, few bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.messages import translator
from index.settings import Settings
from search.answer import Bar, Histogram, Question
from search.app import create_app
from search.web.links import Links
from search.web.timeline import HEIGHT, timeline

BAR = re.compile(
    r'<li(?: class="latest")?><a href="([^"]*)" rel="nofollow"><svg height="(\d+)" aria-hidden="true"></svg>'
    r"<span>(.*?)</span>"
)


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bars(html: str) -> list[tuple[str, int, str]]:
    """Address, height and name of each bar that is a link."""
    return [(unescape(url), int(height), unescape(name)) for url, height, name in BAR.findall(html)]


def total(html: str) -> int:
    return int(re.search(r"<h1>\s*([\d.]+) artikel", html)[1].replace(".", ""))


def test_the_number_of_a_bar_is_what_its_click_finds_and_all_else_stays(client: FlaskClient) -> None:
    html = client.get("/?q=banjir&place=Demak&place=Kudus&sort=oldest&per_page=5&page=2").text
    found = bars(html)

    assert sum(int(name.split(", ")[1].split()[0]) for *_, name in found) == total(html)
    for url, _, name in found:
        narrowed = client.get(url).text
        assert f"{total(narrowed)} artikel" == name.split(", ")[1]
        assert "q=banjir&sort=oldest&place=Demak&place=Kudus&from=" in url
        assert url.endswith("&per_page=5")


def test_a_year_opens_into_months_and_a_month_into_days(client: FlaskClient) -> None:
    # 35 articles, one every thirty days, are more months than there are bars.
    years = bars(client.get("/?q=banjir").text)
    months = bars(client.get(years[1][0]).text)

    assert [name for *_, name in years] == ["2022, 12 artikel", "2023, 12 artikel", "2024, 11 artikel"]
    assert months[0][2] == "Januari 2023, 1 artikel"
    assert months[0][0] == "/?q=banjir&from=2023-01-01&to=2023-01-31"


def test_bars_do_not_leave_the_dates_in_force_and_the_chip_leads_back(client: FlaskClient) -> None:
    html = client.get("/?q=banjir&from=2023-06-10&to=2023-12-25").text
    found = bars(html)

    assert found[0][0] == "/?q=banjir&from=2023-06-10&to=2023-06-30"
    assert found[-1][0] == "/?q=banjir&from=2023-12-01&to=2023-12-25"
    assert '<a href="/?q=banjir"><span class="unseen">Hapus saringan </span>10 Juni sampai' in html


@pytest.mark.parametrize("path", ["/?q=bilik", "/?q=banjir&from=2022-01-31&to=2022-01-31", "/?q=qqqq", "/"])
def test_where_there_is_nothing_to_compare_there_are_no_bars(client: FlaskClient, path: str) -> None:
    assert "timeline" not in client.get(path).text


def test_bars_are_told_in_the_language_of_the_visitor(client: FlaskClient) -> None:
    html = client.get("/?q=banjir&from=2023&to=2023&lang=en").text

    assert "Timeline</h2>" in html
    assert "Skip the timeline</a>" in html
    assert "Most:" not in html  # no month has more than the others
    assert "Most: May 2022, 2 articles" in client.get("/?q=banjir&from=2022&to=2022&lang=en").text
    assert bars(html)[0][2] == "January 2023, 1 article"
    assert bars(html)[0][0].endswith("&lang=en")


def test_queries_are_escaped_in_the_addresses_of_bars(client: FlaskClient) -> None:
    html = client.get('/?q=banjir+-"><script>alert(1)</script>&match=any').text

    assert bars(html)
    assert "<script>alert" not in html


def test_the_api_gives_the_same_bars(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=banjir&from=2022").json

    assert answer["histogram"]["unit"] == "year"
    assert answer["histogram"]["bars"] == [
        {"first": "2022-01-01", "last": "2022-12-31", "count": 12},
        {"first": "2023-01-01", "last": "2023-12-31", "count": 12},
        {"first": "2024-01-01", "last": "2024-12-31", "count": 11},
    ]
    assert answer["histogram"]["undated"] == 0
    assert client.get("/api/v1/search?q=qqqq&correct=false").json["histogram"] == {
        "unit": None,
        "bars": [],
        "undated": 0,
    }


Draw = Callable[..., Any]


@pytest.fixture
def draw(app: Flask) -> Draw:
    """Draws bars for the question ``kota``."""

    def draw(unit: Any, *drawn: Bar, undated: int = 0) -> Any:
        with app.test_request_context():
            links = Links(Question("kota"), per_page=10, max_chars=500)
            return timeline(Histogram(unit, drawn, undated), links, translator("id"))

    return draw


def test_bars_are_as_high_as_their_share_and_never_too_low_to_see(draw: Draw) -> None:
    days = [date(2024, 3, 1) + timedelta(days=number) for number in range(4)]
    shown = draw("day", *(Bar(day, day, count) for day, count in zip(days, (0, 1, 5000, 2500), strict=True)))

    assert [bar.height for bar in shown.bars[1:]] == [2, HEIGHT, HEIGHT // 2]
    assert (shown.bars[0].url, shown.bars[0].name) == ("", "")
    assert shown.bars[2].name == "3 Maret 2024, 5.000 artikel"
    assert shown.most == "3 Maret 2024, 5.000 artikel"


def test_a_bar_of_more_than_its_unit_names_both_ends_and_labels_begin_behind_it(draw: Draw) -> None:
    shown = draw(
        "month",
        Bar(date(26, 5, 1), date(2024, 2, 29), 1),
        *(Bar(date(2024, month, 1), date(2024, month, 28), 9) for month in range(3, 13)),
    )

    assert shown.bars[0].name == "Mei 26 sampai Februari 2024, 1 artikel"
    assert [bar.label for bar in shown.bars if bar.label] == ["Mar 2024", "Jun 2024", "Sep 2024"]
    assert not shown.bars[0].label


def test_no_label_reaches_beyond_the_last_bar(draw: Draw) -> None:
    days = [date(2024, 3, 1) + timedelta(days=number) for number in range(31)]

    shown = draw("day", *(Bar(day, day, 1) for day in days))

    labels = [bar.label for bar in shown.bars]
    assert [label for label in labels if label] == ["1 Mar", "6 Mar", "11 Mar", "16 Mar", "21 Mar", "26 Mar"]
    assert labels[-2:] == ["", ""]
