"""Settings: one table of (name, type, default, help); environment variables and telusur.toml fill it.

Order, later wins: the defaults below, ``telusur.toml`` in the working directory (or the file named by
``TELUSUR_CONFIG``), environment variables ``TELUSUR_<NAME>``, options of a command.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.messages import LANGUAGES, N_, SOURCE_LANGUAGE, _, use_language

CONFIG_FILE = "telusur.toml"
ENVIRONMENT_PREFIX = "TELUSUR_"

Value = str | int | float | bool | tuple[str, ...] | Mapping[str, str]


class SettingError(ValueError):
    """A setting has an unknown name or a value of the wrong kind; the message names where it stands."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    :param name: lower case; the key in ``telusur.toml``, and the environment variable after the prefix.
    :param default: its value when nobody sets it; its type is the setting's type.
    :param help: one sentence for the owner of a site, in Indonesian.
    :param minimum: smallest number accepted, for numbers.
    :param choices: the only values accepted, if not empty.
    """

    name: str
    default: Value
    help: str
    minimum: float | None = None
    choices: tuple[str, ...] = ()

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
        if self.choices and parsed not in self.choices:
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
        return parsed

    def _convert(self, value: Any, found_in: str) -> Value:
        kind = type(self.default)
        if kind is tuple:
            if isinstance(value, str):
                return tuple(part for part in value.split(os.pathsep) if part)
            if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
                return tuple(value)
        elif kind is dict:
            if (names := _other_names(value)) is not None:
                return names
        elif kind is bool:
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.strip().lower() in _BOOLEANS:
                return _BOOLEANS[value.strip().lower()]
        elif kind in (int, float):
            if not isinstance(value, bool):
                try:
                    number = float(value)
                    if kind is float:
                        return number
                    if number == int(number):
                        return int(number)
                except (TypeError, ValueError, OverflowError):
                    pass
        elif isinstance(value, str):
            return value
        raise self._error(found_in, value, _(_KIND_NAMES[kind], separator=os.pathsep))

    def _error(self, found_in: str, found: object, expected: str) -> SettingError:
        return SettingError(
            _(
                "{place}: {name} berisi {found!r}; isilah dengan {expected}",
                place=found_in,
                name=self.name,
                found=found,
                expected=expected,
            )
        )


_BOOLEANS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_KIND_NAMES = {
    tuple: N_("daftar teks (dalam peubah lingkungan dipisahkan {separator!r})"),
    dict: N_(
        'tabel "nama lain" = "nama" yang tidak berputar '
        "(dalam peubah lingkungan: nama lain=nama, dipisahkan {separator!r})"
    ),
    bool: N_("true atau false"),
    int: N_("bilangan bulat"),
    float: N_("bilangan"),
    str: N_("teks"),
}


def _other_names(value: Any) -> dict[str, str] | None:
    """Each other name with the name that counts in the end; ``None`` if that is not what the value says."""
    if isinstance(value, str):
        value = dict([part.partition("=")[::2] for part in value.split(os.pathsep) if part.strip()])
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value.values()):
        return None
    names = {" ".join(other.split()): " ".join(name.split()) for other, name in value.items()}
    next_name = {other.casefold(): name for other, name in names.items()}
    if not all(names) or not all(names.values()) or len(next_name) < len(value):
        return None
    for other, name in names.items():
        met = {other.casefold()}
        while (folded := name.casefold()) in next_name and next_name[folded].casefold() != folded:
            if folded in met:
                return None
            met.add(folded)
            name = next_name[folded]
        names[other] = next_name.get(folded, name)
    return names


SETTINGS: tuple[Setting, ...] = (
    Setting("index", "instance/index", "Folder tempat indeks disimpan."),
    Setting("engine", "whoosh", "Mesin yang menyimpan dan menjawab: whoosh atau tantivy."),
    Setting(
        "suggest_tantivy_from",
        50_000,
        "Banyaknya artikel yang membuat `reindex` menyarankan mesin tantivy; 0 berarti tidak pernah.",
        minimum=0,
    ),
    Setting(
        "sources",
        (),
        "Folder dan berkas yang dibaca `reindex` bila tidak disebut; kosong berarti yang terakhir dipakai.",
    ),
    Setting("follow_links", False, "Apakah tautan simbolik yang menuju ke luar sumber juga diikuti."),
    Setting("lexicon", "", "Berkas leksikon pemilik: kata terlindung, akar, kata henti, sinonim, akronim."),
    Setting("source_aliases", {}, "Nama lain penerbit yang dihitung sebagai satu nama; lihat di bawah."),
    Setting("place_aliases", {}, "Nama lain tempat, dengan cara yang sama."),
    Setting("author_aliases", {}, "Nama lain penulis, dengan cara yang sama."),
    Setting(
        "max_input_mb",
        64.0,
        "Berkas teks terbesar yang dibaca utuh (MiB); selebihnya dilewati.",
        minimum=0.001,
    ),
    Setting("max_article_kb", 2048.0, "Artikel terpanjang (KiB teks); selebihnya dilewati.", minimum=0.001),
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
    Setting("site_name", "Telusur", "Nama yang tampil di atas halaman dan pada umpan."),
    Setting(
        "public_url",
        "",
        "Alamat situs bagi pengunjung, misalnya https://arsip.example, untuk umpan Atom, OpenSearch, tautan "
        "tetap artikel, dan sitasi; "
        "kosong berarti menurut permintaan.",
    ),
    Setting(
        "language",
        SOURCE_LANGUAGE,
        "Bahasa perintah dan pesannya bagi pengelola, dan bahasa halaman bila peramban tidak memintanya.",
        choices=tuple(LANGUAGES),
    ),
    Setting("per_page", 10, "Banyaknya hasil pada satu halaman.", minimum=1),
    Setting("max_per_page", 100, "Hasil terbanyak yang boleh diminta sekaligus.", minimum=1),
    Setting(
        "max_query_chars", 2000, "Panjang pertanyaan yang dibaca (huruf); sisanya diabaikan.", minimum=10
    ),
    Setting("host", "127.0.0.1", "Alamat yang didengarkan `telusur serve`."),
    Setting("port", 8000, "Porta yang didengarkan `telusur serve`.", minimum=0),
    Setting("workers", 0, "Banyaknya proses server; 0 berarti satu untuk tiap inti.", minimum=0),
    Setting(
        "idle_seconds", 30, "Sambungan yang tidak meminta apa-apa ditutup sesudahnya (detik).", minimum=1
    ),
    Setting(
        "verify_minutes",
        60.0,
        "Seberapa sering server membaca ulang semua berkas indeks untuk memeriksa keutuhannya (menit); "
        "0 berarti hanya sekali, sesudah dibuka.",
        minimum=0,
    ),
    Setting("drain_seconds", 10, "Waktu menyelesaikan permintaan bila server dihentikan (detik).", minimum=1),
)

WEIGHTS: tuple[Setting, ...] = tuple(
    Setting(f"weight_{name}", default, f"{meaning[0].upper()}{meaning[1:]}.", minimum=0)
    for name, default, meaning in (
        ("body", 1.0, "akar kata dalam isi"),
        ("body_exact", 0.5, "kata persis seperti diketik dalam isi, sebagai tambahan"),
        ("presence", 1.0, "adanya kata dalam isi, dikalikan kelangkaannya"),
        ("lead", 0.6, "akar kata di antara 40 kata pertama isi, sebagai tambahan"),
        ("opening", 0.3, "akar kata di antara 10 kata pertama isi, sebagai tambahan"),
        ("title", 3.0, "akar kata dalam judul"),
        ("title_exact", 1.0, "kata persis seperti diketik dalam judul, sebagai tambahan"),
        ("author", 0.5, "kata dalam nama penulis"),
        ("place", 0.5, "kata dalam nama tempat"),
        ("source", 0.5, "kata dalam nama penerbit"),
        (
            "phrase",
            8.0,
            "pertanyaan pendek yang ada utuh, persis seperti diketik; dikali kelangkaan katanya",
        ),
        ("expansion", 0.9, "bentuk lain (akronim, sinonim) dibandingkan kata yang diketik"),
        ("pattern", 1.0, "kata yang cocok dengan pola atau mirip"),
        (
            "all_words",
            1.0,
            "jarak nilai artikel yang memuat semua kata, yang tampil dahulu, dari yang lain",
        ),
        ("few_words", 3, "panjang pertanyaan (kata) yang mendahulukan artikel dengan semua kata"),
        (
            "frame",
            0.3,
            "kata yang hanya membingkai pertanyaan (jumlah, pengertian), dibandingkan kata lain",
        ),
        (
            "overlap",
            0.6,
            "berkurangnya kata yang selalu bersama kata di dekatnya (nama); 0 berarti tidak berkurang",
        ),
        (
            "answer",
            10.0,
            "adanya tanggal atau angka yang ditanyakan (kapan, berapa), pada sepuluh hasil pertama",
        ),
        ("fresh", 0.0, "terbit sepekan, sebulan, setahun terakhir, masing-masing; 0 berarti tidak ada"),
    )
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

    def names(self, name: str) -> Mapping[str, str]:
        """The value of a setting of other names: other name -> name."""
        value = self._values[name]
        assert isinstance(value, Mapping)
        return value

    def replace(self, **changes: Value | None) -> Settings:
        """A copy with some values changed; ``None`` leaves a value as it is."""
        return Settings({**self._values, **{k: v for k, v in changes.items() if v is not None}})


def _named(name: str, found_in: str) -> Setting:
    try:
        return _BY_NAME[name]
    except KeyError:
        raise SettingError(
            _(
                "{place}: tidak ada pengaturan {name!r}; yang ada: {names}",
                place=found_in,
                name=name,
                names=", ".join(_BY_NAME),
            )
        ) from None


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
    if named_file or path.is_file():
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
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
    return Settings(values)
