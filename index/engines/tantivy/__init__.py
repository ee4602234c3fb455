"""The engine for large archives: an embedded Tantivy index, fed with our tokens.

Reading order: ``prepare`` packs a document, ``writer`` adds it and notes its id in the ``records`` file;
``compiler`` turns a query tree into Tantivy's queries (``unscored`` leaves out what only scores, ``terms``
finds those that a pattern stands for, ``phrases`` makes phrases, ``weighing`` leaves deleted documents out of
idf); ``reader`` runs them on a ``commit``, ``facets`` counts values. ``schema`` names the fields.

What differs from the default engine: ties go in the order in which documents lie, not by id; lengths
of fields beyond 40 tokens are kept in steps (one byte), so that scores are off by some percent; deleted
documents count in the average length of fields until Tantivy merges their segment (never in results, totals,
facets and idf); and it merges by its own rule only.
"""
