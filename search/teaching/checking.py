"""What lines would change in an archive, before they take effect. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.analysis.lexicon import LexiconError
from index.analysis.lexicon_files import SECTIONS, WORDS_ALONE, Entry
from index.engines.base import EngineError
from index.messages import _, number
from index.settings import Settings
from search.asked.report import QueriesError
from search.teaching.asked import asked_queries, tried
from search.teaching.clashes import clashing, is_in_force
from search.teaching.effects import (
    AskedEffect,
    Caution,
    LexiconCheck,
    LineCheck,
    Side,
    StemEffect,
    Warned,
    place_of,
)
from search.teaching.lines import AT_ONCE, EntryError, Proposal, propose, same
from search.teaching.opening import trial
from search.teaching.sides import missing, sides_of
from search.teaching.stems import Restemming
from search.teaching.trial import Trial

COMMON = 3
"""A word in one of so many articles is in very many."""


def check_lines(settings: Settings, texts: Sequence[str], section: str, most: int) -> LexiconCheck:
    """Find out what lines would change.

    :param texts: as for :func:`search.teaching.lines.propose`; ``section`` too.
    :param most: questions of the log that are tried.
    :raises EntryError: if a line is refused.
    """
    proposed = propose(settings, texts, section)
    try:
        with trial(settings, proposed.before, proposed.after) as opened:
            return _checked(settings, proposed, opened, most)
    except LexiconError as error:
        raise EntryError(str(error)) from error
    except EngineError as error:
        lines = (LineCheck(entry, (), tuple(_warnings(entry, proposed))) for entry in proposed.entries)
        return LexiconCheck(tuple(lines), problem=str(error))


def _checked(settings: Settings, proposed: Proposal, opened: Trial, most: int) -> LexiconCheck:
    before, after = proposed.before, proposed.after
    stems = None
    if before.stems_fingerprint != after.stems_fingerprint:
        stems = Restemming(settings, opened, before, after).effect(proposed.entries)
    restemmed = frozenset(word.form for word in stems.words) if stems else frozenset()
    asked, asked_problem = None, ""
    try:
        rows, different = asked_queries(settings, most)
        asked = tried(rows, different, opened, restemmed)
    except QueriesError as error:
        asked_problem = str(error)
    articles = opened.snapshot.reader.count()
    lines = []
    for entry in proposed.entries:
        if entry.section in AT_ONCE:
            sides = sides_of(entry, opened, before)
        else:
            sides = stems.sides.get(entry, []) if stems else []
        warnings = list(_warnings(entry, proposed))
        warnings += _about_archive(entry, sides, articles)
        if not warnings or all(each.about is not Warned.ALREADY for each in warnings):
            warnings += _without_effect(entry, sides, stems, asked)
        lines.append(LineCheck(entry, tuple(sides), tuple(warnings)))
    made_with = opened.snapshot.index.generation.fingerprint.get("lexicon")
    waits = made_with != before.stems_fingerprint
    return LexiconCheck(tuple(lines), articles, "", waits, stems, asked, asked_problem)


def told(entry: Entry) -> str:
    """A line with where it stands, for people."""
    return f"{place_of(entry)} [{SECTIONS.get(entry.section, entry.section)}] {entry.text}"


def _warnings(entry: Entry, proposed: Proposal) -> Iterator[Caution]:
    """What the lexicon has to say about a line."""
    there = [each for each in proposed.known if same(entry, each)]
    if is_in_force(entry, proposed.before):
        places = ", ".join(map(told, there))
        text = _("sudah berlaku: {lines}", lines=places) if places else _("sudah berlaku oleh baris lain")
        yield Caution(Warned.ALREADY, text)
        return
    for other in clashing(entry, proposed.known):
        if is_in_force(entry, proposed.after) and not is_in_force(other, proposed.after):
            yield Caution(Warned.CLASH, _("menggantikan {line}", line=told(other)))
        elif is_in_force(entry, proposed.after):
            yield Caution(Warned.CLASH, _("bertentangan dengan {line}; keduanya berlaku", line=told(other)))
        else:
            yield Caution(Warned.CLASH, _("bertentangan dengan {line}, yang menang", line=told(other)))


def _about_archive(entry: Entry, sides: Sequence[Side], articles: int) -> Iterator[Caution]:
    """What the archive has to say about the words of a line."""
    for side in sides:
        holding = side.holding if " " in side.text else max(side.holding, side.before)
        if articles and holding * COMMON >= articles:
            yield Caution(
                Warned.COMMON,
                _(
                    "“{words}” ada di {holding} dari {articles} artikel: banyak hasil tersangkut",
                    words=side.text,
                    holding=number(holding),
                    articles=number(articles),
                ),
            )
    if entry.section in AT_ONCE and not entry.removes:
        for words in missing(sides):
            yield Caution(Warned.UNKNOWN, _("“{words}” tidak ada di arsip ini", words=words))


def _without_effect(
    entry: Entry,
    sides: Sequence[Side],
    stems: StemEffect | None,
    asked: AskedEffect | None,
) -> Iterator[Caution]:
    changed = any(side.is_changed for side in sides)
    if entry.section not in AT_ONCE:
        if not changed and (stems is None or entry in stems.idle):
            yield Caution(Warned.NO_EFFECT, _("tidak mengubah akar satu kata pun di arsip ini"))
    elif not changed and not (asked and asked.changed):
        if entry.section not in WORDS_ALONE:
            yield Caution(Warned.NO_EFFECT, _("tidak mengubah jawaban apa pun di arsip ini"))
        elif asked and asked.tried:
            yield Caution(Warned.NO_EFFECT, _("tidak mengubah jawaban pertanyaan yang dicoba"))
