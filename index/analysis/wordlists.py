"""Word lists that come with the package: PySastrawi's roots, those that texts use, and classes of words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

DATA = Path(__file__).parent / "data"
"""Our word lists and lexicon files."""


@cache
def sastrawi_roots() -> frozenset[str]:
    """PySastrawi's list of root words."""
    return frozenset(word for word in StemmerFactory().get_words() if word)


@cache
def words_in_use(kind: str) -> frozenset[str]:
    """Words that texts use.

    :param kind: ``living`` or ``common`` roots of PySastrawi's list, or words ``derived`` of other roots, as
        ``python -m bench.roots`` found them; or ``seldom``, derived words that its texts have seldom.
    """
    return frozenset(_lines(f"{kind}.words"))


def word_class(name: str) -> tuple[str, ...]:
    """The words of one section of ``classes.words``, in the order of the file.

    :raises KeyError: if there is no such section.
    """
    return _classes()[name]


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    classes: dict[str, list[str]] = {}
    for line in _lines("classes.words"):
        if line.startswith("["):
            words = classes[line.strip("[]")] = []
        else:
            words.append(line)
    return {name: tuple(words) for name, words in classes.items()}


def _lines(file: str) -> list[str]:
    lines = (DATA / file).read_text(encoding="ascii").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
