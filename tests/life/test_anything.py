"""Anything may stand in a document, a question or a request: it is answered, escaped, and nobody's crash."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.engines.registry import embedded_names
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.app import create_app
from search.opened.searcher import Searcher

_MANY = int(os.environ.get("TELUSUR_LIVES", "0")) * 100
_ASKED = settings(max_examples=_MANY or 60, deadline=None, derandomize=not _MANY)
_WRITTEN = settings(_ASKED, max_examples=_MANY // 10 or 6, suppress_health_check=list(HealthCheck))

_PIECES = st.sampled_from(
    [
        "banjir",
        "gubernur",
        "KPU",
        "di",
        "bukunya",
        "anak-anak",
        "2024",
        "Rp1.500",
        "judul:",
        "penulis:",
        "-",
        "+",
        '"',
        "(",
        ")",
        "*",
        "?",
        "~",
        "~2",
        "OR",
        "DAN",
        "BUKAN",
        "AND NOT",
        ":",
        "\\",
        "<script>",
        "&lt;",
        "'",
        "`",
        "\u200b",
        "\u202e",
        "e\u0301",
        "\x00",
        "\n",
        "\U0001f30a",
        "ſ",
        "İ",
        "ß",
        "tahun:",
        "tanggal:2024-02-30..",
        "..",
        "a*",
        "*a",
        "???",
        "kata~9",
        "^3",
        "site:",
        "{",
        "}",
        "%",
        "#",
        ";",
        "--",
        "/*",
        "\ud800",
    ]
)
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=12).map(" ".join),
    st.lists(_PIECES, max_size=12).map("".join),
    st.text(max_size=80),
)


class _Marked(HTMLParser):
    """Elements of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.add(tag if not attrs else f"{tag} with attributes")


def elements(html: str) -> set[str]:
    parser = _Marked()
    parser.feed(html)
    parser.close()
    return parser.elements


