"""What somebody who types may want to ask: words, names and titles of the archive that go on from there."""

__all__ = [
    "completion",
    "suggester",
]
