"""What a model says of one of its members."""

from __future__ import annotations

from typing import Any

from msgspec import Meta


def about(text: str = "", **more: Any) -> Meta:
    """Metadata of a member.

    :param text: what it is, a message to translate.
    :param more: other keywords of its JSON Schema.
    """
    return Meta(description=text or None, extra_json_schema=more or None)
