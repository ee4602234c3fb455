"""The command ``telusur``: serve, search, and look into an archive from a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, NoReturn, TypeVar

import click
from werkzeug.datastructures import MultiDict

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import LexiconError
from index.cli import reindex
from index.commands import Group, Option, option
from index.engines.base import EngineError, IndexMissingError
from index.messages import N_, _, number, owner
from index.query import Sort
from index.settings import SettingError, Settings, load_settings
from index.sources.base import SourceMissingError
from index.store.learned_furniture import FurnitureLostError
from index.store.learned_language import load_analyzer
from search.answering.inspecting import Inspection, inspect_text
from search.answering.service import SearchService
from search.cli.checking import Check, run_checks
from search.cli.columns import show_columns
from search.cli.cutting import show_files, show_learned
from search.cli.generations import generations
from search.cli.keys import keys
from search.cli.lexicon import lexicon
from search.cli.looks import read_looks
from search.cli.queries import queries
from search.cli.serving import serve_forever
from search.cli.terminal import Screen, print_answer, print_json, print_table
from search.i18n.describing_stems import describe_stem
from search.opened.searcher import Searcher
from search.params import ParameterError, question_from
from search.plan.expansion import Expander
from search.web.branding import Branding

FAILED = 1

_index = option("--index", metavar="DIR", help=N_("Folder tempat indeks disimpan."))
_json = option("--json", "as_json", is_flag=True, help=N_("Cetak satu objek JSON."))


@click.group(cls=Group, help=N_("Mesin telusur untuk arsip artikel berbahasa Indonesia."))
@click.version_option(package_name="telusur", message="%(version)s", help=N_("Tampilkan versi."), cls=Option)
def telusur() -> None:
    pass


telusur.add_command(reindex)
telusur.add_command(keys)
telusur.add_command(queries)
telusur.add_command(lexicon)
telusur.add_command(generations)


@telusur.command(
    help=N_(
        "Layani halaman pencarian dan API.\n\nBerhenti dengan rapi pada Ctrl-C atau SIGTERM: permintaan yang "
        "sedang dijawab diselesaikan dulu."
    )
)
@option("--host", metavar="HOST", help=N_("Alamat tempat server mendengarkan."))
@option("--port", type=click.IntRange(0, 65535), metavar="PORT", help=N_("Porta tempat server mendengarkan."))
@option(
    "--workers",
    type=click.IntRange(min=0),
    metavar="N",
    help=N_("Jumlah proses server; 0 berarti sebanyak inti prosesor."),
)
@_index
def serve(host: str | None, port: int | None, workers: int | None, index: str | None) -> None:
    read = partial(_site_settings, index, host=host, port=port, workers=workers)
    settings, branding = read()
    if why := serve_forever(settings, branding, read):
        host, port = settings.text("host"), settings.whole("port")
        _fail(_("server tidak dapat dijalankan di {host}:{port}: {why}", host=host, port=port, why=why))


@telusur.command(
    help=N_(
        "Cari QUERY di arsip dan tampilkan artikel yang cocok.\n\nPilihan-pilihannya sama dengan parameter "
        "/api/v1/search; pilihan saringan boleh diulang untuk memilih salah satu nilai."
    )
)
@click.argument("query", nargs=-1, metavar="QUERY")
@option("--page", metavar="N", help=N_("Halaman hasil ke-N."))
@option("--per-page", metavar="N", help=N_("Jumlah hasil pada satu halaman."))
@option("--sort", metavar="|".join(Sort), help=N_("Urutan hasil: relevansi, terbaru atau terlama."))
@option("--source", multiple=True, metavar="NAME", help=N_("Hanya dari penerbit ini."))
@option("--place", multiple=True, metavar="NAME", help=N_("Hanya dari tempat ini."))
@option("--author", multiple=True, metavar="NAME", help=N_("Hanya dari penulis ini."))
@option("--topic", multiple=True, metavar="NAME", help=N_("Hanya tentang topik ini."))
@option("--year", multiple=True, metavar="YEAR", help=N_("Hanya dari tahun ini."))
@option(
    "--from", "from_", metavar="DATE", help=N_("Terbit sejak tanggal ini: 2024, 2024-01 atau 2024-01-31.")
)
@option("--to", metavar="DATE", help=N_("Terbit sampai tanggal ini."))
@option(
    "--match",
    metavar="auto|all|any",
    help=N_("Semua kata dahulu lalu sebagian besar (auto), semua kata (all), atau salah satu (any)."),
)
@option("--lang", multiple=True, metavar="LANG", help=N_("Hanya artikel dalam bahasa ini, misalnya id."))
@option("--expand/--no-expand", default=True, help=N_("Cari juga singkatan dan padanan kata."))
@option("--correct/--no-correct", default=True, help=N_("Betulkan kata yang tidak dikenal arsip."))
@option(
    "--period/--no-period",
    default=True,
    help=N_("Usulkan tanggal terbit yang diketik di antara kata-kata, misalnya januari 2025."),
)
@option("--explain", is_flag=True, help=N_("Tunjukkan dari mana nilai setiap hasil berasal."))
@_json
@_index
def search(query: tuple[str, ...], as_json: bool, index: str | None, **parameters: Any) -> None:
    settings = _settings(index)
    arguments: MultiDict[str, str] = MultiDict({"q": " ".join(query)})
    for name, value in parameters.items():
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        arguments.setlist(name.rstrip("_"), [str(each) for each in values])
    try:
        question = question_from(arguments, settings, filter_language=True)
    except ParameterError as error:
        raise click.UsageError(
            _(
                "--{name}: “{found}” tidak dapat dipakai; isilah dengan {expected}",
                name=error.name.replace("_", "-"),
                found=error.found,
                expected=error.expected,
            )
        ) from error
    answer = _with_service(settings, lambda service: service.search(question))
    if as_json:
        print_json(answer.to_dict(owner()))
    else:
        print_answer(answer, Screen.of(sys.stdout))


@telusur.command(
    help=N_("Tunjukkan bagaimana TEXT dipecah menjadi kata dan akar kata, mengapa, dan bentuk lainnya.")
)
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@_json
@_index
def analyze(text: tuple[str, ...], as_json: bool, index: str | None) -> None:
    found = _inspect(_settings(index), " ".join(text))
    if as_json:
        print_json(found.to_dict(owner()))
        return
    rows = [
        (token.written, token.stem.stem, f"{token.start}-{token.end}", describe_stem(token.stem, owner()))
        for token in found.tokens
    ]
    print_table([(_("kata"), _("akar"), _("letak"), _("alasan")), *rows])
    for expansion in found.expansions:
        others = ", ".join(expansion.matched)
        click.echo(_("bentuk lain: {term} → {others}", term=expansion.term, others=others))


def _inspect(settings: Settings, text: str) -> Inspection:
    """With the words that the index knows; before there is one, with those of the lexicon."""
    searcher = Searcher(settings)
    try:
        return SearchService(searcher).inspect(text)
    except IndexMissingError:
        analyzer = _analyzer(settings)
        return inspect_text(text, analyzer, Expander(analyzer.lexicon, analyzer.stem))
    except EngineError as error:
        _fail(str(error))
    finally:
        searcher.close()


def _analyzer(settings: Settings) -> Analyzer:
    try:
        return load_analyzer(settings)
    except LexiconError as error:
        _fail(str(error))


@telusur.command(help=N_("Tunjukkan apa yang ada di indeks."))
@_json
@_index
def stats(as_json: bool, index: str | None) -> None:
    found = _with_service(_settings(index), lambda service: service.stats())
    if as_json:
        print_json(found.to_dict())
        return
    rows = [
        (_("artikel"), number(found.documents)),
        (_("mesin"), found.engine),
        (_("indeks"), found.generation),
        (_("dibuat"), found.created),
        (_("penerbit"), number(found.facets["source"])),
        (_("tempat"), number(found.facets["place"])),
        (_("penulis"), number(found.facets["author"])),
        (_("topik"), number(found.facets["topic"])),
        (_("tahun"), number(found.facets["year"])),
    ]
    if found.stale:
        rows.append((_("usang"), found.stale))
    print_table(rows)


@telusur.command(
    help=N_(
        "Periksa leksikon, sumber dan indeks.\n\n"
        "Bila FILE disebut: tunjukkan untuk tiap tabel di berkas atau folder itu, kolom mana dibaca sebagai "
        "apa, dan mengapa.\n\n"
        "Dengan --cut: tunjukkan baris yang bukan isi artikel, yang dipelajari indeks dari tiap penerbit, "
        "atau yang dikeluarkan dari artikel-artikel FILE.\n\n"
        "Kode keluar 1 bila ada yang tidak beres."
    )
)
@click.argument("files", metavar="[FILE]...", nargs=-1)
@option("--cut", is_flag=True, help=N_("Tunjukkan baris yang dikeluarkan dari artikel."))
@_json
@_index
def check(files: tuple[str, ...], cut: bool, as_json: bool, index: str | None) -> None:
    settings = _settings(index)
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
        _fail(str(error))


def _state(check: Check) -> str:
    if not check.ok:
        return _("GAGAL")
    return _("AWAS") if check.warning else _("baik")


def _settings(index: str | None, **changes: str | int | None) -> Settings:
    try:
        return load_settings().replace(index=index, **changes)
    except SettingError as error:
        raise click.UsageError(str(error)) from error


def _site_settings(index: str | None, **changes: str | int | None) -> tuple[Settings, Branding]:
    """The settings, and what they say about the looks of the pages."""
    settings = _settings(index, **changes)
    try:
        return settings, read_looks(settings)
    except SettingError as error:
        raise click.UsageError(str(error)) from error


_Answered = TypeVar("_Answered")


def _with_service(settings: Settings, ask: Callable[[SearchService], _Answered]) -> _Answered:
    searcher = Searcher(settings)
    try:
        return ask(SearchService(searcher))
    except EngineError as error:
        _fail(str(error))
    finally:
        searcher.close()


def _fail(message: str) -> NoReturn:
    click.echo(_("Gagal: {message}", message=message), err=True)
    sys.exit(FAILED)
