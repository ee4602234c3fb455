"""A program says what it wants of an answer, and is led from page to page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from index.settings import Settings
from search.access.guard import EXPOSED
from search.answer import RESULT_FIELDS
from search.app import create_app
from search.http.site import Site

PATH = "/api/v1/search"


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def answer_to(client: FlaskClient, **parameters: Any) -> dict[str, Any]:
    response = client.get(PATH, query_string=parameters)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json
    answer.pop("took_ms")
    return answer


def links_of(header: str | None) -> dict[str, str]:
    found = {}
    for part in (header or "").split(", <"):
        if part:
            address, _, rest = part.lstrip("<").partition(">")
            found[parse_options_header("link" + rest)[1]["rel"]] = address
    return found


@pytest.mark.parametrize(
    "fields", ["id,title,published", ["id", "title", "published"], " id , title,,published"]
)
def test_results_hold_only_the_fields_that_are_wanted(client: FlaskClient, fields: Any) -> None:
    whole, chosen = answer_to(client, q="banjir"), answer_to(client, q="banjir", fields=fields)

    assert [list(each) for each in chosen["results"]] == [["id", "title", "published"]] * 10
    assert chosen["results"] == [
        {name: each[name] for name in ("id", "title", "published")} for each in whole["results"]
    ]
    for answer in (whole, chosen):
        del answer["results"], answer["next"]
    assert chosen == whole


def test_fields_leave_what_others_ask_for(client: FlaskClient) -> None:
    (first, *_rest) = answer_to(client, q="banjir", fields="id", explain="true", fold="true")["results"]

    assert first.keys() == {"id", "explanation", "versions"}


@pytest.mark.parametrize("field", ["title_html", "snippet_html", "snippets"])
def test_a_field_with_marks_is_the_same_alone(client: FlaskClient, field: str) -> None:
    whole = answer_to(client, q="netralitas asn")["results"]

    assert [each[field] for each in whole] == [
        each[field] for each in answer_to(client, q="netralitas asn", fields=field)["results"]
    ]
    assert "<mark>" in str(whole)


def test_without_highlights_the_same_passages_have_no_marks(client: FlaskClient) -> None:
    marked = answer_to(client, q="serangan banjir netralitas", match="any", per_page=50)["results"]
    plain = answer_to(client, q="serangan banjir netralitas", match="any", per_page=50, highlight="false")

    assert "<mark>" in str(marked)
    assert "&lt;script&gt;" in str(plain["results"])
    bare = str(marked).replace("<mark>", "").replace("</mark>", "")
    assert str(plain["results"]) == bare


def test_facets_are_counted_as_asked(client: FlaskClient) -> None:
    usual = answer_to(client, q="banjir")["facets"]

    assert list(usual) == ["source", "place", "author", "topic", "year"]
    assert answer_to(client, q="banjir", facets="none")["facets"] == {}
    assert answer_to(client, q="banjir", facets="")["facets"] == usual
    everything = answer_to(client, q="banjir", facets="all")["facets"]
    assert {name: everything[name] for name in usual} == usual
    assert everything["lang"] == [{"value": "id", "count": 35}]
    for some in ("year,place", ["year", "place"]):
        assert answer_to(client, q="banjir", facets=some)["facets"] == {
            name: usual[name] for name in ("year", "place")
        }
    chosen = answer_to(client, q="banjir", facets="source", source="tak-ada.example")["facets"]
    assert {"value": "tak-ada.example", "count": 0} in chosen["source"]


@pytest.mark.parametrize(
    ("parameters", "found", "expected"),
    [
        ({"fields": "id,isi"}, "isi", ", ".join(RESULT_FIELDS)),
        ({"facets": "tahun"}, "tahun", "none, all, source, place, author, topic, year, lang"),
        ({"facets": "none,year"}, "none,year", "none"),
        ({"highlight": "mungkin"}, "mungkin", "true, false"),
    ],
)
def test_what_cannot_be_chosen_is_named(
    client: FlaskClient, parameters: dict[str, str], found: str, expected: str
) -> None:
    response = client.get(PATH, query_string=parameters)

    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.json["parameter"] == next(iter(parameters))
    assert response.json["found"] == found
    assert expected in response.json["expected"]


def test_links_lead_through_all_pages_and_back(client: FlaskClient) -> None:
    address: str | None = f"{PATH}?q=banjir&per_page=15&sort=oldest&place=Demak&place=Kudus&_external=1&x=%26"
    seen: list[list[str]] = []
    previous = []
    while address:
        response = client.get(address)
        answer = response.json
        seen.append([each["id"] for each in answer["results"]])
        previous.append(answer["previous"])
        links = links_of(response.headers.get("Link"))
        assert links == {
            rel: url for rel, url in (("prev", answer["previous"]), ("next", answer["next"])) if url
        }
        address = answer["next"]

    assert [len(page) for page in seen] == [15, 8]
    assert len({name for page in seen for name in page}) == 23
    assert previous[0] is None
    parts = urlsplit(previous[1])
    assert (parts.scheme, parts.netloc, parts.path) == ("http", "localhost", PATH)
    assert sorted(parse_qsl(parts.query)) == [
        *(("_external", "1"), ("page", "1"), ("per_page", "15"), ("place", "Demak"), ("place", "Kudus")),
        *(("q", "banjir"), ("sort", "oldest"), ("x", "&")),
    ]
    assert [each["id"] for each in client.get(previous[1]).json["results"]] == seen[0]


def test_behind_the_last_page_the_way_leads_back_to_it(client: FlaskClient) -> None:
    answer = answer_to(client, q="banjir", page=90)

    assert answer["next"] is None
    assert answer["previous"].endswith("q=banjir&page=4")
    alone = client.get(f"{PATH}?q=serangan")
    assert (alone.json["previous"], alone.json["next"]) == (None, None)
    assert "Link" not in alone.headers


def test_a_header_that_would_be_too_long_is_left_out(client: FlaskClient) -> None:
    response = client.get(PATH, query_string={"q": "banjir " * 300, "per_page": 1})

    assert response.json["next"]
    assert "Link" not in response.headers


def test_values_of_a_facet_are_linked_too(client: FlaskClient) -> None:
    response = client.get("/api/v1/facets/place?q=&per_page=2&page=2")

    assert links_of(response.headers["Link"]) == {
        "prev": response.json["previous"],
        "next": response.json["next"],
    }
    assert client.get(response.json["next"]).json["page"] == 3


def test_links_name_the_host_that_was_asked_or_that_of_the_setting(
    client: FlaskClient, site_settings: Settings
) -> None:
    for host in ("satu.example", "dua.example"):  # the same answer otherwise, kept for each
        response = client.get(f"{PATH}?q=banjir", headers={"Host": host})
        assert response.json["next"].startswith(f"http://{host}/")
        assert "Host" in response.headers["Vary"]
    values = {"index": site_settings.text("index"), "public_url": "https://arsip.example"}
    public = create_app(Settings(values)).test_client()
    assert public.get(f"{PATH}?q=banjir").json["next"].startswith("https://arsip.example/api/v1/search?")


def test_links_begin_where_a_host_application_has_put_the_api(site_settings: Settings) -> None:
    from search.app import register

    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix="/cari")
    answer = host.test_client().get("/cari/api/v1/search?q=banjir").json

    assert answer["next"] == "http://localhost/cari/api/v1/search?q=banjir&page=2"


def test_pages_of_other_sites_may_read_what_headers_say(client: FlaskClient) -> None:
    response = client.get(f"{PATH}?q=banjir")
    again = client.get(f"{PATH}?q=banjir", headers={"If-None-Match": response.headers["ETag"]})
    preflight = client.options(PATH)

    assert again.status_code == 304
    for each in (response, again):
        exposed = each.headers["Access-Control-Expose-Headers"].split(", ")
        assert exposed == EXPOSED.split(", ")
        assert {"ETag", "Link", "X-Request-ID", "X-Total-Count", "RateLimit", "Retry-After"} <= set(exposed)
    assert "if-none-match" in preflight.headers["Access-Control-Allow-Headers"]


def test_stats_say_what_is_served_and_name_no_file(site_settings: Settings, client: FlaskClient) -> None:
    stats = client.get("/api/v1/stats").json

    assert stats.pop("created").startswith("20")
    assert stats == {
        "status": "ready",
        "documents": 38,
        "engine": "whoosh",
        "generation": "000001-whoosh",
        "facets": {"source": 5, "place": 6, "author": 4, "topic": 0, "year": 4},
    }
