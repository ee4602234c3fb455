"""The lines of lexicon files: each as an entry, with where it stands, or as a mistake.

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
``[akronim]``. Words are compared folded: case and diacritics do not matter.
"""

from __future__ import annotations

from typing import NamedTuple

from index.analysis.lexicon import LexiconError, Origin, Words
from index.analysis.tokens import tokenize
from index.messages import _, number

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
