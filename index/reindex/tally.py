"""Tally: counts what becomes of each article while a run goes on; at its end it makes the report."""

from __future__ import annotations

from collections import Counter

from index.reindex.articles import Article, Change
from index.reindex.report import Days, Progress, Report
from index.sources.base import Skip


class Tally:
    """The counts of one run so far.

    :param progress: is told of them.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._changes: Counter[Change] = Counter()
        self._skipped: list[Skip] = []
        self._days = Days()
        self._inputs = 0
        self._written = 0
        self._share = 0.0

    @property
    def added(self) -> int:
        """Articles that the index does not hold yet."""
        return self._changes[Change.ADDED]

    @property
    def removed(self) -> int:
        """Articles of the index that the sources do not hold."""
        return self._changes[Change.REMOVED]

    @property
    def documents(self) -> int:
        """Articles that the index shall hold."""
        return self._changes.total() - self.removed

    def found(self, found: Article | Skip, inputs: int, share: float) -> None:
        """Count what was found in the sources, or missed there.

        :param inputs: files looked at so far.
        :param share: which part of the sources that is, 0 to 1.
        """
        if isinstance(found, Skip):
            self._skipped.append(found)
        else:
            self._changes[found.change] += 1
            self._days.count(found)
        self._inputs, self._share = inputs, share
        self._step()

    def failed(self, article: Article, reason: Skip) -> None:
        """Count an article that was found as one that was skipped."""
        self._changes[article.change] -= 1
        self._days.discount(article)
        self._skipped.append(reason)

    def refused(self, change: Change, reason: Skip) -> None:
        """Count an article that was handed to the engine, and not taken, as one that was skipped.

        :param change: of what it was to be; of one that was to be changed, the old one is still there.
        """
        self._changes[change] -= 1
        if change is Change.CHANGED:
            self._changes[Change.UNCHANGED] += 1
        self._written -= 1
        self._skipped.append(reason)

    def wrote(self, articles: int, share: float | None = None) -> None:
        """Count articles that were handed to the engine.

        :param share: which part of the writing is done, 0 to 1; by default they are still being read.
        """
        self._written += articles
        if share is not None:
            self._share = share
        self._step()

    def goes_on(self, share: float) -> None:
        """What follows is done by this run; what was counted as written so far, by an earlier one.

        :param share: see :meth:`wrote`.
        """
        self._progress.begin(share)

    def report(
        self,
        engine: str,
        generation: str,
        *,
        documents: int | None = None,
        rebuilt: str | None = None,
        dry_run: bool = False,
    ) -> Report:
        """The report of the run.

        :param engine: name of the engine.
        :param generation: name of the generation.
        :param documents: how many the index holds; by default, how many it should.
        :param rebuilt: why it was made anew.
        """
        return Report(
            added=self.added,
            changed=self._changes[Change.CHANGED],
            removed=self.removed,
            unchanged=self._changes[Change.UNCHANGED],
            skipped=self._skipped,
            days=self._days,
            documents=self.documents if documents is None else documents,
            engine=engine,
            generation=generation,
            rebuilt=rebuilt,
            dry_run=dry_run,
        )

    def _step(self) -> None:
        self._progress.step(self._inputs, self.documents, self._written, self._share)
