"""sync: makes an index hold exactly what its sources hold, in one step that either happens or does not."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from index.analysis import Analyzer, Learner, Lexicon
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
from index.fingerprint import QUESTIONS, current_fingerprint
from index.generations import Generation, Generations, load_language, why_stale
from index.language import LanguageLostError, add_acronyms, extended, language_of, why_learn_anew
from index.layout import LANGUAGE
from index.ledger import Fate, Ledger
from index.lock import WriteLock
from index.messages import _, number
from index.report import Progress, Report, Silence
from index.scanning import Scan
from index.settings import Settings
from index.sources import Skip
from index.spill import Batch, Spill
from index.stems import STEMS, StemFile, stem_key
from index.workers import Found, Tools, Unprepared, Workers, available_cores, few_collections, pack, unpack

EMPTIED_SILENTLY = 10
"""An index of more documents is emptied only on demand: a folder that is not mounted looks empty."""

_BATCH_DOCUMENTS = 64
_BATCH_BYTES = 1 << 18

_log = logging.getLogger(__name__)


class _OutgrownError(Exception):
    """An update would outgrow what was learned from the archive; the message says how far."""


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

    An index that was made with other software, settings or words is made anew by itself, as is a damaged one,
    and one whose archive has outgrown what was learned from it (:data:`index.language.GROWTH`). Whatever
    fails, the index that was live before stays live.

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
        stack.enter_context(few_collections())
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
    :param analyzer: the one that its words were made with.
    """

    generation: Generation | None = None
    reader: Reader | None = None
    why_rebuild: str | None = None
    analyzer: Analyzer | None = None

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
        self._scanned = 0, 0

    def execute(self, stack: contextlib.ExitStack) -> Report:
        """Do it.

        :param stack: closes what was opened, after the last use.
        """
        live = self._open_live(stack)
        rebuild = live.generation is None or live.why_rebuild is not None
        if self._dry_run:
            self._say_why(live.why_rebuild)
            self._rehearse(live, rebuild)
            return self._report
        if not rebuild:
            try:
                self._update(live)
                return self._report
            except _OutgrownError as error:
                live.why_rebuild = str(error)
                self._report = Report(engine=self._engine.name)
        self._say_why(live.why_rebuild)
        self._rebuild(live)
        return self._report

    def _say_why(self, why: str | None) -> None:
        if why:
            self._progress.note(_("Indeks dibangun ulang: {why}", why=why))
            self._report.rebuilt = why

    @contextlib.contextmanager
    def _scan(self, live: _Live, tools: Tools, *, rebuild: bool) -> Iterator[Scan]:
        """A pass over the sources; what it found out about files is kept if the block ends well."""
        with (
            contextlib.closing(Ledger(live.reader.hashes() if live.reader else ())) as ledger,
            contextlib.closing(InputCache(self.generations.root, writable=not self._dry_run)) as cache,
            Workers(tools, self._jobs) as workers,
        ):
            yield Scan(
                self._settings,
                self._sources,
                ledger=ledger,
                cache=cache,
                workers=workers,
                report=self._report,
                progress=self._progress,
                rebuild=rebuild,
            )
            cache.commit()

    def _open_live(self, stack: contextlib.ExitStack) -> _Live:
        try:
            generation = self.generations.current()
        except IndexBrokenError as error:
            return _Live(why_rebuild=str(error))
        if generation is None:
            return _Live()
        why = _("diminta dengan --full") if self._full else None
        why = why or why_stale(generation, self._settings, self._engine, self._lexicon, self._analyzer)
        analyzer = None
        try:
            analyzer = language_of(generation, self._analyzer)
            why = why or why_learn_anew(generation, generation.documents)
        except LanguageLostError as error:
            why = why or str(error)
        try:
            reader = get_engine(generation.engine_name).open_reader(generation.location)
        except (IndexBrokenError, IndexMissingError) as error:
            return _Live(generation, why_rebuild=str(error))
        except EngineUnavailableError:
            if generation.engine_name == self._engine.name:
                raise
            return _Live(generation, why_rebuild=why)
        stack.callback(reader.close)
        return _Live(generation, reader, why, analyzer)

    def _rehearse(self, live: _Live, rebuild: bool) -> None:
        with self._scan(live, self._tools(self._analyzer), rebuild=rebuild) as scan:
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

    def _tools(self, analyzer: Analyzer, **options: Any) -> Tools:
        return Tools(self._settings, analyzer, self._engine.name, **options)

    def _rebuild(self, live: _Live) -> None:
        location = self.generations.create(self._engine.name)
        try:
            self._engine.create(location)
            with Spill(location.directory.parent) as spill:
                analyzer = self._read(live, location, spill)
                learned_from = len(spill)
                self._write(live, location, spill, analyzer)
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
                location, self._engine.name, fingerprint.parts, report.documents, learned_from
            )
        except BaseException:
            self.generations.discard(location)
            raise
        report.generation = generation.name
        self.generations.remove_old()

    def _read(self, live: _Live, location: Location, spill: Spill) -> Analyzer:
        """Read every document into the spill.

        :returns: the analyzer that knows what they taught.
        """
        with self._scan(live, self._tools(self._analyzer, learning=True), rebuild=True) as scan:
            for batch in _batches(chain(scan.documents(), self._kept(scan, live))):
                spill.add(batch)
            self._scanned = scan.inputs, scan.seen
        learned = scan.learner.result(self._lexicon)
        (location.directory.parent / LANGUAGE).write_text(learned.to_json(), encoding="utf-8")
        return extended(self._analyzer, learned)

    def _kept(self, scan: Scan, live: _Live) -> Iterator[tuple[Found, Fate]]:
        for _id, kept in scan.leftovers(live.reader):
            if kept is None:
                self._report.removed += 1
            else:
                scan.learner.add(kept.body)
                yield pack(kept), Fate.UNCHANGED

    def _write(self, live: _Live, location: Location, spill: Spill, analyzer: Analyzer) -> None:
        """Write the documents of the spill into the new generation."""
        key = stem_key(self._analyzer, analyzer)
        new_stems = StemFile(location.directory.parent / STEMS, key)
        known_stems = StemFile(live.generation.directory / STEMS, key) if live.generation else None
        tools = self._tools(analyzer, known_stems=known_stems, new_stems=new_stems)
        with _transaction(self._engine, location) as writer:
            with Workers(tools, self._jobs) as workers:
                for prepared in self._prepared(spill.batches(), workers):
                    writer.add(prepared)
                    self._step()
            self._refuse_emptying(live)
            writer.commit(merge=True)
        new_stems.write(tools.stems())

    def _update(self, live: _Live) -> None:
        assert live.generation is not None
        assert live.analyzer is not None
        generation, report = live.generation, self._report
        known_stems = StemFile(generation.directory / STEMS, stem_key(self._analyzer, live.analyzer))
        tools = self._tools(live.analyzer, known_stems=known_stems)
        learner = Learner()
        with contextlib.ExitStack() as stack:
            scan = stack.enter_context(self._scan(live, tools, rebuild=False))
            writer: Writer | None = None
            batches = _explained(_batches(scan.documents()), learner)
            for prepared in self._prepared(batches, scan.workers):
                if outgrown := why_learn_anew(generation, live.count + report.added):
                    raise _OutgrownError(outgrown)
                writer = writer or stack.enter_context(_transaction(self._engine, generation.location))
                writer.add(prepared)
                self._scanned = scan.inputs, scan.seen
                self._step()
            gone = self._gone(scan, live)
            for first in islice(gone, 1):
                writer = writer or stack.enter_context(_transaction(self._engine, generation.location))
                writer.delete(chain((first,), gone))
            self._refuse_emptying(live)
            if writer is not None:
                add_acronyms(self.generations, generation, learner, self._lexicon)
                writer.commit()
        generation = self._apply_questions(generation)
        report.documents = self._documents_in(generation.location) if writer else live.count
        report.generation = generation.name
        self.generations.update(generation, report.documents)

    def _apply_questions(self, generation: Generation) -> Generation:
        """Let open indexes take up the lexicon's entries that only questions use, if these were edited."""
        fingerprint = current_fingerprint(self._engine, self._analyzer, self._lexicon).parts
        if fingerprint[QUESTIONS] == generation.fingerprint.get(QUESTIONS):
            return generation
        told = self.generations.retell(generation, fingerprint)
        self._progress.note(_("Leksikon berubah dan sudah berlaku; indeks tidak perlu dibangun ulang"))
        return told

    def _step(self) -> None:
        report = self._report
        self._progress.step(*self._scanned, report.added + report.changed + report.unchanged)

    def _gone(self, scan: Scan, live: _Live) -> Iterator[str]:
        for name, kept in scan.leftovers(live.reader):
            self._count_leftover(kept)
            if kept is None:
                yield name

    def _prepared(self, batches: Iterable[Batch], workers: Workers) -> Iterator[list[Any]]:
        """Batches for the writer; counts each document once it is ready."""
        work = ((about, documents, len(documents)) for about, documents in batches)
        for about, results in workers.map(Tools.prepare, work):
            ready = []
            for (origin, fate), result in zip(about, results, strict=True):
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


def _explained(batches: Iterable[Batch], learner: Learner) -> Iterator[Batch]:
    """The same batches; the learner reads which acronyms they explain."""
    for about, documents in batches:
        for packed in documents:
            learner.add_acronyms(unpack(packed).body)
        yield about, documents


def _batches(documents: Iterable[tuple[Found, Fate]]) -> Iterator[Batch]:
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
