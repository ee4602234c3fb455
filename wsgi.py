"""The WSGI application by its customary name, ``wsgi:app``, for ``flask --app wsgi`` and WSGI servers."""

from __future__ import annotations

from search.app import create_app

app = create_app()
