"""Root words: PySastrawi's list, and which of them texts use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

DATA = Path(__file__).parent / "data"
"""Our word lists and lexicon files."""


@lru_cache(maxsize=1)
def sastrawi_roots() -> frozenset[str]:
    """PySastrawi's list of root words."""
    return frozenset(word for word in StemmerFactory().get_words() if word)


@lru_cache(maxsize=4)
def words_in_use(kind: str) -> frozenset[str]:
    """Words that texts use.

    :param kind: ``living`` or ``common`` roots of PySastrawi's list, or words ``derived`` of other roots, as
        ``python -m bench.roots`` found them; or ``seldom``, derived words that its texts have seldom.
    """
    lines = (DATA / f"{kind}.words").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
