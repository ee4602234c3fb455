"""Keys open what they are for, are kept as hashes, and are taken back in running servers."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from index.settings import Settings
from search.access.gate import Gate
from search.access.guard import guard, require_admin
from search.access.keys import KeyFile, Keys, Role, make_key
from search.api.responses import error_response
from search.app import create_app, register
from search.cli.commands import telusur
from search.http.site import Site

QUESTION = "/api/v1/search?q=banjir"

Run = Callable[..., Any]


@pytest.fixture
def settings(site_settings: Settings, tmp_path: Path) -> Settings:
    """Of a site with that index, beside which no other test puts keys."""
    index = tmp_path / "index"
    index.mkdir()
    for path in Path(site_settings.text("index")).iterdir():
        (index / path.name).symlink_to(path)
    return site_settings.replace(index=str(index))


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs ``telusur keys`` and gives what it printed as JSON."""

    def run(*words: str, fails: int = 0) -> Any:
        command = ["keys", *words, "--json", "--index", settings.text("index")]
        result = CliRunner().invoke(telusur, command)
        assert result.exit_code == fails, result.output
        return json.loads(result.stdout) if not fails else result.output

    return run


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def answers(client: FlaskClient, text: str, path: str = QUESTION) -> int:
    """Its status, from the application and then as a kept answer: they must not differ."""
    first, second = (client.get(path, headers=bearer(text)).status_code for _ in range(2))
    assert first == second
    return first


def client_of(settings: Settings, **changes: Any) -> FlaskClient:
    app = create_app(settings.replace(require_key=True, **changes))
    app.extensions["telusur"].gate.keys._look_seconds = 0
    return app.test_client()


def test_the_file_holds_no_key_and_is_for_its_owner_alone(settings: Settings, run: Run) -> None:
    made = run("add", "Koran Kita", "--role", "admin", "--expires", "2099-01-31")
    file = KeyFile(Path(settings.text("index"))).path

    assert len(made["key"]) > 43
    assert made["key"] not in file.read_text()
    assert made["key"].split("_", 2)[2] not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    listed = run("list")["keys"]
    assert [(key["name"], key["role"], key["expires"]) for key in listed] == [
        ("Koran Kita", "admin", "2099-01-31")
    ]
    assert "hash" not in listed[0]
    assert made["key"] not in json.dumps(listed)


def test_whom_the_owner_lets_read_the_file_may_read_the_next_one_too(settings: Settings, run: Run) -> None:
    run("add", "satu")
    file = KeyFile(Path(settings.text("index"))).path
    file.chmod(0o640)
    run("add", "dua")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_names_are_used_once_and_mistakes_are_told(run: Run) -> None:
    run("add", "satu")
    assert "satu" in run("add", "satu", fails=1)
    assert "dua" in run("revoke", "dua", fails=1)
    run("add", "lama", "--expires", "2020-01-01", fails=2)
    run("add", "  ", fails=2)
    run("add", "dua\nbaris", fails=2)


def test_keys_made_at_the_same_time_are_all_there(settings: Settings) -> None:
    index = Path(settings.text("index"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: KeyFile(index).add(make_key(f"kunci {n}", Role.SEARCH)[1]), range(24)))
    assert len(KeyFile(index).read()) == 24


def test_with_keys_required_only_a_key_in_force_opens_the_api(settings: Settings, run: Run) -> None:
    client = client_of(settings)
    text = run("add", "koran")["key"]
    wrong = f"{text[:-1]}{'A' if text[-1] != 'A' else 'B'}"

    assert answers(client, text) == 200
    refused = {
        given: client.get(QUESTION, headers={"Authorization": given} if given else {})
        for given in (
            "",
            "Bearer",
            "Bearer ",
            "Bearer None",
            f"Bearer {wrong}",
            f"bearer x{text}",
            "Basic YTpi",
        )
    }
    for given, answer in refused.items():
        assert answer.status_code == 401, given
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"  # else a script could not tell why
        assert answer.headers["X-Request-ID"]
    kinds = {given: answer.json["type"].rsplit(":", 1)[-1] for given, answer in refused.items()}
    assert {kinds[given] for given in ("", "Bearer", "Bearer ", "Bearer None", "Basic YTpi")} == {
        "key-missing"
    }
    assert kinds[f"Bearer {wrong}"] == kinds[f"bearer x{text}"] == "key-unknown"
    assert client.options(QUESTION).status_code == 200  # browsers ask without a key whether they may send it


