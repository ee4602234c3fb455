"""``telusur generations``: the indexes that are kept of an archive, for their owner to look at and choose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from index.analysis.lexicon import LexiconError
from index.commands import Group, option
from index.engines.base import EngineError
from index.engines.registry import engine_names
from index.errors import ReindexError
from index.messages import N_, _, number, system_reason
from index.store import inventory
from index.store.generations import Generations
from index.store.inventory import Listed, Role
from index.store.learned_language import load_analyzer
from search.cli.common import fail, index_option, json_option, settings_with
from search.cli.terminal import print_json, print_table

_MIB = 1 << 20

_ROLES = {
    Role.LIVE: N_("melayani"),
    Role.PREVIOUS: N_("sebelumnya"),
    Role.EARLIER: N_("lebih lama"),
    Role.UNFINISHED: N_("belum selesai"),
}

_engine = option(
    "--engine",
    type=click.Choice(engine_names()),
    help=N_("Mesin yang indeksnya dimaksud, bila bukan yang diatur."),
)


@click.group(
    cls=Group,
    help=N_(
        "Indeks yang disimpan: yang melayani, dan yang sebelumnya.\n\nTiap pembangunan ulang membuat indeks "
        "baru; yang terakhir digantikannya disimpan, agar dapat dipakai lagi."
    ),
)
def generations() -> None:
    pass


@generations.command(
    "list", help=N_("Tampilkan indeks yang ada, yang terbaru dahulu; tiap berkasnya diperiksa.")
)
@json_option
@_engine
@index_option
def list_generations(as_json: bool, engine: str | None, index: str | None) -> None:
    with _told():
        found = list(inventory.inventory(Generations.of(settings_with(index, engine=engine))))
    if as_json:
        print_json({"generations": [_record(each) for each in found]})
        return
    if not found:
        click.echo(_("Belum ada indeks; jalankan `reindex`."))
        return
    head = (_("nama"), _("mesin"), _("dibuat"), _("artikel"), "MiB", _("peran"), _("keadaan"))
    print_table([head, *map(_row, found)])


@generations.command(
    help=N_(
        "Layani lagi dengan indeks NAME.\n\nServer memakainya dalam sedetik. `reindex` berikutnya "
        "menyamakannya dengan sumber, atau membangun ulang bila perangkat atau pengaturannya sudah lain."
    )
)
@click.argument("name", metavar="NAME")
@json_option
@_engine
@index_option
def use(name: str, as_json: bool, engine: str | None, index: str | None) -> None:
    settings = settings_with(index, engine=engine)
    with _told():
        why = inventory.use(Generations.of(settings), name, settings, load_analyzer(settings))
    if as_json:
        print_json({"live": name, "rebuilds": why})
        return
    click.echo(_("Yang melayani sekarang: {name}.", name=name))
    if why:
        click.echo(_("`reindex` berikutnya akan membangun ulang: {why}", why=why))
    else:
        click.echo(_("`reindex` berikutnya akan menyamakannya dengan sumber."))


@generations.command(
    help=N_("Hapus indeks NAME.\n\nYang melayani, dan yang masih dibuka server di mesin ini, tidak dihapus.")
)
@click.argument("name", metavar="NAME")
@json_option
@_engine
@index_option
def drop(name: str, as_json: bool, engine: str | None, index: str | None) -> None:
    with _told():
        size = inventory.drop(Generations.of(settings_with(index, engine=engine)), name)
    if as_json:
        print_json({"dropped": name, "bytes": size})
    else:
        click.echo(_("{name} dihapus, {size} MiB.", name=name, size=number(size / _MIB, 1)))


def _record(listed: Listed) -> dict[str, object]:
    return {
        "name": listed.name,
        "engine": listed.engine,
        "created": listed.made.isoformat() if listed.made else None,
        "documents": listed.documents,
        "bytes": listed.size,
        "role": listed.role.value,
        "problem": listed.problem,
    }


def _row(listed: Listed) -> tuple[str, ...]:
    made = listed.made.astimezone().strftime("%Y-%m-%d %H:%M") if listed.made else ""
    documents = number(listed.documents) if listed.documents is not None else ""
    state = "" if listed.role is Role.UNFINISHED else listed.problem or _("utuh")
    size = number(listed.size / _MIB, 1)
    return listed.name, listed.engine, made, documents, size, _(_ROLES[listed.role]), state


@contextmanager
def _told() -> Iterator[None]:
    """What fails is told on standard error."""
    try:
        yield
    except (EngineError, ReindexError, LexiconError) as error:
        message = str(error)
    except OSError as error:
        message = f"{error.filename}: {system_reason(error)}" if error.filename else system_reason(error)
    else:
        return
    fail(message)
