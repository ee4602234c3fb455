"""Lexicon: what is known about single words, ours (files in ``data/``) and the owner's.

A lexicon file is plain UTF-8 text. ``#`` begins a comment. A line in square brackets begins a section:

====================  =======================  ==============================================================
section               also called              entries, one a line
====================  =======================  ==============================================================
``[lindungi]``        ``[protect]``            a word that is its own stem: ``Balangan``
``[akar]``            ``[stems]``              word = stem: ``berikan = beri``
``[kata dasar]``      ``[roots]``              a root to stem towards: ``unggah`` for ``mengunggah``
``[kata henti]``      ``[stop words]``         a word that weighs nothing in a longer query
``[kata tanya]``      ``[question words]``     likewise, for questions
``[sinonim]``         ``[synonyms]``           word or words = others: ``rumah sakit = hospital, RS``
``[akronim]``         ``[acronyms]``           short form = long form: ``ASN = aparatur sipil negara``
====================  =======================  ==============================================================

Ours use two more: ``[akar pendek]`` (``[short roots]``), the roots of three letters that take affixes, and
``[akar lemah]`` (``[weak roots]``), roots that give way to any other reading of a word.

An entry that begins with ``-`` takes one of ours away: ``-yang`` under ``[kata henti]``, ``-PM`` under
``[akronim]``. The owner's file is read last and wins. Words are compared folded: case and diacritics do not
matter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from index.analysis.learned import LearnedLanguage
from index.analysis.tokens import tokenize
from index.analysis.wordlists import DATA
from index.messages import _

Words = tuple[str, ...]
"""A word or several in order, as forms."""

_BUILT_IN = "bawaan:"

_SECTIONS = {
    "lindungi": "protect",
    "protect": "protect",
    "akar": "stems",
    "stems": "stems",
    "kata dasar": "roots",
    "roots": "roots",
    "akar pendek": "short roots",
    "short roots": "short roots",
    "akar lemah": "weak roots",
    "weak roots": "weak roots",
    "kata henti": "stop words",
    "stop words": "stop words",
    "kata tanya": "question words",
    "question words": "question words",
    "sinonim": "synonyms",
    "synonyms": "synonyms",
    "akronim": "acronyms",
    "acronyms": "acronyms",
}
_INDONESIAN = {
    "protect": "lindungi",
    "stems": "akar",
    "roots": "kata dasar",
    "stop words": "kata henti",
    "question words": "kata tanya",
    "synonyms": "sinonim",
    "acronyms": "akronim",
}


_OF_QUESTIONS = frozenset(["stop words", "question words", "synonyms", "acronyms"])


class LexiconError(ValueError):
    """A lexicon file cannot be read; the message names file and line, what was found, what is expected."""


@dataclass(frozen=True)
class Lexicon:
    """Everything known about single words. Immutable; picklable.

    :param protected: forms that are their own stem.
    :param stems: form -> stem.
    :param roots: roots beside PySastrawi's list.
    :param short_roots: the roots of three letters that take affixes.
    :param weak_roots: roots that give way to any other reading of a word.
    :param stop_words: forms that weigh nothing in a longer query.
    :param question_words: forms that do so in questions.
    :param synonyms: words -> the words that may stand for them.
    :param acronyms: short form -> long forms, the dominant one first.
    :param names: words the archive showed to be names -> (times capitalised inside sentences, in lower case).
    :param removed: (section, word) that the owner took away, so that the archive does not bring it back.
    :param origins: (section, word) -> where the entry stands, ``file:line``.
    """

    protected: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)
    roots: frozenset[str] = frozenset()
    short_roots: frozenset[str] = frozenset()
    weak_roots: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    synonyms: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    acronyms: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    removed: frozenset[tuple[str, str]] = frozenset()
    origins: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def weightless(self) -> frozenset[str]:
        """Stop words and question words."""
        return self.stop_words | self.question_words

    @classmethod
    def load(cls, path: Path | None = None) -> Lexicon:
        """Read the built-in lexicon and, over it, the owner's.

        :param path: the owner's file, or ``None``.
        :raises LexiconError: if the file is missing, is not UTF-8 or holds a line that cannot be read.
        """
        lexicon = cls()
        for file in sorted(DATA.glob("*.txt")):
            lexicon = lexicon.extended(file.read_text(encoding="utf-8"), f"{_BUILT_IN}{file.name}")
        if path is None:
            return lexicon
        try:
            content = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise LexiconError(
                _(
                    "{path}: leksikon tidak dapat dibuka ({error}); perbaiki pengaturan `lexicon`",
                    path=path,
                    error=error.strerror,
                )
            ) from error
        except UnicodeDecodeError as error:
            raise LexiconError(
                _(
                    "{path}: bita {byte} bukan UTF-8; simpan berkasnya sebagai UTF-8",
                    path=path,
                    byte=error.start,
                )
            ) from error
        return lexicon.extended(content, str(path))

    def origin(self, section: str, word: str) -> str:
        """Where an entry stands, as ``file:line``.

        :param section: ``protect``, ``stems``, ``roots``, ``stop words``, ...
        """
        return self.origins.get((section, word), "")

    def extended(self, content: str, name: str) -> Lexicon:
        """This lexicon with the entries of a file added and, where both speak of a word, winning.

        :param content: the file's text, in the syntax above.
        :param name: how messages call it.
        :raises LexiconError: if a line cannot be read.
        """
        return _Reader(self, name).read(content)

    def with_learned(self, learned: LearnedLanguage) -> Lexicon:
        """This lexicon with what the archive taught, where neither the owner nor we speak of a word.

        Archives explain the unusual readings of an acronym, not those that everybody knows, so the built-in
        reading stands.
        """
        names = {
            form: seen
            for form, seen in learned.names.items()
            if not (form in self.stems or form in self.roots or ("protect", form) in self.removed)
        }
        acronyms = dict(self.acronyms)
        origins = dict(self.origins)
        for short, (long, count) in learned.acronyms.items():
            if (short,) not in acronyms and ("acronyms", short) not in self.removed:
                acronyms[(short,)] = (long,)
                origins["acronyms", short] = f"arsip: dijelaskan {count} kali"
        return replace(self, names=names, acronyms=acronyms, origins=origins)

    @property
    def fingerprint(self) -> str:
        """Changes whenever an entry changes."""
        return f"{self.stems_fingerprint} {self.questions_fingerprint}"

    @cached_property
    def stems_fingerprint(self) -> str:
        """Changes whenever a stem may, and with it what an index holds: 16 hexadecimal digits."""
        return _digest(
            sorted(self.protected),
            sorted(self.stems.items()),
            sorted(self.roots),
            sorted(self.short_roots),
            sorted(self.weak_roots),
            sorted(self.names),
            sorted(entry for entry in self.removed if entry[0] not in _OF_QUESTIONS),
        )

    @cached_property
    def questions_fingerprint(self) -> str:
        """Changes with the entries that only questions use: 16 hexadecimal digits."""
        return _digest(
            sorted(self.stop_words),
            sorted(self.question_words),
            sorted(self.synonyms.items()),
            sorted(self.acronyms.items()),
            sorted(entry for entry in self.removed if entry[0] in _OF_QUESTIONS),
        )


def _digest(*entries: object) -> str:
    return hashlib.blake2b(json.dumps(entries).encode(), digest_size=8).hexdigest()


class _Reader:
    """Reads one file over a lexicon."""

    def __init__(self, base: Lexicon, name: str) -> None:
        self._base = base
        self._name = name
        self._line = 0
        self._protected = set(base.protected)
        self._stems = dict(base.stems)
        self._words = {
            "roots": set(base.roots),
            "short roots": set(base.short_roots),
            "weak roots": set(base.weak_roots),
            "stop words": set(base.stop_words),
            "question words": set(base.question_words),
        }
        self._synonyms = dict(base.synonyms)
        self._acronyms = dict(base.acronyms)
        self._origins = dict(base.origins)
        self._own_acronyms: set[Words] = set()
        self._removed = set(base.removed)

    def read(self, content: str) -> Lexicon:
        section = ""
        for self._line, raw in enumerate(content.splitlines(), 1):
            line = raw.partition("#")[0].strip()
            if line.startswith("["):
                section = self._section(line)
            elif line and not section:
                raise self._error(line, _("bagian seperti [lindungi] sebelum isi yang pertama"))
            elif line.startswith("-"):
                self._remove(section, line[1:].strip())
            elif line:
                self._add(section, line)
        return replace(
            self._base,
            protected=frozenset(self._protected),
            stems=self._stems,
            roots=frozenset(self._words["roots"]),
            short_roots=frozenset(self._words["short roots"]),
            weak_roots=frozenset(self._words["weak roots"]),
            stop_words=frozenset(self._words["stop words"]),
            question_words=frozenset(self._words["question words"]),
            synonyms=self._synonyms,
            acronyms=self._acronyms,
            removed=frozenset(self._removed),
            origins=self._origins,
        )

    def _section(self, line: str) -> str:
        name = " ".join(line.strip("[]").lower().split())
        if not line.endswith("]") or name not in _SECTIONS:
            sections = ", ".join(f"[{section}]" for section in _INDONESIAN.values())
            raise self._error(line, _("salah satu bagian {sections}", sections=sections))
        return _SECTIONS[name]

    def _add(self, section: str, line: str) -> None:
        if section == "protect":
            word = self._word(line)
            self._protected.add(word)
            self._stems.pop(word, None)
        elif section in self._words:
            word = self._word(line)
            self._words[section].add(word)
        else:
            left, equals, right = line.partition("=")
            if not equals:
                example = _("{example!r}, dengan tanda sama dengan", example=_EXAMPLES[section])
                raise self._error(line, example)
            if section == "stems":
                word = self._word(left)
                self._stems[word] = self._word(right)
                self._protected.discard(word)
            else:
                words = self._forms(left)
                word = " ".join(words)
                self._relate(section, words, tuple(self._forms(part) for part in right.split(",")))
        self._origins[section, word] = f"{self._name}:{self._line}"

    def _relate(self, section: str, words: Words, others: tuple[Words, ...]) -> None:
        if section == "synonyms":
            self._synonyms[words] = tuple(dict.fromkeys((*self._synonyms.get(words, ()), *others)))
        elif words in self._own_acronyms:
            self._acronyms[words] += others
        else:
            self._own_acronyms.add(words)
            self._acronyms[words] = others

    def _remove(self, section: str, line: str) -> None:
        words = self._forms(line)
        word = " ".join(words)
        self._removed.add((section, word))
        if section == "protect":
            self._protected.discard(word)
        elif section == "stems":
            self._stems.pop(word, None)
        elif section == "synonyms":
            self._synonyms.pop(words, None)
        elif section == "acronyms":
            self._acronyms.pop(words, None)
        else:
            self._words[section].discard(word)
        self._origins.pop((section, word), None)

    def _forms(self, text: str) -> Words:
        forms = tuple(token.form for token in tokenize(text))
        if not forms:
            raise self._error(text.strip(), _("sebuah kata"))
        return forms

    def _word(self, text: str) -> str:
        forms = self._forms(text)
        if len(forms) > 1:
            raise self._error(text.strip(), _("satu kata"))
        return forms[0]

    def _error(self, found: str, expected: str) -> LexiconError:
        place = f"{self._name}:{self._line}"
        return LexiconError(
            _("{place}: ada {found!r}; seharusnya {expected}", place=place, found=found, expected=expected)
        )


_EXAMPLES = {
    "stems": "berikan = beri",
    "synonyms": "rumah sakit = RS",
    "acronyms": "ASN = aparatur sipil negara",
}
