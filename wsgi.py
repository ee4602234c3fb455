"""The WSGI application: ``wsgi:app``."""

from __future__ import annotations

from search.app import create_app

app = create_app()
