"""What settings need besides themselves: the table of ranking weights, and other names."""

__all__ = ["aliases", "weights"]
