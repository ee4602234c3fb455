"""The language of an index: our lexicon and the owner's, and over them what its archive taught.

The names that were learned belong to one generation, because its words were stemmed with them: queries must
be analysed the same way, and an update must not learn them anew. Acronyms are for questions alone, and so is
how names are spelt: an update adds those of its articles. The fingerprint knows the lexicon without either.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from weakref import WeakKeyDictionary

from index.analysis.analyzer import Analyzer
from index.analysis.learned import LearnedWords, with_learned
from index.analysis.learning import Learner
from index.analysis.lexicon import Lexicon
from index.analysis.lexicon_files import load_lexicon
from index.analysis.sound import Names
from index.messages import _, number
from index.settings import Settings
from index.store.durable import read_checked, replace_checked
from index.store.generation import Generation
from index.store.names import NAMES

GROWTH = 2
"""An archive of this many times the articles that its language was learned from is learned anew, ..."""
LEAST_GROWTH = 50
"""... and of this many more."""

_extended: WeakKeyDictionary[Analyzer, tuple[str, Analyzer]] = WeakKeyDictionary()


class LanguageLostError(Exception):
    """What the archive taught cannot be read any more; the message says what is wrong and what to do."""


def load_analyzer(settings: Settings) -> Analyzer:
    """The analyzer with our lexicon and the owner's, before any archive.

    :raises LexiconError: if the owner's lexicon cannot be read.
    """
    own = settings.text("lexicon")
    return Analyzer(load_lexicon(Path(own) if own else None))


def analyzer_of(generation: Generation, base: Analyzer) -> Analyzer:
    """The analyzer that the words of a generation were made with.

    The same one, with its caches, while neither the base nor what was learned changes.

    :param base: the analyzer before any archive.
    :raises LanguageLostError: if ``language.json`` cannot be read.
    """
    if generation.learned_from is None:
        return base
    try:
        content = read_checked(generation.language_file)
        known = _extended.get(base)
        if known is None or known[0] != content:
            known = content, extended(base, LearnedWords.from_json(content))
            _extended[base] = known
    except (OSError, ValueError) as error:
        raise LanguageLostError(lost(generation.language_file, error)) from error
    return known[1]


def lost(path: Path, error: Exception) -> str:
    """That a file of what an archive taught cannot be read, and what to do."""
    return _(
        "{path}, bahasa yang dipelajari dari arsip, tidak dapat dibaca ({error}); jalankan `reindex`",
        path=path,
        error=error,
    )


def extended(base: Analyzer, learned: LearnedWords) -> Analyzer:
    """An analyzer that also knows what an archive taught."""
    return Analyzer(with_learned(base.lexicon, learned))


def write_language(path: Path, learned: LearnedWords) -> None:
    """Keep what an archive taught, in one step.

    :raises OSError: if it cannot be written; the old text stands.
    """
    replace_checked(path, learned.to_json() + "\n")


def add_acronyms(generation: Generation, learner: Learner, lexicon: Lexicon) -> bool:
    """Add the acronyms that the articles of an update explain to the language of the live generation.

    To be done before the update is committed: one that is killed in between leaves acronyms too many, which
    the next run or rebuild knows anyway, instead of too few.

    :param learner: knows what these articles explain.
    :param lexicon: built-in and owner's words.
    :returns: whether there were any; who serves the generation elsewhere has to be given them.
    :raises OSError: if ``language.json`` cannot be written.
    :raises ValueError: if it cannot be read.
    """
    if generation.learned_from is None:
        return False
    known = LearnedWords.from_json(read_checked(generation.language_file))
    now = learner.with_acronyms(known, lexicon)
    if now == known:
        return False
    write_language(generation.language_file, now)
    return True


def names_of(generation: Generation) -> Names:
    """The names of the archive that a generation was made of.

    :raises LanguageLostError: if ``names.txt`` is there and cannot be read.
    """
    path = generation.directory / NAMES
    try:
        return Names(read_checked(path))
    except FileNotFoundError:
        return Names()
    except (OSError, ValueError) as error:
        raise LanguageLostError(lost(path, error)) from error


def write_names(folder: Path, names: Names) -> None:
    """Keep the names of an archive, in one step.

    :param folder: of the generation.
    :raises OSError: if they cannot be written; the old ones stand.
    """
    replace_checked(folder / NAMES, names.text)


def add_names(generation: Generation, forms: Iterable[str]) -> bool:
    """Add the names of the articles of an update, before it is committed, to those of the live generation.

    :param forms: names, folded.
    :returns: whether there were any new ones; who serves the generation elsewhere has to be given them.
    :raises LanguageLostError: if ``names.txt`` cannot be read.
    :raises OSError: if it cannot be written.
    """
    known = names_of(generation)
    now = known.with_more(forms)
    if now is known:
        return False
    write_names(generation.directory, now)
    return True


def why_learn_anew(generation: Generation, documents: int) -> str | None:
    """Why the language of a generation should be learned anew; ``None`` if it need not be.

    :param documents: how many it holds, or would hold.
    """
    learned_from = generation.learned_from
    if learned_from is None:
        return _("bahasa arsip belum dipelajari")
    if documents >= max(GROWTH * learned_from, learned_from + LEAST_GROWTH):
        return _(
            "arsip tumbuh dari {before} menjadi {now} artikel sejak bahasanya dipelajari",
            before=number(learned_from),
            now=number(documents),
        )
    return None
