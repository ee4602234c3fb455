"""Sources: folders and files of many formats -> Documents, and a reason for each input that is none.

``walk`` lists the inputs, ``registry`` knows the parser of each, ``reading`` reads them, whole or cut into
pieces that may be read anywhere, and ``signatures`` tells whether a file would yield the same again.
"""

__all__ = [
    "addresses",
    "aliases",
    "base",
    "databases",
    "dates",
    "days",
    "encoding",
    "fields",
    "identity",
    "losses",
    "reading",
    "registry",
    "signatures",
    "version",
    "walk",
]
