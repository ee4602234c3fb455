"""Snapshot: one open index and everything that is worked out about it once, shared by all its searches."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b
from importlib.metadata import version
from itertools import count
from threading import Lock, Timer

from index.analysis.analyzer import Analyzer
from index.analysis.ready_stems import ready_stems
from index.engines.base import EngineError, Reader
from index.query import Phrase, SearchRequest, TextField
from index.sources.aliases import Aliases
from index.store.fingerprint import ALIASES
from index.store.kept import KeptFile
from index.store.kept_arrays import Arrays, KeptArrays
from index.store.open_index import OpenIndex
from search.opened.documents import DocumentCache
from search.opened.inflections import Inflections
from search.opened.memory import settle
from search.plan.expansion import Expander
from search.plan.meaning import Archive
from search.plan.old_ways import OldWays
from search.plan.planning import Planner
from search.plan.readings import Readings
from search.plan.recipe import Recipe, idf
from search.plan.variants import Counts, Variants
from search.plan.weights import Weights
from search.similar.signatures import Signatures
from search.snippets.highlighting import Finder
from search.spelling.speller import Speller
from search.spelling.vocabulary import Vocabulary
from search.suggesting.suggester import Suggester

_log = logging.getLogger(__name__)
_numbers = count()

QUIET_SECONDS = 1.0
"""So long after a start nothing is read or verified beside the first questions, which would wait for it."""

_FREQUENCIES_KEPT = 1 << 14
_FORMAT = 1  # of what is kept as arrays
_SIGNATURES_BYTES = 4 << 20  # of more than 2,000 articles


class Snapshot:
    """One open index and what is remembered about it; closed when nobody uses it any more.

    ``number`` tells it from others of this process; later ones have higher numbers. ``inflections`` are known
    some time after :meth:`read_ahead`, and what the ``suggester`` offers. ``telling`` is the idf of a form.

    :param stems: the stems that indexing worked out.
    :param capacity: most memory for documents that are kept ready to be shown, in bytes.
    :param weights: how its documents are ranked.
    """

    def __init__(
        self, index: OpenIndex, stems: KeptFile[dict[str, str]], capacity: int, weights: Weights
    ) -> None:
        self.number = next(_numbers)
        self.index = index
        self.reader = index.reader
        self.analyzer = index.analyzer
        # Those that it was made with, whatever the settings say by now.
        self.aliases = Aliases.from_text(index.generation.fingerprint.get(ALIASES, ""))
        self.expander = Expander(index.analyzer.lexicon, index.analyzer.stem)
        self.finder = Finder(index.analyzer)
        self._kept = KeptArrays(index.generation.directory, _key_of(index))
        self.vocabulary = Vocabulary(index.reader, self._kept)
        self.documents = DocumentCache(index.reader, capacity, index.analyzer.old_spelling)
        self.signatures = Signatures(_SIGNATURES_BYTES)
        self.telling = lru_cache(_FREQUENCIES_KEPT)(partial(_telling, self.vocabulary, index.reader.count()))
        in_bodies = partial(index.reader.document_frequency, TextField.BODY)
        frequency = lru_cache(_FREQUENCIES_KEPT)(in_bodies)  # one query asks for a word's again and again
        written = lru_cache(_FREQUENCIES_KEPT)(partial(index.reader.document_frequency, TextField.BODY_EXACT))
        counts = Counts(frequency, written, partial(_in_a_row, index.reader))
        lexicon, stem = index.analyzer.lexicon, index.analyzer.stem
        together = partial(index.reader.joint_frequencies, TextField.BODY)
        old_ways = OldWays(index.analyzer.old_spelling, index.analyzer.analyze, frequency, together)
        is_root = index.analyzer.is_root
        self.variants = Variants(lexicon, stem, is_root, self.expander, counts, old_ways.find, index.names)
        readings = Readings(index.analyzer.two_readings, stem, frequency, written)
        archive = Archive(
            index.analyzer.analyze,
            index.analyzer.lexicon,
            frequency,
            index.reader.count(),
            Recipe(weights),
            self.expander,
            together,
            self.variants.find,
            readings.find,
        )
        self.planner = Planner(archive)
        self.speller = Speller(
            index.reader,
            index.analyzer,
            self.vocabulary,
            self.expander,
            self.variants,
            frequency,
            readings.find,
        )
        self.suggester = Suggester(
            index.reader,
            index.analyzer,
            self.vocabulary,
            self.expander,
            self.planner.every_word,
            self._kept,
        )
        self.inflections: Inflections | None = None
        self._ahead = False
        self._stems = stems
        self._users = 1  # the searcher itself
        self._lock = Lock()

    @property
    def forms(self) -> Callable[[str], list[str]] | None:
        """Stem -> every form of it in the index, once all of them are known."""
        known = self.inflections
        return known.forms if known and known.complete else None

    @property
    def knows_words(self) -> bool:
        """Whether the words of the index were read."""
        return self.vocabulary.is_read

    @property
    def reads_ahead(self) -> bool:
        """Whether they were read, or will be without being asked for."""
        return self._ahead or self.knows_words

    def read_ahead(self, pause: float = 0.0) -> None:
        """Read what later searches will need, beside searches that go on, unless that was begun before.

        :param pause: seconds until it begins.
        """
        if not self._ahead and self.acquire():
            self._ahead = True
            later = Timer(pause, self._read_all)
            later.name, later.daemon = "telusur-ahead", True
            later.start()

    def _read_all(self) -> None:
        try:
            self.vocabulary.read()
            self.inflections = Inflections(self._kept.get("inflections", self._inflected))
            self.suggester.read(self._is_served)
            self.documents.read_ahead(self._is_served)
        except EngineError as error:
            _log.error("the index cannot be read ahead: %s", error)
        finally:
            self.release()
            settle()  # also what the snapshot before this one held

    def _inflected(self) -> Arrays:
        analyzer = Analyzer(self.analyzer.lexicon)  # a hundred thousand stems are of no use to questions
        analyzer.import_cache(ready_stems(analyzer.lexicon) | (self._stems.read() or {}))
        fields = (TextField.BODY_EXACT, TextField.TITLE_EXACT)
        return Inflections.of({form for field in fields for form, _ in self.reader.terms(field)}, analyzer)

    def _is_served(self) -> bool:
        """Whether anybody but the thread that asks uses it."""
        return self._users > 1

    def acquire(self) -> bool:
        """Begin to use it; false if it is closed already."""
        with self._lock:
            if not self._users:
                return False
            self._users += 1
            return True

    def release(self) -> None:
        """End a use; the last one closes the index."""
        with self._lock:
            self._users -= 1
            last = not self._users
        if last:
            self.index.close()


def _key_of(index: OpenIndex) -> str:
    """Changes with everything that is worked out of an index once: its documents, words and our code."""
    lexicon, generation = index.analyzer.lexicon, index.generation
    parts = (
        *(version("telusur"), str(_FORMAT), generation.identity, index.reader.identity()),
        *(index.analyzer.fingerprint, *sorted(lexicon.names), *sorted(lexicon.weightless)),
    )
    return blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _telling(vocabulary: Vocabulary, documents: int, form: str) -> float:
    """The idf of a form as far as the vocabulary knows it, else 0."""
    frequency = vocabulary.frequency(form)
    return idf(documents, frequency) if frequency else 0.0


def _in_a_row(reader: Reader, words: tuple[str, ...], exact: bool) -> int:
    """Number of documents whose body holds words in a row: their stems, or exactly their forms."""
    field = TextField.BODY_EXACT if exact else TextField.BODY
    return reader.search(SearchRequest(Phrase(field, words), limit=0)).total
