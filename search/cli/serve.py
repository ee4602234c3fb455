"""``telusur serve``."""

from __future__ import annotations

from functools import partial

import click

from index.commands import Command, option
from index.messages import N_, _
from index.settings import SettingError, Settings
from search.cli.common import fail, index_option, settings_with
from search.cli.looks import read_looks
from search.cli.serving import serve_forever
from search.web.branding import Branding


@click.command(
    cls=Command,
    help=N_(
        "Layani halaman pencarian dan API.\n\nBerhenti dengan rapi pada Ctrl-C atau SIGTERM: permintaan yang "
        "sedang dijawab diselesaikan dulu."
    ),
)
@option("--host", metavar="HOST", help=N_("Alamat tempat server mendengarkan."))
@option("--port", type=click.IntRange(0, 65535), metavar="PORT", help=N_("Porta tempat server mendengarkan."))
@option(
    "--workers",
    type=click.IntRange(min=0),
    metavar="N",
    help=N_("Jumlah proses server; 0 berarti sebanyak inti prosesor."),
)
@index_option
def serve(host: str | None, port: int | None, workers: int | None, index: str | None) -> None:
    read = partial(_site_settings, index, host=host, port=port, workers=workers)
    settings, branding = read()
    if why := serve_forever(settings, branding, read):
        host, port = settings.text("host"), settings.whole("port")
        fail(_("server tidak dapat dijalankan di {host}:{port}: {why}", host=host, port=port, why=why))


def _site_settings(index: str | None, **changes: str | int | None) -> tuple[Settings, Branding]:
    """The settings, and what they say about the looks of the pages."""
    settings = settings_with(index, **changes)
    try:
        return settings, read_looks(settings)
    except SettingError as error:
        raise click.UsageError(str(error)) from error
