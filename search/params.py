"""Parameters of a search as text, from an address or a command line -> a checked Question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol, TypeVar, cast, get_args

from msgspec.structs import replace

from index.messages import _
from index.query import Facet, Sort
from index.settings import Settings
from search.answer import RESULT_FIELDS, MatchingStrategy, Question
from search.facets import FacetQuestion, ValueOrder
from search.query.dates import day_span

MAX_PAGE = 1_000_000

SUGGESTIONS = 8
"""Suggestions that are given unless somebody asks for more, or less; ``MAX_SUGGESTIONS`` at most."""

MAX_SUGGESTIONS = 20

MAX_FILTERS = 100
"""Values of filters in one question: a page has a link for each, and each of these names all the others."""

VALUES_PER_PAGE = 100
MAX_VALUES = 1000
"""Values of a facet that may be asked for at once."""

EXPORT_FIELDS = (
    *("id", "title", "url", "source", "place", "author", "editor", "published", "lang"),
    *("topics", "metadata", "address", "body"),
)
"""Fields of an article that a file of results can hold; ``address`` is where it can be read here."""

ExportFormat = Literal["csv", "jsonl", "atom"]

_Parsed = TypeVar("_Parsed")


class Arguments(Protocol):
    """Names with one or several values each, such as Werkzeug's ``MultiDict``."""

    def getlist(self, key: str) -> list[str]:
        """All values."""


class ParameterError(ValueError):
    """A parameter has a value that cannot be used.

    :param name: of the parameter.
    :param found: the value as given.
    :param expected: what would do.
    """

    def __init__(self, name: str, found: str, expected: str) -> None:
        self.name = name
        self.found = found
        self.expected = expected
        shown = found if len(found) <= 60 else found[:59] + "…"
        super().__init__(
            _(
                "{name}: {found} tidak dapat dipakai; isilah dengan {expected}.",
                name=name,
                found=f"“{shown}”",
                expected=expected,
            )
        )


def question_from(arguments: Arguments, settings: Settings, *, filter_language: bool = False) -> Question:
    """The question that the parameters ask: ``q``, ``page``, ``per_page``, ``sort``, ``match``, the filters
    ``source``, ``place``, ``author``, ``topic`` and ``year``, ``from``, ``to``, ``expand``, ``correct``,
    ``period``, ``explain``, ``fold``.

    A parameter that is missing or empty has its default; unknown ones are none of ours.

    :param filter_language: also read ``lang`` as a filter; a page uses it for the language of its texts.
    :raises ParameterError: for the first value that cannot be used.
    """
    return _read(arguments, settings, filter_language, _raise)


def question_and_errors(arguments: Arguments, settings: Settings) -> tuple[Question, list[ParameterError]]:
    """The same for a page: a value that cannot be used is left out, and said.

    :returns: the question without them, and what is wrong with each parameter, once.
    """
    errors: dict[str, ParameterError] = {}
    question = _read(arguments, settings, False, lambda error: errors.setdefault(error.name, error))
    return question, list(errors.values())


_Refuse = Callable[[ParameterError], object]


def _raise(error: ParameterError) -> None:
    raise error


def _leave_out(error: ParameterError) -> None:
    """Go on without it."""


def _read(
    arguments: Arguments, settings: Settings, filter_language: bool, refuse: _Refuse, paged: bool = True
) -> Question:
    def one(name: str, default: _Parsed, parse: Callable[[str, str], _Parsed]) -> _Parsed:
        return _one(arguments, name, default, parse, refuse)

    first = one("from", None, _first_day)
    last = one("to", None, _last_day)
    if first and last and last < first:
        given = _first(arguments, "to").strip()
        refuse(ParameterError("to", given, _("tanggal yang tidak sebelum {first}", first=first)))
        last = None
    most = settings.whole("per_page")
    return Question(
        text=_clean(_first(arguments, "q")),
        page=one("page", 1, _number_up_to(MAX_PAGE)) if paged else 1,
        per_page=one("per_page", most, _number_up_to(settings.whole("max_per_page"))) if paged else most,
        sort=one("sort", Sort.RELEVANCE, _sort),
        filters=_filters(arguments, filter_language, refuse),
        first=first,
        last=last,
        match=one("match", "auto", _match),
        expand=one("expand", True, _flag),
        correct=one("correct", True, _flag),
        period=one("period", True, _flag),
        explain=one("explain", False, _flag),
        fold=one("fold", None, _flag),
    )


