"""Letters and digits of a text, which tell where it is found again whatever signs stand between them."""

from __future__ import annotations

import re

NOT_LETTERS = re.compile(r"[\W_]+")
"""What is between letters and digits."""

_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_of(text: str) -> str:
    """The letters and digits of a text."""
    # As bytes, what is ASCII is taken out many times as fast, and mostly little else is left to look at.
    kept = text.encode("utf-8", "surrogatepass").translate(None, _NO_LETTERS)
    letters = kept.decode("utf-8", "surrogatepass")
    return letters if kept.isascii() else NOT_LETTERS.sub("", letters)
