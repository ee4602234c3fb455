"""The version of what reading a file yields; an index made with another one is made anew."""

from __future__ import annotations

PARSERS_VERSION = 9
"""Raise it with every change that makes a parser give another document for the same file."""


def parsers_fingerprint() -> str:
    """Changes when the same files may give other documents than before."""
    # The word stands in every index; another one would have all of them made anew.
    return f"readers-{PARSERS_VERSION}"
