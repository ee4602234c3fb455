"""Opens the live index twice: as it is asked now, and as it would be asked by another lexicon."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from index.analysis.last_lexicon import LastLexicon
from index.analysis.lexicon import Lexicon
from index.settings import Settings
from search.answering.service import SearchService
from search.opened.searcher import Searcher
from search.teaching.trial import Trial

_ATTEMPTS = 3
"""How often both are opened until no commit comes between."""


class _Given(LastLexicon):
    """A lexicon that no file changes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.problem = ""
        self._lexicon = lexicon

    def follow(self, settings: Settings) -> None:
        """Nothing is followed."""

    def look(self) -> None:
        """Nothing is looked at."""


@contextmanager
def trial(settings: Settings, before: Lexicon, after: Lexicon) -> Iterator[Trial]:
    """Open the live index for questions by either lexicon.

    :param after: only what questions use of it can be tried: an index keeps the stems that it was made with.
    :raises EngineError: if there is no index, or it cannot be opened.
    """
    asked_by = before, before.with_questions_of(after)
    for attempt in range(_ATTEMPTS):
        with ExitStack() as stack:
            searchers = [Searcher(settings, math.inf, _Given(lexicon)) for lexicon in asked_by]
            for searcher in searchers:
                stack.callback(searcher.close)
            snapshot, _other = (stack.enter_context(searcher.use()) for searcher in searchers)
            if snapshot.index.is_current() or attempt == _ATTEMPTS - 1:
                now, then = map(SearchService, searchers)
                yield Trial(now, then, snapshot)
                return
