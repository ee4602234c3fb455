"""Marked titles and passages: fragmenter x scorer x order x formatter over ready-made token columns.

A snippet is made in four steps, each a plain function that can be exchanged on its own: ``Sentences``
finds the borders, ``Finder`` the words, ``choose_passages`` the passages worth showing, and the
functions of ``markup`` write them as escaped text with ``<mark>``.
"""

from __future__ import annotations

from search.snippets.markup import join_passages, mark_passage, mark_spans, mark_text
from search.snippets.matching import Finder, Match, Matcher
from search.snippets.passages import Passage, choose_passages
from search.snippets.sentences import Sentences, sentence_spans
from search.snippets.targets import Sequence, Targets
from search.snippets.texts import ReadyText

__all__ = [
    "Finder",
    "Match",
    "Matcher",
    "Passage",
    "ReadyText",
    "Sentences",
    "Sequence",
    "Targets",
    "choose_passages",
    "join_passages",
    "mark_passage",
    "mark_spans",
    "mark_text",
    "sentence_spans",
]
