"""Writing: one transaction of an engine that gets articles, added and removed."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator
from typing import Protocol

from index.engines.base import Engine, EngineError, Location, Writer
from index.messages import _
from index.reindex.articles import Article, Change
from index.reindex.processing import Processor
from index.reindex.spill import Spill
from index.reindex.tally import Tally
from index.reindex.workers import Workers
from index.sources.base import Skip

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def transaction(engine: Engine, location: Location) -> Iterator[Writer]:
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


class Made(Protocol):
    """A generation that is being made; see :class:`index.reindex.making.Making`."""

    def has(self, article: Article) -> bool:
        """Whether an earlier run has written an article."""

    def wrote(self, articles: int, writer: Writer) -> None:
        """Articles were written."""


def write_articles(
    writer: Writer,
    articles: Spill,
    workers: Workers[Processor],
    tally: Tally,
    made: Made | None = None,
) -> None:
    """Analyse articles and write them, or remove them, each as its change says.

    :param tally: counts what was written, and articles that could not be.
    :param made: the generation that is being made, if it is one: some of them may be written already.
    """

    def work() -> Iterator[tuple[tuple[int, list[Article]], list[Article], int]]:
        for batch in articles.batches():
            left = batch if made is None else [each for each in batch if not made.has(each)]
            yield (len(batch), left), articles.filled(left), len(left)

    done = taken = 0
    for (size, left), contents in workers.map(Processor.prepare, work()):
        if left and 0 < done == taken:
            tally.goes_on(done / len(articles))
        done += size
        taken += size - len(left)
        prepared = (a._replace(content=c) for a, c in zip(left, contents, strict=True))
        tally.wrote(size - len(left))
        write_prepared(writer, prepared, tally, done / len(articles))
        if made is not None:
            made.wrote(len(left), writer)


def write_prepared(
    writer: Writer, articles: Iterable[Article], tally: Tally, share: float | None = None
) -> None:
    """Like :func:`write_articles`, with what was prepared already.

    :param articles: with what the writer takes as their content, or why it cannot be had.
    :param share: which part of all that is to be written, 0 to 1; by default they are still being read.
    """
    added, removed = [], []
    for article in articles:
        if article.change is Change.REMOVED:
            removed.append(article.id)
        elif isinstance(article.content, Skip):
            tally.failed(article, article.content)
        else:
            added.append(article.content)
    if added:
        writer.add(added)
    if removed:
        writer.delete(removed)
    tally.wrote(len(added), share)


def count_refused(writer: Writer, tally: Tally) -> None:
    """Count articles that the engine did not take as skipped, after the commit."""
    for refused in writer.refused:
        tally.refused(
            Change.CHANGED if refused.replaces else Change.ADDED,
            Skip(refused.id, _("tidak diterima mesin ({reason})", reason=refused.reason)),
        )


def count_documents(engine: Engine, location: Location) -> int:
    """Number of documents of an index that was just written."""
    with contextlib.closing(engine.open_reader(location)) as reader:
        return reader.count()
