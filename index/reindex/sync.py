"""sync: makes an index hold exactly what its sources hold, in one step that either happens or does not."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from index.engines.base import EngineUnavailableError
from index.engines.registry import get_engine
from index.errors import ReindexError
from index.messages import _, use_language
from index.reindex.decide import Decision, decide
from index.reindex.fetching import fetched
from index.reindex.job import Job
from index.reindex.processing import Processor
from index.reindex.rebuild import rebuild
from index.reindex.removals import check_removals
from index.reindex.report import Progress, Report, Silence, larger_engine
from index.reindex.scan import scanning
from index.reindex.tally import Tally
from index.reindex.unfinished import Unfinished
from index.reindex.update import OutgrownError, update
from index.reindex.workers import Workers, available_cores, few_collections
from index.settings import Settings
from index.sources.base import SourceMissingError
from index.sources.fields.survey import survey
from index.sources.fields.tables import Survey
from index.store.generations import Generations
from index.store.learned_language import load_analyzer
from index.store.sources import Sources, choose_sources, remember_sources

_log = logging.getLogger(__name__)


def sync(
    settings: Settings,
    sources: Sequence[str] | Sources = (),
    *,
    full: bool = False,
    dry_run: bool = False,
    jobs: int | None = None,
    allow_removals: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make the index hold the documents of the sources, and nothing else.

    An index that was made with other software, settings or words is made anew by itself, as is a damaged one,
    and one whose archive has outgrown what was learned from it
    (:data:`index.store.learned_language.GROWTH`). Whatever fails, the index that was live before stays live.

    :param sources: folders and files, by default those that :func:`index.store.sources.choose_sources` finds.
    :param full: make the index anew in any case, from the beginning, whatever a killed run has left.
    :param dry_run: only say what would happen; nothing is written.
    :param jobs: processes that read and analyse, by default one for each core.
    :param allow_removals: remove however much the sources do not hold.
    :raises ReindexError: if another run writes, if no source is known, if much would be removed that nobody
        asked for, or if a worker died.
    :raises SourceMissingError: if a source does not exist.
    :raises EngineError: if the engine failed.
    :raises LexiconError: if the owner's lexicon cannot be read.
    :raises OSError: if the index cannot be written.
    """
    began = time.monotonic()
    use_language(settings.text("language"))
    generations = Generations.of(settings)
    job = Job(
        settings=settings,
        generations=generations,
        unfinished=Unfinished(generations.root),
        sources=sources if isinstance(sources, Sources) else choose_sources(settings, sources),
        engine=get_engine(settings.text("engine")),
        base=load_analyzer(settings),
        full=full,
        dry_run=dry_run,
        allow_removals=allow_removals,
        processes=jobs or available_cores(),
        progress=progress or Silence(),
    )
    with few_collections(), _sole_writer(job), fetched(job) as job, decide(job) as decision:
        columns = _columns(job)
        report = _rehearse(job, decision) if dry_run else _carry_out(job, decision)
    suggestion = larger_engine(report, job.settings)
    return replace(report, seconds=time.monotonic() - began, suggestion=suggestion, columns=columns)


def _columns(job: Job) -> Survey | None:
    """For a dry run what columns were taken for; any other run tells what the owner's rules name in vain."""
    if not job.dry_run and not job.settings.tables("fields"):
        return None
    found = survey(job.inputs(), job.settings)
    if job.dry_run:
        return found
    for unmet in found.unmet:
        job.progress.note(unmet)
    return None


def _carry_out(job: Job, decision: Decision) -> Report:
    """Update or rebuild; what came of it is told, and the sources are remembered, once that has succeeded."""
    if decision.rebuilds:
        _say_why(job, decision)
        report = rebuild(job, decision)
    else:
        try:
            report = update(job, decision)
        except OutgrownError as error:
            return _carry_out(job, replace(decision, why_rebuild=str(error)))
    try:
        remember_sources(job.generations.root, job.sources)
    except OSError as error:  # the articles are there already; a run that names no sources asks for them
        _log.warning("the sources are not remembered: %s", error)
    return report


def _rehearse(job: Job, decision: Decision) -> Report:
    """What would be done."""
    _say_why(job, decision)
    tally = Tally(job.progress)
    processor = Processor(job.settings, job.base, job.engine.name)
    with (
        Workers(processor, job.processes) as workers,
        scanning(job, decision.reader, workers, everything=decision.rebuilds) as scan,
    ):
        for found in chain(scan.articles(), scan.rest()):
            tally.found(found, scan.inputs, scan.share)
    check_removals(job, decision.count, tally)
    live = None if decision.rebuilds else decision.generation
    return tally.report(
        job.engine.name,
        live.name if live else job.generations.next_name(job.engine.name),
        rebuilt=decision.why_rebuild,
        dry_run=True,
    )


def _say_why(job: Job, decision: Decision) -> None:
    if decision.why_rebuild:
        job.progress.note(
            _("Indeks akan dibangun ulang: {why}", why=decision.why_rebuild)
            if job.dry_run
            else _("Indeks dibangun ulang: {why}", why=decision.why_rebuild)
        )


@contextlib.contextmanager
def _sole_writer(job: Job) -> Iterator[None]:
    """Only this run writes while the block runs, if it writes at all."""
    if job.dry_run:
        yield
        return
    with job.generations.writing():
        if job.full:
            job.unfinished.remove()
        job.generations.remove_unfinished(spared=job.unfinished.generation())
        try:
            yield
        except (KeyboardInterrupt, ReindexError, SourceMissingError, EngineUnavailableError):
            if not job.unfinished.is_of_use():
                _clear(job)
            raise
        except BaseException:
            _clear(job)
            raise
        _clear(job)


def _clear(job: Job) -> None:
    """Remove what a killed run has left, and what this one would have left if it had been killed."""
    is_begun = bool(job.unfinished.generation())
    job.unfinished.remove()
    if is_begun:
        job.generations.remove_unfinished()
