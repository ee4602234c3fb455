"""Documents as they are: all of them page by page, those that a filter lets pass, one by its id."""

from __future__ import annotations

from typing import Any

from index.messages import _
from index.query import Query, Term, TextField
from index.sources.addresses import id_key
from search.answer import Question
from search.http.site import Site
from search.meili.attributes import chosen, record_of
from search.meili.conditions import all_trees, any_of
from search.meili.errors import MeiliError
from search.meili.filters import read_filter
from search.meili.queries import HITS, read_sort
from search.meili.reading import Fields

LISTS = ("fields", "ids", "sort")
"""Parameters that hold several names, joined by commas in an address."""

KNOWN = ("offset", "limit", "fields", "filter", "ids", "sort", "retrieveVectors")


def list_documents(site: Site, body: dict[str, Any], most: int) -> dict[str, Any]:
    """A page of the documents that a request asks for, the newest first.

    :param most: documents that may be listed at once. Whoever wants more is told: a program that goes on
        behind as many as it asked for would pass over some.
    :raises MeiliError: if it cannot be read.
    """
    fields = Fields(body, "invalid_document_", KNOWN)
    fields.unsupported("retrieveVectors", "invalid_document_retrieve_vectors")
    offset, limit = fields.whole("offset", 0), fields.whole("limit", HITS)
    if limit > most:
        fields.refuse("limit", _("paling banyak {most}", most=most))
    names = chosen(fields.names("fields"))
    restrict = all_trees(
        tree for tree in (read_filter(fields.raw("filter"), fields.code("filter")), _ids(fields)) if tree
    )
    answer = site.service.search(
        Question(
            "",
            per_page=limit,
            offset=offset,
            sort=read_sort(fields),
            restrict=restrict,
            facets=(),
            histogram=False,
            whole=True,
        )
    )
    address_of = site.article_addresses()
    records = [record_of(result.whole.document, address_of) for result in answer.results if result.whole]
    return {
        "results": [{name: record[name] for name in names} for record in records],
        "offset": offset,
        "limit": limit,
        "total": answer.total,
    }


def one_document(site: Site, id: str, body: dict[str, Any]) -> dict[str, Any]:
    """One document.

    :raises MeiliError: if there is none of that id.
    """
    fields = Fields(body, "invalid_document_", ("fields", "retrieveVectors"))
    fields.unsupported("retrieveVectors", "invalid_document_retrieve_vectors")
    names = chosen(fields.names("fields"))
    found = site.service.document(id)
    if found is None:
        raise MeiliError("document_not_found", _("Dokumen `{id}` tidak ada.", id=id[:120]))
    record = record_of(found.document, site.article_addresses())
    return {name: record[name] for name in names}


def _ids(fields: Fields) -> Query | None:
    ids = fields.names("ids")
    return None if ids is None else any_of([Term(TextField.ADDRESS, id_key(each)) for each in ids])
