"""Settings come from one table, telusur.toml and the environment, and a wrong one is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.config.table import SETTINGS
from index.engines.registry import engine_names
from index.messages import LANGUAGES
from index.settings import WEIGHTS, SettingError, Settings, cache_bytes, load_settings


def test_without_any_file_or_variable_the_defaults_hold(tmp_path: Path) -> None:
    defaults = {setting.name: setting.default for setting in (*SETTINGS, *WEIGHTS)}
    assert dict(load_settings({}, tmp_path)) == defaults


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('per_page = 20\nsite_name = "Arsip Kami"\n')
    settings = load_settings({"TELUSUR_PER_PAGE": "30"}, tmp_path)
    assert settings.whole("per_page") == 30
    assert settings.text("site_name") == "Arsip Kami"
    assert settings.whole("max_per_page") == 100


def test_caches_of_all_processes_share_what_one_setting_gives_them() -> None:
    names = ("cache_mb", "articles_mb", "response_cache_mb")

    def shares(**values: float) -> list[int]:
        return [cache_bytes(Settings({"caches_mb": 40.0, "workers": 4, **values}), name) for name in names]

    assert 4 * sum(shares()) == pytest.approx(40 << 20, abs=12)
    assert min(shares()) > 0
    assert [2 * size for size in shares()] == pytest.approx(shares(workers=2), abs=2)
    assert shares(caches_mb=0.0) == [0, 0, 0]
    own = shares(articles_mb=7.0, response_cache_mb=0.0)
    assert own == [shares()[0], 7 << 20, 0]


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


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"A": "b", "B": "c", "c": "a"}, 'nama lain berputar: ["A", "b", "c", "a"]'),
        (
            {"site_name": "Kami"},
            '"site_name" adalah nama pengaturan, bukan nama lain; pindahkan barisnya ke atas',
        ),
        ({"per_page": 20}, '"per_page" adalah nama pengaturan'),
        ({"Okezone": ["okezone.com"]}, 'nama lain "Okezone" berisi ["okezone.com"]; isilah dengan satu nama'),
        ({"Okezone": "a", "OKEZONE": "b"}, 'nama lain "OKEZONE" ada dua kali'),
    ],
)
def test_an_entry_that_is_no_other_name_is_told(names: object, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        Settings({"source_aliases": names})  # type: ignore[dict-item]
    assert str(refused.value).startswith(f"settings: source_aliases: {told}")


def test_a_setting_behind_a_table_is_told_to_stand_above_it(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('[source_aliases]\n"Okezone" = "okezone.com"\naccent = "#fff"\n')
    with pytest.raises(SettingError, match=r'telusur\.toml: source_aliases: "accent" .* ke atas tabel'):
        load_settings({}, tmp_path)


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
        ("TELUSUR_CACHE_MB", "nan", "tidak kurang dari -1"),
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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("per_page = true", "per_page berisi true; isilah dengan bilangan bulat"),
        ('logo_only = "ya"', 'logo_only berisi "ya"; isilah dengan true atau false'),
        ('site_name = ["Arsip", "Kami"]', 'site_name berisi ["Arsip", "Kami"]; isilah dengan satu teks'),
        ("source_aliases = 1", "source_aliases berisi 1; isilah dengan tabel"),
        ("footer = {a = false}", 'footer berisi {"a" = false}; isilah dengan satu teks'),
        ('site_name = " "', 'site_name berisi " "; isilah dengan teks yang tidak kosong'),
        ('engine = "lucene"', 'engine berisi "lucene"; isilah dengan salah satu dari: whoosh, tantivy'),
        ("per_page = 50\nmax_per_page = 20", "per_page = 50 lebih besar daripada max_per_page = 20"),
        (
            'public_url = "arsip.example"',
            'public_url berisi "arsip.example"; isilah dengan http:// atau https:// dan nama host,',
        ),
        ('public_url = "https://arsip.example/?a=1"', "dan nama host, boleh dengan jalur"),
        ('public_url = "https://arsip.example/berita%20lama"', "dan nama host, boleh dengan jalur"),
        ('public_url = "https://arsip.example//lain.example"', "dan nama host, boleh dengan jalur"),
        ('public_url = "https://arsip.example/a/../b"', "dan nama host, boleh dengan jalur"),
        ('trusted_proxies = ["proksi"]', "alamat atau jaringan IP, misalnya 127.0.0.1"),
        ('trusted_proxies = ["10.0.0.0/33"]', "alamat atau jaringan IP, misalnya 127.0.0.1"),
        ('public_url = "ftp://arsip.example"', "http:// atau https:// dan nama host"),
        ('public_url = "https://"', "http:// atau https:// dan nama host"),
        ('accent = "merah"', 'telusur.toml: accent berisi "merah"; isilah dengan warna'),
        ('public_url = "https://saya@arsip.example"', "http:// atau https:// dan nama host"),
    ],
)
def test_a_wrong_value_is_told_as_it_was_written(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "telusur.toml").write_text(line)
    with pytest.raises(SettingError) as refused:
        load_settings({}, tmp_path)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://arsip.example",
        "HTTP://arsip.example:8080/",
        "http://[::1]:8000",
        "https://bücher.example",
        "https://koran.example/cari",
        "https://koran.example/arsip/lama/",
    ],
)
def test_an_address_of_a_site_is_a_scheme_a_host_and_perhaps_a_path(address: str) -> None:
    assert Settings({"public_url": address}).text("public_url") == address


def test_proxies_are_addresses_and_networks_also_in_the_environment(tmp_path: Path) -> None:
    settings = load_settings({"TELUSUR_TRUSTED_PROXIES": "::1, 127.0.0.1,10.0.0.0/8"}, tmp_path)

    assert settings.texts("trusted_proxies") == ("::1", "127.0.0.1", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("variable", "value", "separator"),
    [
        ("TELUSUR_LANGUAGES", "id,en", ":"),
        ("TELUSUR_TRUSTED_PROXIES", "10.0.0.1:10.0.0.2", ","),
        ("TELUSUR_CORS_ORIGINS", "https://a.example https://b.example", ","),
    ],
)
def test_a_wrong_member_of_a_list_is_told_what_stands_between_them(
    tmp_path: Path, variable: str, value: str, separator: str
) -> None:
    with pytest.raises(SettingError, match=f'beberapa dipisahkan "{separator}"'):
        load_settings({variable: value}, tmp_path)


def test_the_engines_to_choose_among_are_those_that_there_are() -> None:
    (engine,) = (setting for setting in SETTINGS if setting.name == "engine")
    assert engine.choices == engine_names()


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "telusur.toml").write_text('site_name = "Arsip Kami"\n', encoding="utf-8-sig")
    assert load_settings({}, tmp_path).text("site_name") == "Arsip Kami"


@pytest.mark.parametrize("content", ["tiada = 1\n", "per_page = [1]\n", 'sources = "seeds" "x"\n', "\xff"])
def test_a_wrong_file_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "telusur.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingError, match=r"telusur\.toml"):
        load_settings({}, tmp_path)


def test_a_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"TELUSUR_CONFIG menyebut .*tiada\.toml, yang tidak ada"):
        load_settings({"TELUSUR_CONFIG": str(tmp_path / "tiada.toml")}, tmp_path)


@pytest.mark.parametrize(
    ("name", "meant"), [("sitename", "site_name"), ("Per-Page", "per_page"), ("weight_titel", "weight_title")]
)
def test_an_unknown_name_is_refused_with_the_one_that_was_meant(name: str, meant: str) -> None:
    with pytest.raises(SettingError) as refused:
        Settings({name: 1})
    assert str(refused.value) == f"settings: tidak ada pengaturan `{name}`; maksud Anda `{meant}`?"


def test_a_name_that_is_like_none_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"yang ada: .*per_page"):
        Settings({"qqq": 1})


def test_a_copy_changes_only_what_is_given() -> None:
    settings = Settings({"engine": "tantivy"}).replace(index="lain", engine=None)
    assert (settings.text("index"), settings.text("engine")) == ("lain", "tantivy")


def test_pages_are_offered_in_every_language_of_the_catalogue() -> None:
    offered = {setting.name: setting.choices for setting in SETTINGS}

    assert offered["language"] == offered["languages"] == tuple(LANGUAGES)
