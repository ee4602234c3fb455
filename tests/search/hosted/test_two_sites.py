"""Two archives in one Flask application of somebody else: they stay apart, and so does the host."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response, abort, request, session, url_for
from flask.testing import FlaskClient
from jinja2 import StrictUndefined

from index.messages import use_language
from index.reindex.sync import sync
from index.settings import Settings
from search import Site, register
from search.app import create_app
from search.hosted.sites import sites_of
from tests.search.hosted.crawling import Answer, Crawl, crawl

KINDS = {
    *(
        "<a href>",
        "<form action>",
        "<form> sent",
        "<form data-suggest>",
        "<form data-article>",
        "<script src>",
    ),
    *("<link href rel=icon>", "<link href rel=apple-touch-icon>", "<link href rel=search>"),
    *("<link href rel=stylesheet>", "<link href rel=alternate>", "<link href rel=next>"),
    *("<link href rel=canonical>", "<meta og:url>", "json-ld url", "json-ld mainEntityOfPage", "css url()"),
    *("xml link href", "xml id", "xml loc", "xml Url template", "xml Image", "xml generator uri"),
    *("robots", "Location"),
}
HOST_POLICY = "default-src 'self'"
HOST_BASE = """{% extends "bawaan/base.html" %}
{% block header %}<header>Koran {{ greeting }}</header>{{ super() }}{% endblock %}"""
OF_ONE = """{% extends "bawaan/results.html" %}
{% block title %}Warta dari koran{% endblock %}"""
OF_OWNER = """{% extends "bawaan/base.html" %}{% block footer %}Kaki milik warta{{ super() }}{% endblock %}"""


def archive(folder: Path, name: str, **settings: str) -> Settings:
    """Settings of a small archive whose articles hold the name."""
    folder.mkdir()
    articles = [
        {
            "id": f"{name}-{number}",
            "title": f"Banjir {number} di {name}",
            "body": f"Air merendam {name} sejak pagi. Warga {name} mengungsi ke balai desa.",
            "source": f"{name}{number % 3}.example",
            "place": ("Demak", "Kudus")[number % 2],
            "author": "Tim",
            "date": f"2024-0{number % 9 + 1}-11",
            "url": f"https://{name}.example/{number}",
        }
        for number in range(24)
    ]
    path = folder / "arsip.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    made = Settings({"index": str(folder / "index"), "sources": (str(path),), "site_name": name, **settings})
    sync(made, jobs=1)
    return made


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settings]:
    folder = tmp_path_factory.mktemp("dua")
    owners = folder / "situs" / "templates"
    owners.mkdir(parents=True)
    (owners / "base.html").write_text(OF_OWNER)
    own = {"site_dir": str(owners.parent), "accent": "#7a1f1f", "language": "en"}
    return {
        "berita": archive(folder / "berita", "berita"),
        "warta": archive(folder / "warta", "warta", **own),
    }


def host_of(settings: dict[str, Settings], **options: str) -> Flask:
    """An application with a page, an error page and headers of its own, made by a factory."""
    app = Flask("koran", **options)
    app.secret_key = "rahasia"

    @app.get("/")
    def front() -> str:
        return "halaman depan koran"

    @app.errorhandler(404)
    @app.errorhandler(500)
    def failed(error: Exception) -> tuple[str, int]:
        return "halaman galat koran", getattr(error, "code", 500)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["X-Koran"] = "ya"
        response.headers.setdefault("Content-Security-Policy", HOST_POLICY)
        return response

    with app.app_context():
        for name, each in settings.items():
            register(app, Site.of(each), url_prefix=f"/{name}", name=name)
    return app


@pytest.fixture(scope="module")
def app(settings: dict[str, Settings]) -> Flask:
    return host_of(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def fetch_of(client: FlaskClient) -> Callable[[str], Answer]:
    def fetch(address: str) -> Answer:
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        with client.get(path, base_url=f"{parts.scheme}://{parts.netloc}") as got:
            return Answer(got.status_code, list(got.headers), got.data)

    return fetch


def crawled(client: FlaskClient, name: str) -> Crawl:
    root = f"http://koran.example/{name}/"
    api = f"{root}api/v1/"
    starts = [root, f"{root}?q=banjir+{name}", f"{root}?q=banjri", f"{root}robots.txt"]
    starts += [f"{api}search?q=banjir", f"{api}documents/{name}-1", f"{root}readyz", f"{root}healthz"]
    starts += [f"{root}{each}" for each in ("docs", "embed/", "openapi.json", "api/v1/export?format=atom")]
    return crawl(fetch_of(client), starts, root, article=f"{name}-1")


def test_every_kind_of_link_of_both_leads_into_the_same_site(client: FlaskClient) -> None:
    for name in ("berita", "warta"):
        found = crawled(client, name)

        assert found.astray == []
        assert found.printed.keys() >= KINDS
        assert 60 < found.asked < 300
        assert found.outside == {f"{name}.example", "schema.org"}


def test_each_answers_from_its_own_index(client: FlaskClient) -> None:
    for name, other in (("berita", "warta"), ("warta", "berita")):
        page = client.get(f"/{name}/?q={name}").text
        assert f"{name}-" in page
        assert f"{other}-" not in page
        assert client.get(f"/{name}/api/v1/search?q={other}&match=all&correct=false").json["total"] == 0
        assert client.get(f"/{name}/dokumen/{other}-1").status_code == 404
        assert client.get(f"/{name}/readyz").json["documents"] == 24


def test_kept_answers_languages_and_files_are_not_mixed_up(client: FlaskClient, app: Flask) -> None:
    answers = [client.get(f"/{name}/api/v1/search?q=banjir") for name in ("berita", "warta") for _ in "ab"]
    assert answers[0].data == answers[1].data  # took_ms and all: it was kept
    assert answers[2].data == answers[3].data
    assert answers[0].json["results"] != answers[2].json["results"]
    etag = answers[1].headers["ETag"]
    again = client.get("/berita/api/v1/search?q=banjir", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert (again.headers["X-Koran"], again.headers["Access-Control-Allow-Origin"]) == ("ya", "*")

    assert '<html lang="id">' in client.get("/berita/").text
    assert '<html lang="en">' in client.get("/warta/").text
    chosen = client.get("/berita/bahasa/en?ke=/berita/")
    assert "berita_lang=en" in chosen.headers["Set-Cookie"]
    assert "Path=/berita/" in chosen.headers["Set-Cookie"]
    client.get("/warta/bahasa/id?ke=/warta/")
    assert '<html lang="en">' in client.get("/berita/").text
    assert '<html lang="id">' in client.get("/warta/").text

    first, second = (sheet_of(client, name) for name in sites_of(app))
    assert second.startswith(first)  # and the accent of one of them
    assert len(second) > len(first)


def sheet_of(client: FlaskClient, name: str) -> str:
    """The style sheet that the front page of a site links."""
    address = re.findall(r'href="(/\w+/aset/telusur.css[^"]*)', client.get(f"/{name}/").text)[0]
    with client.get(address) as sheet:
        return sheet.text


def test_a_program_is_told_in_the_language_of_the_site_that_it_asks(client: FlaskClient) -> None:
    told = {name: client.get(f"/{name}/api/v1/search?page=0").json for name in ("berita", "warta")}

    assert "isilah dengan bilangan bulat" in told["berita"]["detail"]
    assert "a whole number from 1" in told["warta"]["detail"]
    assert told["warta"]["instance"] == "/warta/api/v1/search"


def test_signs_and_rules_that_the_host_has_for_its_templates_are_not_for_ours(
    settings: dict[str, Settings],
) -> None:
    app = host_of(settings)
    app.jinja_options = {"variable_start_string": "[[", "variable_end_string": "]]", "trim_blocks": True}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.autoescape = False
    client = app.test_client()

    for path in ("/", "/?q=%3Cb%3Ebanjir", "/dokumen/berita-1", "/dokumen/tiada", "/feed.atom", "/bantuan"):
        shown = client.get(f"/berita{path}")
        assert shown.status_code == (404 if "tiada" in path else 200)
        assert shown.text == host_of(settings).test_client().get(f"/berita{path}").text
        assert "{{" not in shown.text
        assert "<b>" not in shown.text


def test_what_is_kept_goes_with_the_index(settings: dict[str, Settings], tmp_path: Path) -> None:
    own = archive(tmp_path / "lain", "lain")
    client = host_of({"lain": own}).test_client()
    before = client.get("/lain/api/v1/search?q=banjir").json["total"]
    path = Path(own.texts("sources")[0])
    path.write_text(path.read_text() + '\n{"id": "baru", "title": "Banjir baru", "body": "Air."}')
    sync(own, jobs=1)
    assert client.get("/lain/readyz").json["documents"] == 25  # which looks for a newer index at once

    assert client.get("/lain/api/v1/search?q=banjir").json["total"] == before + 1


def test_errors_inside_are_ours_and_those_outside_the_hosts(client: FlaskClient) -> None:
    ours = client.get("/berita/dokumen/tiada")
    assert ours.status_code == 404
    assert "Halaman tidak ditemukan" in ours.text
    assert client.get("/warta/api/v1/documents/tiada").mimetype == "application/problem+json"
    assert client.get("/berita/api/v1/search?page=0").json["status"] == 400
    assert client.get("/tiada").text == "halaman galat koran"
    assert client.get("/").text == "halaman depan koran"


def test_headers_of_the_host_stay_its_own(client: FlaskClient) -> None:
    own, ours = client.get("/"), client.get("/berita/?q=banjir")

    assert own.headers["Content-Security-Policy"] == HOST_POLICY
    assert "X-Frame-Options" not in own.headers
    assert "X-Request-ID" not in own.headers
    assert "frame-ancestors 'none'" in ours.headers["Content-Security-Policy"]
    assert ours.headers["X-Koran"] == "ya"


def test_templates_of_the_host_win_block_by_block_and_those_of_one_owner_stay_his(
    settings: dict[str, Settings], tmp_path: Path
) -> None:
    for name, source in {"telusur/base.html": HOST_BASE, "warta/results.html": OF_ONE}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    app = host_of(settings, template_folder=str(tmp_path))
    app.context_processor(lambda: {"greeting": "Kita", "_": "milik tuan rumah", "site_name": "tuan rumah"})
    client = app.test_client()

    for name in settings:
        for path in ("/", "/?q=banjir", f"/dokumen/{name}-1", "/bantuan", "/dokumen/tiada"):
            page = client.get(f"/{name}{path}").text
            assert "<header>Koran Kita</header>" in page, path
            assert "tuan rumah" not in page
    assert "<title>Warta dari koran</title>" in client.get("/warta/?q=banjir").text
    assert "<title>banjir, 24 artikel · berita</title>" in client.get("/berita/?q=banjir").text


def test_templates_of_an_owner_are_those_of_his_site_alone(client: FlaskClient) -> None:
    assert "Kaki milik warta" in client.get("/warta/").text
    assert "Kaki milik warta" in client.get("/warta/dokumen/tiada").text
    assert "Kaki milik warta" not in client.get("/berita/").text


def test_a_broken_template_of_the_host_takes_nothing_else_down(
    settings: dict[str, Settings], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "telusur").mkdir()
    (tmp_path / "telusur" / "base.html").write_text("{{ rahasia.tiada.apa }}")
    client = host_of(settings, template_folder=str(tmp_path)).test_client()

    page = client.get("/berita/?q=banjir")

    assert page.status_code == 500
    assert "Terjadi kesalahan di server" in page.text
    assert "rahasia" not in page.text
    assert "rahasia" in caplog.text
    assert client.get("/berita/api/v1/search?q=banjir").json["total"] == 24


def test_who_has_to_log_in_gets_nothing_that_was_kept_for_others(settings: dict[str, Settings]) -> None:
    app = host_of(settings)

    @app.before_request
    def log_in() -> None:
        if "nama" not in session and request.args.get("nama") is None:
            abort(401)

    app.register_error_handler(401, lambda error: ("masuk dulu ke koran", 401))
    view = app.view_functions["warta_api.suggest"]
    app.view_functions["warta_api.suggest"] = lambda **values: abort(403) if session else view(**values)
    client = app.test_client()
    address = "/berita/api/v1/search?q=banjir"
    assert client.get(address).status_code == 401
    with client.session_transaction() as mine:
        mine["nama"] = "Sari"
    assert client.get(address).json["total"] == 24
    assert client.get(address).json["total"] == 24
    assert client.get("/warta/api/v1/suggest?q=banj").status_code == 403

    for path in (address, "/berita/", "/berita/healthz"):
        refused = app.test_client().get(path)
        assert (refused.status_code, refused.text) == (401, "masuk dulu ke koran")


def test_wrong_names_and_prefixes_are_told(settings: dict[str, Settings]) -> None:
    app, site = Flask("koran"), Site.of(settings["berita"])
    register(app, site, "/arsip/")

    for prefix, name, told in (
        ("/lain", "", "name: this application has a site 'telusur' already"),
        ("/arsip", "lain", "url_prefix: '/arsip' belongs to the site 'telusur' already"),
        ("/lain", "a.b", "name: 'a.b' has to be a letter"),
        ("lain", "lain", "url_prefix: 'lain' has to be empty or begin with a slash"),
    ):
        with pytest.raises(ValueError, match=re.escape(told)):
            register(app, site, prefix, name=name)
    assert list(sites_of(app)) == ["telusur"]
    assert "24" in app.test_client().get("/arsip/").text


def test_an_application_of_ours_is_a_site_alone(settings: dict[str, Settings]) -> None:
    app = create_app(settings["berita"])

    assert dict(sites_of(app)) == {"telusur": app.extensions["telusur"]}
    use_language("id")


def test_the_lines_of_the_documentation_are_all_that_it_takes(
    settings: dict[str, Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[3] / "docs" / "flask.md").read_text(encoding="utf-8")
    two_lines, two_archives = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "telusur.toml").write_text(f'index = "{settings["berita"].text("index")}"')
    (tmp_path / "instance").mkdir()
    for name, each in settings.items():
        (tmp_path / "instance" / name).symlink_to(each.text("index"))

    for code, prefixes in ((two_lines, ["/cari"]), (two_archives, ["/berita", "/warta"])):
        app = Flask("aplikasi")
        exec(code, {"app": app})
        for prefix in prefixes:
            assert "24 artikel" in app.test_client().get(f"{prefix}/?q=banjir").text
    with app.test_request_context():
        assert url_for("berita.search_page", q="banjir") == "/berita/?q=banjir"
        assert url_for("berita_api.search") == "/berita/api/v1/search"
    assert len([line for line in two_lines.splitlines() if line]) == 2


def test_every_endpoint_of_a_site_begins_with_its_name(app: Flask) -> None:
    rooms = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules()} - {"static", "front"}

    assert rooms
    assert {room for room in rooms if room.partition("_")[0] not in ("berita", "warta")} == set()
