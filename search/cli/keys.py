"""``telusur keys``: who may ask the API, for the owner."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from index.commands import Group, option
from index.config.values import is_rate
from index.messages import N_, _
from index.settings import SettingError, load_settings
from search.access.keys import LONGEST_NAME, KeyFile, KeysError, Role, make_key
from search.cli.common import fail, index_option, json_option
from search.cli.terminal import print_json, print_table


@click.group(
    cls=Group,
    help=N_(
        "Kunci API: untuk mencari saja, atau untuk pengelola.\n\nBerlaku di server yang berjalan dalam "
        "sedetik, tanpa memulainya ulang."
    ),
)
def keys() -> None:
    pass


@keys.command(
    help=N_(
        "Buat kunci bernama NAME dan tampilkan.\n\nHanya kali ini: yang disimpan cuma hash-nya. Kuncinya "
        "satu-satunya baris di keluaran baku."
    )
)
@click.argument("name", metavar="NAME")
@option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.SEARCH.value,
    help=N_("Yang dibuka kunci ini: pencarian (search) atau juga yang untuk pengelola (admin)."),
)
@option(
    "--expires",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help=N_("Hari terakhir kunci ini berlaku, misalnya 2027-01-31; tanpa ini selamanya."),
)
@option(
    "--rate",
    metavar="RATE",
    default="",
    help=N_(
        "Permintaan dari semua yang memakai kunci ini bersama-sama, misalnya 6000/minute; tanpa ini tiap "
        "pengunjung dibatasi seperti biasa."
    ),
)
@json_option
@index_option
def add(name: str, role: str, expires: datetime | None, rate: str, as_json: bool, index: str | None) -> None:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise click.UsageError(_("nama kunci: satu baris, paling panjang {most} huruf", most=LONGEST_NAME))
    if not is_rate(rate):
        raise click.UsageError(_("--rate: {found} bukan misalnya 600/minute", found=rate))
    text, key = make_key(name.strip(), Role(role), expires.date() if expires else None, rate)
    if key.expired:
        raise click.UsageError(_("--expires: {day} sudah lewat", day=key.expires))
    file = _file(index)
    try:
        file.add(key)
    except KeysError as error:
        fail(str(error))
    if as_json:
        print_json({"key": text, **key.to_dict()})
        return
    click.echo(text)
    click.echo(_("Simpan sekarang: kunci ini tidak dapat ditampilkan lagi."), err=True)


@keys.command("list", help=N_("Tampilkan kunci yang ada, tanpa isinya."))
@json_option
@index_option
def list_keys(as_json: bool, index: str | None) -> None:
    try:
        found = list(_file(index).read().values())
    except KeysError as error:
        fail(str(error))
    if as_json:
        print_json({"keys": [key.to_dict() | {"expired": key.expired} for key in found]})
        return
    head = (_("nama"), _("peran"), _("pengenal"), _("dibuat"), _("berlaku sampai"), _("batas"))
    rows = [
        (
            key.name,
            key.role.value,
            key.id,
            key.created.isoformat(),
            _until(key.expires, key.expired),
            key.rate,
        )
        for key in found
    ]
    print_table([head, *rows])


@keys.command(help=N_("Cabut kunci bernama NAME (atau dengan pengenal itu); sejak itu ia ditolak."))
@click.argument("name", metavar="NAME")
@json_option
@index_option
def revoke(name: str, as_json: bool, index: str | None) -> None:
    try:
        key = _file(index).revoke(name)
    except KeysError as error:
        fail(str(error))
    if as_json:
        print_json({"revoked": key.to_dict()})
    else:
        click.echo(_("Kunci {name} dicabut.", name=key.name))


def _until(expires: object, expired: bool) -> str:
    if expires is None:
        return _("selamanya")
    return _("{day} (lewat)", day=expires) if expired else str(expires)


def _file(index: str | None) -> KeyFile:
    try:
        return KeyFile(Path(index or load_settings().text("index")))
    except SettingError as error:
        raise click.UsageError(str(error)) from error
