"""Engines: how an index is stored and asked. ``base`` is the protocol, ``registry`` names them."""

__all__ = [
    "base",
    "registry",
]
