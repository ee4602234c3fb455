"""Settings: the values in force. Environment variables and telusur.toml fill the table of them.

Order, later wins: the defaults of the table, ``telusur.toml`` in the working directory (or the file named by
``TELUSUR_CONFIG``), environment variables ``TELUSUR_<NAME>``, options of a command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from index.config import weights
from index.config.aliases import OtherNamesError, other_names
from index.config.databases import DatabasesError, databases
from index.config.fields import FieldRulesError, field_rules
from index.config.table import ENVIRONMENT_PREFIX, SETTINGS, Effect, Setting, Value
from index.config.values import (
    READERS,
    is_address,
    is_colour,
    is_network,
    is_node,
    is_rate,
    is_reader,
    may_frame,
    nearest,
    written,
)
from index.messages import N_, _, use_language

CONFIG_FILE = "telusur.toml"


class SettingError(ValueError):
    """A setting has an unknown name or a value of the wrong kind; the message names where it stands."""


KINDS_OF_TEXT: Mapping[str, tuple[Callable[[str], object], str]] = {
    "filled": (str.strip, N_("teks yang tidak kosong")),
    "address": (
        is_address,
        N_("http:// atau https:// dan nama host, boleh dengan jalur, misalnya https://koran.example/cari"),
    ),
    "network": (is_network, N_("alamat atau jaringan IP, misalnya 127.0.0.1 atau 10.0.0.0/8")),
    "framing": (
        may_frame,
        N_(
            "alamat situs tanpa jalur, misalnya https://koran.example atau https://*.koran.example, atau self"
        ),
    ),
    "index": (re.compile("[A-Za-z0-9_-]{1,400}").fullmatch, N_("huruf, angka, - dan _ saja")),
    "node": (
        is_node,
        N_(
            "http:// atau https:// dan nama host, tanpa pemakai dan kata sandi, misalnya https://simpul1:9200"
        ),
    ),
    "prefix": (
        re.compile("[a-z0-9][a-z0-9-]{0,59}").fullmatch,
        N_("huruf kecil, angka dan - saja, paling banyak 60, tidak diawali -"),
    ),
    "reader": (is_reader, N_("* atau alamat situs tanpa jalur, misalnya https://koran.example")),
    "colour": (is_colour, N_("warna, misalnya #0d5f58 atau rgb(13, 95, 88)")),
    "rate": (is_rate, N_("banyaknya tiap second, minute, hour atau day, misalnya 600/minute")),
}
"""Whether a text is of a kind, and what to tell the owner if not."""

WEIGHTS: tuple[Setting, ...] = tuple(
    Setting(f"weight_{name}", default, f"{meaning[0].upper()}{meaning[1:]}.", minimum=0)
    for name, default, meaning in weights.ROWS
)
"""How much each kind of evidence counts in the ranking: for those who measure it (docs/relevance.md)."""

_ALL = (*SETTINGS, *WEIGHTS)
_BY_NAME = {setting.name: setting for setting in _ALL}


class Settings(Mapping[str, Value]):
    """The values in force, read-only, by name, with typed access."""

    problem: str = ""
    """Why newer ones could not be read, while these stay in force; for the owner."""

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values: dict[str, Value] = {setting.name: setting.default for setting in _ALL}
        for name, value in (values or {}).items():
            self._values[name] = _parse(_named(name, "settings"), value, "settings")

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """The value of a text setting."""
        value = self._values[name]
        assert isinstance(value, str)
        return value

    def whole(self, name: str) -> int:
        """The value of a whole-number setting."""
        value = self._values[name]
        assert isinstance(value, int)
        return value

    def number(self, name: str) -> float:
        """The value of a number setting."""
        value = self._values[name]
        assert isinstance(value, (int, float))
        return float(value)

    def flag(self, name: str) -> bool:
        """The value of a true-or-false setting."""
        value = self._values[name]
        assert isinstance(value, bool)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """The value of a list setting."""
        value = self._values[name]
        assert isinstance(value, tuple)
        return value

    def changed(self, other: Settings, effect: Effect) -> list[str]:
        """Names of the settings of a kind that have another value in ``other``."""
        return [each.name for each in _ALL if each.effect is effect and self[each.name] != other[each.name]]

    def names(self, name: str) -> Mapping[str, str]:
        """The value of a setting of other names: other name -> name."""
        return self.tables(name)

    def tables(self, name: str) -> Mapping[str, Any]:
        """The value of a setting that is a table, perhaps of tables."""
        value = self._values[name]
        assert isinstance(value, Mapping)
        return value

    def replace(self, **changes: Value | None) -> Settings:
        """A copy with some values changed; ``None`` leaves a value as it is."""
        return Settings({**self._values, **{k: v for k, v in changes.items() if v is not None}})


_SHARES = {"cache_mb": 0.45, "articles_mb": 0.35, "response_cache_mb": 0.2}
"""Which part of the memory for caches each has that the owner gives none of its own. On 19,272 articles,
13 MB for articles save as much of a query's time as 28 MB for an engine, which keeps its sets packed."""


def cache_bytes(settings: Settings, name: str) -> int:
    """How much one of the caches of a process may hold.

    :param name: of its setting: ``cache_mb``, ``articles_mb`` or ``response_cache_mb``.
    """
    megabytes = settings.number(name)
    if megabytes < 0:
        processes = settings.whole("workers") or len(os.sched_getaffinity(0))
        megabytes = settings.number("caches_mb") * _SHARES[name] / processes
    return int(megabytes * (1 << 20))


_OF_ENGINES = (
    "pattern_cap",
    "opensearch_urls",
    "opensearch_index",
    "opensearch_timeout",
    "opensearch_ca",
    "opensearch_shards",
    "opensearch_replicas",
)


