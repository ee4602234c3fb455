"""Names that sound alike: what the ways to spell one Indonesian name have in common, and those of an archive.

People are written as they or their parents chose: in the spelling before 1972 (``Soeharto``), with or without
what Arabic or Javanese letters are written with (``Achmad``, ``Akhmad``, ``Ahmad``), as in English or Dutch
(``Rudy``, ``Dewie``). EYD V (2022) leaves names of people as they are, so no list has all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

SHORTEST = 4
"""Letters of the shortest name that is compared: shorter ones sound like too much else."""

MOST_ALIKE = 8
"""Names that are given for one."""

MOST_LETTERS = 24
"""Letters of the longest."""

_OLD = re.compile("oe(?![aiueo])|tj|dj|nj(?=[aiueo])|sj(?=[aiueo])")
_OLD_Y = re.compile("(?<![td])j")
_FIRST_CH = re.compile("ch(?=[aiou]....)")

_RULES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        # Van Ophuijsen (1901) and Soewandi (1947), each with what EYD (1972) writes: Soekarno, Tjahjo, Djoko.
        ("oe(?![aiueo])", "u"),
        ("tj", "c"),
        ("dj", "j"),
        # The ending of Arabic names of women, said or not: Fatimah, Aisya. Of short ones it tells them apart.
        ("(?<=....a)h$", ""),
        # Arabic letters by the joint decree of two ministers, 158/1987 and 0543b/U/1987, and as they were
        # written before and are without marks: Akhmad, Achmad, Syarif, Sharif, Dzulfikar, Utsman, Ghazali.
        ("kh(?=.)|(?<=[aiueo])ch(?=.)", "h"),
        ("s[yh](?=[aiueo])", "s"),
        ("ts(?=.)", "s"),
        ("dz", "z"),
        ("gh", "g"),
        ("(?<=m)o(?=h)", "u"),
        # and where an a behind an emphatic letter is written as Javanese says it: Rohman, Rosyid, Soleh.
        ("^ro(?=hm|sid$|mli)", "ra"),
        ("^so(?=leh$)", "sa"),
        ("^hoi(?=r)", "hai"),
        ("mustof", "mustaf"),
        ("mubarok", "mubarak"),
        # The dh and th of Javanese by Pedoman Umum Ejaan Bahasa Jawa (1991), and the bh of Sanskrit names.
        ("([dtb])h", r"\1"),
        # Foreign letters, by EYD V (2022), "Unsur Serapan": ch, ck and c that are k, ph, x, y for i, and
        # double letters, which are single.
        ("^ch(?=[rl])", "k"),
        ("ph", "f"),
        ("ck", "k"),
        ("c(?=[^aiueohy]..)|(?<=[aiueo])c$", "k"),
        ("x", "ks"),
        (r"([b-df-hj-np-tv-z])(?<!ng)\1", r"\1"),
        (r"([aei])\1", r"\1"),
        ("(?<=[^aiueo])y(?![aiueo])", "i"),
        # Dutch: Dewie, Syafrie.
        ("(?<=..)ie$", "i"),
        # Vowels that run together, and the glides between vowels: Zaenal, Fawzi, Setiyawan, Soewardi
        # (Sneddon, Adelaar, Djenar and Ewing 2010, "Pronunciation").
        ("(?<=...)[ae][iey](?=[^aiueoy])|[ae][iey](?=[^aiueoy]..)", "ai"),
        ("aw(?=[^aiueo])", "au"),
        ("(?<=[^aiueoy])(?:iy|y)(?=[aueo])", "i"),
        ("(?<=[^aiueow])(?:uw|w)(?=[aie])", "u"),
    )
)
_LONG_RULES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        # How they are said (Sneddon and others 2010, "Pronunciation"): v is f, z is s, and stops at the end
        # of a word are not voiced; only in names of five letters or more: Novi, but not Nofi.
        ("v", "f"),
        ("q", "k"),
        ("(?<=.)z", "s"),
        ("d$", "t"),
        ("f(?=udin$)|f$", "p"),
    )
)


# What any of the rules may take: one look at most names will do.
_ANY = re.compile(
    "|".join([r"(.)\1", *(rule.pattern for rule, _ in (*_RULES, *_LONG_RULES) if r"\1" not in rule.pattern)])
)


def name_keys(form: str) -> tuple[str, ...]:
    """What a name has in common with those that sound like it: at least one of these.

    :param form: a word, folded.
    :returns: none for what is too short, too long or not of the letters a to z.
    """
    if not (SHORTEST <= len(form) <= MOST_LETTERS and form.isascii() and form.isalpha()):
        return ()
    if _OLD.search(form):
        form = _OLD_Y.sub("y", form)  # a j alone may be one of today's: Sudjana is of the old, Fajar is not
    readings: tuple[str, ...] = (form,)
    if _FIRST_CH.match(form):
        readings = (f"c{form[2:]}", f"h{form[2:]}")  # Chandra, Chairul
    return tuple(dict.fromkeys(map(_key, readings)))


def _key(form: str) -> str:
    if not _ANY.search(form):  # most names are spelt in one way alone
        return form
    for pattern, other in _RULES:
        form = pattern.sub(other, form)
    if len(form) > SHORTEST:
        for pattern, other in _LONG_RULES:
            form = pattern.sub(other, form)
    return form


class Names:
    """The names of an archive by how they sound. Immutable; pickles.

    A line of its text is a key and the names that have it, or a name alone that is its own key; the lines
    are in order, so that they are looked up without being taken apart.

    :param text: as :attr:`text` of another one.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text

    @classmethod
    def of(cls, forms: Iterable[str]) -> Names:
        """Of names, folded."""
        return cls().with_more(forms)

    def with_more(self, forms: Iterable[str]) -> Names:
        """These and others; itself if there are no others."""
        by_key = {key: names or [key] for key, *names in map(str.split, self.text.splitlines())}
        others = set(forms).difference(chain.from_iterable(by_key.values()))
        found = [(key, form) for form in others for key in name_keys(form)]
        for key, form in found:
            by_key.setdefault(key, []).append(form)
        lines = (
            key if names == [key] else f"{key} {' '.join(sorted(names))}"
            for key, names in sorted(by_key.items())
        )
        return Names("".join(f"{line}\n" for line in lines)) if found else self

    def __iter__(self) -> Iterator[str]:
        """All of them, one that has two keys twice."""
        for line in self.text.splitlines():
            key, *names = line.split(" ")
            yield from names or (key,)

    def __contains__(self, form: str) -> bool:
        return any(form in self._named(key) for key in name_keys(form)[:1])

    def alike(self, form: str) -> list[str]:
        """The names that sound like a word, without the word itself.

        :param form: the word, folded.
        """
        found = dict.fromkeys(name for key in name_keys(form) for name in self._named(key))
        found.pop(form, None)
        return list(found)

    def _named(self, key: str) -> list[str]:
        text = self.text
        low, high = 0, len(text)  # where lines begin
        while low < high:
            start = text.rfind("\n", low, (low + high) // 2) + 1 or low
            line = text[start : text.index("\n", start)]
            found, *names = line.split(" ")
            if found == key:
                return names or [found]
            if found < key:
                low = start + len(line) + 1
            else:
                high = start
        return []
