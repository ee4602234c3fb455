"""Lexicon files: ours under ``data/`` and the owner's, read into a :class:`~index.analysis.lexicon.Lexicon`.

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
``[varian]``          ``[variants]``           words written otherwise: ``walikota = wali kota``
``[akronim]``         ``[acronyms]``           short form = long form: ``ASN = aparatur sipil negara``
====================  =======================  ==============================================================

``=`` goes both ways: each side is found by asking for the other. ``=>`` goes one way, under ``[sinonim]`` and
``[varian]``: who asks for what stands before it also finds what stands behind it.

Ours use two more: ``[akar pendek]`` (``[short roots]``), the roots of three letters that take affixes, and
``[akar lemah]`` (``[weak roots]``), roots that give way to any other reading of a word.

An entry that begins with ``-`` takes one of ours away: ``-yang`` under ``[kata henti]``, ``-PM`` under
``[akronim]``. The owner's file is read last and wins. Words are compared
folded: case and diacritics do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from index.analysis.lexicon import Lexicon, LexiconError, Origin, Words
from index.analysis.tokens import MAX_FORM, tokenize
from index.analysis.wordlists import DATA
from index.messages import _, number, system_reason

SECTIONS = {
    "protect": "lindungi",
    "stems": "akar",
    "roots": "kata dasar",
    "stop words": "kata henti",
    "question words": "kata tanya",
    "synonyms": "sinonim",
    "variants": "varian",
    "acronyms": "akronim",
}
"""The sections of an owner's file: English name -> Indonesian name."""

WORDS_ALONE = frozenset(
    ["protect", "roots", "short roots", "weak roots", "stop words", "question words"],
)
"""Sections whose entries are single words, with nothing behind them."""

_OUR_SECTIONS = {"short roots": "akar pendek", "weak roots": "akar lemah"}
_BY_NAME = {
    name: section
    for section, indonesian in (SECTIONS | _OUR_SECTIONS).items()
    for name in (indonesian, section)
}
_EXAMPLES = {
    "stems": "berikan = beri",
    "synonyms": "rumah sakit = RS",
    "variants": "walikota = wali kota",
    "acronyms": "ASN = aparatur sipil negara",
}

_MOST_ERRORS = 20
"""Mistakes of a file that are told one by one."""


