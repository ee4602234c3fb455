"""Fields: which column or key of a table holds which field of an article, and what its value says."""
