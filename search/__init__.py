"""Question -> answer -> page."""
