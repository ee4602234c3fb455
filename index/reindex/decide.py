"""Decision: what is live, and whether it is brought up to date or made anew, and why."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.analysis.furniture import NO_FURNITURE, Furniture
from index.engines.base import EngineUnavailableError, IndexBrokenError, IndexMissingError, Reader
from index.engines.registry import get_engine
from index.messages import _
from index.reindex.job import Job
from index.store.checksums import verify_generation
from index.store.fingerprint import of_other_version, why_stale
from index.store.generation import Generation
from index.store.learned_furniture import FurnitureLostError, furniture_of
from index.store.learned_language import LanguageLostError, analyzer_of, names_of, why_learn_anew


class Decision(Struct, frozen=True):
    """What is to be done with the index that is live, as far as that can be read.

    :param generation: the live one, ``None`` if there is none.
    :param reader: reads it.
    :param analyzer: the one that its words were made with.
    :param furniture: lines that its articles were stored without.
    :param why_rebuild: why it must be made anew, ``None`` if it need not be.
    :param damaged: name of the live one if it is not whole.
    """

    generation: Generation | None = None
    reader: Reader | None = None
    analyzer: Analyzer | None = None
    furniture: Furniture = NO_FURNITURE
    why_rebuild: str | None = None
    damaged: str | None = None

    @property
    def rebuilds(self) -> bool:
        """Whether an index is made, the first one or another."""
        return self.generation is None or self.why_rebuild is not None

    @property
    def count(self) -> int:
        """Number of documents that are live, or were when they could be read."""
        if self.reader:
            return self.reader.count()
        return self.generation.documents if self.generation else 0


@contextlib.contextmanager
def decide(job: Job) -> Iterator[Decision]:
    """Look at what is live; it stays open while the block runs.

    :raises EngineUnavailableError: if the engine is not installed or does not answer.
    """
    decision = _decide(job)
    try:
        yield decision
    finally:
        if decision.reader is not None:
            decision.reader.close()


def _decide(job: Job) -> Decision:
    try:
        generation = job.generations.current()
    except IndexBrokenError as error:
        return Decision(why_rebuild=str(error))
    if generation is None:
        return Decision()
    try:
        job.generations.fetch(generation)
        verify_generation(generation)
    except IndexBrokenError as error:
        return Decision(generation, why_rebuild=str(error), damaged=generation.name)
    why = _("diminta dengan --full") if job.full else None
    if why is None and job.unfinished.was_full():
        why = _("diminta dengan --full pada reindex yang terputus")
    why = why or why_stale(generation, job.settings, job.engine, job.base)
    analyzer, furniture = None, NO_FURNITURE
    try:
        analyzer = analyzer_of(generation, job.base)
        furniture = furniture_of(generation)
        names_of(generation)  # an update adds to them
        why = why or why_learn_anew(generation, generation.documents)
    except (LanguageLostError, FurnitureLostError) as error:
        why = why or str(error)
    try:
        reader = get_engine(generation.engine_name).open_reader(generation.location)
    except (IndexBrokenError, IndexMissingError) as error:
        # Of another version it is whole: a server of that version may go on with it.
        damaged = None if of_other_version(generation, job.engine) else generation.name
        return Decision(generation, why_rebuild=why or str(error), damaged=damaged)
    except EngineUnavailableError:
        if generation.engine_name == job.engine.name:
            raise
        return Decision(generation, why_rebuild=why)
    return Decision(generation, reader, analyzer, furniture, why)
