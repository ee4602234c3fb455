"""Analyzer: a text -> its tokens with forms and stems; the words of an article, fast.

An index needs no offsets, and most of an article is words seen before: it is cut at what never stands in a
word, each piece is looked up in a bounded cache that knows its forms, each form in one that knows its stem,
and only unseen ones go through the tokenizer and the stemmer. No token spans a cut, so the words are the
tokenizer's own.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from operator import itemgetter
from typing import Any

from index.analysis.glued import has_seam, read_glued
from index.analysis.lexicon import Lexicon
from index.analysis.stemmer import Stemmer
from index.analysis.tokens import MAX_FORM, Token, has_currency, tokenize
from index.analysis.types import Analysis, Stream

VERSION = 13
"""Raised with every change of tokenizer or stemmer that changes what is indexed."""

_STEMS_KEPT = 1 << 18
MOST_STEMS = 200_000
"""Stems worth keeping for the next analyzer; room is left for new ones."""

_PIECES_KEPT = 400_000  # about 80 MB
MOST_PIECES = 300_000
"""Pieces of text worth keeping for the next analyzer; room is left for new ones."""

_NAMES_KEPT = 10_000
_LONGEST_KEPT = 48
_LEAST_KNOWN = 4
"""A part of a glued word tells it from a name if it is a root of at least so many letters."""

_SHORT_WORDS = frozenset(("di", "ke", "dan", "ini", "itu"))
"""Shorter ones that do; the owner's stop words may change without a rebuild."""

_ASIDE = "\0"
"""Before the form of a word that is to stand behind the text; no form holds it."""

_FORMS, _STEMS = itemgetter(0), itemgetter(1)

# What never stands in a token, as UTF-8: all of ASCII but letters, digits and these.
_INSIDE = frozenset(b"'`-.&")
_CUTS = bytes(c if c > 127 or chr(c).isalnum() or c in _INSIDE else 32 for c in range(256))
_WIDE_CUTS = tuple(sign.encode() for sign in "“”…—\u00a0")
# What stands at the edge of a piece without belonging to its token.
_EDGES = "'`-.&‘’–"


@dataclass(frozen=True, slots=True)
class TokenExplanation:
    """One token and why it has its stem.

    :param token: the word as written.
    :param form: its folded form.
    :param stem: its stem.
    :param start: offset of its first character.
    :param end: offset behind its last.
    :param why: the rule or lexicon line that decided the stem, in Indonesian.
    """

    token: str
    form: str
    stem: str
    start: int
    end: int
    why: str


class _Stems(dict[str, str]):
    """Form -> stem, worked out when first met; bounded by dropping what was not asked for lately."""

    def __init__(self, stemmer: Stemmer) -> None:
        super().__init__()
        self._stemmer = stemmer
        self._older: dict[str, str] = {}
        self._given = 0

    def __missing__(self, form: str) -> str:
        stem = self._older.get(form) or self._stemmer.stem(form).stem
        if len(self) >= _STEMS_KEPT:
            if self._older:
                self._given = 0  # they are among those that go now
            self._older = dict(self)
            self.clear()
        self[form] = stem
        return stem

    def give(self, stems: Mapping[str, str]) -> None:
        """Take up some stems."""
        anew = not self and not self._older
        self.update(islice(stems.items(), MOST_STEMS))
        self._given = len(self) if anew else 0

    def found(self) -> dict[str, str]:
        """What is in the cache beyond those that it was given at first."""
        return dict(islice({**self._older, **self}.items(), self._given, None))


Entry = tuple[str, str] | None
"""Forms and stems of a piece of text, each parted by blanks; ``None`` if it holds no token."""


class _Pieces(dict[str, Entry]):
    """Piece of text -> its entry, worked out when first met; emptied when full."""

    def __init__(self, analyzer: Analyzer, stems: _Stems) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._stems = stems
        self._given = 0

    def __missing__(self, piece: str) -> Entry:
        core = piece.strip(_EDGES)
        if core.isascii() and core.isalnum() and (core.islower() or not has_seam(core)) and _is_one(core):
            form = core.lower()  # what the tokenizer would say of nine pieces in ten, sooner
            # Equal words share one string: most of the time is spent waiting for memory.
            entry: Entry = sys.intern(form), sys.intern(self._stems[form])
        else:
            entry = self._entry(piece)
        if len(piece) <= _LONGEST_KEPT:
            if len(self) >= _PIECES_KEPT:
                self.clear()
                self._given = 0
            self[piece] = entry
        return entry

    def give(self, pieces: Mapping[str, Entry]) -> None:
        """Start anew with some pieces."""
        self.clear()
        self.update(islice(pieces.items(), MOST_PIECES))
        self._given = len(self)

    def found(self) -> dict[str, Entry]:
        """What is in the cache beyond those given."""
        return dict(islice(self.items(), self._given, None))

    def _entry(self, piece: str) -> Entry:
        stem = self._stems.__getitem__
        placed, aside = self._analyzer.tokens(piece)
        forms = [token.form for token in placed] + [_ASIDE + token.form for token in aside]
        stems = [stem(token.form) for token in placed] + [_ASIDE + stem(token.form) for token in aside]
        return (" ".join(forms), " ".join(stems)) if forms else None


def _is_one(word: str) -> bool:
    """Whether letters and digits are one token."""
    return len(word) <= MAX_FORM and (word.isalpha() or not has_currency(word))


