"""The JSON API and the health checks, as blueprints for any Flask application."""

from search.api.blueprint import create_blueprint, error_response
from search.api.health import create_health_blueprint

__all__ = ["create_blueprint", "create_health_blueprint", "error_response"]
