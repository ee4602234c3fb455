"""Naming: under which id an article is indexed, where records of several files name the same one."""

from __future__ import annotations

import re

from index.documents import Document
from index.engines.base import Reader
from index.reindex.articles import Article, rename
from index.reindex.ledger import Known, Ledger
from index.sources.identity import are_apart, identity_of, other_id

_PLACE = re.compile(r":[0-9.:]+$")
"""Where in a file an article stands."""


class Naming:
    """Gives articles their ids: each its own, unless another article has it.

    Who has an id keeps it from run to run, whatever other files come to name it: readers have its address.
    The other article gets an id of its own, which is the same in every run.

    :param reader: the live index.
    :param ledger: which ids the index has, and which this run has seen.
    """

    def __init__(self, reader: Reader | None, ledger: Ledger) -> None:
        self._reader = reader
        self._ledger = ledger

    def name(self, article: Article, input: int) -> Article:
        """The article under its id, which another may have had in this run if it is the same article.

        :param input: number of its input file in this run.
        """
        if not article.identity:
            return article
        other = other_id(article.id, article.identity)
        if self._ledger.known(other):
            return rename(article, other)
        known = self._ledger.known(article.id)
        return rename(article, other) if known and self._is_of_another(article, input, known) else article

    def holds(self, article: Article) -> bool:
        """Whether an article needs no reading: indexed just so, or seen already in this run."""
        if article.identity and (other := self._ledger.known(other_id(article.id, article.identity))):
            return _holds(other, article)
        known = self._ledger.known(article.id)
        # Where another article has come to have the id in this run, it has none yet.
        return known is not None and _holds(known, article) and known.identity in (None, article.identity)

    def _is_of_another(self, article: Article, input: int, known: Known) -> bool:
        if known.seen is not None:
            if known.input == input:
                return are_apart(article.identity, known.identity or "")
            return article.identity != known.identity
        if known.indexed == article.content_hash or self._reader is None:
            return False
        indexed = self._reader.documents([article.id])[0]
        return indexed is not None and not _is_same(article, indexed)


def _holds(known: Known, article: Article) -> bool:
    return known.seen is not None or known.indexed == article.content_hash


def _is_same(article: Article, indexed: Document) -> bool:
    """Whether an article is, in another state maybe, the one that is indexed under its id: of the same file,
    in which an id is unique, or by the same address or title."""
    if _file(article.origin) == _file(indexed.origin):
        return not are_apart(article.identity, identity_of(indexed))
    return article.identity == identity_of(indexed)


def _file(origin: str) -> str:
    return _PLACE.sub("", origin)
