"""The language of visitors: which one a request wants, texts of pages, and why a score is what it is."""

__all__ = [
    "choosing",
    "describing",
    "describing_losses",
    "describing_periods",
    "describing_stems",
    "html",
]
