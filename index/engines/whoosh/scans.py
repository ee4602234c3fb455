"""Reading all terms of a field once, without a table of them: what merging does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from index.engines.whoosh.arrays import Ints, bounds_of
from index.engines.whoosh.container import SectionFile
from index.engines.whoosh.postings import Batch, Layout

# A term needs as much memory as so many of its occurrences.
_TERM_TOKENS = 4


class TermScan:
    """The terms of one field in one segment and their postings, read once from the first term to the last.

    Holds no table of them, so that memory does not grow with their number.
    """

    def __init__(
        self, field: str, terms_file: SectionFile, docs: SectionFile, positions: SectionFile
    ) -> None:
        self._terms_file, self._docs_file, self._positions_file = terms_file, docs, positions
        self._df, self._ttf, self._sizes = (
            terms_file.numbers(f"{field}.{name}") for name in ("df", "ttf", "length")
        )
        self._codes = terms_file.array(f"{field}.codes", "u1")
        self._text, self._docs, self._positions = (
            file.range(name)[0]
            for file, name in ((terms_file, f"{field}.text"), (docs, field), (positions, field))
        )
        self._place = 0
        self.cost = int(self._ttf.sum(dtype=np.int64)) + _TERM_TOKENS * len(self._df)
        """Memory that all terms would need, in tokens."""

    def __len__(self) -> int:
        """Terms that are left."""
        return len(self._df) - self._place

    def next_terms(self, cost: int) -> tuple[list[bytes], Ints]:
        """The next terms and what they cost, in tokens: one, and as many more as are within ``cost``."""
        start = self._place
        stop = start + cost // (_TERM_TOKENS + 1) + 1
        costs = self._ttf[start:stop].astype(np.int64) + _TERM_TOKENS
        costs = costs[: max(1, int(costs.cumsum().searchsorted(cost, "right")))]
        cuts = bounds_of(self._sizes[start : start + len(costs)])
        text = self._terms_file.read(self._text, self._text + int(cuts[-1]))
        return [text[begin:end] for begin, end in pairwise(cuts.tolist())], costs

    def take(self, count: int) -> Batch:
        """The postings of the next terms, which are passed by that."""
        terms = slice(self._place, self._place + count)
        df, ttf = self._df[terms].astype(np.int64), self._ttf[terms].astype(np.int64)
        layout = Layout(df, ttf, self._codes[terms])
        docs, positions = self._docs, self._positions
        self._docs_file.check(docs, docs + layout.docs_end)
        self._positions_file.check(positions, positions + layout.positions_end)
        batch = layout.decode(
            df, ttf, self._docs_file.bytes[docs:], self._positions_file.bytes[positions:], slice(None)
        )
        self._place += count
        self._text += int(self._sizes[terms].sum(dtype=np.int64))
        self._docs += layout.docs_end
        self._positions += layout.positions_end
        for file in (self._terms_file, self._docs_file, self._positions_file):
            file.let_go()
        return batch
