"""``telusur check``."""

from __future__ import annotations

import sys

import click
from msgspec.structs import asdict

from index.commands import Command, option
from index.engines.base import EngineError
from index.messages import N_, _
from index.settings import Settings
from index.sources.base import SourceMissingError
from index.store.learned_furniture import FurnitureLostError
from search.cli.checking import Check, run_checks
from search.cli.columns import show_columns
from search.cli.common import FAILED, fail, index_option, json_option, settings_with
from search.cli.cutting import show_files, show_learned
from search.cli.terminal import print_json, print_table


@click.command(
    cls=Command,
    help=N_(
        "Periksa leksikon, sumber dan indeks.\n\n"
        "Bila FILE disebut: tunjukkan untuk tiap tabel di berkas atau folder itu, kolom mana dibaca sebagai "
        "apa, dan mengapa.\n\n"
        "Dengan --cut: tunjukkan baris yang bukan isi artikel, yang dipelajari indeks dari tiap penerbit, "
        "atau yang dikeluarkan dari artikel-artikel FILE.\n\n"
        "Kode keluar 1 bila ada yang tidak beres."
    ),
)
@click.argument("files", metavar="[FILE]...", nargs=-1)
@option("--cut", is_flag=True, help=N_("Tunjukkan baris yang dikeluarkan dari artikel."))
@json_option
@index_option
def check(files: tuple[str, ...], cut: bool, as_json: bool, index: str | None) -> None:
    settings = settings_with(index)
    if cut:
        _show_cut(settings, files, as_json)
        return
    if files:
        show_columns(files, settings, as_json)
        return
    checks = list(run_checks(settings))
    passed = all(check.ok for check in checks)
    if as_json:
        print_json({"ok": passed, "checks": [asdict(check) for check in checks]})
    else:
        print_table([(_state(check), check.name, check.detail) for check in checks])
    if not passed:
        sys.exit(FAILED)


def _show_cut(settings: Settings, files: tuple[str, ...], as_json: bool) -> None:
    try:
        if files:
            show_files(settings, files, as_json)
        else:
            show_learned(settings, as_json)
    except (EngineError, FurnitureLostError, SourceMissingError) as error:
        fail(str(error))


def _state(check: Check) -> str:
    if not check.ok:
        return _("GAGAL")
    return _("AWAS") if check.warning else _("baik")
