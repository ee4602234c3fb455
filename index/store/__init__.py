"""The index on disk: its generations, what belongs to one besides the engine's files, and who may write."""

__all__ = [
    "checksums",
    "durable",
    "fingerprint",
    "generation",
    "generations",
    "inventory",
    "kept",
    "kept_arrays",
    "learned_furniture",
    "learned_language",
    "lock",
    "names",
    "open_index",
    "opened",
    "sources",
]
