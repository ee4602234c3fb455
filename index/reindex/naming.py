"""Naming: under which id an article is indexed, where records of several files name the same one."""

from __future__ import annotations

import re

from index.documents import Document
from index.engines.base import Reader
from index.query import SearchRequest, Term, TextField
from index.reindex.articles import Article, rename
from index.reindex.ledger import Known, Ledger
from index.sources.identity import (
    address_in,
    are_apart,
    identity_of,
    is_at_same_address,
    is_same,
    is_singular,
    other_id,
)

_PLACE = re.compile(r":[0-9.:]+$")
"""Where in a file an article stands."""


class Naming:
    """Gives articles their ids: each its own, unless another article has it.

    Who has an id keeps it from run to run, whatever other files come to name it: readers have its address.
    The other article gets an id of its own, which is the same in every run. And an article that stands in
    several files under the same address is one, whatever ids they give it.

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
        address = address_in(article.identity)
        if address and (found := self._at_address(article, address, input)):
            self._ledger.stands_at(address, found, input)
            known = self._ledger.known(found)
            # What comes second is left out: no writer takes it any more.
            return article._replace(id=found) if known and known.seen else rename(article, found)
        named = self._own(article, input)
        if address:
            self._ledger.stands_at(address, named.id, input)
        return named

    def holds(self, article: Article) -> bool:
        """Whether an article needs no reading: indexed just so, or seen already in this run."""
        if (address := address_in(article.identity)) and (found := self._at_address(article, address, None)):
            known = self._ledger.known(found)
            return known is not None and _holds(known, article)
        if not is_singular(article.identity) and (
            other := self._ledger.known(other_id(article.id, article.identity))
        ):
            return _holds(other, article)
        known = self._ledger.known(article.id)
        if known is None or not _holds(known, article):
            return False
        # Where another article has come to have the id in this run, it has none yet.
        return (
            known.identity is None
            or is_singular(article.identity)
            or is_same(known.identity, article.identity)
        )

    def _own(self, article: Article, input: int) -> Article:
        """The article under the id that it names, or another where that one is taken."""
        if is_singular(article.identity):
            return article
        other = other_id(article.id, article.identity)
        if self._ledger.known(other):
            return rename(article, other)
        known = self._ledger.known(article.id)
        return rename(article, other) if known and self._is_of_another(article, input, known) else article

    def _at_address(self, article: Article, address: str, input: int | None) -> str:
        """The other id under which an article has been seen in this run in another file, or is indexed.

        :param input: of which nothing at that address was seen before, if that is to be asked.
        :returns: ``""`` if there is none, or if several articles are called by that address.
        """
        seen = self._ledger.at(address)
        if not seen:
            return self._indexed_at(article, address)
        inputs = [one for _id, one in seen]
        if input in inputs or len(set(inputs)) < len(inputs):
            return ""
        for found in dict.fromkeys(one for one, _input in seen):
            known = self._ledger.known(found)
            if found != article.id and known and is_at_same_address(article.identity, known.identity or ""):
                return found
        return ""

    def _indexed_at(self, article: Article, address: str) -> str:
        """The id that the live index has an article under which now comes first in another file."""
        if self._reader is None or self._ledger.known(article.id):
            return ""
        if self._reader.document_frequency(TextField.ADDRESS, address) != 1:
            return ""
        page = self._reader.search(SearchRequest(Term(TextField.ADDRESS, address), limit=1))
        other = next(iter(self._reader.documents([hit.id for hit in page.hits])), None)
        known = self._ledger.known(other.id) if other else None
        if other is None or known is None or known.seen:
            return ""
        # Two articles of one file are two, but this may be what came of the one that comes again.
        is_again = article.origin == other.origin or article.content_hash == known.indexed
        if not is_again and _file(article.origin) == _file(other.origin):
            return ""
        return other.id if is_at_same_address(article.identity, identity_of(other)) else ""

    def _is_of_another(self, article: Article, input: int, known: Known) -> bool:
        if known.seen is not None:
            if known.input == input:
                return are_apart(article.identity, known.identity or "")
            return not is_same(article.identity, known.identity or "")
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
    return is_same(article.identity, identity_of(indexed))


def _file(origin: str) -> str:
    return _PLACE.sub("", origin)
