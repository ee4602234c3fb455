"""The live generation opened for reading, with the analysis that its queries need."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import Lexicon
from index.engines.base import Engine, IndexBrokenError, IndexMissingError, Reader
from index.engines.registry import get_engine
from index.messages import _
from index.settings import Settings
from index.store.fingerprint import Fingerprint, current_fingerprint
from index.store.generations import Generation, Generations, in_use
from index.store.learned_language import LanguageLostError, language_of, load_language

__all__ = ["Generation", "Generations", "OpenIndex", "load_language", "open_current", "why_stale"]

_ATTEMPTS = 5


@dataclass
class OpenIndex:
    """A snapshot of the live index. A context manager that closes it.

    :param reader: answers questions.
    :param generation: the generation that it reads.
    :param analyzer: makes the words of a query comparable with those of the index; knows what its archive
        taught.
    :param stale: why the index should be made anew (it was made with other software, settings or words, or
        its language is lost), or ``None``. A stale index answers, and may miss what it should find.
    """

    reader: Reader
    generation: Generation
    analyzer: Analyzer
    stale: str | None
    generations: Generations = field(repr=False)
    _stack: contextlib.ExitStack = field(repr=False)

    def is_current(self) -> bool:
        """False once a newer commit or generation, or newer words for questions, are there to be opened."""
        try:
            if self.generations.current_name() != self.generation.name:
                return False
            live = self.generations.current()
        except IndexBrokenError:
            return True
        told = live is not None and live.fingerprint == self.generation.fingerprint
        return told and self.reader.is_current()

    def close(self) -> None:
        """Release files and memory. Idempotent."""
        self._stack.close()

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_current(settings: Settings, language: tuple[Lexicon, Analyzer] | None = None) -> OpenIndex:
    """Open the index that is live now.

    :param language: what :func:`load_language` gave, to use it again; loaded if not given.
    :raises IndexMissingError: if nothing was indexed yet.
    :raises IndexBrokenError: if the index cannot be read.
    :raises EngineUnavailableError: if its engine is not installed or does not answer.
    :raises LexiconError: if the owner's lexicon cannot be read.
    """
    generations = Generations.of(settings)
    lexicon, analyzer = language or load_language(settings)
    for _attempt in range(_ATTEMPTS):
        name = generations.current_name()
        try:
            return _open(generations, settings, lexicon, analyzer)
        except IndexBrokenError:
            # It may have been replaced, and then removed, since its name was read.
            if generations.current_name() == name:
                raise
    raise IndexBrokenError(_("indeks di {path} terus-menerus diganti", path=settings.text("index")))


def _open(generations: Generations, settings: Settings, lexicon: Lexicon, analyzer: Analyzer) -> OpenIndex:
    generation = generations.current()
    if generation is None:
        raise IndexMissingError(
            _("belum ada indeks di {path}; jalankan `reindex`", path=settings.text("index"))
        )
    engine = get_engine(generation.engine_name)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(in_use(generation))
            reader = engine.open_reader(generation.location)
        except IndexMissingError as error:
            raise IndexBrokenError(str(error)) from error
        stack.callback(reader.close)
        stale = why_stale(generation, settings, engine, lexicon, analyzer)
        try:
            analyzer = language_of(generation, analyzer)
        except LanguageLostError as error:
            stale = str(error)
        return OpenIndex(reader, generation, analyzer, stale, generations, stack.pop_all())
    raise AssertionError("an ExitStack of these contexts swallows nothing")


def why_stale(
    generation: Generation, settings: Settings, engine: Engine, lexicon: Lexicon, analyzer: Analyzer
) -> str | None:
    """Why a generation should be made anew; ``None`` if it is as it would be made now.

    :param engine: the generation's own engine.
    """
    wanted = settings.text("engine")
    if generation.engine_name != wanted:
        return _("mesin berubah dari {old} menjadi {new}", old=generation.engine_name, new=wanted)
    return current_fingerprint(engine, analyzer, lexicon).why_different(Fingerprint(generation.fingerprint))
