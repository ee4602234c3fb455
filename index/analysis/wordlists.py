"""Word lists that come with the package: PySastrawi's roots, those that texts use, and classes of words."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

DATA = Path(__file__).parent / "data"
"""Our word lists and lexicon files."""


@cache
def sastrawi_roots() -> frozenset[str]:
    """PySastrawi's list of root words, read where its ``StemmerFactory`` reads it, which imports its whole
    stemmer for that.

    :raises OSError: if the file cannot be read.
    """
    package = find_spec("Sastrawi.Stemmer")
    assert package is not None
    assert package.submodule_search_locations
    file = Path(package.submodule_search_locations[0]) / "data" / "kata-dasar.txt"
    return frozenset(filter(None, file.read_text("utf-8").split("\n")))


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
