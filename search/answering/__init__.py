"""One question in, one answer out: the same for page, API, command line and every other face."""

__all__ = [
    "inspecting",
    "lanes",
    "results",
    "service",
    "similar",
]
