"""Text of a body that was cut into words, as corpora keep it: words, sentences, paragraphs of sentences."""

from __future__ import annotations

import re
from typing import Any

_WORD_NAMES = ("word", "token", "form", "text", "kata", "surface")
_FEWEST = 4
_BEFORE = re.compile(r"\s+([,.;:!?)\]}%”’»…]+)(?=\s|$)")
_BEHIND = re.compile(r"(?:(?<=\s)|^)([(\[{“‘«])\s+")
_QUOTED = re.compile(r'(^|\s)(["\'])\s+([^"\']*?)\s+\2(?=\s|$|[,.;:!?)])')


def sentence_of(value: Any) -> str:
    """The sentence that a list of words makes, ``""`` if it is no list of words.

    :param value: texts, or objects with the text under ``word``, ``token``, ``form``.
    """
    words = [_word(item) for item in value] if isinstance(value, list) else []
    if len(words) < _FEWEST or not all(words):
        return ""
    if any(isinstance(item, dict) and "type" in item for item in value):
        return ""
    if sum(" " not in word for word in words) < 0.9 * len(words):
        return ""
    return join_words(words)


def sentences_of(value: Any) -> str:
    """The paragraph that a list of lists of words, or a list of sentences within a list, makes."""
    if not isinstance(value, list) or not value:
        return ""
    parts = [sentence_of(item) or (_few(item)) for item in value]
    return " ".join(parts) if all(parts) and any(sentence_of(item) for item in value) else ""


def join_words(words: list[str]) -> str:
    """Words with blanks between them, but none before a comma or behind an opening bracket."""
    text = _BEHIND.sub(r"\1", _BEFORE.sub(r"\1", " ".join(words)))
    return _QUOTED.sub(r"\1\2\3\2", text)


def _few(value: Any) -> str:
    """A sentence of very few words."""
    words = [_word(item) for item in value] if isinstance(value, list) else []
    return join_words(words) if words and all(words) and len(words) < _FEWEST else ""


def _word(item: Any) -> str:
    if isinstance(item, str):
        return item.strip() if len(item) < 60 else ""
    if isinstance(item, dict):
        for name in _WORD_NAMES:
            if isinstance(word := item.get(name), str):
                return word.strip() if len(word) < 60 else ""
    return ""