def chosen_question_from(arguments: Arguments, settings: Settings) -> Question:
    """The question of a program, which also says what it wants of the answer: ``fields``, ``highlight`` and
    ``facets``, beside all that :func:`question_from` reads.

    :raises ParameterError: for the first value that cannot be used.
    """
    question = question_from(arguments, settings, filter_language=True)
    fields, facets = _listed(arguments, "fields", RESULT_FIELDS), _facets(arguments)
    highlight = _one(arguments, "highlight", True, _flag)
    if not fields and facets is None and highlight:
        return question
    return replace(question, fields=frozenset(fields) or None, facets=facets, highlight=highlight)


class ExportQuestion(NamedTuple):
    """A file of the articles that a question finds.

    :param fields: of each article, in this order.
    :param limit: articles that it holds at most.
    """

    question: Question
    format: ExportFormat
    fields: tuple[str, ...]
    limit: int


def export_question_from(arguments: Arguments, settings: Settings) -> ExportQuestion:
    """What is to be exported: the parameters of a question, ``format``, ``fields`` and ``limit``; its pages
    are of no account.

    :raises ParameterError: for the first value that cannot be used.
    """
    most = settings.whole("max_export")
    return ExportQuestion(
        _read(arguments, settings, True, _raise, paged=False),
        _one(arguments, "format", "csv", _format),
        _listed(arguments, "fields", EXPORT_FIELDS) or EXPORT_FIELDS[:-1],
        _one(arguments, "limit", most, _number_up_to(most)),
    )


def suggestions_from(arguments: Arguments, settings: Settings) -> tuple[str, int]:
    """What is typed so far, ``q``, and how much to suggest at most, ``limit``.

    :raises ParameterError: if the limit cannot be used.
    """
    text = _clean(_first(arguments, "q"))[: settings.whole("max_query_chars")]
    return text, _one(arguments, "limit", SUGGESTIONS, _number_up_to(MAX_SUGGESTIONS))


def facet_question_from(
    facet: Facet, arguments: Arguments, settings: Settings, *, filter_language: bool = False, part: str = ""
) -> FacetQuestion:
    """The values of a facet that the parameters ask for: those of a question, and ``find``, ``order``,
    ``page`` and ``per_page`` of the values.

    :param part: for a page, which leaves out what cannot be used: the parameter that says which page of the
        values is wanted, as ``page`` and ``per_page`` are of results.
    :raises ParameterError: for the first value that cannot be used, unless it is for a page.
    """
    refuse = _leave_out if part else _raise
    return FacetQuestion(
        _read(arguments, settings, filter_language, refuse, paged=bool(part)),
        facet,
        find=_clean(_first(arguments, "find"))[: settings.whole("max_query_chars")],
        order=_one(arguments, "order", "count", _order, refuse),
        page=_one(arguments, part or "page", 1, _number_up_to(MAX_PAGE), refuse),
        per_page=VALUES_PER_PAGE
        if part
        else _one(arguments, "per_page", VALUES_PER_PAGE, _number_up_to(MAX_VALUES)),
    )


