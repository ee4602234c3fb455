"""The default engine: an embedded Whoosh index, written in bulk and searched with numpy arrays.

Reading order: ``prepare`` packs a document, ``inverter`` turns packed documents into ``postings``,
``segment`` writes them beside the ``columns``, ``writer`` publishes segments through ``storage``; then
``commit`` opens them as one numbering of ``live`` documents with their ``terms``, ``evaluate`` answers a
query tree over it with ``matches`` and how they are ``combining``, ``hits`` takes the best of them,
``reader`` makes the page.
``codec`` and ``schema`` are what lets any Whoosh searcher open the same segments. ``contents`` lists these:
Whoosh's own list is a pickle, which may run code when it is read.
"""
