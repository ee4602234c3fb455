"""What makes articles alike: one text told again (``signatures``, ``folding``), the same words or names."""

__all__ = [
    "folding",
    "names",
    "signatures",
    "telling",
]
