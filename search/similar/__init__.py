"""What makes articles alike: one text told again (``signatures``, ``folding``), the same words, the same names."""

__all__ = [
    "folding",
    "names",
    "signatures",
    "telling",
]
