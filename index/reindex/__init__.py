"""``reindex``: makes an index hold what its sources hold; ``sync`` is the one call, ``watch`` repeats it."""

__all__ = [
    "advice",
    "report",
    "sync",
    "watch",
    "workers",
]
