"""JSON of any layout: cut into values without holding the file, and what of a value is an article."""

__all__: list[str] = []
