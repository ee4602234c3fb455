"""What a search asks for: the parameters of one query, read and checked."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from index.messages import _
from index.query import Query, Sort
from search.answer import MatchingStrategy
from search.meili.attributes import COUNTED, DAYS, SEARCHABLE, chosen
from search.meili.errors import MeiliError
from search.meili.filters import read_filter
from search.meili.formatting import Format
from search.meili.reading import Fields
from search.query.syntax import Scope

HITS = 20
"""Hits that are listed unless somebody asks for more, or less."""

LISTS = (
    *("attributesToRetrieve", "attributesToCrop", "attributesToHighlight", "attributesToSearchOn"),
    *("facets", "sort", "locales", "vector"),
)
"""Parameters that hold several names, joined by commas in an address."""

UNSUPPORTED = {
    "distinct": "invalid_search_distinct",
    "hybrid": "invalid_search_hybrid_query",
    "hybridEmbedder": "invalid_search_embedder",
    "hybridSemanticRatio": "invalid_search_semantic_ratio",
    "media": "invalid_search_media",
    "personalize": "bad_request",
    "rankingScoreThreshold": "invalid_search_ranking_score_threshold",
    "retrieveVectors": "invalid_search_retrieve_vectors",
    "showPerformanceDetails": "bad_request",
    "showRankingScoreDetails": "invalid_search_show_ranking_score_details",
    "vector": "invalid_search_vector",
}
KNOWN = (
    *("q", "offset", "limit", "page", "hitsPerPage", "filter", *LISTS[:-1], "cropLength", "cropMarker"),
    *("highlightPreTag", "highlightPostTag", "showMatchesPosition", "showRankingScore", "matchingStrategy"),
    *UNSUPPORTED,
)
"""Every parameter of a search that Meilisearch has, whether it is supported or not."""

_STRATEGIES: dict[str, MatchingStrategy] = {"last": "auto", "frequency": "auto", "all": "all"}
_MOST_CROPPED = 10_000


class Asked(Struct, frozen=True):
    """One search.

    :param finite: whether it wants page ``page`` of ``size`` hits; else ``size`` of them from ``offset``.
    :param facets: names of attributes to be counted, ``None`` for none.
    :param restrict: the filter.
    :param retrieve: attributes of each hit.
    """

    text: str
    finite: bool
    page: int
    offset: int
    size: int
    sort: Sort
    facets: tuple[str, ...] | None
    restrict: Query | None
    scopes: tuple[Scope, ...]
    match: MatchingStrategy
    retrieve: tuple[str, ...]
    format: Format | None
    positions: bool
    score: bool


def read_query(body: dict[str, Any], most: int) -> Asked:
    """Read one search.

    :param most: hits that may be listed at once; more are not, as in Meilisearch.
    :raises MeiliError: for the first parameter that cannot be used.
    """
    fields = Fields(body, "invalid_search_", KNOWN)
    for name, code in UNSUPPORTED.items():
        fields.unsupported(name, code)
    fields.names("locales")  # a hint that the archive's own language makes superfluous
    finite = fields.raw("page") is not None or fields.raw("hitsPerPage") is not None
    page, size = fields.whole("page", 1), fields.whole("hitsPerPage" if finite else "limit", HITS)
    size = min(size, most) if page else 0
    offset = fields.whole("offset", 0)
    strategy = fields.text("matchingStrategy", "last")
    if strategy not in _STRATEGIES:
        fields.refuse("matchingStrategy", _("harus last, all, atau frequency"))
    return Asked(
        text=fields.text("q"),
        finite=finite,
        page=page,
        offset=(max(page, 1) - 1) * size if finite else offset,
        size=size,
        sort=read_sort(fields),
        facets=_facets(fields),
        restrict=read_filter(fields.raw("filter"), fields.code("filter")),
        scopes=_scopes(fields),
        match=_STRATEGIES[strategy],
        retrieve=chosen(fields.names("attributesToRetrieve")),
        format=_format(fields),
        positions=fields.flag("showMatchesPosition"),
        score=fields.flag("showRankingScore"),
    )


def read_sort(fields: Fields) -> Sort:
    """The order that a list of rules asks for.

    Only the day of publication can be sorted by. A second rule may say no more than the first does already.
    """
    order = Sort.RELEVANCE
    for rule in fields.names("sort") or ():
        name, _colon, direction = rule.rpartition(":")
        if direction not in ("asc", "desc"):
            fields.refuse("sort", _("`{rule}` harus berakhir :asc atau :desc", rule=rule))
        if name not in DAYS:
            names = ", ".join(DAYS)
            fields.refuse(
                "sort", _("tidak dapat urut menurut `{name}`; yang dapat: {names}", name=name, names=names)
            )
        wanted = Sort.NEWEST if direction == "desc" else Sort.OLDEST
        if order is Sort.RELEVANCE:
            order = wanted
            settled = name != "year"
        elif not settled and wanted is not order:
            fields.refuse("sort", _("tahun dan hari harus urut ke arah yang sama"))
    return order


def _facets(fields: Fields) -> tuple[str, ...] | None:
    names = fields.names("facets")
    if names is None:
        return None
    for name in names:
        if name not in COUNTED and name != "*":
            wanted = ", ".join(COUNTED)
            fields.refuse(
                "facets",
                _("atribut `{name}` tidak dapat dihitung; yang dapat: {names}", name=name, names=wanted),
            )
    return COUNTED if "*" in names else tuple(dict.fromkeys(names))


def _scopes(fields: Fields) -> tuple[Scope, ...]:
    names = fields.names("attributesToSearchOn")
    if names is None or "*" in names:
        return ()
    for name in names:
        if name not in SEARCHABLE:
            wanted = ", ".join(SEARCHABLE)
            fields.refuse(
                "attributesToSearchOn",
                _("atribut `{name}` tidak dapat dicari; yang dapat: {names}", name=name, names=wanted),
            )
    return tuple(SEARCHABLE[name] for name in SEARCHABLE if name in names)


def _format(fields: Fields) -> Format | None:
    highlight, crop = fields.names("attributesToHighlight"), fields.names("attributesToCrop")
    length = fields.whole("cropLength", 10)
    pre, post = fields.text("highlightPreTag", "<em>"), fields.text("highlightPostTag", "</em>")
    marker = fields.text("cropMarker", "…")
    if highlight is None and crop is None:
        return None
    words: dict[str, int] = {}
    for each in crop or ():
        name, colon, number = each.partition(":")
        if colon and not (number.isascii() and number.isdigit() and len(number) < 10):
            fields.refuse("attributesToCrop", _("`{name}` harus seperti body:20", name=each))
        wanted = int(number) if colon else length
        words |= dict.fromkeys(chosen((name,)), min(wanted, _MOST_CROPPED))
    return Format(frozenset(chosen(highlight or ())), words, pre, post, marker)


def missing_uid() -> MeiliError:
    """The error for a query that does not say in which index."""
    return MeiliError("missing_index_uid", _("Parameter `indexUid` tidak ada."))
