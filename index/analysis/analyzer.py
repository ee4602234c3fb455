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
from collections.abc import Container, Mapping
from functools import lru_cache
from importlib.metadata import version
from itertools import accumulate, islice, pairwise
from typing import Any

from msgspec import Struct

from index.analysis.glued import has_seam, parts_of
from index.analysis.lexicon import Lexicon
from index.analysis.old_spelling import OldSpelling
from index.analysis.stemmer import Rule, Stem, Stemmer
from index.analysis.tokens import MAX_FORM, Token, form_of, has_currency, joined, tokenize
from index.analysis.two_readings import TwoReadings
from index.analysis.types import Analysis, Stream
from index.analysis.wordlists import word_class

VERSION = 15
"""Raised with every change of tokenizer, stemmer or word lists that changes what is indexed."""

_STEMS_KEPT = 1 << 18
MOST_STEMS = 200_000
"""Stems worth keeping for the next analyzer; room is left for new ones."""

_PIECES_KEPT = 1 << 17
MOST_PIECES = 110_000
"""Pieces of text worth keeping for the next analyzer; room is left for new ones."""

_NAMES_KEPT = 10_000
_LONGEST_KEPT = 48
_LEAST_KNOWN = 4
"""Letters of the shortest root that tells a glued word from a name if it is a part of it."""

_SHORT_PARTS = frozenset(word_class("glued words"))
"""Shorter words that tell a glued word from a name. No stop words: an owner may change these at any time."""

_APPENDED = "\0"
"""Before the form of a word that is to stand behind the text; no form holds it."""

# What never stands in a token, as UTF-8: all of ASCII but letters, digits and these.
_INSIDE = frozenset(b"'`-.&")
_CUTS = bytes(c if c > 127 or chr(c).isalnum() or c in _INSIDE else 32 for c in range(256))
_WIDE_CUTS = tuple(sign.encode() for sign in "“”…—\u00a0")
# What stands at the edge of a piece without belonging to its token.
_EDGES = "'`-.&‘’–"


class TokenExplanation(Struct, frozen=True):
    """One token and why it has its stem.

    :param written: the word as written.
    :param form: its folded form.
    :param start: offset of its first character.
    :param end: offset behind its last.
    :param stem: its stem and what decided it.
    """

    written: str
    form: str
    start: int
    end: int
    stem: Stem


# The two caches below are dicts, because a look into one takes a third of a call of functools.lru_cache, and
# because what they hold is kept with the index.


class _Stems(dict[str, str]):
    """Form -> stem, worked out when first met; bounded by dropping what was not asked for lately."""

    def __init__(self, stemmer: Stemmer) -> None:
        super().__init__()
        self._stemmer = stemmer
        self._older: dict[str, str] = {}
        self._loaded = 0

    def __missing__(self, form: str) -> str:
        stem = self._older.get(form) or self._stemmer.stem(form).stem
        if stem == form:
            stem = form  # one string for both
        if len(self) >= _STEMS_KEPT:
            if self._older:
                self._loaded = 0  # they are among those that go now
            self._older = dict(self)
            self.clear()
        self[form] = stem
        return stem

    def load(self, stems: Mapping[str, str]) -> None:
        """Take up some stems."""
        anew = not self and not self._older
        self.update(islice(stems.items(), MOST_STEMS))
        self._loaded = len(self) if anew else 0

    def worked_out(self) -> dict[str, str]:
        """What is in the cache beyond those that were loaded at first."""
        return dict(islice({**self._older, **self}.items(), self._loaded, None))


PieceWords = tuple[str, str] | None
"""Forms and stems of a piece of text, each parted by blanks; ``None`` if it holds no token."""


