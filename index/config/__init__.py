"""What settings are made of: their table, the ranking weights, other names, how values are written."""

__all__ = ["aliases", "databases", "table", "values", "weights"]
