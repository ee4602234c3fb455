"""What people type -> a tree of words, phrases, fields and dates (``syntax``); never an error."""

__all__ = [
    "dates",
    "parsing",
    "syntax",
]
