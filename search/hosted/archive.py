"""Archive: the index for Python programs, asked with plain arguments and answered with typed results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from os import PathLike, fspath
from types import TracebackType
from typing import Literal, Self, cast

from werkzeug.datastructures import MultiDict

from index.query import Facet
from index.settings import Settings, load_settings
from search.answer import Answer, MatchingStrategy
from search.answering.results import DocumentPage
from search.answering.service import SearchService, Stats
from search.answering.similar import Similar
from search.facets import FacetAnswer, ValueOrder
from search.opened.searcher import Searcher
from search.params import (
    SUGGESTIONS,
    VALUES_PER_PAGE,
    ParameterError,
    facet_question_from,
    question_from,
    suggestions_from,
)
from search.suggesting.completion import Completions

Order = Literal["relevance", "newest", "oldest"]
FacetName = Literal["source", "place", "author", "topic", "year", "lang"]

Wanted = str | int | Iterable[str | int]
"""Values of a filter: one, or several of which any will do."""

Day = str | date
"""A day, or as text ``2024``, ``2024-01`` or ``2024-01-31``."""

_PARAMETERS = {"text": "q", "date_from": "from", "date_to": "to"}
"""Arguments that the parameters of an address have other names for; ``from`` is a word of Python's own."""

_ARGUMENTS = {parameter: argument for argument, parameter in _PARAMETERS.items()}


def open_searcher(index: str | PathLike[str] | None = None, settings: Settings | None = None) -> Archive:
    """Open an index, to be searched until the archive is closed.

    :param index: its folder; by default that of the settings.
    :param settings: by default those of ``telusur.toml`` and the environment.
    :raises SettingError: if these hold a mistake.
    :raises IndexMissingError: if nothing was indexed there yet.
    :raises IndexBrokenError: if the index cannot be read.
    """
    settings = load_settings() if settings is None else settings
    archive = Archive(Searcher(settings.replace(index=None if index is None else fspath(index))))
    archive.searcher.refresh()
    return archive


class Archive:
    """An open index. Safe to share between threads; a newer index is noticed within half a second.

    Its methods raise :class:`~search.params.ParameterError`, a ``ValueError`` whose ``name`` is that of the
    argument with a value that cannot be used, and those of :mod:`index.engines.base` where the index can no
    longer be read.
    """

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self._settings = searcher.settings
        self._service = SearchService(searcher)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the index, once searches under way have ended."""
        self.searcher.close()

    def search(
        self,
        text: str = "",
        *,
        page: int = 1,
        per_page: int | None = None,
        sort: Order = "relevance",
        source: Wanted = (),
        place: Wanted = (),
        author: Wanted = (),
        topic: Wanted = (),
        year: Wanted = (),
        lang: Wanted = (),
        date_from: Day | None = None,
        date_to: Day | None = None,
        match: MatchingStrategy = "auto",
        expand: bool = True,
        correct: bool = True,
        period: bool = True,
        explain: bool = False,
        fold: bool = False,
    ) -> Answer:
        """Search, as the page and the API do.

        :param text: a question in the query language; all articles, the newest first, if it is empty.
        :param page: 1 or more; ``per_page`` by default as the setting says.
        :param source: only articles with one of these values; likewise ``place`` to ``lang``.
        :param date_from: first day of publication; ``date_to`` the last; both included.
        :param match: ``auto`` (all words first, then most of them), ``all`` or ``any``.
        :param expand: also find acronyms and synonyms; ``correct``: correct words that nobody knows;
            ``period``: read days of publication among the words.
        :param explain: give the parts of each score.
        :param fold: tell which results of the page are versions of better ones.
        """
        arguments = {
            "text": text,
            "page": page,
            "per_page": per_page,
            "sort": sort,
            "match": match,
            "source": source,
            "place": place,
            "author": author,
            "topic": topic,
            "year": year,
            "lang": lang,
            "date_from": date_from,
            "date_to": date_to,
            "expand": expand,
            "correct": correct,
            "period": period,
            "explain": explain,
            "fold": fold,
        }
        with _named_as_arguments():
            question = question_from(_parameters(arguments), self._settings, filter_language=True)
        return self._service.search(question)

    def suggest(self, text: str, *, limit: int = SUGGESTIONS) -> Completions:
        """What somebody who has typed a text so far may want to ask, and titles that hold it.

        The first call reads the words of the archive, which takes a moment for each ten thousand articles.

        :param limit: 1 to 20.
        """
        with _named_as_arguments():
            wanted = suggestions_from(_parameters({"text": text, "limit": limit}), self._settings)
        with self.searcher.use() as snapshot:
            if not snapshot.suggester.is_read:
                snapshot.suggester.read()
        return self._service.suggest(*wanted)

    def document(self, id: str, text: str = "") -> DocumentPage | None:
        """One article, with the words of a question marked; ``None`` if there is none of that id."""
        return self._service.document(id, text)

    def similar(self, id: str) -> Similar | None:
        """The versions and relatives of an article; ``None`` if there is none of that id."""
        return self._service.similar(id)

    def facet_values(
        self,
        facet: FacetName,
        text: str = "",
        *,
        find: str = "",
        order: ValueOrder = "count",
        page: int = 1,
        per_page: int = VALUES_PER_PAGE,
        source: Wanted = (),
        place: Wanted = (),
        author: Wanted = (),
        topic: Wanted = (),
        year: Wanted = (),
        lang: Wanted = (),
        date_from: Day | None = None,
        date_to: Day | None = None,
        match: MatchingStrategy = "auto",
    ) -> FacetAnswer:
        """All values of a facet among the articles that a question finds, page by page.

        :param text: the question; it and the filters are as in :meth:`search`.
        :param find: only values that hold these words.
        :param order: ``count`` (most articles first) or ``name``.
        :param page: of the values, 1 or more, with ``per_page`` of them, 1 to 1000.
        """
        if facet not in tuple(Facet):
            raise ParameterError("facet", str(facet), ", ".join(Facet))
        arguments = {
            "text": text,
            "find": find,
            "order": order,
            "page": page,
            "per_page": per_page,
            "source": source,
            "place": place,
            "author": author,
            "topic": topic,
            "year": year,
            "lang": lang,
            "date_from": date_from,
            "date_to": date_to,
            "match": match,
        }
        with _named_as_arguments():
            wanted = facet_question_from(
                Facet(facet), _parameters(arguments), self._settings, filter_language=True
            )
        return self._service.facet_values(wanted)

    def stats(self) -> Stats:
        """What the archive holds."""
        return self._service.stats()


def _parameters(arguments: Mapping[str, object]) -> MultiDict[str, str]:
    """Arguments as the parameters of an address, which are checked in one place."""
    parameters: MultiDict[str, str] = MultiDict()
    for argument, value in arguments.items():
        if value is None:
            continue
        several = isinstance(value, Iterable) and not isinstance(value, str)
        for each in cast(Iterable[object], value) if several else (value,):
            written = str(each).lower() if isinstance(each, bool) else str(each)
            parameters.add(_PARAMETERS.get(argument, argument), written)
    return parameters


@contextmanager
def _named_as_arguments() -> Iterator[None]:
    """Names the argument where a parameter cannot be used."""
    try:
        yield
    except ParameterError as error:
        name = _ARGUMENTS.get(error.name, error.name)
        raise ParameterError(name, error.found, error.expected) from None