class _Pieces(dict[str, PieceWords]):
    """Piece of text -> its words, worked out when first met; emptied when full."""

    def __init__(self, cutter: _Cutter, stems: _Stems) -> None:
        super().__init__()
        self._cutter = cutter
        self._stems = stems
        self._loaded = 0

    def __missing__(self, piece: str) -> PieceWords:
        core = piece.strip(_EDGES)
        is_plain = core.isalpha() and core.islower()
        if core.isascii() and core.isalnum() and (is_plain or not has_seam(core)) and _is_one(core):
            # What the tokenizer would say of nine pieces in ten, sooner. Equal words share one string: most
            # of the time is spent waiting for memory.
            form = sys.intern(core.lower())
            words: PieceWords = form, sys.intern(self._stems[form])
            if piece == form:
                piece = form
        else:
            words = self._words(piece)
        if len(piece) <= _LONGEST_KEPT:
            if len(self) >= _PIECES_KEPT:
                self.clear()
                self._loaded = 0
            self[piece] = words
        return words

    def load(self, pieces: Mapping[str, PieceWords]) -> None:
        """Start anew with some pieces."""
        self.clear()
        self.update(islice(pieces.items(), MOST_PIECES))
        self._loaded = len(self)

    def worked_out(self) -> dict[str, PieceWords]:
        """What is in the cache beyond those that were loaded."""
        return dict(islice(self.items(), self._loaded, None))

    def _words(self, piece: str) -> PieceWords:
        stem = self._stems.__getitem__
        if forms := _parted(piece):
            return " ".join(forms), " ".join(map(stem, forms))
        in_place, appended = self._cutter.tokens(piece)
        forms = [token.form for token in in_place] + [_APPENDED + token.form for token in appended]
        stems = [stem(token.form) for token in in_place] + [
            _APPENDED + stem(token.form) for token in appended
        ]
        return (" ".join(forms), " ".join(stems)) if forms else None


class _Cutter:
    """Cuts texts as :meth:`Analyzer.tokens` says."""

    def __init__(self, protected: Container[str], stems: _Stems, known: Container[str]) -> None:
        self._protected = protected
        self._stems = stems
        self._known = known

    def tokens(self, text: str) -> tuple[list[Token], list[Token]]:
        tokens = tokenize(text)
        if not has_seam(text):
            return tokens, []
        in_place: list[Token] = []
        appended: list[Token] = []
        for token in tokens:
            parts = self._parts(token, text[token.start : token.end])
            if any(self._is_word(part.form) for part in parts) and not parts[-1].form.isdigit():
                in_place += parts
                appended.append(token)
            else:
                in_place.append(token)
                appended += parts
        return in_place, appended

    def _parts(self, token: Token, written: str) -> list[Token]:
        """The parts of a glued word; none if it is a word like any other."""
        parts = parts_of(written) if written.isalnum() else []
        if len(parts) < 2 or token.form in self._protected:
            return []
        cuts = accumulate(map(len, parts), initial=token.start)
        return [
            Token(form_of(part), start, end) for part, (start, end) in zip(parts, pairwise(cuts), strict=True)
        ]

    def _is_word(self, part: str) -> bool:
        """Whether a part of a glued word tells that it lost a blank."""
        return part in _SHORT_PARTS or (len(part) >= _LEAST_KNOWN and self._stems[part] in self._known)


def _parted(piece: str) -> list[str]:
    """The forms of numbers in groups, of words parted by a full stop, and of words with hyphens:
    ``Rp2.500.000``, ``lain.Pasukan``, ``anak-anak``. Most pieces that are not one word are that. What the
    tokenizer would say, sooner.

    :returns: none if it has to be asked.
    """
    core = piece.strip(_EDGES)
    if not core.isascii() or has_seam(core):
        return []
    if "-" in core:
        words = core.lower().split("-")
        return joined(words) if all(map(str.isalnum, words)) and all(map(_is_one, words)) else []
    first, *others = core.split(".")
    if (currency := first[:2].lower()) == "rp" and first[2:].isdigit():
        parts = [currency, first[2:], *others]
    else:
        parts = [first, *others]
    for part in parts:
        if not part.isalnum() or not _is_one(part) or (len(part) == 1 and part.isalpha()):
            return []
    return [part.lower() for part in parts]


def _is_one(word: str) -> bool:
    """Whether letters and digits are one token."""
    return len(word) <= MAX_FORM and (word.isalpha() or not has_currency(word))


