"""The engine for archives that outgrow one machine: indexes in an OpenSearch cluster, fed with our tokens.

Reading order: ``client`` asks the cluster over ``connection``, whose every request has one deadline, and
``errors`` says what went wrong.
"""

__all__ = [
    "client",
    "files",
    "home",
]
