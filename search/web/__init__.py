"""The search page: HTML that works without JavaScript, as a blueprint for any Flask application."""

__all__ = [
    "blueprint",
    "branding",
    "idle_templates",
    "overrides",
    "rendering",
    "templating",
]