class Analyzer:
    """Turns texts into tokens. Safe to share between threads; pickles without its caches.

    :param lexicon: corrections and protected words; the built-in lexicon by default.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = Lexicon.load() if lexicon is None else lexicon
        self._stemmer = Stemmer(self.lexicon)
        self._stems = _Stems(self._stemmer)
        self._pieces = _Pieces(self, self._stems)
        self._names: dict[str, Stream] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (Analyzer, (self.lexicon,))

    def export_cache(self) -> dict[str, str]:
        """The stems worked out beyond those given, form -> stem, for :meth:`import_cache`."""
        return self._stems.found()

    def import_cache(self, stems: Mapping[str, str]) -> None:
        """Start with stems that :meth:`export_cache` gave an analyzer of the same fingerprint."""
        self._stems.give(stems)

    def export_pieces(self) -> dict[str, Entry]:
        """What was worked out of pieces of text beyond those given, for :meth:`import_pieces`."""
        return {piece: entry for piece, entry in self._pieces.found().items() if piece.isascii()}

    def import_pieces(self, pieces: Mapping[str, Entry]) -> None:
        """Start with pieces of text that :meth:`export_pieces` gave an analyzer of the same fingerprint."""
        self._pieces.give(pieces)

    @property
    def fingerprint(self) -> str:
        """Changes whenever an index made with this analyzer must be rebuilt: 16 hexadecimal digits."""
        words = self.lexicon.stems_fingerprint
        parts = (str(VERSION), words, version("pysastrawi"), unicodedata.unidata_version)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()

    def analyze(self, text: str) -> Analysis:
        """Tokens of a text as somebody typed it, with their stems. A glued word is one token, as typed.

        :returns: never an empty form or stem; offsets are into ``text`` itself.
        """
        if text.isascii() and text.isalpha() and len(text) <= MAX_FORM:
            form = text.lower()  # the rule: readers' words come one by one
            return Analysis([form], [self._stems[form]], [0], [len(text)], [0])
        tokens = tokenize(text)
        forms = [token.form for token in tokens]
        return Analysis(
            forms,
            list(map(self._stems.__getitem__, forms)),
            [token.start for token in tokens],
            [token.end for token in tokens],
            list(range(len(forms))),
        )

    def tokens(self, text: str) -> tuple[list[Token], list[Token]]:
        """Tokens of an article's text: those in their places, and those that an index keeps behind the text.

        Of a glued word with an Indonesian word among its parts (``KeuanganSri``) the parts stand in its place
        and the whole behind the text; of one without (``WhatsApp``), the whole stands in its place. So
        phrases read what was meant, and all of them are found. Protected words have no parts.
        """
        tokens = tokenize(text)
        return read_glued(text, tokens, self._is_put_together) if has_seam(text) else (tokens, [])

    def stream(self, text: str) -> Stream:
        """What an index takes of an article's text: the forms of :meth:`tokens` with their stems."""
        entries = list(filter(None, map(self._pieces.__getitem__, _pieces(text))))
        forms, stems = " ".join(map(_FORMS, entries)), " ".join(map(_STEMS, entries))
        return Stream(_put_aside(forms), _put_aside(stems)) if _ASIDE in forms else Stream(forms, stems)

    def stream_of_names(self, text: str) -> Stream:
        """What an index takes of a text whose words are names: the stems are the forms."""
        words = self._names.get(text)
        if words is None:
            forms = " ".join(token.form for token in tokenize(text))
            words = Stream(forms, forms)
            if len(text) <= _LONGEST_KEPT:
                if len(self._names) >= _NAMES_KEPT:
                    self._names.clear()
                self._names[text] = words
        return words

    def stem(self, form: str) -> str:
        """The stem of one folded form."""
        return self._stems[form] if form else form

    def explain(self, text: str) -> list[TokenExplanation]:
        """What :meth:`analyze` makes of a text and why, token by token."""
        explanations = []
        for form, start, end in tokenize(text):
            stem, why = self._stemmer.stem(form)
            explanations.append(
                TokenExplanation(text[start:end], form, stem, start, end, self._use(form) or why)
            )
        return explanations

    def _use(self, form: str) -> str:
        """What the lexicon uses a word for that is its own stem, and the line that says so."""
        lexicon = self.lexicon
        if (form,) in lexicon.acronyms and self.stem(form) == form:
            return f"singkatan: {lexicon.origin('acronyms', form)}"
        for section, name, words in (
            ("stop words", "kata henti", lexicon.stop_words),
            ("question words", "kata tanya", lexicon.question_words),
        ):
            if form in words and self.stem(form) == form:
                return f"{name}: {lexicon.origin(section, form)}"
        return ""

    def _is_put_together(self, form: str, parts: Sequence[str]) -> bool | None:
        """Whether a glued word is words that lost a blank; ``None`` if it is a word like any other."""
        lexicon = self.lexicon
        if form in lexicon.protected:
            return None
        return any(
            part in _SHORT_WORDS or (len(part) >= _LEAST_KNOWN and self._stemmer.is_root(self.stem(part)))
            for part in parts
        )


def _pieces(text: str) -> list[str]:
    """The text cut at what never stands in a token."""
    # As bytes, because translating them takes a fiftieth of the time. A half surrogate pair is let through.
    data = text.encode("utf-8", "surrogatepass").translate(_CUTS)
    if not data.isascii():
        for cut in _WIDE_CUTS:
            data = data.replace(cut, b" ")
    return data.decode("utf-8", "surrogatepass").split()


def _put_aside(text: str) -> str:
    """The words with those behind that are to stand there."""
    before, *marked = text.split(_ASIDE)
    placed, aside = [before], []
    for part in marked:
        word, _, after = part.partition(" ")
        aside.append(word)
        placed.append(after)
    return f"{''.join(placed).rstrip()} {' '.join(aside)}"