def engine_options(settings: Settings) -> dict[str, Value]:
    """What engines are told with every :class:`~index.engines.base.Location`, under the settings' names."""
    options = {name: settings[name] for name in _OF_ENGINES}
    return {"cache_mb": cache_bytes(settings, "cache_mb") / (1 << 20), **options}


def load_settings(environment: Mapping[str, str] | None = None, directory: Path | None = None) -> Settings:
    """Read telusur.toml and the environment. From then on the owner is told everything in the language that
    they set, their mistakes to begin with.

    :param environment: variables, by default the process's own.
    :param directory: where ``telusur.toml`` is looked for, by default the working directory.
    :raises SettingError: if a file or variable holds an unknown name or a wrong value.
    """
    environment = os.environ if environment is None else environment
    named_file = environment.get(ENVIRONMENT_PREFIX + "CONFIG")
    path = Path(named_file) if named_file else (directory or Path.cwd()) / CONFIG_FILE
    values: dict[str, Value] = {}
    use_language(environment.get(language := ENVIRONMENT_PREFIX + "LANGUAGE", ""))
    if named_file and not path.exists():
        raise SettingError(_("TELUSUR_CONFIG menyebut {path}, yang tidak ada", path=path))
    if named_file or path.is_file():
        import tomllib  # here: few who start have such a file

        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # as Windows' editors write it
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingError(
                _("{path}: tidak dapat dibaca sebagai TOML: {error}", path=path, error=error)
            ) from error
        use_language(str(environment.get(language, content.get("language"))))
        for name, value in content.items():
            values[name] = _parse(_named(name, str(path)), value, str(path))
    for setting in _ALL:
        if setting.variable in environment:
            values[setting.name] = _parse(setting, environment[setting.variable], setting.variable)
    settings = Settings(values)
    least, most = settings.whole("per_page"), settings.whole("max_per_page")
    if least > most:
        raise SettingError(
            _(
                "per_page = {least} lebih besar daripada max_per_page = {most}; samakan",
                least=least,
                most=most,
            )
        )
    return settings


def _named(name: str, found_in: str) -> Setting:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if near := nearest(name, _BY_NAME):
        meant = _("maksud Anda `{near}`?", near=near)
    else:
        meant = _("yang ada: {names}", names=", ".join(setting.name for setting in SETTINGS))
    raise SettingError(
        _("{place}: tidak ada pengaturan `{name}`; {meant}", place=found_in, name=name, meant=meant)
    )


def _parse(setting: Setting, value: Any, found_in: str) -> Value:
    """Check a value from a file (typed) or the environment (text).

    :param found_in: where the value stands, for the message.
    :raises SettingError: if it is of the wrong kind, too small or not among the choices.
    """
    parsed = _convert(setting, value, found_in)
    members = parsed if isinstance(parsed, tuple) else (parsed,)
    if setting.choices and not set(members) <= set(setting.choices):
        raise _error(
            setting, found_in, parsed, _("salah satu dari: {choices}", choices=", ".join(setting.choices))
        )
    if (
        setting.minimum is not None
        and isinstance(parsed, (int, float))
        and not parsed >= setting.minimum  # also refuses NaN
    ):
        least = _("bilangan yang tidak kurang dari {minimum}", minimum=f"{setting.minimum:g}")
        raise _error(setting, found_in, parsed, least)
    if setting.fits:
        fits, expected = KINDS_OF_TEXT[setting.fits]
        for member in members:
            if not fits(str(member)):
                raise _error(setting, found_in, member, _(expected))
    return parsed


def _convert(setting: Setting, value: Any, found_in: str) -> Value:
    kind = type(setting.default)
    if isinstance(value, str) and setting.separator not in (os.pathsep, ""):
        value = [member.strip() for member in value.split(setting.separator) if member.strip()]
    try:
        table: Callable[..., Any] = _TABLES.get(setting.name, other_names)
        read = table(value, _BY_NAME, _with_values) if kind is dict else READERS[kind](value)
    except (OtherNamesError, FieldRulesError, DatabasesError) as error:
        raise SettingError(f"{found_in}: {setting.name}: {error}") from None
    if read is None:
        expected = _KINDS_OF_TABLES.get(setting.name, _KINDS[kind])
        raise _error(setting, found_in, value, _(expected, separator=setting.separator))
    return cast(Value, read)


def _error(setting: Setting, found_in: str, found: object, expected: str) -> SettingError:
    if found_in == setting.variable and isinstance(setting.default, tuple):
        expected = _(
            '{expected}; beberapa dipisahkan "{separator}"', expected=expected, separator=setting.separator
        )
    return SettingError(
        _(
            "{place}: {name} berisi {found}; isilah dengan {expected}",
            place=found_in,
            name=setting.name,
            found=written(found),
            expected=expected,
        )
    )


def _with_values(message: str, **values: object) -> str:
    return _(message, **{name: written(value) for name, value in values.items()})


_TABLES: Mapping[str, Callable[..., Any]] = {"databases": databases, "fields": field_rules}
"""Tables that are not of other names -> what reads them."""

_KINDS_OF_TABLES = {"fields": N_("tabel ruas = nama kolom (dalam peubah lingkungan sebagai JSON)")}
_KINDS = {
    tuple: N_('daftar teks (dalam peubah lingkungan dipisahkan "{separator}")'),
    dict: N_(
        'tabel "nama lain" = "nama" (dalam peubah lingkungan: nama lain=nama, dipisahkan "{separator}")'
    ),
    bool: N_("true atau false"),
    int: N_("bilangan bulat"),
    float: N_("bilangan"),
    str: N_("satu teks dalam tanda kutip"),
}
