"""Engines: how an index is stored and asked. ``base`` is the protocol, ``registry`` names them.

What all of them take of a document is ``packing``, what a query means in all of them ``semantics``.
"""

__all__ = [
    "base",
    "cache",
    "packing",
    "registry",
    "waiting",
]
