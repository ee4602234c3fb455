"""What the name of a column or key says: the words it is made of, and the field that they name together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from index.sources.encoding import clean
from index.sources.fields.vocabulary import (
    CLOCK,
    EVENTS,
    EXCERPT,
    LATE_PHRASES,
    NAMES,
    PAIRS,
    PHRASES,
    SILENT,
    SITE,
    WORDS,
    WRITING,
    Role,
    Word,
)

_LONGEST_NAME, _LONGEST_TOKEN, _MOST_KEPT = 400, 40, 4096
_TOKEN = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
_NAMING = frozenset({"nama", "name", "code"})  # of whom, it is not said
_SHORT_WORDS = frozenset({"id", "at", "by", "og", "wp", "dc"})

# Ranks, the lowest of a field wins; see the weights of the vocabulary for what makes a difference of a few.
_PLAIN_DAY, _EVENT_ALONE, _LATE = 10, 5, 3
_PAIRED, _AGENT_RANK, _UNSURE, _EXCERPT_RANK = 10, 30, 50, 100


class Meaning(NamedTuple):
    """What a name says.

    :param field: of a document, :data:`~index.sources.fields.vocabulary.EXCERPT` or
        :data:`~index.sources.fields.vocabulary.SITE`, or ``""``.
    :param rank: among the names of a field the lowest is taken.
    :param is_silent: the name says nothing, neither a field nor anything else: values may decide.
    """

    field: str = ""
    rank: int = 0
    is_silent: bool = False


_SAYS_NOTHING = Meaning(is_silent=True)
_SOMETHING_ELSE = Meaning()


def meaning(name: str) -> Meaning:
    """What a name says, whatever its case and whatever joins its words.

    >>> meaning("wp:post_date").field, meaning("judulBerita").field, meaning("image_url").field
    ('published', 'title', '')
    """
    return _meaning_kept(name) if len(name) <= _LONGEST_TOKEN else _meaning(name[:_LONGEST_NAME])


def known_field(name: str) -> str | None:
    """The document's field that a column or key is named for, or ``None``."""
    field = meaning(name).field
    return field if field in NAMES else None


def words_of(name: str) -> list[str]:
    """The words of a name in lower case: those joined by signs, by capitals, or by nothing at all."""
    words: list[str] = []
    for token in _TOKEN.findall(clean(name)):
        lower = token.lower()
        words += [lower] if lower in WORDS or lower in PHRASES else _parted(lower)
    return words


def _known(word: str) -> str:
    """The word, or its singular, if the vocabulary has it; else ``""``."""
    if word in WORDS:
        return word
    singular = word.removesuffix("s")
    return singular if singular != word and len(singular) > 2 and singular in WORDS else ""


@lru_cache(_MOST_KEPT)
def _parted(token: str) -> list[str]:
    """``tanggalterbit`` as its words; itself if it is not made of known ones throughout."""
    if known := _known(token):
        return [known]
    if not token.isalpha() or not 5 <= len(token) <= _LONGEST_TOKEN:
        return [token]
    # For each end of a beginning the fewest words that make it.
    ways: dict[int, list[str]] = {0: []}
    for end in range(2, len(token) + 1):
        for start in sorted(ways):
            piece = token[start:end]
            if start >= end - 1 or (len(piece) < 3 and piece not in _SHORT_WORDS):
                continue
            known = _known(piece)
            if known and (end not in ways or len(ways[start]) + 1 < len(ways[end])):
                ways[end] = [*ways[start], known]
    found = ways.get(len(token), [])
    tells = any(WORDS[word].role not in (Role.DECORATION, Role.SUBJECT) for word in found)
    return found if tells else [token]


def _meaning(name: str) -> Meaning:
    words = words_of(name)
    if field := PHRASES.get("".join(words)):
        return Meaning(field, 1)
    if field := LATE_PHRASES.get("".join(words)):
        return Meaning(field, _EXCERPT_RANK)
    numbers = [int(word[:3]) for word in words if word.isdecimal()]
    words = [word for word in words if not word.isdecimal()]
    if all(map(_is_silent, words)) and not _NAMING.intersection(words):
        return _SAYS_NOTHING
    found = _of_words(words)
    if not found.field or not numbers:
        return found
    return found._replace(rank=found.rank + 2 * min(numbers[0], 9))


