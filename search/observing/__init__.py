"""What the owner can see of a running site: its log, each request on wish, and figures."""

__all__ = [
    "asked",
    "folder",
    "logs",
    "metrics",
    "observer",
    "shared",
]
