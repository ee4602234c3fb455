"""Catalogues of the interface, and what collects their texts from code and templates."""
