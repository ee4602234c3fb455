"""Processor: what every process of a run can do with articles: read them, learn from them, analyse them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from shutil import copyfile
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from index.analysis.analyzer import MOST_PIECES, MOST_STEMS, Analyzer
from index.analysis.furniture import NO_FURNITURE, Furniture
from index.analysis.ready_stems import ready_stems
from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.engines.registry import get_engine
from index.messages import _, use_language
from index.query import Facet
from index.reindex.articles import Article, outline_of, pack, unpack
from index.reindex.lessons import Lessons
from index.settings import Settings
from index.sources.aliases import NO_ALIASES, Aliases
from index.sources.base import InputFile, Piece, Skip
from index.sources.reading import read_input, read_piece
from index.store.kept import KeptFile, piece_file, stem_file

_WORTH_LOADING = 64
"""Documents or files from which on known stems are worth loading."""

_WORTH_READY = 1000
"""Articles from which on ready stems are worth loading."""

_TAUGHT_BY = 2000
"""Articles whose lessons are worth adding to those of others: of each word that takes half as long as to
count it, however often it was seen."""

_log = logging.getLogger(__name__)

Part = InputFile | Sequence[Document | Skip | Piece]
"""What is read as one: a file, or some of what was cut out of a large one."""

_Table = tuple[
    Callable[[Path, str], KeptFile[dict[str, Any]]],
    Callable[[Analyzer], dict[str, Any]],
    int,
]
_TABLES: tuple[_Table, ...] = (
    (stem_file, Analyzer.export_cache, MOST_STEMS),
    (piece_file, Analyzer.export_pieces, MOST_PIECES),
)


class KnownWords(Struct, frozen=True):
    """What analyzers have worked out of words, kept from one generation to the next. Pickles.

    :param key: see :func:`index.store.fingerprint.stem_key`.
    :param known: folder of the generation that has it, ``None`` if there is none.
    :param new: folder of the generation that is being made; ``None`` for an update, which keeps nothing.
    :param count: about how many articles there are.
    """

    key: str
    known: Path | None
    new: Path | None = None
    count: int = _WORTH_READY

    def load(self, analyzer: Analyzer) -> None:
        """Start an analyzer with what is known."""
        stems = ready_stems(analyzer.lexicon) if self.count >= _WORTH_READY else {}
        if self.known is not None:
            stems |= stem_file(self.known, self.key).read() or {}
        analyzer.import_cache(stems)
        # Pieces are so many that only the words of a whole archive are sooner with them.
        if self.known is not None and self.new is not None:
            analyzer.import_pieces(piece_file(self.known, self.key).read() or {})

    def leave(self, analyzer: Analyzer) -> None:
        """Leave what this process has worked out to the one that calls :meth:`keep`."""
        if self.new is None:
            return
        try:
            for table, export, most in _TABLES:
                if found := export(analyzer):
                    file = table(self.new, self.key)
                    path = file.path.with_name(f"{file.path.name}-{os.getpid()}")
                    file.at(path).write(_first(found, most // 2))
        except OSError as error:
            _log.warning("what is known of words is not kept: %s", error)

    def keep(self, analyzer: Analyzer) -> None:
        """Keep what was known, what this process has worked out and what every other one left.

        :raises OSError: if it cannot be written.
        """
        if self.new is None:
            return
        for table, export, most in _TABLES:
            file = table(self.new, self.key)
            left = sorted(self.new.glob(f"{file.path.name}-*"))
            own = export(analyzer)
            known = file.at(self.known / file.path.name) if self.known is not None else None
            if known is not None and not left and not own:
                with suppress(FileNotFoundError):
                    copyfile(known.path, file.path)  # without looking at it
                continue
            words: dict[str, Any] = (known and known.read()) or {}
            for path in left:  # one after the other: together they may be too many
                words.update(file.at(path).read() or {})
                words = _first(words, most)
                path.unlink()
            words.update(own)
            file.write(_first(words, most))


def _first(words: dict[str, Any], most: int) -> dict[str, Any]:
    """Those that were met first, which are the most frequent ones."""
    return dict(islice(words.items(), most)) if len(words) > most else words


class Processor(Struct, frozen=True, dict=True):
    """What a process needs to read and analyse. Pickles.

    :param learning: whether to learn from what is read.
    :param preparing: whether to make what is read ready for the engine's writer at once.
    :param words: what is known of words already.
    :param furniture: lines that are no text of their articles.
    """

    settings: Settings
    analyzer: Analyzer
    engine_name: str
    learning: bool = False
    preparing: bool = False
    words: KnownWords | None = None
    furniture: Furniture = NO_FURNITURE

    @cached_property
    def aliases(self) -> Aliases:
        """The owner's aliases, which articles are renamed by when they are read."""
        return Aliases.of(self.settings)

    @cached_property
    def _lessons(self) -> list[Lessons]:
        """What the articles read here have taught since somebody asked; none, or one."""
        return []

    def __getstate__(self) -> dict[str, Any]:
        """Other processes begin without what was worked out, or learned, in this one."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def start_after(self) -> int:
        """How much work makes :meth:`start` worth its time."""
        # What keeps new words needs the known ones too.
        return 0 if self.words is not None and self.words.new is not None else _WORTH_LOADING

    @property
    def modules(self) -> list[str]:
        """What a process has to import."""
        return [__name__, type(get_engine(self.engine_name)).__module__]

    def start(self) -> None:
        """Get ready for much work."""
        use_language(self.settings.text("language"))
        if self.words is not None:
            self.words.load(self.analyzer)

    def finish(self) -> None:
        """Leave what only this process knows; it ends."""
        if self.words is not None:
            self.words.leave(self.analyzer)

    def read(self, parts: Sequence[Part]) -> tuple[list[list[Article | Skip]], int, Lessons | None]:
        """What each part yields; the process that has read it; and what was learned there, once that is worth
        sending: see :meth:`lessons`."""
        lessons = None
        if self.learning:
            if not self._lessons:
                self._lessons.append(Lessons())
            lessons = self._lessons[0]
        found = [list(self.found(part, lessons)) for part in parts]
        is_much = lessons is not None and lessons.articles >= _TAUGHT_BY
        return found, os.getpid(), self.lessons() if is_much else None

    def lessons(self) -> Lessons:
        """What the articles read in this process have taught beyond what it gave away already."""
        return self._lessons.pop().compact() if self._lessons else Lessons()

    def found(self, part: Part, lessons: Lessons | None = None) -> Iterator[Article | Skip]:
        """What one part yields, article by article.

        :param lessons: learns from them.
        """
        for document in (
            read_input(part, self.settings) if isinstance(part, InputFile) else self._of_pieces(part)
        ):
            if isinstance(document, Skip):
                yield document
                continue
            document = self.aliases.renamed(document)
            if lessons is not None:
                lessons.add(document)
            if self.preparing:
                content = self._prepare(document)
                yield outline_of(document)._replace(content=content)
            else:
                yield pack(document)

    def _of_pieces(self, part: Sequence[Document | Skip | Piece]) -> Iterator[Document | Skip]:
        for item in part:
            if isinstance(item, Piece):
                yield from read_piece(item, self.settings)
            else:
                yield item

    def prepare(self, articles: Sequence[Article]) -> list[Any | Skip]:
        """Each article as the engine's writer takes it, or why it cannot be had; nothing for one removed."""
        return [self._prepare(unpack(article)) if article.content else None for article in articles]

    def _prepare(self, document: Document) -> Any | Skip:
        try:
            text = self.furniture.cut(document)
            return get_engine(self.engine_name).prepare(analyze_document(text, self.analyzer, self.aliases))
        except Exception as error:  # one article must not keep all the others from being found
            _log.exception("%s could not be analysed", document.origin or document.id)
            problem = f"{type(error).__name__}: {error}"
            reason = _("kesalahan program saat menganalisis ({error})", error=problem)
            return Skip(document.origin or document.id, reason)


def analyze_document(
    document: Document, analyzer: Analyzer, aliases: Aliases = NO_ALIASES
) -> AnalyzedDocument:
    """The token streams of a document, field by field; a name is found by its aliases too."""
    title, body = analyzer.streams(document.headline, document.body)
    return AnalyzedDocument(
        document,
        title=title,
        body=body,
        source=analyzer.stream_of_names("\n".join(aliases.names(Facet.SOURCE, document.source))),
        place=analyzer.stream_of_names("\n".join(aliases.names(Facet.PLACE, document.place))),
        author=analyzer.stream_of_names(
            "\n".join(filter(None, (*aliases.names(Facet.AUTHOR, document.author), document.editor)))
        ),
    )
