"""Telusur inside programs of others: calls from Python, the sites of one Flask application, their command."""

__all__ = [
    "archive",
    "commands",
    "sites",
]
