"""sync: makes an index hold exactly what its sources hold, in one step that either happens or does not."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence

from index.engines.base import EngineUnavailableError, IndexBrokenError, IndexMissingError
from index.engines.registry import get_engine
from index.messages import _, use_language
from index.reindex.job import EMPTIED_SILENTLY, Live, NothingFoundError, Run
from index.reindex.rebuild import rebuild
from index.reindex.report import Progress, Report, Silence
from index.reindex.update import OutgrownError, update
from index.reindex.workers import available_cores, few_collections
from index.settings import Settings
from index.store.fingerprint import why_stale
from index.store.learned_language import LanguageLostError, analyzer_of, why_learn_anew
from index.store.lock import WriteLock

__all__ = ["EMPTIED_SILENTLY", "NothingFoundError", "sync"]


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
    and one whose archive has outgrown what was learned from it
    (:data:`index.store.learned_language.GROWTH`). Whatever fails, the index that was live before stays live.

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
    use_language(settings.text("language"))
    run = Run(
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
        _execute(run, stack)
    run.report.seconds = time.monotonic() - began
    return run.report


def _execute(run: Run, stack: contextlib.ExitStack) -> None:
    """Do it.

    :param stack: closes what was opened, after the last use.
    """
    live = _open_live(run, stack)
    anew = live.generation is None or live.why_rebuild is not None
    if run.dry_run:
        _say_why(run, live)
        _rehearse(run, live, anew)
        return
    if not anew:
        try:
            update(run, live)
            return
        except OutgrownError as error:
            live.why_rebuild = str(error)
            run.report = run.new_report()
    _say_why(run, live)
    rebuild(run, live)


def _say_why(run: Run, live: Live) -> None:
    if live.why_rebuild:
        run.progress.note(_("Indeks dibangun ulang: {why}", why=live.why_rebuild))
        run.report.rebuilt = live.why_rebuild


def _open_live(run: Run, stack: contextlib.ExitStack) -> Live:
    try:
        generation = run.generations.current()
    except IndexBrokenError as error:
        return Live(why_rebuild=str(error))
    if generation is None:
        return Live()
    why = _("diminta dengan --full") if run.full else None
    why = why or why_stale(generation, run.settings, run.engine, run.analyzer)
    analyzer = None
    try:
        analyzer = analyzer_of(generation, run.analyzer)
        why = why or why_learn_anew(generation, generation.documents)
    except LanguageLostError as error:
        why = why or str(error)
    try:
        reader = get_engine(generation.engine_name).open_reader(generation.location)
    except (IndexBrokenError, IndexMissingError) as error:
        return Live(generation, why_rebuild=str(error))
    except EngineUnavailableError:
        if generation.engine_name == run.engine.name:
            raise
        return Live(generation, why_rebuild=why)
    stack.callback(reader.close)
    return Live(generation, reader, why, analyzer)


def _rehearse(run: Run, live: Live, anew: bool) -> None:
    with run.scan(live, run.tools(run.analyzer), rebuild=anew) as scan:
        for _document, fate in scan.documents():
            run.count(fate)
        for _id, kept in scan.leftovers(live.reader):
            run.count_leftover(kept)
    run.refuse_emptying(live)
    report = run.report
    report.documents = report.added + report.changed + report.unchanged
    if anew or live.generation is None:
        report.generation = run.generations.next_name(run.engine.name)
    else:
        report.generation = live.generation.name
