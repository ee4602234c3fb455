"""Lexicon files: ours under ``data/`` and the owner's, read into a :class:`~index.analysis.lexicon.Lexicon`.

What such a file may say: :mod:`index.analysis.lexicon_entries`. The owner's file is read last and wins.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.analysis.lexicon import Lexicon, LexiconError, Words
from index.analysis.lexicon_entries import Entry, read_entries
from index.analysis.wordlists import DATA
from index.messages import _, system_reason


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read the built-in lexicon and, over it, the owner's.

    :param path: the owner's file, or ``None``.
    :raises LexiconError: if the file is missing, is not UTF-8 or holds a line that cannot be read.
    """
    lexicon = Lexicon()
    for file in _built_in_files():
        lexicon = _Addition(lexicon, file.name, built_in=True).read(file.read_text(encoding="utf-8"))
    return lexicon if path is None else with_entries(lexicon, owner_text(path), str(path))


def built_in_entries() -> list[Entry]:
    """The lines of our lexicon, file by file."""
    return [
        entry
        for file in _built_in_files()
        for entry in read_entries(file.read_text(encoding="utf-8"), file.name, built_in=True)
    ]


def owner_text(path: Path) -> str:
    """The text of an owner's file.

    :raises LexiconError: if the file is missing or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(
            _(
                "{path}: leksikon tidak dapat dibuka ({error}); perbaiki pengaturan `lexicon`",
                path=path.absolute(),
                error=system_reason(error),
            )
        ) from error
    except UnicodeDecodeError as error:
        raise LexiconError(
            _("{path}: bita {byte} bukan UTF-8; simpan berkasnya sebagai UTF-8", path=path, byte=error.start)
        ) from error


def _built_in_files() -> list[Path]:
    return sorted(DATA.glob("*.txt"))


def with_entries(lexicon: Lexicon, content: str, name: str) -> Lexicon:
    """A lexicon with the entries of a file added and, where both speak of a word, winning.

    :param content: the file's text, in the syntax of :mod:`index.analysis.lexicon_entries`.
    :param name: how messages call it.
    :raises LexiconError: if a line cannot be read.
    """
    return _Addition(lexicon, name).read(content)


class _Addition:
    """A lexicon and the entries of one file, line by line."""

    def __init__(self, base: Lexicon, name: str, built_in: bool = False) -> None:
        self._base = base
        self._name = name
        self._built_in = built_in
        self._words = {
            "protect": set(base.protected),
            "roots": set(base.roots),
            "short roots": set(base.short_roots),
            "weak roots": set(base.weak_roots),
            "stop words": set(base.stop_words),
            "question words": set(base.question_words),
        }
        self._stems = dict(base.stems)
        self._synonyms = dict(base.synonyms)
        self._variants = dict(base.variants)
        self._acronyms = dict(base.acronyms)
        self._origins = dict(base.origins)
        self._own_acronyms: set[Words] = set()
        self._removed = set(base.removed)

    def read(self, content: str) -> Lexicon:
        for entry in read_entries(content, self._name, self._built_in):
            if entry.removes:
                self._remove(entry.section, entry.words)
            else:
                self._add(entry)
        return replace(
            self._base,
            protected=frozenset(self._words["protect"]),
            stems=self._stems,
            roots=frozenset(self._words["roots"]),
            short_roots=frozenset(self._words["short roots"]),
            weak_roots=frozenset(self._words["weak roots"]),
            stop_words=frozenset(self._words["stop words"]),
            question_words=frozenset(self._words["question words"]),
            synonyms=self._synonyms,
            variants=self._variants,
            acronyms=self._acronyms,
            removed=frozenset(self._removed),
            origins=self._origins,
        )

    def _add(self, entry: Entry) -> None:
        section, words = entry.section, entry.words
        word = " ".join(words)
        if section in self._words:
            self._words[section].add(word)
            if section == "protect":
                self._stems.pop(word, None)
        elif section == "stems":
            self._stems[word] = entry.others[0][0]
            self._words["protect"].discard(word)
        else:
            self._relate(entry)
        self._origins[section, word] = entry.origin

    def _relate(self, entry: Entry) -> None:
        words, others = entry.words, entry.others
        if entry.section == "acronyms":
            if words in self._own_acronyms:
                self._acronyms[words] += others
            else:
                self._own_acronyms.add(words)
                self._acronyms[words] = others
            return
        relation = self._synonyms if entry.section == "synonyms" else self._variants
        _lead(relation, words, others)
        if not entry.one_way:
            # What means the same as a word need not mean what others do that mean the same; what is one word
            # in several ways of writing is one word.
            group = (words, *others) if entry.section == "variants" else (words,)
            for other in others:
                _lead(relation, other, group)

    def _remove(self, section: str, words: Words) -> None:
        word = " ".join(words)
        self._removed.add((section, word))
        if section in self._words:
            self._words[section].discard(word)
        elif section == "stems":
            self._stems.pop(word, None)
        elif section == "synonyms":
            _part(self._synonyms, words)
            if words in self._variants:
                self._remove("variants", words)  # there is one list of what stands for a word to its owner
        elif section == "variants":
            _part(self._variants, words)
        else:
            self._acronyms.pop(words, None)
        self._origins.pop((section, word), None)


def _lead(relation: dict[Words, tuple[Words, ...]], words: Words, others: tuple[Words, ...]) -> None:
    """Let words lead to others too."""
    wanted = (other for other in (*relation.get(words, ()), *others) if other != words)
    relation[words] = tuple(dict.fromkeys(wanted))


def _part(relation: dict[Words, tuple[Words, ...]], words: Words) -> None:
    """Let words lead nowhere, and those that they led to not back to them."""
    for other in relation.pop(words, ()):
        if other in relation:
            relation[other] = tuple(each for each in relation[other] if each != words)
