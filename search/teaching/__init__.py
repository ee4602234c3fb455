"""The owner's lexicon: what a line would change in his archive, and how it gets into his file."""

__all__ = ["adding", "checking", "effects", "lines", "listing"]
