"""Formats: one parser module for each, found by the registry's line of its endings."""

__all__: list[str] = []
