"""What settings need besides themselves: the ranking weights, other names, and how values are written."""

__all__ = ["aliases", "values", "weights"]
