"""Indonesian text -> tokens: tokenizer, stemmer, lexicon."""

from __future__ import annotations

from index.analysis.analyzer import MOST_PIECES, MOST_STEMS, VERSION, Analyzer, Entry, TokenExplanation
from index.analysis.folding import fold
from index.analysis.learning import LearnedLanguage, Learner
from index.analysis.lexicon import Lexicon, LexiconError
from index.analysis.types import Analysis, Stream

__all__ = [
    "MOST_PIECES",
    "MOST_STEMS",
    "VERSION",
    "Analysis",
    "Analyzer",
    "Entry",
    "LearnedLanguage",
    "Learner",
    "Lexicon",
    "LexiconError",
    "Stream",
    "TokenExplanation",
    "fold",
]
