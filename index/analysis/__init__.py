"""Indonesian text -> tokens: tokenizer, stemmer, lexicon."""

from __future__ import annotations

from index.analysis.analyzer import MOST_PIECES, VERSION, Analyzer, TokenExplanation
from index.analysis.folding import fold
from index.analysis.learning import LearnedLanguage, Learner
from index.analysis.lexicon import Lexicon, LexiconError
from index.analysis.types import Analysis, Stream

__all__ = [
    "MOST_PIECES",
    "VERSION",
    "Analysis",
    "Analyzer",
    "LearnedLanguage",
    "Learner",
    "Lexicon",
    "LexiconError",
    "Stream",
    "TokenExplanation",
    "fold",
]
