"""The catalogue: what the code says in Indonesian, in other languages, one file each."""

__all__ = ["collect"]
