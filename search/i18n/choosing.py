"""The language a visitor wants."""

from __future__ import annotations

from werkzeug.wrappers import Request

from index.messages import LANGUAGES


def chosen_language(request: Request, default: str) -> str:
    """``?lang=``, else what the browser prefers, else the setting."""
    wanted = request.args.get("lang", "")
    return wanted if wanted in LANGUAGES else preferred_language(request, default)


def preferred_language(request: Request, default: str) -> str:
    """The language that ``Accept-Language`` asks for, else the setting."""
    return request.accept_languages.best_match(list(LANGUAGES), default) or default