@pytest.fixture(scope="module", params=embedded_names())
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A searcher of a small archive."""
    folder = tmp_path_factory.mktemp("apa-saja")
    bodies = [
        "Banjir melanda warga.",
        "Gubernur membuka KPU pada 2024.",
        "<b>Buku</b> & <script>alert(1)</script> anak-anak",
    ]
    lines = (
        json.dumps({"id": f"a{n}", "title": f"<i>{body[:9]}", "body": body})
        for n, body in enumerate(bodies * 4)
    )
    (folder / "arsip.jsonl").write_text("\n".join(lines))
    own = Settings(
        {"index": str(folder / "indeks"), "sources": (str(folder / "arsip.jsonl"),), "engine": request.param}
    )
    sync(own, jobs=1)
    searcher = Searcher(own)
    yield searcher
    searcher.close()


@pytest.fixture(scope="module")
def client(served: Searcher) -> FlaskClient:
    app = create_app(served.settings, served)
    app.testing = False  # errors are answered as they are to visitors
    return app.test_client()


@_ASKED
@given(text=_TEXTS, explain=st.booleans(), per_page=st.integers(1, 100), page=st.integers(1, 9))
@example(text="- - -", explain=True, per_page=1, page=1)
@example(text='"" ()', explain=True, per_page=1, page=1)
@example(text="\ud800", explain=False, per_page=1, page=1)
def test_any_question_is_answered_and_what_is_shown_is_escaped(
    served: Searcher, text: str, explain: bool, per_page: int, page: int
) -> None:
    service = SearchService(served)
    answer = service.search(Question(text, per_page=per_page, page=page, explain=explain))
    assert len(answer.results) == max(0, min(per_page, answer.total - (page - 1) * per_page))
    for result in answer.results:
        assert elements(result.title_html) | elements(result.snippet_html) <= {"mark"}
    again = service.search(Question(text, per_page=per_page, page=page, explain=explain))
    assert [result.id for result in again.results] == [result.id for result in answer.results]
    for suggestion in (answer.corrected, answer.did_you_mean):
        assert suggestion is None or elements(suggestion.html) <= {"mark"}
    service.inspect(text)
    service.document("a1", text)


_NAMES = st.sampled_from(
    [
        "q",
        "page",
        "per_page",
        "sort",
        "source",
        "year",
        "from",
        "to",
        "match",
        "explain",
        "lang",
        "expand",
        "id",
        "&",
        "",
    ]
)
_VALUES = st.one_of(
    _TEXTS,
    st.sampled_from(["0", "-1", "99999999999999999999", "1e3", "true", "relevance", "2024-13-01", "٣"]),
)
_PATHS = st.one_of(
    st.sampled_from(
        ["/", "/api/v1/search", "/api/v1/analyze", "/api/v1/documents/a1", "/doc/a1", "/feed.xml", "/readyz"]
    ),
    _TEXTS.map(lambda text: "/" + quote(text, safe="/", errors="replace")),
    _TEXTS.map(lambda text: "/api/v1/documents/" + quote(text, errors="replace")),
)
_HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Accept",
            "Accept-Language",
            "Host",
            "If-None-Match",
            "Range",
            "Cookie",
            "X-Request-Id",
            "X-Forwarded-Host",
        ]
    ),
    st.one_of(
        st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=60),
        st.just("id;q=2,*;q=x"),
    ),
    max_size=3,
)


@_ASKED
@given(
    path=_PATHS,
    query=st.lists(st.tuples(_NAMES, _VALUES), max_size=5),
    headers=_HEADERS,
    method=st.sampled_from(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PATCH"]),
)
def test_any_request_gets_an_answer_of_ours(
    client: FlaskClient, path: str, query: list[tuple[str, str]], headers: dict[str, str], method: str
) -> None:
    pairs = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in query
    )
    response = client.open(f"{path}?{pairs}", method=method, headers=headers)
    assert response.status_code in {200, 204, 301, 302, 304, 308, 400, 404, 405, 414, 416}
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    content = response.get_data(as_text=True)
    if response.mimetype == "text/html":
        assert "<script>alert" not in content
        assert not re.search(r"<(?!/?[a-z!])", content)
    elif content and "json" in response.mimetype:
        json.loads(content)


@_WRITTEN
@given(
    records=st.lists(
        st.dictionaries(
            st.sampled_from(["id", "title", "body", "date", "author", "url", "source", "lain"]),
            st.one_of(_TEXTS, st.none(), st.integers(), st.floats(), st.lists(_TEXTS, max_size=2)),
            max_size=7,
        ),
        max_size=4,
    ),
    raw=st.lists(
        st.one_of(st.binary(max_size=200), _TEXTS.map(lambda text: text.encode("utf-8", "replace"))),
        max_size=3,
    ),
    ending=st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl", ".csv"]),
)
@pytest.mark.parametrize("engine", embedded_names())
def test_any_file_is_indexed_or_skipped_and_the_others_are_found(
    engine: str, tmp_path_factory: pytest.TempPathFactory, records: list[Any], raw: list[bytes], ending: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("berkas")
    lines = (json.dumps(record) for record in records)
    (folder / "rekaman.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for number, content in enumerate(raw):
        (folder / f"berkas{number}{ending}").write_bytes(content)
    (folder / "baik.md").write_text("---\ntitle: Yang baik\n---\n\nKelereng penanda.\n")
    own = Settings({"index": str(folder / ".indeks"), "sources": (str(folder),), "engine": engine})
    report = sync(own, jobs=1)
    assert report.documents == report.added >= 1
    again = sync(own, jobs=1)
    assert (again.unchanged, again.added, again.changed, again.removed) == (report.documents, 0, 0, 0)
    searcher = Searcher(own)
    try:
        service = SearchService(searcher)
        everything = service.search(Question("", per_page=100))
        assert everything.total == report.documents
        found = service.search(Question("kelereng penanda", match="all"))
        assert "Yang baik" in {result.title for result in found.results}
        for result in everything.results:
            assert elements(result.title_html) | elements(result.snippet_html) <= {"mark"}
            assert service.document(result.id, "kelereng") is not None
    finally:
        searcher.close()
