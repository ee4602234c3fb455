"""Tells Indonesian from English by the words that hold sentences together, whatever a page's tag says."""

from __future__ import annotations

import re

_INDONESIAN = frozenset(
    re.findall(
        r"[\w-]+",
        """
        yang dan di ke dari ini itu dengan untuk pada dalam tidak akan adalah oleh juga para telah
        sudah karena bahwa mereka kami kita ia dia atau sebagai saat lebih bisa dapat ada hingga
        serta tersebut antara agar namun tetapi belum masih seperti secara setelah sebelum ketika
        maka bagi kepada menjadi sejak sampai lagi
        """,
    )
)
# Without "as", "on", "a", "in": Indonesian news is full of AS (America), names and initials.
_ENGLISH = frozenset(
    re.findall(
        r"[\w-]+",
        """
        the of and to that for it was with are by from this have not were or which their his her
        they will been would its had but who she we our you can could after about into when there is
        """,
    )
)
_RELATIVES = frozenset(
    re.findall(
        r"[\w-]+",
        """
        ms zsm jv su mad min ban ace bjn bew btk bbc sas bug mak mui gor jax bjw
        """,
    )
)
"""Languages that share those words with Indonesian, or mix with it: their tags are believed."""

_WORD = re.compile(r"[^\W\d_]+")
_READ = 4000
_FEWEST = 5
_CLEAR = 0.85
_INDONESIAN_SHARE, _ENGLISH_SHARE = 0.05, 0.2


def language_of_text(text: str, tag: str = "") -> str:
    """The language of a text: its tag, unless the text is plainly Indonesian or English and the tag is not.

    :param tag: BCP 47, or ``""``.
    :returns: a tag, ``""`` if there was none and the text does not say.
    """
    primary = tag.partition("-")[0].lower()
    if primary in _RELATIVES:
        return tag
    read = _plainly(text[:_READ])
    return tag if read in ("", primary) else read


def _plainly(text: str) -> str:
    words = _WORD.findall(text.lower())
    indonesian = sum(word in _INDONESIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if max(indonesian, english) < _FEWEST or max(indonesian, english) < _CLEAR * (indonesian + english):
        return ""
    if indonesian > english:
        return "id" if indonesian >= _INDONESIAN_SHARE * len(words) else ""
    return "en" if english >= _ENGLISH_SHARE * len(words) else ""
