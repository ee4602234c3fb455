"""The search page: HTML that works without JavaScript, as a blueprint for any Flask application."""

from search.web.blueprint import create_blueprint, error_page

__all__ = ["create_blueprint", "error_page"]
