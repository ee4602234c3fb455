"""What becomes of a text: its words, their stems and why, and the other forms that are known for them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from index.analysis.analyzer import Analyzer, TokenExplanation
from index.messages import Translator
from search.answer import Expansion
from search.i18n.describing_stems import describe_stem
from search.plan.expansion import Expander
from search.plan.tokens import QueryToken


class Inspection(Struct, frozen=True):
    """A text taken apart.

    :param text: as far as it was read.
    :param tokens: its words in order.
    :param expansions: words, or words in a row, that a search would find by other forms too.
    """

    text: str
    tokens: tuple[TokenExplanation, ...]
    expansions: tuple[Expansion, ...]

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """The object that ``/api/v1/analyze`` and ``telusur analyze --json`` give.

        :param translator: tells why in the reader's language.
        """
        return {
            "text": self.text,
            "tokens": [
                {
                    "token": token.written,
                    "form": token.form,
                    "stem": token.stem.stem,
                    "start": token.start,
                    "end": token.end,
                    "why": describe_stem(token.stem, translator),
                }
                for token in self.tokens
            ],
            "expansions": [
                {"term": expansion.term, "matched": list(expansion.matched)} for expansion in self.expansions
            ],
        }


def inspect_text(text: str, analyzer: Analyzer, expander: Expander) -> Inspection:
    """Take a text apart as indexing and searching do.

    :param expander: made with the same analyzer.
    """
    tokens = tuple(analyzer.explain(text))
    words = [QueryToken(token.form, token.stem.stem, place) for place, token in enumerate(tokens)]
    expansions = []
    for found in (*expander.find(words), *expander.find_written(words)):
        run = words[found.first : found.first + found.count]
        forms = tuple(" ".join(word.form for word in form) for form in found.forms)
        expansions.append(Expansion(" ".join(word.form for word in run), forms))
    return Inspection(text, tokens, tuple(expansions))
