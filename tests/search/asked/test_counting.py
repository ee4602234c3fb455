"""A search of a visitor counts once, on whichever face; what is none counts not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app, register
from search.asked.report import report
from search.asked.store import Store
from search.http.site import Site
from search.query.periods import today_in_jakarta


class Visited:
    """A site whose visitors are counted.

    :param app: has it, whether ours or a host's.
    """

    def __init__(self, app: Flask, site: Site) -> None:
        self.client: FlaskClient = app.test_client()
        self.site = site

    def get(self, path: str, **values: Any) -> Any:
        return self.client.get(path, **values)

    def post(self, path: str, record: Any) -> None:
        response = self.client.post(path, json=record, buffered=True)  # it counts once it is read
        assert response.status_code == 200

    def click(self, record: Any) -> int:
        body = record if isinstance(record, bytes) else json.dumps(record)
        return self.client.post("/klik", data=body, content_type="text/plain;charset=UTF-8").status_code

    def counted(self) -> dict[tuple[str, str], int]:
        """Query and face -> searches."""
        assert self.site.recorder is not None
        self.site.recorder.write(everything=True)
        with self.site.recorder.store.reading() as connection:
            rows = connection.execute("SELECT query, face, searches FROM searches") if connection else ()
            return {(query, face): count for query, face, count in rows}


def settings_of(site_settings: Settings, folder: Path, **changes: Any) -> Settings:
    """Of a site with that index, beside which no other test writes."""
    index = folder / "index"
    index.mkdir()
    for path in Path(site_settings.text("index")).iterdir():
        (index / path.name).symlink_to(path)
    return site_settings.replace(index=str(index), **changes)


@pytest.fixture(params=["ours", "hosted"])
def visited(request: pytest.FixtureRequest, site_settings: Settings, tmp_path: Path) -> Iterator[Visited]:
    settings = settings_of(site_settings, tmp_path, query_log=True)
    if request.param == "ours":
        app = create_app(settings)
        site: Site = app.extensions["telusur"]
    else:
        app, site = Flask("koran"), Site.of(settings)
        register(app, site)
    yield Visited(app, site)
    assert site.recorder is not None
    site.recorder.close()
    site.searcher.close()


def test_each_search_counts_once_also_when_its_answer_was_kept(visited: Visited) -> None:
    for _time in range(3):
        visited.get("/?q=Banjir ")
        visited.get("/api/v1/search?q=banjir")
        visited.get("/api/v1/search?q=banjir", headers={"Sec-Fetch-Mode": "cors"})
    visited.get("/?q=zzzz+qqqq")
    visited.post("/api/v1/multi-search", {"queries": [{"q": "demak"}, {"q": "kudus"}]})

    assert visited.counted() == {
        ("banjir", "page"): 3,
        ("banjir", "api"): 3,
        ("banjir", "component"): 3,
        ("zzzz qqqq", "page"): 1,
        ("demak", "api"): 1,
        ("kudus", "api"): 1,
    }


def test_steps_within_a_search_and_what_nobody_asked_count_not(visited: Visited) -> None:
    seen = visited.get("/?q=banjir")
    for step in ("&page=2", "&sort=newest", "&place=Demak", "&from=2022", "&correct=false", "&match=all"):
        visited.get(f"/?q=banjir{step}")
    visited.get("/?q=banjir", headers={"If-None-Match": seen.headers["ETag"]})
    visited.get("/?q=banjir", headers={"Sec-Purpose": "prefetch"})
    visited.get("/?q=banjir", headers={"User-Agent": "Examplebot/1.0"})
    visited.get("/?q=banjir", headers={"Referer": "http://localhost/kelola/pertanyaan?hari=7"})
    visited.client.head("/?q=banjir")
    for other in (
        *(
            "/",
            "/?sort=newest",
            "/?place=Demak",
            "/?q=+",
            "/dokumen/banjir-01?q=banjir",
            "/feed.atom?q=banjir",
        ),
        *("/api/v1/suggest?q=banj", "/api/v1/facets/place?q=dem", "/api/v1/export?q=banjir&format=csv"),
        *("/api/v1/search?q=banjir&per_page=0", "/saringan/place?q=banjir"),
    ):
        visited.get(other)
    assert visited.counted() == {("banjir", "page"): 1}

    visited.get("/?q=netralitas&place=Lebak")  # words that nobody asked without the filter
    assert visited.counted()["netralitas", "page"] == 1


def test_widgets_that_ask_at_every_key_count_once(visited: Visited) -> None:
    def ask(*queries: dict[str, Any]) -> None:
        body = {"queries": [{"indexUid": "articles", **query} for query in queries]}
        own = visited.site.settings.text("meili_index")
        for query in body["queries"]:
            query["indexUid"] = own
        visited.post("/meili/multi-search", body)

    ask({})
    for text in ("b", "ba", "banj", "banjir"):
        ask({"q": text}, {"q": text, "limit": 0, "facets": ["place"]})
    ask({"q": "banjir", "filter": "place = Demak"}, {"q": "banjir", "limit": 0})
    ask({"q": "banjir", "offset": 20})
    assert visited.counted() == {("banjir", "meili"): 1}


def test_clicks_are_taken_from_any_page_and_nothing_else_is(visited: Visited) -> None:
    visited.get("/?q=banjir")
    good = {"q": " BANJIR", "position": 3, "face": "page"}
    assert visited.click(good) == 204
    assert visited.click({**good, "q": "tak pernah ditanya"}) == 204
    for wrong in (
        *(b"", b"{", b"[]", b"\xff", b"null", {"q": "banjir"}, {**good, "more": 1}, {**good, "face": "api"}),
        *({**good, "position": each} for each in (0, -1, 1001, "3", 3.0, True, None, 10**30)),
        *({**good, "q": each} for each in (None, 3, ["banjir"])),
    ):
        assert visited.click(wrong) == 400, wrong
    assert visited.click(b" " * 20_000) == 413
    assert visited.client.get("/klik").status_code == 405
    visited.counted()

    today = today_in_jakarta()
    store = Store.of(visited.site.settings.text("index"))
    found = report(store, today - timedelta(days=1), today, 10)
    assert [(row.query, row.clicks, row.position) for row in found.queries] == [("banjir", 1, 3.0)]


def test_nothing_is_recorded_until_the_owner_wants_it(site_settings: Settings, tmp_path: Path) -> None:
    settings = settings_of(site_settings, tmp_path)
    app = create_app(settings)
    client = app.test_client()

    page = client.get("/?q=banjir").text
    assert "clicks.js" not in page
    assert 'const CLICKS = ""' in client.get("/embed.js").text
    click = {"q": "banjir", "position": 1, "face": "page"}
    assert client.post("/klik", data=json.dumps(click)).status_code == 404
    assert app.extensions["telusur"].recorder is None
    assert not Store.of(settings.text("index")).path.exists()
    app.extensions["telusur"].searcher.close()


def test_searches_go_on_where_nothing_can_be_written(
    site_settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(site_settings, tmp_path, query_log=True)
    store = Store.of(settings.text("index"))
    store.path.mkdir()  # nothing can be written there, whoever tries
    app = create_app(settings)
    client, site = app.test_client(), app.extensions["telusur"]

    assert client.get("/?q=banjir").status_code == 200
    site.recorder.write()
    assert client.get("/?q=banjir").status_code == 200
    site.recorder.close()
    assert caplog.text.count("cannot be recorded") == 1
    site.searcher.close()
