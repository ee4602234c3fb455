"""Run: what every run of ``reindex`` shares, whether it makes an index anew or brings it up to date."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.analysis.analyzer import Analyzer
from index.documents import Document
from index.engines.base import Engine, EngineError, Location, Reader, Writer
from index.engines.registry import get_engine
from index.errors import ReindexError
from index.messages import _, number
from index.reindex.input_cache import InputCache
from index.reindex.ledger import Fate, Ledger
from index.reindex.report import Progress, Report
from index.reindex.scan import Scan
from index.reindex.spill import Batch
from index.reindex.workers import Found, Tools, Unprepared, Workers
from index.settings import Settings
from index.sources.base import Skip
from index.store.generations import Generation, Generations
from index.store.learned_language import load_analyzer

EMPTIED_SILENTLY = 10
"""An index of more documents is emptied only on demand: a folder that is not mounted looks empty."""

_BATCH_DOCUMENTS = 64
_BATCH_BYTES = 1 << 18

_log = logging.getLogger(__name__)


class NothingFoundError(ReindexError):
    """The sources hold no document at all, and the index holds many."""

    def __init__(self, documents: int) -> None:
        super().__init__(
            _(
                "tidak ada satu pun artikel di sumber, padahal indeks berisi {count}; mungkin foldernya "
                "belum terpasang. Bila memang hendak dikosongkan, pakai --allow-empty",
                count=number(documents),
            )
        )


@dataclass
class Live:
    """The index that is served now, as far as it can be read.

    :param why_rebuild: why it must be made anew, ``None`` if it need not be.
    :param analyzer: the one that its words were made with.
    """

    generation: Generation | None = None
    reader: Reader | None = None
    why_rebuild: str | None = None
    analyzer: Analyzer | None = None

    @property
    def count(self) -> int:
        """Number of its documents."""
        return self.reader.count() if self.reader else 0


class Run:
    """One run: its settings, its engine, the language before any archive, and the report that it fills in.

    The parameters are those of :func:`index.reindex.sync.sync`.
    """

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[str],
        *,
        full: bool,
        dry_run: bool,
        jobs: int,
        allow_empty: bool,
        progress: Progress,
    ) -> None:
        self.generations = Generations.of(settings)
        self.settings = settings
        self.sources = sources
        self.full = full
        self.dry_run = dry_run
        self.jobs = jobs
        self._allow_empty = allow_empty
        self.progress = progress
        self.engine: Engine = get_engine(settings.text("engine"))
        self.analyzer = load_analyzer(settings)
        self.report = self.new_report()
        self.scanned = 0, 0
        """Inputs read and documents seen so far, for the progress."""

    def new_report(self) -> Report:
        """An empty report of this run."""
        return Report(engine=self.engine.name, dry_run=self.dry_run)

    def tools(self, analyzer: Analyzer, **options: Any) -> Tools:
        """What workers need; options as of :class:`index.reindex.workers.Tools`."""
        return Tools(self.settings, analyzer, self.engine.name, **options)

    @contextlib.contextmanager
    def scan(self, live: Live, tools: Tools, *, rebuild: bool) -> Iterator[Scan]:
        """A pass over the sources; what it found out about files is kept if the block ends well."""
        with (
            contextlib.closing(Ledger(live.reader.hashes() if live.reader else ())) as ledger,
            contextlib.closing(InputCache(self.generations.root, writable=not self.dry_run)) as cache,
            Workers(tools, self.jobs) as workers,
        ):
            yield Scan(
                self.settings,
                self.sources,
                ledger=ledger,
                cache=cache,
                workers=workers,
                report=self.report,
                progress=self.progress,
                rebuild=rebuild,
            )
            cache.commit()

    def prepared(self, batches: Iterable[Batch], workers: Workers) -> Iterator[list[Any]]:
        """Batches for the writer; counts each document once it is ready."""
        work = ((about, documents, len(documents)) for about, documents in batches)
        for about, results in workers.map(Tools.prepare, work):
            if ready := self.ready(about, results):
                yield ready

    def ready(self, about: Iterable[tuple[str, Fate]], results: Iterable[Any | Unprepared]) -> list[Any]:
        """What of some prepared documents the writer takes; counts each, and reports those that failed.

        :param about: (origin, fate) of each.
        """
        ready = []
        for (origin, fate), result in zip(about, results, strict=True):
            if isinstance(result, Unprepared):
                reason = _("kesalahan program saat menganalisis ({error})", error=result.error)
                self.report.skipped.append(Skip(origin, reason))
            else:
                self.count(fate)
                ready.append(result)
        return ready

    def count(self, fate: Fate) -> None:
        """Count a document in the report."""
        setattr(self.report, fate.value, getattr(self.report, fate.value) + 1)

    def count_leftover(self, kept: Document | None) -> None:
        """Count a document of the live index that no source had."""
        if kept is None:
            self.report.removed += 1
        else:
            self.report.unchanged += 1

    def step(self) -> None:
        """Tell the progress how far this run is."""
        report = self.report
        self.progress.step(*self.scanned, report.added + report.changed + report.unchanged)

    def refuse_emptying(self, live: Live) -> None:
        """Check that a large index is not emptied unasked.

        :raises NothingFoundError: if it would be.
        """
        report = self.report
        found = report.added + report.changed + report.unchanged
        if not found and live.count > EMPTIED_SILENTLY and not self._allow_empty:
            raise NothingFoundError(live.count)

    def documents_in(self, location: Location) -> int:
        """Number of documents of an index that was just written."""
        reader = self.engine.open_reader(location)
        try:
            return reader.count()
        finally:
            reader.close()


@contextlib.contextmanager
def transaction(engine: Engine, location: Location) -> Iterator[Writer]:
    """A writer that is rolled back when the block raises before its commit."""
    writer = engine.open_writer(location)
    try:
        yield writer
    except BaseException:
        try:
            writer.rollback()
        except (EngineError, OSError) as error:
            _log.warning("rolling back failed too: %s", error)
        raise


def batched(documents: Iterable[tuple[Found, Fate]]) -> Iterator[Batch]:
    """Documents by the batch: not many, and not much text."""
    about: list[tuple[str, Fate]] = []
    batch: list[bytes] = []
    size = 0
    for found, fate in documents:
        about.append((found.origin or found.id, fate))
        batch.append(found.packed)
        size += len(found.packed)
        if len(batch) >= _BATCH_DOCUMENTS or size >= _BATCH_BYTES:
            yield about, batch
            about, batch, size = [], [], 0
    if batch:
        yield about, batch
