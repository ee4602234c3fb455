"""What settings are made of: their table, the ranking weights, other names, columns, ways to write."""

__all__ = ["aliases", "fields", "table", "values", "weights"]
