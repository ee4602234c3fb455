"""The owner's pages, behind an admin key: what visitors asked, and what to teach the search because of it."""

__all__ = [
    "blueprint",
]
