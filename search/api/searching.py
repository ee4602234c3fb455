"""Searching: one question by its address, and several in one request."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import orjson
from flask import Request, abort, request, url_for

from index.messages import _
from search.answer import RESULT_FIELDS
from search.answering.lanes import BusyError
from search.api.paging import add_neighbours
from search.api.responses import problem_record
from search.http.site import Site
from search.http.told import tell_answer
from search.params import Arguments, ParameterError, chosen_question_from

MAX_BODY = 1 << 18
"""Bytes of a request with several questions: twenty of the longest that are read have less."""

SEARCH = ".search"
"""The endpoint of a search, in the blueprint of the request at hand."""

_SHOWN = 60
"""Characters of a value that is not understood."""


def search_record(
    site: Site, arguments: Arguments, address: str, pairs: list[tuple[str, str]]
) -> dict[str, Any]:
    """The answer to the question that parameters ask.

    :param address: that answers such questions.
    :param pairs: the same parameters, for the addresses of other pages.
    :raises ParameterError: for the first value that cannot be used.
    """
    question = chosen_question_from(arguments, site.settings)
    answer = site.service.search(question)
    tell_answer(question, answer)
    record = answer.to_dict(site.preferred_translator)
    if question.fields is not None:
        unwanted = [name for name in RESULT_FIELDS if name not in question.fields]
        for result in record["results"]:
            for name in unwanted:
                del result[name]
    return add_neighbours(record, address, pairs)


def search_all(site: Site) -> dict[str, Any]:
    """The answers to all questions of the request at hand, or what is wrong with one; others have their turn
    between two of them.

    :raises ParameterError: if the body holds no questions, or too many.
    """
    began = perf_counter()
    results: list[dict[str, Any]] = []
    address = site.base_address + url_for(SEARCH)
    for record in _questions(request, site.settings.whole("max_queries")):
        if results:
            site.service.lanes.pause()
        results.append(_answer_or_problem(site, record, address))
    return {"took_ms": round((perf_counter() - began) * 1000, 3), "results": results}


class JsonArguments:
    """The parameters of a question as members of an object: texts, numbers, flags, or lists of these."""

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record

    def getlist(self, key: str) -> list[str]:
        """All values.

        :raises ParameterError: if a value is none that an address could hold.
        """
        value = self._record.get(key)
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [_text(key, each) for each in values]

    def pairs(self, known: tuple[str, ...]) -> list[tuple[str, str]]:
        """Those of some names, each value beside its name."""
        return [(name, value) for name in known for value in self.getlist(name)]


PARAMETERS = (
    *(
        "q",
        "page",
        "per_page",
        "sort",
        "source",
        "place",
        "author",
        "topic",
        "year",
        "lang",
        "from",
        "to",
        "match",
    ),
    *("expand", "correct", "period", "explain", "fold", "fields", "highlight", "facets"),
)
"""All that :func:`~search.params.chosen_question_from` reads."""


def _answer_or_problem(site: Site, record: Any, address: str) -> dict[str, Any]:
    try:
        if not isinstance(record, dict):
            raise ParameterError("queries", _shown(record), _("objek dengan parameter pencarian"))
        arguments = JsonArguments(record)
        answer = search_record(site, arguments, address, arguments.pairs(PARAMETERS))
    except (ParameterError, BusyError) as error:
        return {"answer": None, "problem": problem_record(site.preferred_translator, error)}
    return {"answer": answer, "problem": None}


def _questions(asked: Request, most: int) -> list[Any]:
    asked.max_content_length = MAX_BODY
    body = asked.get_data(cache=False)
    if len(body) >= MAX_BODY:  # of a body that comes in chunks, Werkzeug reads so much and ignores the rest
        abort(413)
    try:
        record = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = body[: _SHOWN * 4].decode("utf-8", "replace")
        raise ParameterError("body", found, _("JSON seperti {example}", example=_EXAMPLE)) from None
    queries = record.get("queries") if isinstance(record, dict) else None
    if not isinstance(queries, list):
        raise ParameterError("body", _shown(record), _("JSON seperti {example}", example=_EXAMPLE))
    if not 1 <= len(queries) <= most:
        expected = _("1 sampai {maximum} pertanyaan", maximum=most)
        raise ParameterError("queries", str(len(queries)), expected)
    return queries


_EXAMPLE = '{"queries": [{"q": "…"}]}'


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise ParameterError(name, _shown(value), _("teks, bilangan bulat, true atau false, atau daftarnya"))


def _shown(value: Any) -> str:
    return orjson.dumps(value).decode()[: _SHOWN * 2]
