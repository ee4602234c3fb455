"""OpenIndex: the live generation while it is open."""

from __future__ import annotations

import contextlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol

from index.analysis.analyzer import Analyzer
from index.analysis.sound import Names
from index.engines.base import IndexBrokenError, Reader
from index.store.generation import Generation


class Generations(Protocol):
    """Knows which generation is live."""

    def glance(self) -> Hashable:
        """As long as it stays the same, everything does; ``None`` tells nothing."""

    def is_live(self, generation: Generation) -> bool:
        """Whether a generation is live and what is known of it has not changed."""


@dataclass
class OpenIndex:
    """A snapshot of the live index. A context manager that closes it.

    :param reader: answers questions.
    :param generation: the generation that it reads.
    :param analyzer: makes the words of a query comparable with those of the index; knows what its archive
        taught.
    :param names: those of its archive, by how they sound.
    :param stale: why the index should be made anew (it was made with other software, settings or words), or
        ``None``. A stale index answers, and may miss what it should find.
    """

    reader: Reader
    generation: Generation
    analyzer: Analyzer
    names: Names
    stale: str | None
    _generations: Generations = field(repr=False)
    _glance: Hashable = field(repr=False)
    _stack: contextlib.ExitStack = field(repr=False)

    def is_current(self) -> bool:
        """False once another commit or generation, or newer words for questions, are there to be opened.

        :raises IndexBrokenError: if nobody can say which index of a remote engine is live.
        :raises EngineUnavailableError: if a remote engine does not answer.
        """
        try:
            glance = self._generations.glance()
            if glance is not None and glance == self._glance:
                return True
            live = self._generations.is_live(self.generation) and self.reader.is_current()
        except IndexBrokenError:
            if self.generation.is_remote:
                raise
            return True
        if live:
            self._glance = glance
        return live

    def close(self) -> None:
        """Release files and memory. Idempotent."""
        self._stack.close()

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
