"""``telusur lexicon``: teaches the search words, from a terminal."""

from __future__ import annotations

import sys

import click

from index.commands import Group, option
from index.messages import N_, _
from index.settings import SettingError, load_settings
from search.admin.lexicon import SECTIONS, EntryError, add_entry


@click.group(cls=Group, help=N_("Leksikon pengelola: berkas yang disebut pengaturan `lexicon`."))
def lexicon() -> None:
    pass


@lexicon.command(
    help=N_(
        "Tambahkan ENTRY ke leksikon, misalnya “nakes = tenaga kesehatan, perawat”.\n\nSinonim, akronim, "
        "kata henti dan kata tanya berlaku di server yang berjalan dalam sedetik dua detik; yang lain "
        "menunggu `reindex`. Catatan dan isi lain berkas itu tidak berubah."
    )
)
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY...")
@option(
    "--section",
    type=click.Choice([*SECTIONS.values(), *SECTIONS]),
    default="sinonim",
    metavar="NAME",
    help=N_("Bagian leksikon, misalnya sinonim, akronim, atau akar."),
)
def add(entries: tuple[str, ...], section: str) -> None:
    name = next(english for english, indonesian in SECTIONS.items() if section in (english, indonesian))
    try:
        settings = load_settings()
    except SettingError as error:
        raise click.UsageError(str(error)) from error
    for entry in entries:
        try:
            added = add_entry(settings, entry, name)
        except EntryError as error:
            click.echo(_("Gagal: {message}", message=error), err=True)
            sys.exit(1)
        if not added.is_new:
            click.echo(_("Sudah ada: {line}", line=added.line))
        elif added.at_once:
            click.echo(_("Ditambahkan, berlaku tanpa memulai ulang: {line}", line=added.line))
        else:
            click.echo(_("Ditambahkan, berlaku sesudah `reindex`: {line}", line=added.line))
