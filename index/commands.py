"""Commands that speak the owner's language, in their help and in click's own words.

click asks gettext for its words, in the domain and folder that a program names and the language that
``LANGUAGE`` does; ``translations/id/LC_MESSAGES/click.mo`` holds the Indonesian ones.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeVar

import click

from index.messages import CATALOGUES, _, owner, use_language
from index.processes import no_collecting
from index.settings import SettingError, load_settings

_Function = TypeVar("_Function", bound=Callable[..., Any])


def speak(language: str) -> None:
    """Let this process, and click in it, tell everything in a language.

    :param language: one of :data:`index.messages.LANGUAGES`.
    """
    use_language(language)
    gettext.bindtextdomain("click", CATALOGUES)
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = language


class _Translated:
    """Has a help text that is translated when it is shown."""

    help: str | None

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return _(value) if name == "help" and value else value


class Option(_Translated, click.Option):
    """An option with translated help."""


class Command(_Translated, click.Command):
    """A command with translated help."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Choose the language before the first word; it holds however wrong the other settings are."""
        with suppress(SettingError):  # told when the command needs the settings
            load_settings()
        speak(owner().language)
        return super().make_context(*arguments, **options)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, with our words for it."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Tampilkan bantuan ini.")
        return option


class Group(Command, click.Group):
    """A group of commands with translated help.

    :param elsewhere: name -> ``module:attribute`` of further commands, which are imported when they are asked
        for: one seldom needs what the others do.
    """

    command_class = Command

    def __init__(self, *arguments: Any, elsewhere: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._elsewhere = dict(elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted({*self.commands, *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, ``None`` if there is none."""
        if found := self._elsewhere.pop(cmd_name, ""):
            module, attribute = found.split(":")
            with no_collecting():
                self.add_command(getattr(import_module(module), attribute), cmd_name)
        return super().get_command(ctx, cmd_name)

    def all_commands(self) -> dict[str, click.Command]:
        """All commands by their names, sorted."""
        ctx = click.Context(self)
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return {name: command for name, command in found.items() if command}


def option(*names: str, help: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Like :func:`click.option`, with translated help."""
    return click.option(*names, cls=Option, help=help, **attributes)
