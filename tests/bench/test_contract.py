"""The API answers as its own document says, whatever it is asked."""

from __future__ import annotations

import pytest
from schemathesis.core.failures import FailureGroup

from bench.contract import ask_anything
from index.settings import Settings
from search.app import create_app

CASES = 300
"""``python -m bench.contract`` asks thousands."""


def test_no_answer_breaks_the_schema(site_settings: Settings) -> None:
    app = create_app(site_settings)

    seen = ask_anything(app, CASES)

    assert sum(seen.values()) >= CASES
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("telusur_api."):
            path = rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}")
            assert any(f" {path} 200" in label for label in seen), path
    assert any(label.endswith(" 400") for label in seen)
    assert not any(label.endswith(" 500") for label in seen)


def test_an_answer_that_breaks_the_schema_is_found(site_settings: Settings) -> None:
    app = create_app(site_settings)
    app.view_functions["telusur_api.stats"] = lambda: {"documents": "many"}

    with pytest.raises(FailureGroup):
        ask_anything(app, 18)
