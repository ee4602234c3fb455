"""What ``index/`` says to the owner of an archive: Indonesian texts and their translation.

The Indonesian text is the key. Only ``TELUSUR_LANGUAGE`` chooses another language: the locale of a server
says how its operating system was installed, seldom what its owner reads.
"""

from __future__ import annotations

import os

from index.translations import ENGLISH


def _(message: str, /, **values: object) -> str:
    """A message in the owner's language.

    :param message: the Indonesian text, with ``{name}`` where a value goes.
    :param values: the values by name; without any, the text is taken as it stands.
    """
    text = ENGLISH.get(message, message) if language() == "en" else message
    return text.format(**values) if values else text


def N_(message: str) -> str:  # noqa: N802 - the customary name of a mark for extraction
    """Mark a text for translation that is translated later, where it is shown."""
    return message


def number(value: int) -> str:
    """A whole number with thousands separated as the language does it (``19.272``, ``19,272``)."""
    return f"{value:,}" if language() == "en" else f"{value:,}".replace(",", ".")


def decimal(value: float, digits: int = 1) -> str:
    """A decimal number as the language writes it (``0,4``, ``0.4``)."""
    return f"{value:.{digits}f}" if language() == "en" else f"{value:.{digits}f}".replace(".", ",")


def language() -> str:
    """``id`` or ``en``."""
    return "en" if os.environ.get("TELUSUR_LANGUAGE", "").lower().startswith("en") else "id"
