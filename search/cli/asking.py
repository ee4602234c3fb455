"""``telusur search``, ``analyze`` and ``stats``: what an index answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
from werkzeug.datastructures import MultiDict

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import LexiconError
from index.commands import Command, option
from index.engines.base import EngineError, IndexMissingError
from index.messages import N_, _, number, owner
from index.query import Sort
from index.settings import Settings
from index.store.learned_language import load_analyzer
from search.answering.inspecting import Inspection, inspect_text
from search.answering.service import SearchService
from search.cli.common import fail, index_option, json_option, settings_with
from search.cli.terminal import Screen, print_answer, print_json, print_table
from search.i18n.describing_stems import describe_stem
from search.opened.searcher import Searcher
from search.params import ParameterError, question_from
from search.plan.expansion import Expander


@click.command(
    cls=Command,
    help=N_(
        "Cari QUERY di arsip dan tampilkan artikel yang cocok.\n\nPilihan-pilihannya sama dengan parameter "
        "/api/v1/search; pilihan saringan boleh diulang untuk memilih salah satu nilai."
    ),
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
@json_option
@index_option
def search(query: tuple[str, ...], as_json: bool, index: str | None, **parameters: Any) -> None:
    settings = settings_with(index)
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


@click.command(
    cls=Command,
    help=N_("Tunjukkan bagaimana TEXT dipecah menjadi kata dan akar kata, mengapa, dan bentuk lainnya."),
)
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@json_option
@index_option
def analyze(text: tuple[str, ...], as_json: bool, index: str | None) -> None:
    found = _inspect(settings_with(index), " ".join(text))
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
        fail(str(error))
    finally:
        searcher.close()


def _analyzer(settings: Settings) -> Analyzer:
    try:
        return load_analyzer(settings)
    except LexiconError as error:
        fail(str(error))


@click.command(cls=Command, help=N_("Tunjukkan apa yang ada di indeks."))
@json_option
@index_option
def stats(as_json: bool, index: str | None) -> None:
    found = _with_service(settings_with(index), lambda service: service.stats())
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


_Answered = TypeVar("_Answered")


def _with_service(settings: Settings, ask: Callable[[SearchService], _Answered]) -> _Answered:
    searcher = Searcher(settings)
    try:
        return ask(SearchService(searcher))
    except EngineError as error:
        fail(str(error))
    finally:
        searcher.close()
