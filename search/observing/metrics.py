"""Figures for Prometheus, of all processes that serve a site together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version

from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from index.engines.base import EngineError
from search.http.cache import OUTCOME
from search.http.site import Site
from search.http.told import TOLD, Told
from search.observing.folder import Folder
from search.observing.observer import Seen

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Buckets of the histogram: kept answers take less than the first, dear questions about one second."""

_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_OTHER = "other"
_FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_REMEMBERED = 2048


class Metrics:
    """Counts what is seen, and tells it.

    :param site: whose index is told of.
    :param app: whose addresses are told apart.
    :param cached_bytes: what kept answers take now.
    :param folder: where the processes of a server put their figures; by default the one of the library's
        variable ``PROMETHEUS_MULTIPROC_DIR``, and without that this process tells its own.
    """

    def __init__(
        self, site: Site, app: Flask, cached_bytes: Callable[[], int], folder: Folder | None = None
    ) -> None:
        self._folder = folder
        self._cached_bytes = cached_bytes
        self._route = lru_cache(_REMEMBERED)(_route_of(app))
        if folder is not None:
            place = folder.take_place()
            os.environ[_FOLDER_VARIABLE] = str(folder.path)
            values.ValueClass = values.MultiProcessValue(lambda: place)  # type: ignore[no-untyped-call]
        self._of = lru_cache(_REMEMBERED)(
            self._labelled
        )  # the library takes longer to find them than to count
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "telusur_requests", "Requests.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "telusur_request_seconds",
            "From a request's coming in to the last byte of its answer.",
            ("route",),
            registry=self._registry,
            buckets=SECONDS,
        )
        searches = Counter(
            "telusur_searches",
            "Searches for words, by whether they found anything.",
            ("found",),
            registry=self._registry,
        )
        cache = Counter(
            "telusur_cache",
            "Answers that may be kept: given again (hit) or made (miss).",
            ("outcome",),
            registry=self._registry,
        )
        self._bytes = Gauge(
            "telusur_cache_bytes",
            "What kept answers take.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._bytes.set(0)
        self._opened = Gauge(
            "telusur_opened_cache_bytes",
            "What is kept of the open index beside kept answers: by its engine, and articles.",
            ("cache",),
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._site = site
        # There from the beginning, so that a first one is a change.
        self._found = {found: searches.labels("yes" if found else "no") for found in (True, False)}
        self._outcomes = {outcome: cache.labels(outcome) for outcome in ("hit", "miss")}
        self._now = _Now(site, folder)

    def see(self, seen: Seen) -> None:
        """Count a request."""
        environ = seen.environ
        method = environ["REQUEST_METHOD"]
        method = method if method in _METHODS else _OTHER
        route = self._route(environ.get("PATH_INFO", ""), method)
        counter, histogram = self._of(route, method, seen.status)
        counter.inc()
        histogram.observe(seen.seconds)
        told: Told | None = environ.get(TOLD)
        while told:
            self._found[bool(told.total)].inc()
            told = told.before
        outcome = environ.get(OUTCOME)
        if outcome:
            self._outcomes[outcome].inc()
            if outcome == "miss":
                self._bytes.set(self._cached_bytes())
                for name, size in self._site.searcher.cached_bytes().items():
                    self._opened.labels(name).set(size)

    def _labelled(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(route, method, str(status)), self._seconds.labels(route)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        told = self._registry
        folder = os.environ.get(_FOLDER_VARIABLE, "")
        if self._folder is not None:
            for place in self._folder.vacant():
                mark_process_dead(place, str(self._folder.path))  # type: ignore[no-untyped-call]
        if folder:
            told = CollectorRegistry()
            MultiProcessCollector(told, folder)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(self._now)
        return generate_latest(told) + generate_latest(now)


class _Now(Collector):
    """What can be seen when somebody looks."""

    def __init__(self, site: Site, folder: Folder | None) -> None:
        self._site = site
        self._folder = folder

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def collect(self) -> Iterator[Metric]:
        workers = self._folder.living() if self._folder else 1
        yield GaugeMetricFamily("telusur_workers", "Processes that serve.", workers)
        try:
            stats = self._site.service.stats()
        except EngineError:
            yield GaugeMetricFamily("telusur_index_open", "Whether an index is served.", 0)
            return
        created = datetime.fromisoformat(stats.created)
        age = (datetime.now(created.tzinfo) - created).total_seconds()
        yield GaugeMetricFamily("telusur_index_open", "Whether an index is served.", 1)
        yield GaugeMetricFamily("telusur_documents", "Articles in the index.", stats.documents)
        yield GaugeMetricFamily("telusur_generation_age_seconds", "Since the index was made.", max(0.0, age))
        told = GaugeMetricFamily("telusur_info", "What serves.", labels=("version", "engine", "generation"))
        told.add_metric((version("telusur"), stats.engine, stats.generation), 1)
        yield told


def _route_of(app: Flask) -> Callable[[str, str], str]:
    """Finds the rule that an address belongs to: visitors may invent addresses, but no rules."""
    addresses = app.url_map.bind("telusur.invalid")

    def route(path: str, method: str) -> str:
        try:
            return str(addresses.match(path, method, return_rule=True)[0].rule)
        except (HTTPException, RequestRedirect):
            return _OTHER

    return route
