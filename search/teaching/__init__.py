"""The owner's lexicon: what a line would change in his archive, and how it gets into his file."""

__all__ = ["adding", "checking", "clashes", "lines", "listing", "sides", "stems"]
