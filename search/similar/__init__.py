"""What makes articles alike: one text told again (``signatures``, ``folding``), or the same telling words."""

__all__ = [
    "folding",
    "signatures",
    "telling",
]