class Analyzer:
    """Turns texts into tokens. Safe to share between threads; pickles without its caches.

    :param lexicon: corrections and protected words.

    ``old_spelling`` tells and reads articles that were printed in one; ``two_readings`` knows the words that
    may be of another root than the one that they are indexed under.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._stemmer = Stemmer(lexicon)
        self._stems = _Stems(self._stemmer)
        self._cutter = _Cutter(lexicon.protected, self._stems, self._stemmer.roots.known)
        # No part knows the whole, which so goes with its last user.
        self._pieces = _Pieces(self._cutter, self._stems)
        self.old_spelling = OldSpelling(self._stems.__getitem__, self._stemmer.roots.living)
        self.two_readings = TwoReadings(self._stems.__getitem__, self._stemmer.roots)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Analyzer, (self.lexicon,))

    def export_cache(self) -> dict[str, str]:
        """The stems worked out beyond those loaded, form -> stem, for :meth:`import_cache`."""
        return self._stems.worked_out()

    def import_cache(self, stems: Mapping[str, str]) -> None:
        """Start with stems that :meth:`export_cache` gave an analyzer of the same fingerprint."""
        self._stems.load(stems)

    def export_pieces(self) -> dict[str, PieceWords]:
        """What was worked out of pieces of text beyond those loaded, for :meth:`import_pieces`."""
        return {piece: words for piece, words in self._pieces.worked_out().items() if piece.isascii()}

    def import_pieces(self, pieces: Mapping[str, PieceWords]) -> None:
        """Start with pieces of text that :meth:`export_pieces` gave an analyzer of the same fingerprint."""
        self._pieces.load(pieces)

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
        """Tokens of an article's text: those in their places, and those that an index appends to the text.

        Of a glued word with an Indonesian word among its parts (``KeuanganSri``) the parts stand in its place
        and the whole behind the text; of one without (``WhatsApp``), the whole stands in its place. So
        phrases read what was meant, and all of them are found. Protected words have no parts.

        :returns: both in the order of the text.
        """
        return self._cutter.tokens(text)

    def stream(self, text: str) -> Stream:
        """What an index takes of an article's text: the forms of :meth:`tokens` with their stems."""
        words = [*filter(None, map(self._pieces.__getitem__, _pieces(text)))]
        forms, stems = map(" ".join, zip(*words, strict=True)) if words else ("", "")
        if _APPENDED in forms:
            forms, stems = _append_marked(forms), _append_marked(stems)
        return Stream(forms, stems)

    def streams(self, *texts: str) -> tuple[Stream, ...]:
        """What an index takes of the texts of one article, each as :meth:`stream` says.

        Of an article in old spelling the words of today stand in the places, so that its stems are today's,
        and behind them all forms as they are printed, so that phrases of both are found.
        """
        return tuple(map(self._in_both if self.old_spelling.is_old(*texts) else self.stream, texts))

    def _in_both(self, text: str) -> Stream:
        printed, today = self.stream(text), self.stream(self.old_spelling.today(text).text)
        if printed == today:
            return today
        known = set(today.stems)
        others = [stem for stem in printed.stems if stem not in known]
        return Stream(f"{today.form_text} {printed.form_text}", " ".join([today.stem_text, *others]))

    def stream_of_names(self, text: str) -> Stream:
        """What an index takes of a text whose words are names: the stems are the forms."""
        return _names(text) if len(text) <= _LONGEST_KEPT else _names.__wrapped__(text)

    def stem(self, form: str) -> str:
        """The stem of one folded form."""
        return self._stems[form] if form else form

    def is_root(self, word: str) -> bool:
        """Whether a folded word is an Indonesian root."""
        return word in self._stemmer.roots.known

    def explain(self, text: str) -> list[TokenExplanation]:
        """What :meth:`analyze` makes of a text and why, token by token."""
        return [
            TokenExplanation(text[start:end], form, start, end, self._use(form) or self._stemmer.stem(form))
            for form, start, end in tokenize(text)
        ]

    def _use(self, form: str) -> Stem | None:
        """The stem of a word that is its own and that the lexicon speaks of for other reasons."""
        lexicon = self.lexicon
        for section, rule, is_known in (
            ("acronyms", Rule.ACRONYM, (form,) in lexicon.acronyms),
            ("stop words", Rule.STOP_WORD, form in lexicon.stop_words),
            ("question words", Rule.QUESTION_WORD, form in lexicon.question_words),
        ):
            if is_known and self.stem(form) == form:
                return Stem(form, rule, origin=lexicon.origins.get((section, form)))
        return None


@lru_cache(_NAMES_KEPT)
def _names(text: str) -> Stream:
    forms = " ".join(token.form for token in tokenize(text))
    return Stream(forms, forms)


def _pieces(text: str) -> list[str]:
    """The text cut at what never stands in a token."""
    # As bytes, because translating them takes a fiftieth of the time. A half surrogate pair is let through.
    data = text.encode("utf-8", "surrogatepass").translate(_CUTS)
    if not data.isascii():
        for cut in _WIDE_CUTS:
            data = data.replace(cut, b" ")
    return data.decode("utf-8", "surrogatepass").split()


def _append_marked(text: str) -> str:
    """The words with those behind that are to stand there."""
    before, *marked = text.split(_APPENDED)
    in_place, appended = [before], []
    for part in marked:
        word, _, after = part.partition(" ")
        appended.append(word)
        in_place.append(after)
    return f"{''.join(in_place).rstrip()} {' '.join(appended)}"
