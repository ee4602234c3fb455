"""Opens a generation, the live one or one before it, with the analysis that its queries need."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Hashable

from index.analysis.analyzer import Analyzer
from index.engines.base import EngineError, IndexBrokenError, IndexMissingError, IndexOutdatedError
from index.engines.registry import get_engine, is_remote
from index.messages import _
from index.settings import Settings
from index.store.checksums import verify_generation
from index.store.fingerprint import of_other_version, why_stale
from index.store.generation import Generation, in_use
from index.store.generations import Generations
from index.store.learned_language import LanguageLostError, analyzer_of, load_analyzer, names_of
from index.store.open_index import OpenIndex

_ATTEMPTS = 5

_log = logging.getLogger(__name__)


def open_current(settings: Settings, base: Analyzer | None = None) -> OpenIndex:
    """Open the index that is live now.

    :param base: the analyzer before any archive, to use its caches again; loaded if not given.
    :raises IndexMissingError: if nothing was indexed yet.
    :raises IndexOutdatedError: if another version made the index, in a form that cannot be read.
    :raises IndexBrokenError: if the index cannot be read.
    :raises EngineUnavailableError: if its engine is not installed or does not answer.
    :raises LexiconError: if the owner's lexicon cannot be read.
    """
    generations = Generations.of(settings)
    base = base or load_analyzer(settings)
    for _attempt in range(_ATTEMPTS):
        name, glance = generations.current_name(), generations.glance()
        try:
            generation = generations.current()
            if generation is None:
                raise missing(settings)
            return _open(generations, generation, settings, base, glance)
        except IndexBrokenError:
            # It may have been replaced, and then removed, since its name was read.
            if generations.current_name() == name:
                raise
    raise IndexBrokenError(_("indeks di {path} terus-menerus diganti", path=settings.text("index")))


def open_earlier(settings: Settings, base: Analyzer) -> OpenIndex | None:
    """Open the newest index that is whole among those that were replaced; ``None`` if there is none.

    :param base: the analyzer before any archive.
    """
    generations = Generations.of(settings)
    for generation in generations.earlier():
        try:
            with in_use(generation):
                verify_generation(generation)
                return _open(generations, generation, settings, base)
        except EngineError as error:
            _log.error("%s cannot take its place: %s", generation.name, error)
    return None


def missing(settings: Settings) -> IndexMissingError:
    """The error that says that nothing was indexed yet."""
    if is_remote(engine := settings.text("engine")):
        return IndexMissingError(
            _(
                "belum ada indeks pada mesin {engine}, juga tidak di {path}; jalankan `reindex`",
                engine=engine,
                path=settings.text("index"),
            )
        )
    return IndexMissingError(_("belum ada indeks di {path}; jalankan `reindex`", path=settings.text("index")))


def _open(
    generations: Generations,
    generation: Generation,
    settings: Settings,
    base: Analyzer,
    glance: Hashable = None,
) -> OpenIndex:
    engine = get_engine(generation.engine_name)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(in_use(generation))
            reader = engine.open_reader(generation.location)
        except (IndexBrokenError, IndexMissingError) as error:
            if other := of_other_version(generation, engine):
                raise IndexOutdatedError(other) from error
            raise IndexBrokenError(*error.args) from error
        stack.callback(reader.close)
        generations.fetch(generation)  # behind the reader: it knows no words that these lack
        stale = why_stale(generation, settings, engine, base, serving=True)
        try:
            analyzer, names = analyzer_of(generation, base), names_of(generation)
        except LanguageLostError as error:
            raise IndexBrokenError(str(error)) from error
        return OpenIndex(reader, generation, analyzer, names, stale, generations, glance, stack.pop_all())
    raise AssertionError("an ExitStack of these contexts swallows nothing")
