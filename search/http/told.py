"""What a view tells of its answer to those who count: told again each time that a kept answer is given."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

TOLD = "telusur.told"
"""Where the environment of a request holds it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One search that somebody asked for in words.

    :param total: articles found.
    """

    total: int


def tell_search(text: str, total: int) -> None:
    """Tell of the search that the request at hand asked for; an empty one is none."""
    if text.strip():
        request.environ[TOLD] = Told(total)
