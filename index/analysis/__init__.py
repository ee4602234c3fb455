"""Indonesian text -> tokens: tokenizer, stemmer, lexicon."""

from __future__ import annotations

from index.analysis.types import Analysis

__all__ = ["Analysis"]
