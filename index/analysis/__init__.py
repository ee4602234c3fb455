"""Indonesian text -> tokens, with their stems. ``lexicon`` corrects them, ``learning`` asks the archive."""

__all__ = [
    "acronyms",
    "analyzer",
    "folding",
    "learned",
    "learning",
    "lexicon",
    "morphology",
    "tokens",
    "types",
    "wordlists",
]
