"""Tables in text: CSV and TSV of any dialect, to rows, and where their heading stands."""

__all__: list[str] = []
