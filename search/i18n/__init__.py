"""The language of whoever reads: texts, numbers, dates and why a score is what it is."""

__all__ = [
    "describing",
    "translator",
]
