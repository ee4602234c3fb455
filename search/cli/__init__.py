"""The command ``telusur``."""

__all__ = [
    "checking",
    "commands",
    "serving",
    "terminal",
]
