"""What lines of a lexicon do to one another: which of them are in force, and which contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.analysis.lexicon import Lexicon, Words
from index.analysis.lexicon_files import Entry


def is_in_force(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether a lexicon knows all that a line says."""
    word = " ".join(entry.words)
    if entry.removes:
        return (entry.section, word) in lexicon.removed and not _leads(entry.section, entry.words, lexicon)
    if entry.section == "stems":
        return lexicon.stems.get(word) == entry.others[0][0]
    if not entry.others:
        return _leads(entry.section, entry.words, lexicon)
    relation = _relation(entry.section, lexicon)
    if not set(entry.others) <= set(relation.get(entry.words, ())):
        return False
    back = not entry.one_way and entry.section != "acronyms"
    return not back or all(entry.words in relation.get(other, ()) for other in entry.others)


def _leads(section: str, words: Words, lexicon: Lexicon) -> bool:
    """Whether a section of a lexicon speaks of words."""
    word = " ".join(words)
    return {
        "protect": lambda: word in lexicon.protected,
        "stems": lambda: word in lexicon.stems,
        "roots": lambda: word in lexicon.roots,
        "short roots": lambda: word in lexicon.short_roots,
        "weak roots": lambda: word in lexicon.weak_roots,
        "stop words": lambda: word in lexicon.stop_words,
        "question words": lambda: word in lexicon.question_words,
    }.get(section, lambda: bool(_relation(section, lexicon).get(words)))()


def _relation(section: str, lexicon: Lexicon) -> Mapping[Words, tuple[Words, ...]]:
    relations = {
        "synonyms": lexicon.synonyms,
        "variants": lexicon.variants,
        "acronyms": lexicon.acronyms,
    }
    return relations[section]


def clashing(entry: Entry, known: Iterable[Entry]) -> Iterator[Entry]:
    """The lines that say something else of the words of a line."""
    return (each for each in known if _clash(entry, each))


def _clash(entry: Entry, other: Entry) -> bool:
    if entry.removes and other.removes:
        return False
    if entry.removes or other.removes:
        taken, adding = (entry, other) if entry.removes else (other, entry)
        if entry.removes and other.origin.built_in:
            return False  # that is what it is for
        sections = {taken.section} | ({"variants"} if taken.section == "synonyms" else set())
        return adding.section in sections and taken.words in _led_from(adding)
    if entry.words != other.words:
        return False
    sections = {entry.section, other.section}
    if sections == {"stems"}:
        return entry.others != other.others
    if sections == {"protect", "stems"}:
        stems = entry if entry.section == "stems" else other
        return stems.others != (stems.words,)
    return sections == {"acronyms"} and not set(entry.others) <= set(other.others)


def _led_from(entry: Entry) -> tuple[Words, ...]:
    """What a line makes lead somewhere."""
    return (entry.words,) if entry.one_way else (entry.words, *entry.others)
