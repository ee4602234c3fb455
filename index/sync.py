"""sync: makes an index hold exactly what its sources hold, in one step that either happens or does not."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from index.analysis import Analyzer, Lexicon
from index.cache import InputCache
from index.documents import Document
from index.engines import get_engine
from index.engines.base import (
    Engine,
    EngineError,
    EngineUnavailableError,
    IndexBrokenError,
    IndexMissingError,
    Location,
    Reader,
    Writer,
)
from index.errors import ReindexError
from index.fingerprint import current_fingerprint
from index.generations import Generation, Generations, load_language, why_stale
from index.ledger import Fate, Ledger
from index.lock import WriteLock
from index.messages import _, number
from index.report import Progress, Report, Silence
from index.scanning import Scan
from index.settings import Settings
from index.sources import Skip
from index.workers import Tools, Unprepared, Workers, available_cores

EMPTIED_SILENTLY = 10
"""An index of more documents is emptied only on demand: a folder that is not mounted looks empty."""

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 1 << 18

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


def sync(
    settings: Settings,
    sources: Sequence[str] | None = None,
    *,
    full: bool = False,
    dry_run: bool = False,
    jobs: int | None = None,
    allow_empty: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make the index hold the documents of the sources, and nothing else.

    An index that was made with other software, settings or words is made anew by itself, as is a damaged one.
    Whatever fails, the index that was live before stays live.

    :param sources: folders and files, by default those of the settings.
    :param full: make the index anew in any case.
    :param dry_run: only say what would happen; nothing is written.
    :param jobs: processes that read and analyse, by default one for each core.
    :param allow_empty: empty a large index when the sources hold nothing.
    :raises ReindexError: if another run writes, if nothing was found, or if a worker died.
    :raises SourceMissingError: if a source does not exist.
    :raises EngineError: if the engine failed.
    :raises LexiconError: if the owner's lexicon cannot be read.
    :raises OSError: if the index cannot be written.
    """
    began = time.monotonic()
    run = _Run(
        settings,
        tuple(sources or settings.texts("sources")),
        full=full,
        dry_run=dry_run,
        jobs=jobs or available_cores(),
        allow_empty=allow_empty,
        progress=progress or Silence(),
    )
    with contextlib.ExitStack() as stack:
        if not dry_run:
            stack.enter_context(WriteLock(run.generations.root))
            run.generations.remove_unfinished()
        report = run.execute(stack)
    report.seconds = time.monotonic() - began
    return report


@dataclass
class _Live:
    """The index that is served now, as far as it can be read.

    :param why_rebuild: why it must be made anew, ``None`` if it need not be.
    """

    generation: Generation | None = None
    reader: Reader | None = None
    why_rebuild: str | None = None

    @property
    def count(self) -> int:
        return self.reader.count() if self.reader else 0


