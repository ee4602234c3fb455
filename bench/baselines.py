"""Plain BM25 over sparse matrices: what Telusur's answers are compared with in the same run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import snowballstemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from scipy.sparse import csr_matrix

K1, B = 1.2, 0.75
_WORD = re.compile(r"\w+")

Stem = Callable[[str], str]


class Bm25:
    """BM25 in Lucene's form (k1 1.2, b 0.75) over lower-case words and one stemmer.

    :param texts: (document id, text) of every document.
    """

    def __init__(self, texts: Iterable[tuple[str, str]], stem: Stem) -> None:
        self._stem = _cached(stem)
        self._terms: dict[str, int] = {}
        self.ids: list[str] = []
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        lengths: list[int] = []
        for name, text in texts:
            frequencies = Counter(self._words(text))
            for term, frequency in frequencies.items():
                rows.append(len(self.ids))
                columns.append(self._terms.setdefault(term, len(self._terms)))
                counts.append(frequency)
            lengths.append(sum(frequencies.values()))
            self.ids.append(name)
        size = (len(self.ids), len(self._terms))
        length = np.asarray(lengths, dtype=np.float64)
        tf = np.asarray(counts, dtype=np.float64)
        norm = K1 * (1 - B + B * length / length.mean())
        frequency = np.bincount(columns, minlength=size[1])
        idf = np.log(1 + (size[0] - frequency + 0.5) / (frequency + 0.5))
        weights = idf[columns] * tf * (K1 + 1) / (tf + norm[rows])
        self._weights = csr_matrix((weights, (columns, rows)), shape=size[::-1])

    def search(self, text: str, limit: int = 10) -> dict[str, float]:
        """The best documents: id -> score."""
        wanted = [self._terms[term] for term in self._words(text) if term in self._terms]
        if not wanted:
            return {}
        scores = np.asarray(self._weights[wanted].sum(axis=0)).ravel()
        best = np.argsort(-scores, kind="stable")[:limit]
        return {self.ids[number]: float(scores[number]) for number in best if scores[number] > 0}

    def _words(self, text: str) -> list[str]:
        return [self._stem(word) for word in _WORD.findall(text.lower())]


def baselines() -> dict[str, Stem]:
    """Name -> stemmer of each baseline."""
    snowball = snowballstemmer.stemmer("indonesian")
    sastrawi = StemmerFactory().create_stemmer()
    return {
        "unstemmed": lambda word: word,
        "Snowball": snowball.stemWord,
        "PySastrawi": lambda word: sastrawi.stem(word) or word,
    }


def _cached(stem: Stem) -> Stem:
    known: dict[str, str] = {}

    def stemmed(word: str) -> str:
        found = known.get(word)
        if found is None:
            found = known[word] = stem(word)
        return found

    return stemmed
