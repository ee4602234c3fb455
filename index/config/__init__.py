"""What settings are made of: their table, the ranking weights, other names, columns, ways to write."""

__all__ = ["aliases", "databases", "fields", "table", "values", "weights"]
