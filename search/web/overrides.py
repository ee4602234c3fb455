"""Templates of the owner that win over ours, and what a page says when one of them is broken."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, TemplateSyntaxError

from index.messages import N_, Translator
from search.http.problems import Problem

OURS = Path(__file__).parent / "templates"
ORIGINAL = "bawaan"
"""What stands before the name of one of our templates where the owner's extends it."""

_BROKEN = Problem(
    500,
    "template-broken",
    N_("Tampilan situs ini rusak"),
    N_("Templat {name} baris {line} tidak dapat dipakai: {why}. Pencarian lewat API tetap bekerja."),
)


def loader_of(folder: Path | None) -> BaseLoader:
    """Finds ``telusur/<name>`` in the owner's folder, else among ours, and ``bawaan/<name>`` among ours."""
    ours = FileSystemLoader(OURS)
    original = FileSystemLoader(OURS / "telusur")
    if folder is None:
        return ours
    own = {"telusur": FileSystemLoader(folder), ORIGINAL: original}
    return ChoiceLoader([PrefixLoader(own), ours])


def render_ours(name: str, **values: object) -> str:
    """A page of our own templates alone, whatever those of the owner or of a host hold."""
    app: Flask = current_app
    environment = app.jinja_env.overlay(loader=FileSystemLoader(OURS))
    app.update_template_context(values)
    return environment.get_template(name).render(values)


@dataclass(frozen=True)
class Fault:
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
            kind = type(error).__name__
            why = error.message if isinstance(error, TemplateSyntaxError) else f"{kind}: {error}"
            return Fault(str(Path(file).relative_to(folder)), line, why or kind)
    return None
