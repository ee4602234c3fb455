"""Who may ask: other sites' pages, keys, how often, and how much at a time."""

__all__ = [
    "clients",
    "counters",
    "entrance",
    "gate",
    "guard",
    "keys",
    "refusals",
]
