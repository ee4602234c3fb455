"""Xapian, when its Python bindings are there (python3-xapian; they are not on the package index)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.queries import Asked, Kind
from bench.systems import folder_bytes
from index.engines.base import AnalyzedDocument

try:
    import xapian
except ModuleNotFoundError:
    xapian = None

_DAY, _SOURCE, _YEAR = 0, 1, 2
_LONGEST_TERM = 200


class Xapian:
    """Xapian."""

    title = "Xapian"
    note = "estimated totals"

    def __init__(self) -> None:
        self._database: Any = None

    def missing(self) -> str:
        """Whether the bindings are installed."""
        return "" if xapian else "not installed (python3-xapian, for this Python)"

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """One writable database, one commit."""
        database = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE)
        for document in documents:
            article, entry = document.document, xapian.Document()
            for prefix, stems in (("S", document.title.stems), ("", document.body.stems)):
                for position, stem in enumerate(stems, 1):
                    if len(stem.encode()) < _LONGEST_TERM:
                        entry.add_posting(prefix + stem, position)
            day = article.published.toordinal() if article.published else 0
            entry.add_boolean_term("XSOURCE" + article.source)
            entry.add_value(_DAY, xapian.sortable_serialise(day))
            entry.add_value(_SOURCE, article.source)
            entry.add_value(_YEAR, str(article.year or ""))
            entry.set_data(article.id)
            database.add_document(entry)
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        """One database."""
        self._database = xapian.Database(str(folder / "xapian"))

    def search(self, asked: Asked) -> list[str]:
        """Ids of the ten best."""
        if asked.kind is Kind.PHRASE:
            query = xapian.Query(xapian.Query.OP_PHRASE, list(asked.words))
        elif asked.kind is Kind.PREFIX:
            kind = xapian.Query.OP_WILDCARD
            # With fewer arguments the bindings take the text for a list of queries; 0: as many terms as fit.
            limits = (0, xapian.Query.WILDCARD_LIMIT_ERROR)
            wild = [xapian.Query(kind, prefix + asked.words[0], *limits) for prefix in ("S", "")]
            query = xapian.Query(xapian.Query.OP_OR, wild)
        else:
            query = xapian.Query(xapian.Query.OP_OR, [p + word for word in asked.words for p in ("S", "")])
        if asked.kind is Kind.FILTERED:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query("XSOURCE" + asked.source))
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        at_least, spies = 0, []
        if asked.kind is Kind.FACETED:
            at_least = self._database.get_doccount()
            spies = [xapian.ValueCountMatchSpy(slot) for slot in (_SOURCE, _YEAR)]
            for spy in spies:
                enquire.add_matchspy(spy)
        elif asked.kind is Kind.SORTED:
            enquire.set_sort_by_value(_DAY, True)
        found = [match.document.get_data().decode() for match in enquire.get_mset(0, 10, at_least)]
        for spy in spies:
            _ = [(value.term, value.termfreq) for value in spy.top_values(20)]
        return found

    def disk_bytes(self, folder: Path) -> int:
        """All files."""
        return folder_bytes(folder)


system = Xapian()
