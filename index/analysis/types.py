"""The tokens of a text: as columns with their places, and as an index takes them."""

from __future__ import annotations

from typing import NamedTuple


class Analysis(NamedTuple):
    """The tokens of one text. The five lists have the same length, one entry a token, in text order.

    :param forms: folded surface forms (NFKC, lower case, no diacritics): what quoted phrases, prefixes and
        wildcards are compared with. Never empty strings.
    :param stems: stems of the forms; never empty strings.
    :param starts: character offset of each token's first character in the text that was analysed.
    :param ends: offset behind its last character, so that ``text[start:end]`` is the word as written.
    :param positions: token positions, ascending; words that are neighbours differ by 1.
    """

    forms: list[str]
    stems: list[str]
    starts: list[int]
    ends: list[int]
    positions: list[int]


class Stream(NamedTuple):
    """The words of one text for an index, at positions 0, 1, 2, ...: two texts of equally many words.

    What reads the text otherwise stands behind it; of an article in old spelling it is longer in forms.

    A text is smaller than a list, goes sooner from one process to another, and is what Tantivy eats.

    :param form_text: folded surface forms, parted by single blanks, which no form holds.
    :param stem_text: their stems, likewise.
    """

    form_text: str
    stem_text: str

    @property
    def forms(self) -> list[str]:
        """The forms as a list."""
        return self.form_text.split(" ") if self.form_text else []

    @property
    def stems(self) -> list[str]:
        """The stems as a list."""
        return self.stem_text.split(" ") if self.stem_text else []
