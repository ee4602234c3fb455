"""``flask reindex``: a command for the sites of an application, by the settings of each of them."""

from __future__ import annotations

from functools import partial
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from index.commands import Command, Option
from index.messages import N_, _
from index.settings import Settings
from search.hosted.sites import sites_of

FAILED = 1

_OF_ONE = ("sources", "index", "watched")
"""Parameters that make no sense for several sites."""


def add_command(app: Flask, command: click.Command) -> None:
    """Give an application a command, once for all of its sites; by another name if it has one of that name.

    :param command: takes its settings from the context.
    """
    for name in (command.name, f"telusur-{command.name}"):
        if isinstance(there := app.cli.commands.get(str(name)), _OfSites):
            return
        if there is None:
            app.cli.add_command(_OfSites(name, command))
            return


class _OfSites(Command):
    """A command with ``--site``."""

    def __init__(self, name: str | None, command: click.Command) -> None:
        wanted = Option(
            ["--site"], metavar="NAME", help=N_("Hanya situs bernama ini; tanpa itu semua situs aplikasi.")
        )
        run = with_appcontext(click.pass_context(partial(_run, command)))
        super().__init__(name, callback=run, params=[*command.params, wanted], help=command.help)


def _run(command: click.Command, ctx: click.Context, /, site: str | None, **options: Any) -> None:
    sites = sites_of(current_app)
    if site is not None and site not in sites:
        raise click.UsageError(
            _("tidak ada situs {name}; yang ada: {names}", name=site, names=", ".join(sites))
        )
    chosen = [site] if site is not None else list(sites)
    if len(chosen) > 1 and any(options[name] for name in _OF_ONE):
        raise click.UsageError(
            _(
                "SOURCE, --index dan --watch hanya untuk satu situs; sebutlah --site: {names}",
                names=", ".join(sites),
            )
        )
    codes: set[int] = set()
    for name in chosen:
        if len(chosen) > 1 and not options["quiet"]:
            click.echo(f"{name}:", err=True)
        codes.add(_one(ctx, command, sites[name].settings, options))
    ctx.exit(FAILED if FAILED in codes else max(codes))


def _one(ctx: click.Context, command: click.Command, settings: Settings, options: dict[str, Any]) -> int:
    """Run the command for one site; the code that it ends with."""
    ctx.obj = settings
    try:
        ctx.invoke(command, **options)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:  # such as sources that nobody has named yet
        error.show()
        return error.exit_code
    return 0
