"""The engine for large archives: an embedded Tantivy index, fed with our tokens.

Reading order: ``prepare`` packs a document, ``writer`` adds it and notes its id in the ``records`` file;
``compiler`` turns a query tree into Tantivy's queries (``patterns`` finds the terms of wildcards); ``reader``
runs them on a ``commit``, ``ordering`` settles ties, ``facets`` counts values. ``schema`` names the fields.
"""

from index.engines.tantivy.engine import engine

__all__ = ["engine"]
