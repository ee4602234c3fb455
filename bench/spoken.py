"""Speech and chat: ``python -m bench.spoken``, and the sets ``spoken`` and ``spoken_base`` in ``make eval``.

Headlines as somebody may type them who writes as he speaks: ``yg``, ``ngga``, ``anak2``, ``dengerin`` for
*mendengarkan*, ``nyari`` for *mencari*. Forms after Sneddon (2006), Colloquial Jakartan Indonesian, "Verbs"
(*-in*, *nge-*, the nasal alone); short forms as they are typed on telephones.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from zlib import crc32

from bench.data import RelevanceSet
from bench.rewriting import Asked, Change, as_sets, questions
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.stemmer import Rule

_MOST = 400

_SHORT = {
    "yang": ("yg",),
    "dengan": ("dgn", "sama"),
    "untuk": ("utk", "buat"),
    "tidak": ("ngga", "nggak", "gak", "tdk"),
    "tak": ("ga", "gak"),
    "bukan": ("bkn",),
    "belum": ("blm", "belom"),
    "sudah": ("udah", "sdh"),
    "saja": ("aja",),
    "banyak": ("bnyk",),
    "orang": ("org",),
    "jadi": ("jd",),
    "menjadi": ("jadi", "jd"),
    "karena": ("krn", "gara2"),
    "dari": ("dr",),
    "pada": ("pd",),
    "dalam": ("dlm",),
    "bisa": ("bs",),
    "sekali": ("bgt", "banget"),
    "seperti": ("kayak", "kyk"),
    "bagaimana": ("gimana",),
    "mengapa": ("kenapa", "knp"),
    "hanya": ("cuma", "cuman"),
    "besar": ("gede",),
    "uang": ("duit",),
    "ingin": ("pengen", "pingin"),
    "akan": ("bakal",),
    "masih": ("msh",),
    "sampai": ("sampe",),
    "pakai": ("pake",),
    "benar": ("bener",),
    "dapat": ("dapet",),
    "cepat": ("cepet",),
    "malam": ("malem",),
    "teman": ("temen",),
    "pintar": ("pinter",),
    "habis": ("abis",),
    "lihat": ("liat",),
    "tahu": ("tau",),
    "jangan": ("jgn",),
    "begini": ("gini",),
    "begitu": ("gitu",),
    "kalau": ("kalo", "klo"),
    "rumah": ("rmh",),
    "sekolah": ("skolah",),
    "tempat": ("tmpt",),
    "kapan": ("kpn",),
    "semua": ("smua",),
}
_WORD = re.compile(r"\w+(?:-\w+)*")
_ANALYZER = Analyzer(load_lexicon())


def changes(title: str, body: str) -> Iterator[Change]:
    """Which words of a headline are said otherwise: none unless it has one that says something."""
    found: list[Change] = []
    telling = False
    for match in _WORD.finditer(title):
        word = match[0].lower()
        if other := _spoken(word):
            found.append(Change("spoken", *match.span(), other))
            telling = telling or word not in _SHORT
    yield from found if telling else ()


def _spoken(word: str) -> str:
    """How a word is said, ``""`` if as it is written. The same word is always said alike."""
    if short := _SHORT.get(word):
        return short[crc32(word.encode()) % len(short)]
    first, _, second = word.partition("-")
    if first == second:
        return f"{first}2"
    (token, *more) = _ANALYZER.explain(word)
    stem = token.stem
    if more or stem.rule is not Rule.ROOT or not stem.affixes:
        return ""
    root, affixes = stem.stem, stem.affixes
    if affixes[-1] in ("-kan", "-i") and affixes[0] in ("men-", "mem-", "meng-", "meny-", "me-", "di-"):
        spoken = _in(root)
        return f"di{spoken}" if affixes[0] == "di-" else spoken
    if affixes in (("men-",), ("mem-",), ("meng-",), ("meny-",), ("me-",)):
        return _nasal(word, root)
    return ""


def _in(root: str) -> str:
    """``dengar``: dengerin, ``beli``: beliin."""
    if re.fullmatch(r".*[^aiueo]ar|.*[^aiueo]at", root):
        root = root[:-2] + "e" + root[-1]
    return f"{root}in"


def _nasal(word: str, root: str) -> str:
    """``cari``: nyari, ``buka``: ngebuka, ``tulis``: nulis, ``ambil``: ngambil."""
    if root[0] == "c":
        return f"ny{root[1:]}"
    if root[0] in "bdgjlr":
        return f"nge{root}"
    return word.removeprefix("me")


def asked() -> list[Asked]:
    """The questions, the same ones in every run."""
    return questions(changes, _MOST, every=True)


def spoken_sets() -> list[RelevanceSet]:
    """``spoken``, and ``spoken_base``: the same questions as printed.

    :raises DataMissingError: if the news archive is not there.
    """
    return as_sets("spoken", asked())


if __name__ == "__main__":
    for each in asked():
        print(each.article, each.text, each.rewritten, sep="\t")
    sys.exit()
