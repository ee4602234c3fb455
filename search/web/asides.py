"""What a page of results says beside them: days among the words, and parameters that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from index.messages import N_, Translator
from search.answer import Period, Question
from search.i18n.describing_periods import describe_period
from search.params import ParameterError
from search.query.dates import day_span
from search.web.links import Links

LONGEST = 80
"""Characters of a value that a page repeats."""

_LABELS = {
    "from": N_("Dari"),
    "to": N_("Sampai"),
    "year": N_("Tahun"),
    "source": N_("Penerbit"),
    "place": N_("Tempat"),
    "author": N_("Penulis"),
    "topic": N_("Topik"),
    "page": N_("Halaman"),
    "per_page": N_("Hasil tiap halaman"),
    "sort": N_("Urutkan"),
}
_FIELDS = {"from": "dari", "to": "sampai"}
"""Parameter -> the id of its field."""


class NamedPeriod(Struct, frozen=True):
    """Days that the words name.

    :param url: the question of these days; if they are applied, the way back to the words as typed.
    :param typed: those words.
    """

    label: str
    count: int
    applied: bool
    url: str
    typed: str


class Wrong(Struct, frozen=True):
    """A parameter that cannot be used.

    :param found: its value, as far as it is shown.
    :param reason: what would do, in a sentence.
    :param field: the id of the field where it is filled in, or ``""``.
    """

    name: str
    label: str
    found: str
    reason: str
    field: str

    @property
    def is_day(self) -> bool:
        """Whether the value is a day, only not one that will do here."""
        return day_span(self.found) is not None and len(self.found) == len("2024-01-31")


class WrongParameters(Struct, frozen=True):
    """All parameters that cannot be used, and those of the two days."""

    all: tuple[Wrong, ...]
    first: Wrong | None
    last: Wrong | None


def named_period(
    asked: Question, period: Period | None, links: Links, translator: Translator
) -> NamedPeriod | None:
    """The offer of a period, or the notice that it is applied."""
    if period is None:
        return None
    if period.applied:
        url = links.to(replace(asked, period=False, page=1))
    else:
        url = links.to(replace(asked, text=period.query, first=period.first, last=period.last, page=1))
    label = describe_period(period.first, period.last, translator)
    return NamedPeriod(label, period.count, period.applied, url, shortened(asked.text))


def wrong_parameters(errors: Iterable[ParameterError], translator: Translator) -> WrongParameters:
    """What a page says about parameters that cannot be used."""
    wrong = {error.name: _wrong(error, translator) for error in errors}
    return WrongParameters(tuple(wrong.values()), wrong.get("from"), wrong.get("to"))


def shortened(text: str, length: int = LONGEST) -> str:
    """A text on one line, its end cut off if it is long."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _wrong(error: ParameterError, translator: Translator) -> Wrong:
    found = shortened(error.found)
    reason = translator.gettext(
        "{found} tidak dapat dipakai; isilah dengan {expected}.",
        found=f"“{found}”",
        expected=translator.gettext(error.expected),
    )
    label = translator.gettext(_LABELS[error.name]) if error.name in _LABELS else error.name
    return Wrong(error.name, label, error.found[:LONGEST], reason, _FIELDS.get(error.name, ""))
