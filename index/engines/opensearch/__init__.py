"""The engine for archives that outgrow one machine: indexes in an OpenSearch cluster, fed with our tokens.

Reading order: ``client`` asks the cluster over ``connection``, whose every request has one deadline, and
``errors`` says what went wrong. ``schema`` lays an index out; ``prepare`` packs a document, ``bulk`` sends
it and has it counted by ``statistics`` (``words``), which ``files`` keep in the cluster and ``cached`` on
each machine; ``writer`` makes the next of an index's ``versions`` and puts it in force. ``compiler`` turns a
query tree into JSON (``terms`` finds what patterns stand for, ``phrases`` makes phrases), ``asking`` makes
one question of a whole request, with what ``facets`` count; ``reader`` asks it of a ``commit``. ``home``
keeps generations, ``lease`` has one run write at a time, ``limits`` lets long questions pass.

What differs from the default engine: lengths of fields beyond 40 tokens are kept in steps (one byte), so
that scores are off by some percent, as in Tantivy; how often a loose phrase occurs in a document counts by
how near its words are.
"""

__all__ = [
    "client",
    "files",
    "home",
]
