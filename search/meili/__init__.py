"""Meilisearch's protocol, as far as searching goes, for its clients and InstantSearch widgets as they are."""

__all__ = [
    "blueprint",
]
