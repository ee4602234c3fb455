"""How databases are described in settings, and what is said of a description that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from index.settings import SettingError, Settings, load_settings

GOOD = {"url": "postgresql://pembaca:${SANDI}@localhost/redaksi", "query": "SELECT id, isi FROM berita"}
SECRET = "sangat-rahasia"


def test_a_description_is_read_with_what_it_leaves_out() -> None:
    settings = Settings({"databases": {"redaksi": {**GOOD, "fields": {"title": "kepala"}}}})
    assert settings.tables("databases")["redaksi"] == {
        **GOOD, "key": "", "incremental": "", "whole_every_days": 7.0, "fields": {"title": "kepala"},
    }  # fmt: skip


def test_the_environment_says_it_as_json() -> None:
    settings = load_settings(
        {"TELUSUR_DATABASES": '{"redaksi": {"url": "sqlite:///a", "query": "SELECT 1"}}'}
    )
    assert settings.tables("databases")["redaksi"]["url"] == "sqlite:///a"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"url": f"oracle://a:{SECRET}@b/c"}, "sqlite"),
        ({"query": "DELETE FROM berita"}, "SELECT"),
        ({"query": ""}, "query"),
        ({"qeury": "SELECT 1"}, "query"),
        ({"fields": {"judul": "kepala"}}, "title"),
        ({"fields": {"title": 3}}, "title"),
        ({"fields": "judul"}, "fields"),
        ({"incremental": "diubah"}, "key"),
        ({"url": 5}, "url"),
        ({"whole_every_days": -1}, "whole_every_days"),
        ({"whole_every_days": "7"}, "whole_every_days"),
        ({"engine": "whoosh"}, "[...]"),
    ],
)
def test_a_wrong_one_says_what_is_wrong(table: dict[str, Any], expected: str) -> None:
    with pytest.raises(SettingError) as raised:
        Settings({"databases": {"redaksi": {**GOOD, **table}}})
    assert expected in str(raised.value)
    assert "redaksi" in str(raised.value) or "[...]" in str(raised.value)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "value", [f'["{SECRET}"]', f"postgresql://a:{SECRET}@b/c", '{"a b": {}}', '{"a": 1}']
)
def test_no_message_repeats_what_may_hold_a_password(value: str) -> None:
    with pytest.raises(SettingError) as raised:
        load_settings({"TELUSUR_DATABASES": value})
    assert SECRET not in str(raised.value)
