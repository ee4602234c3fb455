"""What reading took out of articles because a site says it for itself, for an owner who wants to see it.

Marks without letters are not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import SequenceMatcher

_seen: ContextVar[list[str] | None] = ContextVar("_seen", default=None)


@contextmanager
def seeing_cuts() -> Iterator[list[str]]:
    """What is cut while the block runs, in the order of the text. The list may be emptied meanwhile."""
    seen: list[str] = []
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def note_cuts(before: Sequence[str], after: Sequence[str]) -> None:
    """Note what lines have lost, if somebody wants to see it.

    :param before: the lines as they were.
    :param after: those that stayed, in the same order, whole or shortened.
    """
    seen = _seen.get()
    if seen is not None and before != after:
        seen.extend(_lost(before, after))


def _lost(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    whole, left = set(after), set(before)
    shortened = [words for line in after if line not in left and (words := line.split())]
    for line in before:
        words = line.split()
        if line in whole or not words:
            continue
        rest = next((other for other in shortened if _is_within(other, words)), [])
        if rest:
            shortened.remove(rest)
        for kind, start, end, _, _ in SequenceMatcher(None, words, rest, autojunk=False).get_opcodes():
            lost = " ".join(words[start:end])
            if kind in ("delete", "replace") and any(map(str.isalnum, lost)):
                yield lost


def _is_within(words: list[str], others: list[str]) -> bool:
    """Whether all of the words stand among the others in the same order."""
    following = iter(others)
    return all(word in following for word in words)
