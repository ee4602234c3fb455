"""Texts of pages: translated, and escaped but for values that are ``Markup`` already."""

from __future__ import annotations

from markupsafe import Markup, escape

from index.messages import Translator


def html(translator: Translator, message: str, /, **values: object) -> Markup:
    """:meth:`index.messages.Translator.gettext` for a page."""
    text = escape(translator.form(message))
    return text.format(**translator.told(values)) if values else text


def nhtml(translator: Translator, singular: str, plural: str, number: int, /, **values: object) -> Markup:
    """:meth:`index.messages.Translator.ngettext` for a page."""
    text = escape(translator.form(singular, plural, number))
    return text.format(num=translator.number(number), **translator.told(values))
