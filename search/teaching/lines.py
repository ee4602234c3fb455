"""A line that an owner proposes: what it says, where in his file it would stand, and the lexicon with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from index.analysis.lexicon import Lexicon, LexiconError, Origin
from index.analysis.lexicon_files import (
    SECTIONS,
    Entry,
    all_of,
    built_in_entries,
    load_lexicon,
    owner_text,
    read_entries,
    read_entry,
    section_named,
    with_entries,
)
from index.messages import _, number
from index.settings import Settings

AT_ONCE = frozenset(["synonyms", "variants", "acronyms", "stop words", "question words"])
"""Sections that only questions use: servers that run go by them within a second or so."""

LONGEST = 300
"""Characters of a line."""

MOST_LINES = 50
"""Lines that are proposed at once."""

MARK = "\ufeff"
"""What some editors put before UTF-8."""


class EntryError(Exception):
    """The line cannot be added; the message is for the owner."""


class Proposal(Struct, frozen=True):
    """Lines, and the lexicon without and with them.

    :param entries: the lines.
    :param known: what our files and the owner's say already, in the order in which they are read.
    :param content: the owner's file with the lines that it does not have yet.
    :param before: the lexicon in force; ``after`` with the lines.
    """

    entries: tuple[Entry, ...]
    known: tuple[Entry, ...]
    content: str
    before: Lexicon
    after: Lexicon


def propose(settings: Settings, texts: Sequence[str], section: str = "synonyms") -> Proposal:
    """Lines for the file that the setting ``lexicon`` names, or for none.

    :param texts: each as the file would have it, or with its section before it: ``[akar] berikan = beri``.
    :param section: of those that name none, by its English name.
    :raises EntryError: if a line is none, or the file cannot be read.
    """
    name = settings.text("lexicon")
    entries = read_lines(texts, section)
    try:
        content = owner_text(Path(name)) if name and Path(name).exists() else ""
        return proposal(content, name, entries)
    except LexiconError as error:
        raise EntryError(str(error)) from error


def proposal(content: str, name: str, entries: Sequence[Entry]) -> Proposal:
    """Lines for a file.

    :param content: of the file; ``name`` is how messages call it.
    :raises LexiconError: if the file has mistakes.
    """
    ours = load_lexicon()
    text = content.removeprefix(MARK)
    known = read_entries(text, name)
    before = with_entries(ours, text, name)
    for entry in entries:
        if not any(same(entry, each) for each in known):
            content = with_line(content, entry)
    after = with_entries(ours, content.removeprefix(MARK), name)
    return Proposal(tuple(entries), (*built_in_entries(), *known), content, before, after)


def same(one: Entry, other: Entry) -> bool:
    """Whether two lines say the same, however they are written."""
    return (one.section, one.words, set(one.others), one.one_way, one.removes) == (
        *(other.section, other.words, set(other.others), other.one_way, other.removes),
    )


def read_lines(texts: Sequence[str], section: str, prefixed: bool = True) -> list[Entry]:
    """What lines say.

    :param prefixed: whether a line may begin with its section.
    :raises EntryError: with all that is wrong with any of them.
    """
    if len(texts) > MOST_LINES:
        raise EntryError(_("paling banyak {most} baris sekaligus", most=number(MOST_LINES)))
    entries: list[Entry] = []
    errors: list[LexiconError] = []
    for place, text in enumerate(texts, 1):
        try:
            entries.append(_entry(text, section, prefixed, Origin(_("isi baru"), place * (len(texts) > 1))))
        except LexiconError as error:
            errors.append(error)
    if errors:
        raise EntryError(str(all_of(errors)))
    return entries


def _entry(text: str, section: str, prefixed: bool, origin: Origin) -> Entry:
    line = " ".join(text.split())
    if prefixed and line.startswith("["):
        name, bracket, rest = line[1:].partition("]")
        found = section_named(name)
        if not bracket or found not in SECTIONS:
            sections = ", ".join(f"[{each}]" for each in SECTIONS.values())
            raise LexiconError(
                _("{text!r}: seharusnya salah satu bagian {sections}", text=line[:60], sections=sections)
            )
        section, line = found, rest.strip()
    line = _tidy(line)
    if (
        not line
        or not line.isprintable()
        or len(line) > LONGEST
        or "#" in line
        or line.startswith("[")
        or (line.startswith("-") and "=" in line)
    ):
        raise LexiconError(
            _(
                "{text!r} bukan isi leksikon: satu baris, paling panjang {most} huruf, tanpa # dan tanpa "
                "[ di depan; tanda - di depan hanya untuk membuang sebuah kata",
                text=text[:60],
                most=number(LONGEST),
            )
        )
    entry = read_entry(line, section, origin)
    if entry.section != "stems" and entry.words in entry.others:
        raise LexiconError(_("{text!r}: kata dan padanannya sama", text=line[:60]))
    return entry


def _tidy(line: str) -> str:
    """The line with one blank around its sign, and without a comma that nothing follows."""
    sign = "=>" if "=>" in line else "="
    left, found, right = (part.strip() for part in line.partition(sign))
    if not found:
        return line
    return f"{left} {sign} {', '.join(filter(None, map(str.strip, right.split(','))))}"


def with_line(content: str, entry: Entry) -> str:
    """The file with a line behind the last one of its section, which is begun at the end if there is none."""
    if not content:
        content = _heading()
    lines = content.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in content else "\n"
    current, place = None, None
    for count, raw in enumerate(lines, 1):
        text = raw.removeprefix(MARK).partition("#")[0].strip()
        if text.startswith("["):
            current = section_named(text.strip("[]"))
            if current == entry.section:
                place = count
        elif current == entry.section and raw.strip():
            place = count
    if lines and place in (None, len(lines)) and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    if place is None:
        lines += [newline] * bool(lines) + [f"[{SECTIONS[entry.section]}]{newline}"]
        place = len(lines)
    lines.insert(place, entry.text + newline)
    return "".join(lines)


def _heading() -> str:
    """What a file that is begun says of itself."""
    told = _(
        "Leksikon: kata-kata yang diajarkan kepada mesin telusur, satu per baris di bawah bagiannya.\n"
        "Kata terlindung, akar, dan kata dasar baru berlaku sesudah `reindex`; yang lain seketika.\n"
        'Lihat dahulu apa yang diubah sebuah baris: telusur lexicon test "nakes = tenaga kesehatan"'
    )
    return "".join(f"# {line}\n" for line in told.splitlines())
