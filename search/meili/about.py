"""The one index of a site, as Meilisearch describes indexes: what it is, what it holds, how it is set."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from index.store.generations import Generations
from search.answering.service import SearchService
from search.http.site import Site
from search.meili.attributes import ATTRIBUTES, DAYS, FILTERABLE, MOST_VALUES, SEARCHABLE
from search.params import MAX_PAGE


def version_of_site() -> dict[str, str]:
    """Which program answers; there is no commit that it would know of."""
    return {"commitSha": "unknown", "commitDate": "unknown", "pkgVersion": version("telusur")}


def index_record(service: SearchService, uid: str) -> dict[str, Any]:
    """The index, as it is listed.

    :raises IndexMissingError: if nothing was indexed yet; likewise the other errors of an engine.
    """
    created = _time(datetime.fromisoformat(service.stats().created))
    return {"uid": uid, "createdAt": created, "updatedAt": created, "primaryKey": "id"}


def index_stats(service: SearchService) -> dict[str, Any]:
    """How much the index holds; every document has every attribute.

    :raises IndexMissingError: as :func:`index_record`.
    """
    count = service.stats().documents
    return {
        "numberOfDocuments": count,
        "numberOfEmbeddings": 0,
        "numberOfEmbeddedDocuments": 0,
        "isIndexing": False,
        "fieldDistribution": dict.fromkeys(sorted(ATTRIBUTES), count),
    }


def site_stats(service: SearchService, uid: str) -> dict[str, Any]:
    """How much there is of everything.

    :raises IndexMissingError: as :func:`index_record`.
    """
    with service.searcher.use() as snapshot:
        name = snapshot.index.generation.name
    size = Generations.of(service.searcher.settings).size(name)
    updated = index_record(service, uid)["updatedAt"]
    sizes = {"databaseSize": size, "usedDatabaseSize": size}
    return {**sizes, "lastUpdate": updated, "indexes": {uid: index_stats(service)}}


def index_settings(site: Site) -> dict[str, Any]:
    """The settings of the index in Meilisearch's words, where it has words for them."""
    return {
        "displayedAttributes": ["*"],
        "searchableAttributes": list(SEARCHABLE),
        "filterableAttributes": list(FILTERABLE),
        "sortableAttributes": list(DAYS),
        "rankingRules": [],
        "stopWords": [],
        "nonSeparatorTokens": [],
        "separatorTokens": [],
        "dictionary": [],
        "synonyms": {},
        "distinctAttribute": None,
        "proximityPrecision": "byWord",
        "faceting": {"maxValuesPerFacet": MOST_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": MAX_PAGE},
        "searchCutoffMs": site.settings.whole("budget_ms"),
        "localizedAttributes": None,
        "facetSearch": True,
        "prefixSearch": "indexingTime",
        "embedders": {},
    }


def _time(moment: datetime) -> str:
    """A moment as clients read it: with fractions of a second, and ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
