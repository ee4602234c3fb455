"""Ready stems: those of the commonest words, which come with the package instead of being worked out anew."""

from __future__ import annotations

from hashlib import blake2b
from importlib.metadata import version

from msgspec.structs import replace

from index.analysis.analyzer import VERSION
from index.analysis.lexicon import Lexicon
from index.analysis.morphology import readings
from index.analysis.stemmer import Stemmer
from index.analysis.wordlists import DATA

PATH = DATA / "ready.words"
"""Below the head a line for each word: the word, and its stem if that is another."""


def ready_key(lexicon: Lexicon) -> str:
    """Changes whenever a ready stem may: with our rules, PySastrawi's roots, and what a lexicon says.

    :param lexicon: what an archive taught it does not count, see :func:`ready_stems`.
    """
    words = replace(lexicon, names={}).stems_fingerprint
    return blake2b(f"{VERSION} {words} {version('pysastrawi')}".encode(), digest_size=8).hexdigest()


def ready_stems(lexicon: Lexicon) -> dict[str, str]:
    """Form -> stem of the commonest words; nothing if the lexicon has other stems than ours.

    :param lexicon: its names are their own stems, and those of the words around them.
    """
    *head, body = PATH.read_text(encoding="ascii").split("\n", 5)
    if head[-1] != f"# Key: {ready_key(lexicon)}":
        return {}
    pairs = [line.partition(" ") for line in body.splitlines()]
    names = lexicon.names
    return {
        form: stem or form for form, _, stem in pairs if form not in names and (stem or form) not in names
    }


def can_be_ready(form: str, stemmer: Stemmer) -> bool:
    """Whether an archive changes the stem of a word only by teaching that the word or its stem is a name.

    :param stemmer: of our lexicon.
    """
    if not (form.isascii() and form.isalpha()):
        return False
    stem = stemmer.stem(form).stem
    if form in stemmer.roots.known or stem == form:
        return True
    found = readings(form, stemmer.roots)
    return bool(found) and found[0].root == stem
