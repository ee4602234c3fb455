"""OpenIndex: the live generation while it is open."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from index.analysis.analyzer import Analyzer
from index.engines.base import IndexBrokenError, Reader
from index.store.generation import Generation


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
    _is_live: Callable[[Generation], bool] = field(repr=False)
    _stack: contextlib.ExitStack = field(repr=False)

    def is_current(self) -> bool:
        """False once another commit or generation, or newer words for questions, are there to be opened.

        :raises EngineUnavailableError: if the home of a remote engine does not answer.
        """
        try:
            live = self._is_live(self.generation)
        except IndexBrokenError:
            return True
        # The state of a home tells of every commit.
        return live and (self.generation.is_remote or self.reader.is_current())

    def close(self) -> None:
        """Release files and memory. Idempotent."""
        self._stack.close()

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
