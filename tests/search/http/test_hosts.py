"""Whatever the Host header holds, a visitor is answered."""

from __future__ import annotations

import pytest

from index.settings import Settings
from search.app import create_app

PATHS = ["/", "/?q=banjir", "/feed.atom", "/opensearch.xml", "/bantuan", "/api/v1/search?q=banjir", "/nope"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["a" * 64 + ".example", "arsip..example", "."])
def test_a_host_that_cannot_be_one_is_refused(site_settings: Settings, host: str, path: str) -> None:
    response = create_app(site_settings).test_client().get(path, headers={"Host": host})

    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert host.encode() not in response.data or host == "."


@pytest.mark.parametrize("path", PATHS[:-1])
def test_a_label_of_63_characters_is_a_host(site_settings: Settings, path: str) -> None:
    host = "a" * 63 + ".example"

    assert create_app(site_settings).test_client().get(path, headers={"Host": host}).status_code == 200
