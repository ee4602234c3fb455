"""A word that somebody is still typing: where no article has it, all words that begin so are meant."""

from __future__ import annotations

from msgspec.structs import replace

from index.engines.base import Reader
from index.query import TextField
from search.opened.snapshot import Snapshot
from search.query.syntax import ParsedQuery, Pattern, Word

_SHORTEST = 2
"""Letters from which on a beginning says anything."""

_FORMS = (TextField.TITLE_EXACT, TextField.BODY_EXACT, TextField.SOURCE, TextField.PLACE, TextField.AUTHOR)
_STEMS = (TextField.TITLE, TextField.BODY)


def with_unfinished_word(parsed: ParsedQuery, snapshot: Snapshot) -> ParsedQuery:
    """A query whose last word stands for all that begin so, if nothing is behind it and no article has it."""
    wanted = parsed.root.wanted
    last = wanted[-1] if wanted else None
    if not isinstance(last, Word) or last.end != len(parsed.text) or not last.text.isalnum():
        return parsed
    analysis = snapshot.analyzer.analyze(last.text)
    if len(analysis.forms) != 1 or len(analysis.forms[0]) < _SHORTEST:
        return parsed
    form, stem, reader = analysis.forms[0], analysis.stems[0], snapshot.reader
    if _is_there(reader, form, stem) or not _begins(reader, form):
        return parsed
    pattern = Pattern(f"{last.text}*", last.start, last.end)
    return replace(parsed, root=replace(parsed.root, wanted=(*wanted[:-1], pattern)))


def _is_there(reader: Reader, form: str, stem: str) -> bool:
    there = [(field, form) for field in _FORMS] + [(field, stem) for field in _STEMS]
    return any(reader.document_frequency(field, text) for field, text in there)


def _begins(reader: Reader, start: str) -> bool:
    return any(next(reader.terms(field, start), None) is not None for field in _FORMS)
