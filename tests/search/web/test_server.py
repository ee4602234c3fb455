"""The site behind the production server, asked over a real connection."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest


def test_the_production_server_serves_pages_answers_and_health(live_site: str) -> None:
    with urllib.request.urlopen(f"{live_site}/?q=banjir", timeout=10) as response:
        assert response.status == 200
        assert "artikel" in response.read().decode()
    with urllib.request.urlopen(f"{live_site}/api/v1/search?q=netralitas", timeout=10) as response:
        assert json.load(response)["total"] == 2
    with urllib.request.urlopen(f"{live_site}/readyz", timeout=10) as response:
        assert json.load(response)["status"] == "ready"


def test_ten_thousand_characters_of_any_kind_reach_the_search(live_site: str) -> None:
    for query in ("<" * 10_000, "banjir " * 1429):
        with urllib.request.urlopen(f"{live_site}/api/v1/search?q={quote(query)}", timeout=20) as response:
            assert json.load(response)["ignored"]


def test_an_absurd_address_ends_in_a_clear_status(live_site: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{live_site}/?q={'x' * 64_000}", timeout=10)

    with refused.value as error:
        assert error.code == 414
