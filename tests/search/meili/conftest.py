"""A small archive with names that filters have to quote, asked as Meilisearch's clients ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.app import create_app

QUOTED, APOSTROPHE, BACKSLASH = 'kompas "Cyber" Media', "Jum'at Berita", "garis\\miring"
URL = "https://warta.example/a"
RECORDS: list[dict[str, Any]] = [
    {"id": "a", "source": QUOTED, "place": "Demak", "author": "Sari", "date": "2021-03-05", "url": URL},
    {"id": "b", "url": "javascript:alert(1)", "source": APOSTROPHE, "place": "Kudus", "date": "2022-12-31"},
    {"id": "c", "source": APOSTROPHE, "place": "Demak", "author": "Budi", "date": "2023-01-01"},
    {"id": "d", "source": BACKSLASH, "place": "Pati", "author": "Sari", "date": "2024-11-12", "lang": "en"},
    {"id": "e", "source": "polos", "author": "Budi"},
]
BODY = (
    "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh. Warga Café résumé menata kembali pasar "
    "yang rusak karena banjir besar pekan lalu di tepi kali bersama petugas & relawan <3 tetap semangat."
)


@pytest.fixture(scope="session")
def records() -> list[dict[str, Any]]:
    return RECORDS


@pytest.fixture(scope="session", params=["whoosh", "tantivy"])
def client(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> FlaskClient:
    """The application over the archive, kept by each engine."""
    archive = make_archive(request.param)
    archive.write(
        *({"title": f"Banjir di pasar {each['id']}", "body": BODY, **each} for each in RECORDS), full=True
    )
    return create_app(archive.settings, archive.searcher).test_client()


@pytest.fixture
def search(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Asks one search; gives its answer."""

    def ask(**body: Any) -> dict[str, Any]:
        response = client.post("/meili/indexes/articles/search", json=body)
        assert response.status_code == 200, response.json
        answer: dict[str, Any] = response.json
        return answer

    return ask


@pytest.fixture
def refused(client: FlaskClient) -> Callable[..., str]:
    """Asks one search that is refused; gives the code."""

    def ask(**body: Any) -> str:
        response = client.post("/meili/indexes/articles/search", json=body)
        error = response.json
        assert response.status_code == 400, error
        assert error.keys() == {"message", "code", "type", "link"}
        assert error["type"] == "invalid_request"
        assert error["link"].endswith(f"#{error['code']}")
        return str(error["code"])

    return ask
