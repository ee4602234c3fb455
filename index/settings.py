"""Settings: one table of (name, type, default, help); environment variables and telusur.toml fill it.

Order, later wins: the defaults below, ``telusur.toml`` in the working directory (or the file named by
``TELUSUR_CONFIG``), environment variables ``TELUSUR_<NAME>``, options of a command.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from index.config import weights
from index.config.aliases import OtherNamesError, other_names
from index.config.values import READERS, is_origin, nearest, written
from index.messages import LANGUAGES, N_, SOURCE_LANGUAGE, _, use_language

CONFIG_FILE = "telusur.toml"
ENVIRONMENT_PREFIX = "TELUSUR_"

Value = str | int | float | bool | tuple[str, ...] | Mapping[str, str]


class SettingError(ValueError):
    """A setting has an unknown name or a value of the wrong kind; the message names where it stands."""


class Effect(StrEnum):
    """When a changed value comes into force, for the owner."""

    RELOAD = "SIGHUP"
    RESTART = "mulai ulang"
    REINDEX = "`reindex` berikutnya"
    BOTH = "SIGHUP dan `reindex`"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    :param name: lower case; the key in ``telusur.toml``, and the environment variable after the prefix.
    :param default: its value when nobody sets it; its type is the setting's type.
    :param help: one sentence for the owner of a site, in Indonesian.
    :param minimum: smallest number accepted, for numbers.
    :param choices: the only values accepted, if not empty; of a list, the only members.
    :param fits: whether a text may be used; what it has to be says ``expected``.
    :param effect: what a changed value waits for, beside a restart, which always does.
    """

    name: str
    default: Value
    help: str
    minimum: float | None = None
    choices: tuple[str, ...] = ()
    fits: Callable[[str], object] | None = None
    expected: str = ""
    effect: Effect = Effect.RELOAD

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return ENVIRONMENT_PREFIX + self.name.upper()

    def parse(self, value: Any, found_in: str) -> Value:
        """Check a value from a file (typed) or the environment (text).

        :param found_in: where the value stands, for the message.
        :raises SettingError: if it is of the wrong kind, too small or not among the choices.
        """
        parsed = self._convert(value, found_in)
        members = parsed if isinstance(parsed, tuple) else (parsed,)
        if self.choices and not set(members) <= set(self.choices):
            raise self._error(
                found_in, parsed, _("salah satu dari: {choices}", choices=", ".join(self.choices))
            )
        if (
            self.minimum is not None
            and isinstance(parsed, (int, float))
            and not parsed >= self.minimum  # also refuses NaN
        ):
            least = _("bilangan yang tidak kurang dari {minimum}", minimum=f"{self.minimum:g}")
            raise self._error(found_in, parsed, least)
        if self.fits and not self.fits(str(parsed)):
            raise self._error(found_in, parsed, _(self.expected))
        return parsed

    def _convert(self, value: Any, found_in: str) -> Value:
        kind = type(self.default)
        try:
            read = other_names(value, _BY_NAME, _with_values) if kind is dict else READERS[kind](value)
        except OtherNamesError as error:
            raise SettingError(f"{found_in}: {self.name}: {error}") from None
        if read is None:
            raise self._error(found_in, value, _(_KINDS[kind], separator=os.pathsep))
        return cast(Value, read)

    def _error(self, found_in: str, found: object, expected: str) -> SettingError:
        return SettingError(
            _(
                "{place}: {name} berisi {found}; isilah dengan {expected}",
                place=found_in,
                name=self.name,
                found=written(found),
                expected=expected,
            )
        )


def _with_values(message: str, **values: object) -> str:
    return _(message, **{name: written(value) for name, value in values.items()})


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

_REINDEX, _RESTART = Effect.REINDEX, Effect.RESTART

