"""The JSON API and the health checks, as blueprints for any Flask application."""

__all__ = [
    "blueprint",
    "clicks",
    "describing",
    "health",
    "metrics",
    "responses",
]
