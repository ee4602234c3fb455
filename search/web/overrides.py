"""Templates of the owner that win over ours, and what a page says when one of them is broken."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask, current_app
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    defaults,
    select_autoescape,
)
from msgspec import Struct

from index.messages import N_, Translator, _
from search.http.problems import Problem
from search.web.assets import AssetMissingError
from search.web.branding import ORIGINAL, OURS

_BROKEN = Problem(
    500,
    "template-broken",
    N_("Tampilan situs ini rusak"),
    N_("Templat {name} baris {line} tidak dapat dipakai: {why}. Pencarian lewat API tetap bekerja."),
)

OUR_LOADER = ChoiceLoader(
    [PrefixLoader({ORIGINAL: FileSystemLoader(OURS / "telusur")}), FileSystemLoader(OURS)]
)
"""Finds our own templates alone, by both of their names."""


def loader_of(folder: Path | None, sources: Mapping[str, str]) -> BaseLoader:
    """Finds ``telusur/<name>`` among the owner's, else among ours, and ``bawaan/<name>`` among ours.

    :param folder: where the owner's stand, for messages.
    :param sources: their texts.
    """
    if folder is None:
        return OUR_LOADER

    def read(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (sources[name], str(folder / name), lambda: True) if name in sources else None

    return ChoiceLoader([PrefixLoader({"telusur": FunctionLoader(read)}), OUR_LOADER])


def environment_of(app: Flask, loader: BaseLoader) -> Environment:
    """The environment of an application, with its filters and globals, for our templates: they are written in
    Jinja as it is by itself, whatever signs and rules the application has for its own.
    """
    return app.jinja_env.overlay(
        loader=loader,
        block_start_string=defaults.BLOCK_START_STRING,
        block_end_string=defaults.BLOCK_END_STRING,
        variable_start_string=defaults.VARIABLE_START_STRING,
        variable_end_string=defaults.VARIABLE_END_STRING,
        comment_start_string=defaults.COMMENT_START_STRING,
        comment_end_string=defaults.COMMENT_END_STRING,
        line_statement_prefix=defaults.LINE_STATEMENT_PREFIX,
        line_comment_prefix=defaults.LINE_COMMENT_PREFIX,
        trim_blocks=False,
        lstrip_blocks=False,
        undefined=Undefined,
        autoescape=select_autoescape(("html", "xml")),
    )


def render_ours(name: str, **values: object) -> str:
    """A page of our own templates alone, whatever those of the owner or of a host hold."""
    app: Flask = current_app
    environment = environment_of(app, FileSystemLoader(OURS))
    app.update_template_context(values)
    return environment.get_template(name).render(values)


class Fault(Struct, frozen=True):
    """Where an owner's template failed, and why."""

    name: str
    line: int
    why: str

    def problem(self, translator: Translator) -> Problem:
        """The same for a page."""
        detail = translator.gettext(_BROKEN.detail, name=self.name, line=self.line, why=self.why)
        return Problem(_BROKEN.status, _BROKEN.kind, _BROKEN.title, detail)


def fault_of(error: BaseException, folder: Path | None) -> Fault | None:
    """The place in a template of the owner where an error comes from, or ``None`` if it does not."""
    if folder is None:
        return None
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    for file, line in reversed(frames):
        if Path(file).is_relative_to(folder):
            return Fault(str(Path(file).relative_to(folder)), line, _why(error))
    return None


def _why(error: BaseException) -> str:
    """What visitors may read too: nothing of where files are on the server."""
    kind = type(error).__name__
    if isinstance(error, AssetMissingError):
        return str(error)
    if isinstance(error, TemplateNotFound):
        return _("tidak ada templat {name}", name=error.name)
    if isinstance(error, TemplateSyntaxError):
        return error.message or kind
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}"
    return f"{kind}: {error}"