def _listed(arguments: Arguments, name: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Some of the choices, with commas between them or repeated, each once; nothing if none is named."""
    named = [part.strip() for value in arguments.getlist(name) for part in value.split(",")]
    chosen = dict.fromkeys(filter(None, named))
    for each in chosen:
        if each not in choices:
            raise _not_a_choice(name, each, list(choices))
    return tuple(chosen)


_FACETS = tuple(facet.value for facet in Facet)


def _facets(arguments: Arguments) -> tuple[Facet, ...] | None:
    """Those to be counted; ``None`` if nobody says."""
    chosen = _listed(arguments, "facets", ("none", "all", *_FACETS))
    if not chosen:
        return None
    if len(chosen) > 1 and (odd := {"none", "all"} & set(chosen)):
        raise _not_a_choice("facets", ",".join(chosen), [*odd, ",".join(_FACETS)])
    return () if chosen == ("none",) else tuple(map(Facet, _FACETS if chosen == ("all",) else chosen))


def _filters(arguments: Arguments, filter_language: bool, refuse: _Refuse) -> dict[Facet, tuple[str, ...]]:
    checks: list[tuple[Facet, Callable[[str, str], str]]] = [
        (Facet.SOURCE, _any_value),
        (Facet.PLACE, _any_value),
        (Facet.AUTHOR, _any_value),
        (Facet.TOPIC, _any_value),
        (Facet.YEAR, _year),
    ]
    if filter_language:
        checks.append((Facet.LANG, _language))
    filters: dict[Facet, tuple[str, ...]] = {}
    room = MAX_FILTERS
    for facet, check in checks:
        values: dict[str, None] = {}
        for value in filter(str.strip, arguments.getlist(facet.value)):
            try:
                values[check(facet.value, value)] = None
            except ParameterError as error:
                refuse(error)
        if len(values) > room:
            most = _("nilai saringan, semuanya paling banyak {maximum}", maximum=MAX_FILTERS)
            refuse(ParameterError(facet.value, list(values)[-1], most))
        if kept := tuple(values)[:room]:
            filters[facet] = kept
            room -= len(kept)
    return filters


def _one(
    arguments: Arguments,
    name: str,
    default: _Parsed,
    parse: Callable[[str, str], _Parsed],
    refuse: _Refuse = _raise,
) -> _Parsed:
    value = _first(arguments, name).strip()
    try:
        return parse(name, value) if value else default
    except ParameterError as error:
        refuse(error)
        return default


def _first(arguments: Arguments, name: str) -> str:
    # Werkzeug says that a single value is missing by an exception, which takes ten times as long.
    values = arguments.getlist(name)
    return values[0] if values else ""


def _clean(text: str) -> str:
    """The text without halves of surrogate pairs, which no output can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _number_up_to(maximum: int) -> Callable[[str, str], int]:
    def parse(name: str, value: str) -> int:
        if re.fullmatch("[0-9]{1,9}", value) and 1 <= int(value) <= maximum:
            return int(value)
        raise ParameterError(name, value, _("bilangan bulat dari 1 sampai {maximum}", maximum=maximum))

    return parse


def _sort(name: str, value: str) -> Sort:
    if value in tuple(Sort):
        return Sort(value)
    raise _not_a_choice(name, value, [sort.value for sort in Sort])


def _match(name: str, value: str) -> MatchingStrategy:
    if value in get_args(MatchingStrategy):
        return cast(MatchingStrategy, value)
    raise _not_a_choice(name, value, list(get_args(MatchingStrategy)))


def _format(name: str, value: str) -> ExportFormat:
    if value in get_args(ExportFormat):
        return cast(ExportFormat, value)
    raise _not_a_choice(name, value, list(get_args(ExportFormat)))


def _order(name: str, value: str) -> ValueOrder:
    if value in get_args(ValueOrder):
        return cast(ValueOrder, value)
    raise _not_a_choice(name, value, list(get_args(ValueOrder)))


_FLAGS = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


def _flag(name: str, value: str) -> bool:
    if value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    raise _not_a_choice(name, value, ["true", "false"])


def _not_a_choice(name: str, value: str, choices: list[str]) -> ParameterError:
    return ParameterError(name, value, _("salah satu dari: {choices}", choices=", ".join(choices)))


def _any_value(name: str, value: str) -> str:
    return _clean(value.strip())


def _year(name: str, value: str) -> str:
    if re.fullmatch("[0-9]{4}", value.strip()):
        return value.strip()
    raise ParameterError(name, value, _("tahun empat angka, misalnya 2024"))


def _language(name: str, value: str) -> str:
    if re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value.strip()):
        return value.strip()
    raise ParameterError(name, value, _("tanda bahasa, misalnya id"))


def _day(name: str, value: str) -> tuple[date, date]:
    if days := day_span(value):
        return days
    raise ParameterError(name, value, _("tanggal seperti 2024, 2024-01 atau 2024-01-31"))


def _first_day(name: str, value: str) -> date | None:
    return _day(name, value)[0]


def _last_day(name: str, value: str) -> date | None:
    return _day(name, value)[1]
