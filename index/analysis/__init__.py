"""Indonesian text -> tokens, with their stems. ``lexicon`` corrects them, ``learning`` asks the archive."""

__all__ = [
    "analyzer",
    "folding",
    "furniture",
    "glued",
    "last_lexicon",
    "learned",
    "learning",
    "lexicon",
    "lexicon_files",
    "line_ends",
    "morphology",
    "old_spelling",
    "ready_stems",
    "recurring",
    "sound",
    "stemmer",
    "tokens",
    "two_readings",
    "types",
    "wordlists",
]
