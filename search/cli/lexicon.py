"""``telusur lexicon``: what the owner's lexicon says, what a line would change, and lines for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from index.analysis.lexicon_files import SECTIONS, section_named
from index.commands import Group, option
from index.engines.base import EngineError
from index.messages import N_, _
from search.cli.common import fail, index_option, json_option, settings_with
from search.cli.lexicon_report import print_check, print_standing, standing_record
from search.cli.terminal import Screen, print_json
from search.teaching.adding import Added, add_entries, lexicon_path
from search.teaching.checking import check_lines
from search.teaching.lines import EntryError
from search.teaching.listing import standing_lines, waits_for_reindex

_Command = TypeVar("_Command", bound=Callable[..., Any])

_AGREED = frozenset(["y", "ya", "yes"])


def _section(command: _Command) -> _Command:
    return option(
        "--section",
        type=click.Choice([*SECTIONS.values(), *SECTIONS]),
        default="sinonim",
        metavar="NAME",
        help=N_("Bagian leksikon untuk baris yang tidak menyebutnya, misalnya varian, akronim, atau akar."),
    )(command)


def _questions(command: _Command) -> _Command:
    return option(
        "--questions",
        type=click.IntRange(0, 20_000),
        default=300,
        metavar="N",
        help=N_("Pertanyaan pengunjung yang dicoba, yang tersering dahulu."),
    )(command)


@click.group(cls=Group, help=N_("Leksikon pengelola: berkas yang disebut pengaturan `lexicon`."))
def lexicon() -> None:
    pass


@lexicon.command(
    "list",
    help=N_(
        "Tampilkan baris leksikon dan keadaannya; bila WORD disebut, hanya yang menyangkutnya.\n\nTiap baris "
        "disebut dengan berkas dan nomornya, arahnya, dan kapan perubahannya berlaku: seketika, atau sesudah "
        "`reindex`."
    ),
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@option("--all", "built_in", is_flag=True, help=N_("Juga baris bawaan."))
@json_option
@index_option
def list_lines(words: tuple[str, ...], built_in: bool, as_json: bool, index: str | None) -> None:
    settings = settings_with(index)
    try:
        found = standing_lines(settings, " ".join(words), built_in)
    except EntryError as error:
        fail(str(error))
    try:
        waits = waits_for_reindex(settings)
    except EngineError:
        waits = False  # other commands say what is wrong with the index
    if as_json:
        print_json(standing_record(found, settings.text("lexicon"), waits))
    else:
        print_standing(found, settings.text("lexicon"), waits)


@lexicon.command(
    help=N_(
        "Tunjukkan apa yang diubah ENTRY di arsip ini, tanpa menulis apa pun.\n\nENTRY ditulis seperti di "
        "berkasnya: “nakes = tenaga kesehatan” (dua arah), “nakes => perawat” (satu arah), atau dengan "
        "bagiannya di depan: “[akar] kepoin = kepo”. Yang ditunjukkan: artikel yang ditemukan tiap sisi "
        "sebelum dan sesudahnya, contoh artikel baru, dan pertanyaan pengunjung yang jawabannya berubah.\n\n"
        "Kode keluar 1 bila barisnya ditolak."
    )
)
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY...")
@_section
@_questions
@json_option
@index_option
def test(entries: tuple[str, ...], section: str, questions: int, as_json: bool, index: str | None) -> None:
    try:
        check = check_lines(settings_with(index), entries, _english(section), questions)
    except EntryError as error:
        if as_json:
            print_json({"accepted": False, "errors": str(error).splitlines()})
            sys.exit(1)
        fail(str(error))
    if as_json:
        print_json(check.to_dict())
    else:
        print_check(check, Screen.of(sys.stdout))


@lexicon.command(
    help=N_(
        "Tambahkan ENTRY ke leksikon, misalnya “nakes = tenaga kesehatan, perawat”.\n\nLebih dahulu "
        "ditunjukkan apa yang akan berubah, seperti oleh `telusur lexicon test`, lalu ditanyakan. Sinonim, "
        "varian, akronim, kata henti dan kata tanya berlaku di server yang berjalan dalam sedetik dua detik; "
        "yang lain menunggu `reindex`. Catatan dan isi lain berkas itu tidak berubah."
    )
)
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY...")
@_section
@option("--yes", is_flag=True, help=N_("Tambahkan tanpa bertanya."))
@_questions
@index_option
def add(entries: tuple[str, ...], section: str, yes: bool, questions: int, index: str | None) -> None:
    settings = settings_with(index)
    try:
        path = lexicon_path(settings)
        check = check_lines(settings, entries, _english(section), questions)
        print_check(check, Screen.of(sys.stdout))
        click.echo()
        if check.is_needed and not yes and not _agreed(_("Tambahkan ke {path}?", path=path)):
            click.echo(_("Tidak ada yang ditambahkan."), err=True)
            sys.exit(1)
        for added in add_entries(settings, entries, _english(section)):
            _tell(added)
    except EntryError as error:
        fail(str(error))


def _agreed(question: str) -> bool:
    """Whether somebody says yes; nobody who could is no."""
    try:
        asked = _("{question} [y/T]", question=question)
        answer = click.prompt(asked, default="", show_default=False, prompt_suffix=" ")
    except click.Abort:
        click.echo("\n" + _("Tidak ada yang menjawab; dengan --yes tidak ditanyakan."), err=True)
        return False
    return str(answer).strip().lower() in _AGREED


def _tell(added: Added) -> None:
    if not added.is_new:
        click.echo(_("Sudah ada: {line}", line=added.line))
    elif added.at_once:
        click.echo(_("Ditambahkan, berlaku tanpa memulai ulang: {line}", line=added.line))
    else:
        click.echo(_("Ditambahkan, berlaku sesudah `reindex`: {line}", line=added.line))


def _english(section: str) -> str:
    found = section_named(section)
    assert found is not None, "click offers no others"
    return found
