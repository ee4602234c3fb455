"""``reindex``: makes an index hold what its sources hold; ``sync`` is the one call, ``watch`` repeats it.

A run is a frozen ``job``. ``decide`` looks at what is live and says whether it is updated or rebuilt, and
why. Either way a ``scan`` of the sources says of every article what becomes of it, a ``tally`` counts it,
``removals`` refuses what nobody asked for, one transaction writes it, and the ``report`` is returned once.

One article passes through these shapes:

1. ``InputFile``: the file it stands in, not looked at yet;
2. ``Piece``: its part of a large file, cut out and not parsed;
3. ``Document``: the article, read; a ``Skip`` with its reason if it is none;
4. ``Article``: its id, its hash and what becomes of it, with the document packed for travel;
5. ``AnalyzedDocument``: with the words of its fields;
6. what ``Engine.prepare`` made of that, which the engine's writer takes.
"""

__all__ = [
    "removals",
    "report",
    "sync",
    "terminal",
    "watch",
    "workers",
]