def test_pages_and_their_suggestions_stay_open_to_readers(settings: Settings) -> None:
    client = client_of(settings)
    assert client.get("/?q=banjir").status_code == 200
    assert client.get("/healthz").status_code == 200
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.get("/api/v1/suggest?q=ban", headers=own).status_code == 200
    assert client.get("/api/v1/suggest?q=ban", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
    assert client.get(QUESTION, headers=own).status_code == 401


def test_a_key_is_taken_back_and_expires_while_the_server_runs(
    settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(settings)
    revoked, expiring = run("add", "satu")["key"], run("add", "dua", "--expires", "2099-01-31")["key"]
    assert answers(client, revoked) == answers(client, expiring) == 200

    run("revoke", "satu")
    assert answers(client, revoked) == 401
    assert answers(client, expiring) == 200

    index = Path(settings.text("index"))
    expiring, key = make_key("lewat", Role.SEARCH)
    key = replace(key, expires=key.created.replace(year=2020, day=1))
    KeyFile(index).add(key)
    assert answers(client, expiring) == 401


def test_where_keys_are_optional_a_wrong_one_is_refused_and_none_is_fine(
    settings: Settings, run: Run
) -> None:
    client = create_app(settings).test_client()
    assert client.get(QUESTION, headers=bearer("masterKey")).status_code == 200  # nobody was given any
    run("add", "satu")
    client = create_app(settings).test_client()
    assert client.get(QUESTION).status_code == 200
    assert client.get(QUESTION, headers=bearer("None")).status_code == 200
    assert answers(client, "masterKey") == 401


def test_a_damaged_file_changes_nothing_and_opens_nothing(
    settings: Settings, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(settings)
    text = run("add", "satu")["key"]
    file = KeyFile(Path(settings.text("index"))).path
    assert answers(client, text) == 200

    file.write_text(file.read_text().replace('"search"', '"admin"'))
    assert answers(client, text) == 200
    assert "stay in force" in caplog.text
    assert answers(client_of(settings), text) == 401
    assert str(file) in run("list", fails=1)
    assert str(file) in run("add", "dua", fails=1)


def test_a_key_with_a_rate_of_its_own_is_counted_as_one_and_others_by_address(
    settings: Settings, run: Run
) -> None:
    client = client_of(settings, rate_limit="2/hour")
    program, public = run("add", "program", "--rate", "5/hour")["key"], run("add", "situs")["key"]

    def asked(text: str) -> list[int]:
        visitors = (f"203.0.113.{number % 2}" for number in range(6))
        return [
            client.get(QUESTION, headers={**bearer(text), "X-Forwarded-For": visitor}).status_code
            for visitor in visitors
        ]

    assert asked(program) == [200] * 5 + [429]
    assert asked(public) == [200] * 4 + [429] * 2  # two visitors of a page, of whom none uses up the other's
    run("add", "salah", "--rate", "banyak", fails=2)


@pytest.fixture
def admin_site(settings: Settings) -> FlaskClient:
    """A site with a page of its owner's, beside a host's own."""
    site = Site.of(settings)
    app = Flask("host")
    register(app, site, "/arsip")
    pages = Blueprint("admin", __name__, url_prefix="/arsip/kelola")
    guard(pages, site.gate)
    pages.register_error_handler(Exception, lambda error: error_response(site.preferred_translator, error))

    @pages.get("/program")
    def program() -> str:
        return require_admin(site.gate).name

    @pages.route("/halaman", methods=["GET", "POST"])
    def page() -> str:
        return require_admin(site.gate, typed=True).name

    app.register_blueprint(pages)
    return app.test_client()


def test_an_admin_key_opens_what_is_for_the_owner_and_a_search_key_does_not(
    admin_site: FlaskClient, run: Run
) -> None:
    admin, searching = run("add", "saya", "--role", "admin")["key"], run("add", "situs")["key"]
    path = "/arsip/kelola/program"

    assert admin_site.get(path, headers=bearer(admin)).text == "saya"
    for text, status in ((searching, 403), (f"{admin}x", 401), ("", 401), ("None", 401)):
        assert admin_site.get(path, headers=bearer(text)).status_code == status
    assert admin_site.get(f"/arsip{QUESTION}", headers=bearer(admin)).status_code == 200


def test_a_reader_types_an_admin_key_and_other_sites_cannot_use_it(admin_site: FlaskClient, run: Run) -> None:
    admin, searching = run("add", "saya", "--role", "admin")["key"], run("add", "situs")["key"]
    path = "/arsip/kelola/halaman"

    def typed(password: str, **headers: str) -> dict[str, str]:
        text = base64.b64encode(f"saya:{password}".encode()).decode()
        return {"Authorization": f"Basic {text}", **headers}

    assert admin_site.get(path).headers["WWW-Authenticate"].startswith("Basic ")
    assert admin_site.get(path, headers=typed(admin)).text == "saya"
    assert admin_site.get(path, headers=typed(searching)).status_code == 403
    assert admin_site.get(path, headers=typed("rahasia")).status_code == 401
    assert admin_site.post(path, headers=typed(admin)).status_code == 403
    for where, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        headers = typed(admin, **{"Sec-Fetch-Site": where})
        assert admin_site.post(path, headers=headers).status_code == status
    assert admin_site.post(path, headers=bearer(admin)).status_code == 200  # no browser sends that by itself


def test_a_host_application_requires_keys_too(settings: Settings, run: Run) -> None:
    text = run("add", "satu")["key"]
    host = Flask("host")
    register(host, Site.of(settings.replace(require_key=True)), "/arsip")
    client = host.test_client()
    assert client.get(f"/arsip{QUESTION}").status_code == 401
    assert client.get(f"/arsip{QUESTION}", headers=bearer(text)).status_code == 200
    assert client.get("/arsip/?q=banjir").status_code == 200


def test_a_server_looks_at_the_file_now_and_then_not_at_each_request(settings: Settings) -> None:
    index = Path(settings.text("index"))
    keys = Keys(KeyFile(index), look_seconds=3600)
    assert not keys.are_used
    text, key = make_key("satu", Role.SEARCH)
    KeyFile(index).add(key)
    assert keys.find(text) is None
    assert Keys(KeyFile(index)).find(text) == key
    assert isinstance(Gate(settings).keys, Keys)
