"""What `telusur check FILE` shows: what the columns of tables are taken for, before any is indexed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from index.messages import _
from index.settings import Settings
from index.sources.base import Skip, SourceMissingError
from index.sources.fields.survey import survey
from index.sources.walk import list_inputs
from search.cli.terminal import print_json


def show_columns(paths: Sequence[str], settings: Settings, as_json: bool) -> None:
    """Print the columns of each table among some files; exit with 1 if there is none."""
    try:
        inputs = list(list_inputs(paths, settings))
    except SourceMissingError as error:
        raise click.UsageError(str(error)) from error
    found = survey(inputs, settings)
    if as_json:
        print_json({"tables": found.to_dict(), "problems": list(found.unmet)})
    elif lines := found.lines():
        click.echo("\n".join(lines))
    if not found.tables:
        skips = [f"{each.source}: {each.reason}" for each in inputs if isinstance(each, Skip)]
        click.echo("\n".join([*skips, _("Tidak ada tabel di antaranya.")]), err=True)
        sys.exit(1)
