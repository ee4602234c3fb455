"""Marked titles and passages: fragmenter x scorer x order x formatter over ready-made token columns.

A snippet is made in four steps, each a plain function that can be exchanged on its own: ``Sentences``
finds the borders, ``Finder`` the words, ``choose_passages`` the passages worth showing, and the
functions of ``markup`` write them as escaped text with ``<mark>``.
"""

__all__ = [
    "articles",
    "highlighting",
    "markup",
    "passages",
    "sanitising",
    "sentences",
    "shown",
    "targets",
    "texts",
]
