"""The owner's page: for who has an admin key, about what visitors asked, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.settings import Settings
from search.access.keys import KeyFile, Role, make_key
from search.app import create_app
from search.asked.store import Store
from search.cli.commands import telusur

PAGE = "/kelola/pertanyaan"
SAME = {"Sec-Fetch-Site": "same-origin"}
ATTACK = "<script>alert(1)</script>"


class Owner:
    """Somebody who has the site, its keys and a lexicon.

    :param settings: of the site.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lexicon = Path(settings.text("lexicon"))
        self.key = self.make_key("pengelola", Role.ADMIN)
        app = create_app(settings)
        self.site = app.extensions["telusur"]
        self.client: FlaskClient = app.test_client()

    def make_key(self, name: str, role: Role) -> str:
        text, key = make_key(name, role)
        KeyFile(Path(self.settings.text("index"))).add(key)
        return text

    def visit(self, *queries: str) -> None:
        for query in queries:
            self.client.get("/", query_string={"q": query})
        self.site.recorder.write(everything=True)

    def page(self, address: str = PAGE, **values: Any) -> str:
        response = self.client.get(address, auth=("", self.key), **values)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        return response.text

    def teach(self, word: str, others: str, **values: Any) -> Any:
        sent = {"auth": ("", self.key), "headers": SAME, **values}
        return self.client.post(PAGE, data={"word": word, "others": others}, **sent)


@pytest.fixture
def owner(site_settings: Settings, tmp_path: Path) -> Iterator[Owner]:
    index = tmp_path / "index"
    index.mkdir()
    for path in Path(site_settings.text("index")).iterdir():
        (index / path.name).symlink_to(path)
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("# milik saya\n")
    owner = Owner(site_settings.replace(index=str(index), lexicon=str(lexicon), query_log=True))
    yield owner
    owner.site.recorder.close()
    owner.site.searcher.close()


def test_only_an_admin_key_opens_it(owner: Owner) -> None:
    weak = owner.make_key("koran", Role.SEARCH)

    for path in (PAGE, f"{PAGE}?hari=7"):
        refused = owner.client.get(path)
        assert (refused.status_code, refused.headers["WWW-Authenticate"][:5]) == (401, "Basic")
        assert refused.headers["Cache-Control"] == "no-store"
    assert owner.client.get(PAGE, auth=("", "telusur_12345678_salah")).status_code == 401
    assert owner.client.get(PAGE, auth=("", weak)).status_code == 403
    assert owner.client.get(PAGE, auth=("", owner.key)).status_code == 200
    assert owner.client.get(PAGE, headers={"Authorization": f"Bearer {owner.key}"}).status_code == 200


def test_it_shows_what_was_asked_and_escapes_it(owner: Owner) -> None:
    owner.visit("banjir", "banjir", "qqqq", ATTACK)

    page = owner.page()
    assert "4 pencarian, " in page
    assert ATTACK not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    failed, asked = page.split('id="tersering"')
    assert ">qqqq</a>" in failed
    assert ">banjir</a>" not in failed
    assert asked.index(">banjir</a>") < asked.index(">qqqq</a>")
    assert 'aria-current="true">30 hari' in page
    assert 'aria-current="true">7 hari' in owner.page(f"{PAGE}?hari=7")
    assert "4 searches, " in owner.page(headers={"Accept-Language": "en"})
    assert " style=" not in page


def test_a_failed_query_is_taught_in_one_step_and_found_without_a_restart(owner: Owner) -> None:
    owner.visit("nakes")
    assert 'name="word" value="nakes"' in owner.page()

    taught = owner.teach("nakes", "warga, petugas")
    assert taught.status_code == 200
    assert "nakes =&gt; warga, petugas" in taught.text
    assert owner.lexicon.read_text() == "# milik saya\n\n[sinonim]\nnakes => warga, petugas\n"

    owner.site.searcher.refresh()
    assert owner.client.get("/api/v1/search?q=nakes").json["total"] > 30
    owner.visit("nakes")
    assert 'name="word" value="nakes"' not in owner.page()


def test_what_cannot_be_taught_is_told_and_changes_nothing(owner: Owner) -> None:
    owner.visit("hubungi 0812-3456-7890", "qqqq")
    page = owner.page()
    assert "hubungi •••" in page
    assert page.count('name="word"') == 1

    before = owner.lexicon.read_text()
    for word, others in (("nakes", ""), ("", "warga"), ("nakes", "a # b"), ("a\n[akar]\nb", "c\n[akar]")):
        refused = owner.teach(word, others)
        assert refused.status_code in (200, 422)
        assert ('role="alert"' in refused.text) == (refused.status_code == 422)
    assert "[akar]" not in owner.lexicon.read_text().splitlines()
    owner.lexicon.write_text(before)

    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert owner.teach("nakes", "warga", headers=headers).status_code == 403
    assert owner.teach("nakes", "warga", auth=None).status_code == 401
    assert owner.lexicon.read_text() == before

    owner.lexicon.write_text(f"{before}[kata dasar]\nkepo\n")
    assert "menunggu <code>reindex</code>" in owner.page()


def test_without_a_lexicon_or_a_log_it_says_how_to_have_one(owner: Owner) -> None:
    owner.visit("qqqq")
    off = Owner.__new__(Owner)
    off.key = owner.key
    app = create_app(owner.settings.replace(lexicon="", query_log=False))
    off.client, off.settings = app.test_client(), owner.settings

    page = off.page()
    assert "query_log = true" in page
    assert "lexicon = &#34;leksikon.txt&#34;" in page
    assert "qqqq" in page
    assert 'name="word"' not in page
    assert off.teach("a", "b").status_code == 422
    app.extensions["telusur"].searcher.close()

    Store.of(owner.settings.text("index")).path.write_bytes(b"rusak" * 1000)
    assert "tidak dapat dibaca" in owner.page()


def test_the_command_tells_the_same(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(owner.lexicon.parent)
    owner.visit("banjir", "banjir", "qqqq")

    def run(*words: str) -> str:
        command = ["queries", *words, "--index", owner.settings.text("index")]
        result = CliRunner(env={"TELUSUR_QUERY_LOG": "true"}).invoke(telusur, command)
        assert result.exit_code == 0, result.output
        return result.output

    assert "3 pencarian, 1 tanpa hasil, 0 klik" in run()
    assert run().index("banjir") < run().index("qqqq")
    assert "banjir" not in run("--not-found")
    assert "qqqq" not in run("--limit", "1")
    told = json.loads(run("--json", "--since", "2000-01-01"))
    assert [(row["query"], row["searches"]) for row in told["queries"]] == [("banjir", 2), ("qqqq", 1)]
    assert len(told["days"]) == owner.settings.whole("query_log_days")
    assert [row["query"] for row in json.loads(run("--json", "--not-found"))["not_found"]] == ["qqqq"]
    future = CliRunner().invoke(telusur, ["queries", "--since", "2999-01-01"])
    assert future.exit_code == 2


def test_check_says_whether_it_can_be_recorded(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(owner.lexicon.parent)
    store = Store.of(owner.settings.text("index"))

    def check() -> dict[str, Any]:
        command = ["check", "--json", "--index", owner.settings.text("index")]
        result = CliRunner(env={"TELUSUR_QUERY_LOG": "true"}).invoke(telusur, command)
        checks = json.loads(result.output)["checks"]
        return next(each for each in checks if each["name"] == "catatan pertanyaan")

    assert check()["ok"]
    assert not store.path.exists()
    store.path.write_bytes(b"rusak" * 1000)
    assert not check()["ok"]
    assert str(store.path) in check()["detail"]