class Entry(NamedTuple):
    """A line of a lexicon file.

    :param section: by its English name.
    :param words: what it speaks of, folded.
    :param others: what stands behind ``=`` or ``=>``, folded; nothing in the sections of single words.
    :param one_way: whether the others are not to lead back.
    :param removes: whether it takes an entry away.
    :param origin: where it stands.
    :param text: the line without its comment.
    """

    section: str
    words: Words
    others: tuple[Words, ...]
    one_way: bool
    removes: bool
    origin: Origin
    text: str


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read the built-in lexicon and, over it, the owner's.

    :param path: the owner's file, or ``None``.
    :raises LexiconError: if the file is missing, is not UTF-8 or holds a line that cannot be read.
    """
    return _built_in() if path is None else with_entries(_built_in(), owner_text(path), str(path))


@cache
def _built_in() -> Lexicon:
    lexicon = Lexicon()
    for _file, entries in groupby(built_in_entries(), lambda entry: entry.origin.file):
        lexicon = _Addition(lexicon).with_all(entries)
    return lexicon


@cache
def built_in_entries() -> tuple[Entry, ...]:
    """The lines of our lexicon, file by file."""
    return tuple(
        entry
        for file in sorted(DATA.glob("*.txt"))
        for entry in read_entries(file.read_text(encoding="utf-8"), file.name, built_in=True)
    )


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


def with_entries(lexicon: Lexicon, content: str, name: str) -> Lexicon:
    """A lexicon with the entries of a file added and, where both speak of a word, winning.

    :param content: the file's text, in the syntax of this module's docstring.
    :param name: how messages call it.
    :raises LexiconError: if a line cannot be read.
    """
    return _Addition(lexicon).with_all(read_entries(content, name))


def section_named(name: str) -> str | None:
    """The English name of the section that is called so, in either language; ``None`` if there is none."""
    return _BY_NAME.get(" ".join(name.lower().split()))


def read_entries(content: str, name: str, built_in: bool = False) -> list[Entry]:
    """The entries of a lexicon file, in its order.

    :param name: how messages call it.
    :raises LexiconError: if a line cannot be read; all that cannot are told.
    """
    entries: list[Entry] = []
    errors: list[LexiconError] = []
    section: str | None = ""
    for line, raw in enumerate(content.splitlines(), 1):
        text = raw.partition("#")[0].strip()
        try:
            if text.startswith("["):
                section = None  # what stands below a name that is not known says nothing by itself
                section = _section(text, f"{name}:{line}")
            elif text and section is not None:
                entries.append(read_entry(text, section, Origin(name, line, built_in)))
        except LexiconError as error:
            errors.append(error)
    if errors:
        raise all_of(errors)
    return entries


def read_entry(text: str, section: str, origin: Origin) -> Entry:
    """One line that stands in a section.

    :param text: without comment.
    :param section: by its English name.
    :raises LexiconError: if it cannot be read.
    """
    place = f"{origin.file}:{origin.line}" if origin.line else origin.file
    if not section:
        raise _error(place, text, _("bagian seperti [lindungi] sebelum isi yang pertama"))
    if text.startswith("-"):
        return Entry(section, _forms(text[1:], place), (), False, True, origin, text)
    if section in WORDS_ALONE:
        return Entry(section, _word(text, place), (), False, False, origin, text)
    one_way = "=>" in text
    left, sign, right = text.partition("=>" if one_way else "=")
    if not sign:
        example = _EXAMPLES[section]
        raise _error(place, text, _("{example!r}, dengan tanda sama dengan", example=example))
    if "=" in left or "=" in right:
        raise _error(place, text, _("satu tanda = atau => saja"))
    if section == "stems":
        return Entry(section, _word(left, place), (_word(right, place),), True, False, origin, text)
    if one_way and section == "acronyms":
        raise _error(place, text, _("tanda =, sebab akronim berlaku dua arah; yang satu arah ialah sinonim"))
    others = tuple(_forms(part, place) for part in right.split(","))
    return Entry(section, _forms(left, place), others, one_way, False, origin, text)


def all_of(errors: list[LexiconError]) -> LexiconError:
    """All mistakes as one, each on a line of its own."""
    lines = list(map(str, errors[:_MOST_ERRORS]))
    if (more := len(errors) - len(lines)) > 0:
        lines.append(_("... dan {count} baris lain", count=number(more)))
    return LexiconError("\n".join(lines))


def _section(text: str, place: str) -> str:
    section = section_named(text.strip("[]"))
    if section is None or not text.endswith("]"):
        sections = ", ".join(f"[{name}]" for name in SECTIONS.values())
        raise _error(place, text, _("salah satu bagian {sections}", sections=sections))
    return section


def _forms(text: str, place: str) -> Words:
    words = text.split()
    if text.isascii() and all(word.isalpha() and word.islower() and len(word) <= MAX_FORM for word in words):
        forms = tuple(words)  # as the tokenizer would say, and nearly all of our lines
    else:
        forms = tuple(token.form for token in tokenize(text))
    if not forms:
        raise _error(place, text.strip(), _("sebuah kata"))
    return forms


def _word(text: str, place: str) -> Words:
    forms = _forms(text, place)
    if len(forms) > 1:
        raise _error(place, text.strip(), _("satu kata"))
    return forms


def _error(place: str, found: str, expected: str) -> LexiconError:
    return LexiconError(
        _("{place}: ada {found!r}; seharusnya {expected}", place=place, found=found, expected=expected)
    )


class _Addition:
    """A lexicon and the entries of one file, line by line."""

    def __init__(self, base: Lexicon) -> None:
        self._base = base
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

    def with_all(self, entries: Iterable[Entry]) -> Lexicon:
        for entry in entries:
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
