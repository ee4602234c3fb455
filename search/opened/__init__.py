"""The open index of a process, and what is worked out about it once for all searches."""

__all__ = [
    "documents",
    "inflections",
    "memory",
    "searcher",
    "snapshot",
    "turning",
]
