"""Words an archive does not know -> the closest ones it does."""

__all__ = [
    "prefixes",
    "speller",
    "vocabulary",
]
