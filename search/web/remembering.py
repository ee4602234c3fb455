"""A visitor's choice of language, remembered in a cookie that holds nothing else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from flask import Response, abort, request, url_for

from search.http.site import Site

YEAR_IN_SECONDS = 365 * 24 * 3600


def choose_language(site: Site) -> Callable[[str], Response]:
    """``/bahasa/<code>?ke=/...``: remember a language and go back to where it was chosen.

    The page names the language in its address once more, for browsers that keep no cookies.
    """

    def view(code: str) -> Response:
        if site.languages.is_one or code not in site.languages.offered:
            abort(404)
        root = url_for(".search_page")
        target = _with_language(_inside(request.args.get("ke", ""), root), code)
        response = Response(status=303, headers={"Location": target})
        response.set_cookie(
            site.languages.cookie,
            code,
            max_age=YEAR_IN_SECONDS,
            path=root,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        response.cache_control.no_store = True
        return response

    return view


def _inside(target: str, root: str) -> str:
    """A path of these pages; their front page if it is anything else, such as another site."""
    parts = urlsplit(target)
    plain = not parts.scheme and not parts.netloc and target.startswith(root) and target.isprintable()
    return target if plain and not target.startswith(("//", "/\\")) and "\\" not in target else root


def _with_language(target: str, code: str) -> str:
    path, _, query = target.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != "lang"]
    return f"{path}?{'&'.join([*kept, urlencode({'lang': code})])}"
