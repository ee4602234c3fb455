"""What page and API share: response headers, limits, errors, kept answers."""

__all__ = [
    "cache",
    "hooks",
    "problems",
    "proxies",
    "request_ids",
    "site",
    "told",
]
