"""What commands share: options, the settings with these, and how they fail."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from index.commands import option
from index.messages import N_, _
from index.settings import SettingError, Settings, load_settings

FAILED = 1

index_option = option("--index", metavar="DIR", help=N_("Folder tempat indeks disimpan."))
json_option = option("--json", "as_json", is_flag=True, help=N_("Cetak satu objek JSON."))


def settings_with(index: str | None, **changes: str | int | None) -> Settings:
    """The settings, with what options change of them.

    :param index: the folder of the index; ``None``, here and of other options, is no change.
    :raises click.UsageError: if they hold a mistake.
    """
    try:
        return load_settings().replace(index=index, **changes)
    except SettingError as error:
        raise click.UsageError(str(error)) from error


def fail(message: str) -> NoReturn:
    """End the command, saying why it cannot do what it was asked for."""
    click.echo(_("Gagal: {message}", message=message), err=True)
    sys.exit(FAILED)