SETTINGS: tuple[Setting, ...] = (
    Setting("index", "instance/index", "Folder tempat indeks disimpan."),
    Setting(
        "engine",
        "whoosh",
        "Mesin yang menyimpan dan menjawab: whoosh atau tantivy.",
        choices=("whoosh", "tantivy"),
        effect=Effect.BOTH,
    ),
    Setting(
        "suggest_tantivy_from",
        50_000,
        "Banyaknya artikel yang membuat `reindex` menyarankan mesin tantivy; 0 berarti tidak pernah.",
        minimum=0,
        effect=_REINDEX,
    ),
    Setting(
        "sources",
        (),
        "Folder dan berkas yang dibaca `reindex` bila tidak disebut; kosong berarti yang terakhir dipakai.",
        effect=_REINDEX,
    ),
    Setting("follow_links", False, "Apakah tautan simbolik ke luar sumber juga diikuti.", effect=_REINDEX),
    Setting(
        "lexicon", "", "Berkas leksikon pemilik: akar, kata henti, sinonim, akronim.", effect=Effect.BOTH
    ),
    Setting(
        "source_aliases",
        {},
        "Nama lain penerbit yang dihitung sebagai satu nama; lihat di bawah.",
        effect=_REINDEX,
    ),
    Setting("place_aliases", {}, "Nama lain tempat, dengan cara yang sama.", effect=_REINDEX),
    Setting("author_aliases", {}, "Nama lain penulis, dengan cara yang sama.", effect=_REINDEX),
    Setting(
        "max_input_mb",
        64.0,
        "Berkas teks terbesar yang dibaca utuh (MiB); selebihnya dilewati.",
        minimum=0.001,
        effect=_REINDEX,
    ),
    Setting(
        "max_article_kb",
        2048.0,
        "Artikel terpanjang (KiB teks); selebihnya dilewati.",
        minimum=0.001,
        effect=_REINDEX,
    ),
    Setting("cache_mb", 256.0, "Memori tembolok mesin pada tiap proses server (MiB).", minimum=1),
    Setting(
        "articles_mb",
        128.0,
        "Memori artikel yang disimpan siap tampil pada tiap proses server (MiB), yang terbaru lebih dulu.",
        minimum=0,
    ),
    Setting(
        "response_cache_mb",
        32.0,
        "Memori jawaban yang sudah pernah diberikan, tiap proses server (MiB); 0 berarti tidak ada.",
        minimum=0,
    ),
    Setting("pattern_cap", 1000, "Kata terbanyak yang diwakili satu pola (awal*, p?la, kata~).", minimum=1),
    Setting(
        "budget_ms",
        1000,
        "Waktu prosesor yang boleh dipakai satu pertanyaan (ms); yang terlalu berat dijawab sebagian.",
        minimum=50,
    ),
    Setting(
        "site_name",
        "Telusur",
        "Nama yang tampil di atas halaman dan pada umpan.",
        fits=str.strip,
        expected=N_("teks yang tidak kosong"),
    ),
    Setting("logo", "", "Berkas gambar di samping nama itu: SVG, PNG, WebP atau JPEG, paling besar 256 KiB."),
    Setting("logo_only", False, "Apakah logo sudah memuat nama situs, sehingga nama tidak ditulis lagi."),
    Setting("accent", "", "Warna tombol dan tautan, misalnya #0d5f58; disesuaikan bila kurang kontras."),
    Setting("footer", "", "Teks di kaki setiap halaman; alamat web di dalamnya menjadi tautan."),
    Setting("about", "", "Teks halaman /tentang; kosong berarti tidak ada halaman itu."),
    Setting("site_dir", "", "Folder situs: `templates/` dan `static/` di dalamnya menggantikan bawaan."),
    Setting(
        "public_url",
        "",
        "Alamat situs bagi pengunjung, tanpa jalur, misalnya https://arsip.example, untuk umpan, OpenSearch, "
        "peta situs, tautan tetap artikel, dan sitasi; kosong berarti menurut permintaan.",
        fits=is_origin,
        expected=N_("http:// atau https:// dan nama host saja, tanpa jalur, misalnya https://arsip.example"),
    ),
    Setting(
        "language",
        SOURCE_LANGUAGE,
        "Bahasa perintah dan pesannya bagi pengelola, dan bahasa halaman bila peramban tidak memintanya.",
        choices=tuple(LANGUAGES),
    ),
    Setting(
        "languages",
        (),
        "Bahasa halaman, yang pertama bila peramban tidak memintanya; satu saja berarti tanpa pilihan; "
        "kosong berarti semua, `language` lebih dulu.",
        choices=tuple(LANGUAGES),
    ),
    Setting("per_page", 10, "Banyaknya hasil pada satu halaman.", minimum=1),
    Setting("max_per_page", 100, "Hasil terbanyak yang boleh diminta sekaligus.", minimum=1),
    Setting(
        "max_query_chars", 2000, "Panjang pertanyaan yang dibaca (huruf); sisanya diabaikan.", minimum=10
    ),
    Setting("host", "127.0.0.1", "Alamat yang didengarkan `telusur serve`.", effect=_RESTART),
    Setting("port", 8000, "Porta yang didengarkan `telusur serve`.", minimum=0, effect=_RESTART),
    Setting("workers", 0, "Banyaknya proses server; 0 berarti satu tiap inti.", minimum=0, effect=_RESTART),
    Setting(
        "idle_seconds",
        30,
        "Sambungan yang tidak meminta apa-apa ditutup sesudahnya (detik).",
        minimum=1,
        effect=_RESTART,
    ),
    Setting(
        "verify_minutes",
        60.0,
        "Seberapa sering server membaca ulang semua berkas indeks untuk memeriksa keutuhannya (menit); "
        "0 berarti hanya sekali, sesudah dibuka.",
        minimum=0,
    ),
    Setting(
        "drain_seconds",
        10,
        "Waktu menyelesaikan permintaan bila server dihentikan (detik).",
        minimum=1,
        effect=_RESTART,
    ),
)

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
            self._values[name] = _named(name, "settings").parse(value, "settings")

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
        value = self._values[name]
        assert isinstance(value, Mapping)
        return value

    def replace(self, **changes: Value | None) -> Settings:
        """A copy with some values changed; ``None`` leaves a value as it is."""
        return Settings({**self._values, **{k: v for k, v in changes.items() if v is not None}})


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
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # as Windows' editors write it
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingError(
                _("{path}: tidak dapat dibaca sebagai TOML: {error}", path=path, error=error)
            ) from error
        use_language(str(environment.get(language, content.get("language"))))
        for name, value in content.items():
            values[name] = _named(name, str(path)).parse(value, str(path))
    for setting in _ALL:
        if setting.variable in environment:
            values[setting.name] = setting.parse(environment[setting.variable], setting.variable)
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