class _Run:
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
        self._settings = settings
        self._sources = sources
        self._full = full
        self._dry_run = dry_run
        self._jobs = jobs
        self._allow_empty = allow_empty
        self._progress = progress
        self._engine: Engine = get_engine(settings.text("engine"))
        self._lexicon: Lexicon
        self._analyzer: Analyzer
        self._lexicon, self._analyzer = load_language(settings)
        self._report = Report(engine=self._engine.name, dry_run=dry_run)

    def execute(self, stack: contextlib.ExitStack) -> Report:
        """Do it.

        :param stack: closes what was opened, after the last use.
        """
        live = self._open_live(stack)
        rebuild = live.generation is None or live.why_rebuild is not None
        if live.why_rebuild:
            self._progress.note(_("Indeks dibangun ulang: {why}", why=live.why_rebuild))
            self._report.rebuilt = live.why_rebuild
        ledger = Ledger(live.reader.hashes() if live.reader else ())
        stack.callback(ledger.close)
        cache = InputCache(self.generations.root, writable=not self._dry_run)
        stack.callback(cache.close)
        tools = Tools(self._settings, self._analyzer, self._engine.name)
        workers = stack.enter_context(Workers(tools, self._jobs))
        scan = Scan(
            self._settings,
            self._sources,
            ledger=ledger,
            cache=cache,
            workers=workers,
            report=self._report,
            progress=self._progress,
            rebuild=rebuild,
        )
        if self._dry_run:
            self._rehearse(scan, live, rebuild)
        elif rebuild:
            self._rebuild(scan, live, workers)
        else:
            assert live.generation is not None
            self._update(scan, live, live.generation, workers)
        cache.commit()
        return self._report

    def _open_live(self, stack: contextlib.ExitStack) -> _Live:
        try:
            generation = self.generations.current()
        except IndexBrokenError as error:
            return _Live(why_rebuild=str(error))
        if generation is None:
            return _Live()
        why = _("diminta dengan --full") if self._full else None
        why = why or why_stale(generation, self._settings, self._engine, self._lexicon, self._analyzer)
        try:
            reader = get_engine(generation.engine_name).open_reader(generation.location)
        except (IndexBrokenError, IndexMissingError) as error:
            return _Live(generation, why_rebuild=str(error))
        except EngineUnavailableError:
            if generation.engine_name == self._engine.name:
                raise
            return _Live(generation, why_rebuild=why)
        stack.callback(reader.close)
        return _Live(generation, reader, why)

    def _rehearse(self, scan: Scan, live: _Live, rebuild: bool) -> None:
        for _document, fate in scan.documents():
            self._count(fate)
        for _id, kept in scan.leftovers(live.reader):
            self._count_leftover(kept)
        self._refuse_emptying(live)
        report = self._report
        report.documents = report.added + report.changed + report.unchanged
        if rebuild or live.generation is None:
            report.generation = self.generations.next_name(self._engine.name)
        else:
            report.generation = live.generation.name

    def _rebuild(self, scan: Scan, live: _Live, workers: Workers) -> None:
        location = self.generations.create(self._engine.name)
        try:
            self._engine.create(location)
            # Data learned from the archive itself (Generation.language_file) has to be there before the first
            # document is analysed: a pass over the sources that learns belongs here.
            with _transaction(self._engine, location) as writer:
                documents = chain(scan.documents(), self._kept(scan, live))
                for prepared in self._prepared(documents, workers):
                    writer.add(prepared)
                self._refuse_emptying(live)
                writer.commit(merge=True)
            report = self._report
            report.documents = self._documents_in(location)
            expected = report.added + report.changed + report.unchanged
            if report.documents != expected:
                raise IndexBrokenError(
                    _(
                        "indeks baru berisi {found} artikel, seharusnya {expected}; tidak dipakai",
                        found=number(report.documents),
                        expected=number(expected),
                    )
                )
            fingerprint = current_fingerprint(self._engine, self._analyzer, self._lexicon)
            generation = self.generations.publish(
                location, self._engine.name, fingerprint.parts, report.documents
            )
        except BaseException:
            self.generations.discard(location)
            raise
        report.generation = generation.name
        self.generations.remove_old()

    def _kept(self, scan: Scan, live: _Live) -> Iterator[tuple[Document, Fate]]:
        for _id, kept in scan.leftovers(live.reader):
            if kept is None:
                self._report.removed += 1
            else:
                yield kept, Fate.UNCHANGED

    def _update(self, scan: Scan, live: _Live, generation: Generation, workers: Workers) -> None:
        report = self._report
        with contextlib.ExitStack() as stack:
            writer: Writer | None = None
            for prepared in self._prepared(scan.documents(), workers):
                writer = writer or stack.enter_context(_transaction(self._engine, generation.location))
                writer.add(prepared)
            gone = self._gone(scan, live)
            for first in islice(gone, 1):
                writer = writer or stack.enter_context(_transaction(self._engine, generation.location))
                writer.delete(chain((first,), gone))
            self._refuse_emptying(live)
            if writer is not None:
                writer.commit()
        report.documents = self._documents_in(generation.location) if writer else live.count
        report.generation = generation.name
        self.generations.update(generation, report.documents)

    def _gone(self, scan: Scan, live: _Live) -> Iterator[str]:
        for name, kept in scan.leftovers(live.reader):
            self._count_leftover(kept)
            if kept is None:
                yield name

    def _prepared(self, documents: Iterable[tuple[Document, Fate]], workers: Workers) -> Iterator[list[Any]]:
        """Batches for the writer; counts each document once it is ready."""
        for batch, results in workers.map(Tools.prepare, _batches(documents)):
            ready = []
            for (origin, fate), result in zip(batch, results, strict=True):
                if isinstance(result, Unprepared):
                    reason = _("kesalahan program saat menganalisis ({error})", error=result.error)
                    self._report.skipped.append(Skip(origin, reason))
                else:
                    self._count(fate)
                    ready.append(result)
            if ready:
                yield ready

    def _count(self, fate: Fate) -> None:
        setattr(self._report, fate.value, getattr(self._report, fate.value) + 1)

    def _count_leftover(self, kept: Document | None) -> None:
        if kept is None:
            self._report.removed += 1
        else:
            self._report.unchanged += 1

    def _refuse_emptying(self, live: _Live) -> None:
        report = self._report
        found = report.added + report.changed + report.unchanged
        if not found and live.count > EMPTIED_SILENTLY and not self._allow_empty:
            raise NothingFoundError(live.count)

    def _documents_in(self, location: Location) -> int:
        reader = self._engine.open_reader(location)
        try:
            return reader.count()
        finally:
            reader.close()


@contextlib.contextmanager
def _transaction(engine: Engine, location: Location) -> Iterator[Writer]:
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


def _batches(
    documents: Iterable[tuple[Document, Fate]],
) -> Iterator[tuple[list[tuple[str, Fate]], list[Document], int]]:
    """Documents by the batch: not many, and not much text."""
    batch: list[Document] = []
    about: list[tuple[str, Fate]] = []
    characters = 0
    for document, fate in documents:
        batch.append(document)
        about.append((document.origin or document.id, fate))
        characters += len(document.body)
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield about, batch, len(batch)
            batch, about, characters = [], [], 0
    if batch:
        yield about, batch, len(batch)
