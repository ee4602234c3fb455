"""What people type -> a tree of words, phrases, fields and dates (``syntax``); never an error."""

__all__ = [
    "addresses",
    "dates",
    "parsing",
    "periods",
    "syntax",
]
