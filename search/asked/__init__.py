"""What visitors asked, counted by day: no addresses, no times of day, nothing that tells who asked."""

__all__ = [
    "normalising",
    "recorder",
    "report",
    "store",
]
