"""Job: what one run of ``reindex`` was asked to do. It does not change while the run goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.engines.base import Engine
from index.reindex.report import Progress
from index.reindex.unfinished import Unfinished
from index.settings import Settings
from index.sources.base import InputFile, Skip
from index.store.generations import Generations
from index.store.sources import Sources


class Job(Struct, frozen=True):
    """One run.

    :param generations: of the index to make.
    :param unfinished: what a run that was killed has left beside them.
    :param sources: what it shall hold.
    :param engine: the engine that shall keep it.
    :param base: the analyzer with our words and the owner's, before any archive.
    :param full: make the index anew in any case.
    :param dry_run: only say what would happen; nothing is written.
    :param allow_removals: remove however much the sources do not hold.
    :param processes: how many read and analyse; with 1 everything happens in this one.
    :param progress: hears how the run is getting on.
    :param inputs: lists what the sources hold, files and rows, in a stable order; see
        :func:`index.reindex.fetching.fetched`.
    """

    settings: Settings
    generations: Generations
    unfinished: Unfinished
    sources: Sources
    engine: Engine
    base: Analyzer
    full: bool
    dry_run: bool
    allow_removals: bool
    processes: int
    progress: Progress
    inputs: Callable[[], Iterable[InputFile | Skip]] = tuple
