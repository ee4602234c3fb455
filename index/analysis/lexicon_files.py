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
``[varian]``          ``[variants]``           words written otherwise, both ways: ``walikota = wali kota``
``[akronim]``         ``[acronyms]``           short form = long form: ``ASN = aparatur sipil negara``
====================  =======================  ==============================================================

Ours use two more: ``[akar pendek]`` (``[short roots]``), the roots of three letters that take affixes, and
``[akar lemah]`` (``[weak roots]``), roots that give way to any other reading of a word.

An entry that begins with ``-`` takes one of ours away: ``-yang`` under ``[kata henti]``, ``-PM`` under
``[akronim]``. The owner's file is read last and wins. Words are compared folded: case and diacritics do not
matter.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.analysis.lexicon import Lexicon, LexiconError, Origin, Words
from index.analysis.tokens import tokenize
from index.analysis.wordlists import DATA
from index.messages import _, number, system_reason

_SECTIONS = {
    "lindungi": "protect",
    "akar": "stems",
    "kata dasar": "roots",
    "kata henti": "stop words",
    "kata tanya": "question words",
    "sinonim": "synonyms",
    "varian": "variants",
    "akronim": "acronyms",
}
_OUR_SECTIONS = {"akar pendek": "short roots", "akar lemah": "weak roots"}
_BY_NAME = {
    name: section
    for indonesian, section in (_SECTIONS | _OUR_SECTIONS).items()
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


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read the built-in lexicon and, over it, the owner's.

    :param path: the owner's file, or ``None``.
    :raises LexiconError: if the file is missing, is not UTF-8 or holds a line that cannot be read.
    """
    lexicon = Lexicon()
    for file in sorted(DATA.glob("*.txt")):
        lexicon = _Addition(lexicon, file.name, built_in=True).read(file.read_text(encoding="utf-8"))
    if path is None:
        return lexicon
    try:
        content = path.read_text(encoding="utf-8-sig")
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
    return with_entries(lexicon, content, str(path))


def with_entries(lexicon: Lexicon, content: str, name: str) -> Lexicon:
    """A lexicon with the entries of a file added and, where both speak of a word, winning.

    :param content: the file's text, in the syntax above.
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
        self._line = 0
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
        errors: list[LexiconError] = []
        section: str | None = ""
        for self._line, raw in enumerate(content.splitlines(), 1):
            line = raw.partition("#")[0].strip()
            try:
                if line.startswith("["):
                    section = None  # what stands below a name that is not known says nothing by itself
                    section = self._section(line)
                elif line and section is not None:
                    self._entry(section, line)
            except LexiconError as error:
                errors.append(error)
        if errors:
            raise _all_of(errors)
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

    def _entry(self, section: str, line: str) -> None:
        if not section:
            raise self._error(line, _("bagian seperti [lindungi] sebelum isi yang pertama"))
        if line.startswith("-"):
            self._remove(section, line[1:].strip())
        else:
            self._add(section, line)

    def _section(self, line: str) -> str:
        name = " ".join(line.strip("[]").lower().split())
        if not line.endswith("]") or name not in _BY_NAME:
            sections = ", ".join(f"[{section}]" for section in _SECTIONS)
            raise self._error(line, _("salah satu bagian {sections}", sections=sections))
        return _BY_NAME[name]

    def _add(self, section: str, line: str) -> None:
        if section in self._words:
            word = self._word(line)
            self._words[section].add(word)
            if section == "protect":
                self._stems.pop(word, None)
        else:
            left, equals, right = line.partition("=")
            if not equals:
                example = _("{example!r}, dengan tanda sama dengan", example=_EXAMPLES[section])
                raise self._error(line, example)
            if section == "stems":
                word = self._word(left)
                self._stems[word] = self._word(right)
                self._words["protect"].discard(word)
            else:
                words = self._forms(left)
                word = " ".join(words)
                self._relate(section, words, tuple(self._forms(part) for part in right.split(",")))
        self._origins[section, word] = Origin(self._name, self._line, self._built_in)

    def _relate(self, section: str, words: Words, others: tuple[Words, ...]) -> None:
        if section == "synonyms":
            self._synonyms[words] = tuple(dict.fromkeys((*self._synonyms.get(words, ()), *others)))
        elif section == "variants":
            group = (words, *others)
            for each in group:
                known = self._variants.get(each, ())
                same = (other for other in (*known, *group) if other != each)
                self._variants[each] = tuple(dict.fromkeys(same))
        elif words in self._own_acronyms:
            self._acronyms[words] += others
        else:
            self._own_acronyms.add(words)
            self._acronyms[words] = others

    def _remove(self, section: str, line: str) -> None:
        words = self._forms(line)
        word = " ".join(words)
        self._removed.add((section, word))
        if section in self._words:
            self._words[section].discard(word)
        elif section == "stems":
            self._stems.pop(word, None)
        elif section == "synonyms":
            self._synonyms.pop(words, None)
            if words in self._variants:
                self._remove("variants", line)  # there is one list of what stands for a word to its owner
        elif section == "variants":
            for other in self._variants.pop(words, ()):
                self._variants[other] = tuple(each for each in self._variants[other] if each != words)
        else:
            self._acronyms.pop(words, None)
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


def _all_of(errors: list[LexiconError]) -> LexiconError:
    """All mistakes of a file as one, each on a line of its own."""
    lines = list(map(str, errors[:_MOST_ERRORS]))
    if (more := len(errors) - len(lines)) > 0:
        lines.append(_("... dan {count} baris lain", count=number(more)))
    return LexiconError("\n".join(lines))