def _is_silent(word: str) -> bool:
    return word in SILENT or word not in WORDS or WORDS[word].role is Role.DECORATION


_meaning_kept = lru_cache(_MOST_KEPT)(_meaning)


def _of_words(words: list[str]) -> Meaning:
    known = [(word, WORDS[word]) for word in words if word in WORDS]
    unknown = [word for word in words if word not in WORDS and len(word) > 1]
    if any(each.role is Role.AGENT for _, each in known):
        return _of_agent(words, known)
    if "id" in words and any(
        each.field in ("title", "lang") or word in ("isi", "teks") for word, each in known
    ):
        known = [(word, Word(Role.DECORATION, weight=1) if word == "id" else each) for word, each in known]
    heads = [each for _, each in known if each.role is Role.HEAD]
    has_date = any(each.field == "published" for each in heads)
    if any(each.role is Role.OTHER and not (has_date and word in CLOCK) for word, each in known):
        return _SOMETHING_ELSE
    yielding = [each for _, each in known if each.role is Role.YIELDING]
    if any(each.role is Role.EXCERPT for _, each in known):
        only_text = {each.field for each in (*heads, *yielding)} <= {"body"}
        return Meaning(EXCERPT, _EXCERPT_RANK + _weights(known, "")) if only_text else _SOMETHING_ELSE
    if not heads:
        heads = yielding
    if not heads:
        return _without_head(known, unknown)
    field, rank = _head_of(heads)
    if field in ("url", "body") and "media" in words:
        return _SOMETHING_ELSE  # its pictures and films
    if not field or (unknown and field in ("id", "published")):
        return _SOMETHING_ELSE
    if field == "url" and any(each.field == "source" for each in (*heads, *yielding)):
        field = SITE
    rank += _day_rank(words) if field == "published" else 0
    return Meaning(field, rank + _UNSURE * bool(unknown) + _weights(known, field))


def _head_of(heads: list[Word]) -> tuple[str, int]:
    """The one field that some heads name, and its rank; ``""`` if they name something of another thing."""
    fields = frozenset(head.field for head in heads)
    if len(fields) == 1:
        return heads[0].field, min(head.weight for head in heads)
    if fields == {"body", "source"}:
        head = heads[0] if heads[0].indonesian else heads[-1]
        return head.field, head.weight + _PAIRED
    if fields == {"url", "source"}:
        return "url", 0
    field = PAIRS.get(fields, "")
    return field, _PAIRED + min((head.weight for head in heads if head.field == field), default=0)


def _without_head(known: list[tuple[str, Word]], unknown: list[str]) -> Meaning:
    """What subjects, events and decorations alone say."""
    words = [word for word, _ in known]
    if any(each.role is Role.EVENT for _, each in known):
        if unknown:
            return _SOMETHING_ELSE
        return Meaning("published", _day_rank(words) + _EVENT_ALONE + _weights(known, "published"))
    wholes = [each for _, each in known if each.role is Role.WHOLE]
    if not wholes:
        return _SOMETHING_ELSE
    if "nama" in words or "name" in words:
        return Meaning("title", _UNSURE)
    return _SAYS_NOTHING if unknown else Meaning("body", wholes[0].weight + _weights(known, "body"))


def _of_agent(words: list[str], known: list[tuple[str, Word]]) -> Meaning:
    """By whom something was done, or a head that needs none."""
    done = next((WRITING[word] for word in words if word in WRITING), "")
    if done:
        return Meaning(done, _AGENT_RANK)
    if len(words) == 1:
        return Meaning("author", _AGENT_RANK - 1)
    heads = {each.field for _, each in known if each.role is Role.HEAD}
    field = heads.pop() if len(heads) == 1 else ""
    return Meaning(field, _AGENT_RANK) if field in ("author", "editor", "source") else _SOMETHING_ELSE


def _day_rank(words: Iterable[str]) -> int:
    return min((EVENTS[word] for word in words if word in EVENTS), default=_PLAIN_DAY)


def _weights(known: list[tuple[str, Word]], field: str) -> int:
    """What decorations make of a rank; that something is whole counts only of a text."""
    weights = (each.weight for _, each in known if each.role is Role.DECORATION)
    return sum(weight for weight in weights if weight > 0 or field == "body")
