"""OpenIndex: the live generation while it is open."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from index.analysis.analyzer import Analyzer
from index.engines.base import IndexBrokenError, Reader
from index.store.generations import Generation, Generations


@dataclass
class OpenIndex:
    """A snapshot of the live index. A context manager that closes it.

    :param reader: answers questions.
    :param generation: the generation that it reads.
    :param analyzer: makes the words of a query comparable with those of the index; knows what its archive
        taught.
    :param stale: why the index should be made anew (it was made with other software, settings or words), or
        ``None``. A stale index answers, and may miss what it should find.
    """

    reader: Reader
    generation: Generation
    analyzer: Analyzer
    stale: str | None
    generations: Generations = field(repr=False)
    _stack: contextlib.ExitStack = field(repr=False)

    def is_current(self) -> bool:
        """False once another commit or generation, or newer words for questions, are there to be opened.

        Names do not tell: a folder that was made anew, restored or exchanged counts its generations again.
        """
        try:
            if self.generations.current_name() != self.generation.name:
                return False
            live = self.generations.current()
        except IndexBrokenError:
            return True
        mine = self.generation
        if live is None or (live.identity, live.fingerprint) != (mine.identity, mine.fingerprint):
            return False
        return self.reader.is_current()

    def close(self) -> None:
        """Release files and memory. Idempotent."""
        self._stack.close()

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
