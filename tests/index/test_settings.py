"""Settings come from one table, telusur.toml and the environment, and a wrong one is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.settings import SETTINGS, WEIGHTS, SettingError, Settings, load_settings


def test_without_any_file_or_variable_the_defaults_hold(tmp_path: Path) -> None:
    defaults = {setting.name: setting.default for setting in (*SETTINGS, *WEIGHTS)}
    assert dict(load_settings({}, tmp_path)) == defaults


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('per_page = 20\nsite_name = "Arsip Kami"\n')
    settings = load_settings({"TELUSUR_PER_PAGE": "30"}, tmp_path)
    assert settings.whole("per_page") == 30
    assert settings.text("site_name") == "Arsip Kami"
    assert settings.whole("max_per_page") == 100


def test_weights_are_set_like_settings_and_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text("weight_title = 2\nweight_lead = 1\n")
    settings = load_settings({"TELUSUR_WEIGHT_LEAD": "0"}, tmp_path)
    assert (settings.number("weight_title"), settings.number("weight_lead")) == (2.0, 0.0)
    assert not {setting.name for setting in SETTINGS if setting.name.startswith("weight_")}


def test_a_list_is_an_array_in_the_file_and_separated_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('sources = ["a", "b"]\n')
    assert load_settings({}, tmp_path).texts("sources") == ("a", "b")
    several = os.pathsep.join(["x", "y"])
    assert load_settings({"TELUSUR_SOURCES": several}, tmp_path).texts("sources") == ("x", "y")


def test_other_names_are_a_table_in_the_file_and_pairs_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('[source_aliases]\n"Okezone" = "okezone.com"\n"a = b" = "c"\n')
    assert load_settings({}, tmp_path).names("source_aliases") == {"Okezone": "okezone.com", "a = b": "c"}
    pairs = os.pathsep.join(["Okezone=okezone.com", "Detik = detik.com"])
    named = load_settings({"TELUSUR_SOURCE_ALIASES": pairs}, tmp_path).names("source_aliases")
    assert named == {"Okezone": "okezone.com", "Detik": "detik.com"}


def test_another_name_of_another_name_is_one_of_the_name_that_counts() -> None:
    chain = {"Antara News": "Antara", "antara": "antaranews.com", "ANTARANEWS.COM": "antaranews.com"}
    assert set(Settings({"source_aliases": chain}).names("source_aliases").values()) == {"antaranews.com"}


@pytest.mark.parametrize(
    "names", ["a", "=b", "a=", {"a": "b", "B": "A"}, {"a": "b", "A": "c"}, {"a": 1}, ["a"], {"a": " "}]
)
def test_other_names_that_name_nothing_or_go_round_are_refused(names: object) -> None:
    with pytest.raises(SettingError, match="nama lain"):
        Settings({"place_aliases": names})  # type: ignore[dict-item]


def test_another_file_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "lain.toml"
    path.write_text("port = 9000\n")
    assert load_settings({"TELUSUR_CONFIG": str(path)}, tmp_path).whole("port") == 9000


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("TELUSUR_PER_PAGE", "banyak", "bilangan bulat"),
        ("TELUSUR_PER_PAGE", "2.5", "bilangan bulat"),
        ("TELUSUR_PER_PAGE", "0", "tidak kurang dari 1"),
        ("TELUSUR_CACHE_MB", "nan", "tidak kurang dari 1"),
        ("TELUSUR_LANGUAGE", "jv", "salah satu dari: id, en"),
    ],
)
def test_a_wrong_value_is_refused_with_its_variable_and_what_was_expected(
    tmp_path: Path, variable: str, value: str, expected: str
) -> None:
    with pytest.raises(SettingError) as refused:
        load_settings({variable: value}, tmp_path)
    assert variable in str(refused.value)
    assert expected in str(refused.value)


@pytest.mark.parametrize("content", ["tiada = 1\n", "per_page = [1]\n", 'sources = "seeds" "x"\n', "\xff"])
def test_a_wrong_file_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "telusur.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingError, match=r"telusur\.toml"):
        load_settings({}, tmp_path)


def test_a_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"tiada\.toml"):
        load_settings({"TELUSUR_CONFIG": str(tmp_path / "tiada.toml")}, tmp_path)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match="per_page"):
        Settings({"tiada": 1})


def test_a_copy_changes_only_what_is_given() -> None:
    settings = Settings({"engine": "tantivy"}).replace(index="lain", engine=None)
    assert (settings.text("index"), settings.text("engine")) == ("lain", "tantivy")
