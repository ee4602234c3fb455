"""The command ``reindex``."""

from __future__ import annotations

import json
import logging
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from index.analysis.lexicon import LexiconError
from index.commands import Command, Option, option
from index.engines.base import EngineError
from index.engines.registry import engine_names
from index.errors import ReindexError
from index.messages import N_, _, system_reason
from index.reindex.report import Report, Silence
from index.reindex.sync import sync
from index.reindex.terminal import TerminalProgress
from index.reindex.watch import watch
from index.settings import SettingError, Settings, load_settings
from index.sources.base import SourceMissingError
from index.store.sources import Sources, SourcesUnknownError, choose_sources

FAILED, SKIPPED = 1, 3

_log = logging.getLogger(__name__)


@click.command(
    cls=Command,
    help=N_(
        "Samakan indeks dengan isi SOURCE: folder atau berkas artikel.\n\n"
        "Tanpa SOURCE dibaca sumber dari pengaturan `sources`; bila itu kosong, sumber yang terakhir "
        "dipakai indeks ini. Artikel yang tidak berubah tidak dianalisis lagi; yang sudah tidak ada di "
        "sumber dihapus dari indeks. Bila gagal, indeks lama tetap utuh.\n\n"
        "Kode keluar: 0 selesai, 1 gagal, 2 salah pakai, 3 selesai dengan yang dilewati (pada --strict)."
    ),
)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@option("--index", metavar="DIR", help=N_("Folder tempat indeks disimpan."))
@option(
    "--engine",
    type=click.Choice(engine_names()),
    help=N_("Mesin indeks; mengganti mesin membangun indeks baru."),
)
@option("--full", is_flag=True, help=N_("Bangun ulang seluruh indeks, dari awal."))
@option(
    "--dry-run",
    is_flag=True,
    help=N_("Hanya tunjukkan apa yang akan terjadi; tidak menulis apa pun."),
)
@option(
    "--watch",
    "watched",
    is_flag=True,
    help=N_("Terus berjalan dan ulangi setiap kali sumber atau leksikon berubah; akhiri dengan Ctrl-C."),
)
@option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help=N_("Jumlah proses kerja; bawaannya sebanyak inti prosesor."),
)
@option(
    "--json",
    "as_json",
    is_flag=True,
    help=N_("Cetak ringkasan sebagai satu objek JSON."),
)
@option("--quiet", is_flag=True, help=N_("Diam kecuali bila gagal."))
@option("--strict", is_flag=True, help=N_("Keluar dengan kode 3 bila ada yang dilewati."))
@option(
    "--allow-removals",
    "--allow-empty",  # its former name
    is_flag=True,
    help=N_("Izinkan artikel dihapus dari indeks, berapa pun, bila tidak ada lagi di sumber."),
)
@click.version_option(package_name="telusur", message="%(version)s", help=N_("Tampilkan versi."), cls=Option)
@click.pass_context
def reindex(
    ctx: click.Context,
    sources: tuple[str, ...],
    index: str | None,
    engine: str | None,
    full: bool,
    dry_run: bool,
    watched: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    strict: bool,
    allow_removals: bool,
) -> None:
    if watched and dry_run:
        raise click.UsageError(_("--watch dan --dry-run tidak dapat dipakai bersama"))
    try:
        # An application has settings of its own.
        settings = (ctx.find_object(Settings) or load_settings()).replace(index=index, engine=engine)
        chosen = choose_sources(settings, sources)
    except (SettingError, SourcesUnknownError) as error:
        raise click.UsageError(str(error)) from error
    options: dict[str, Any] = {
        "full": full,
        "dry_run": dry_run,
        "jobs": jobs,
        "allow_removals": allow_removals,
    }
    with _stop_on_sigterm():
        if watched:
            _watch(settings, chosen, options, as_json, quiet)
            return
        report = _run(settings, chosen, options, quiet)
    if report is None:
        ctx.exit(FAILED)
    _show(report, as_json, quiet)
    if strict and report.skipped:
        ctx.exit(SKIPPED)


def _watch(settings: Settings, sources: Sources, options: dict[str, Any], as_json: bool, quiet: bool) -> None:
    first, said = True, _Said()

    def once() -> bool:
        nonlocal first
        report = _run(settings, sources, options, quiet, said)
        if report is None:
            return False
        options["full"] = False  # asked for once, not after every change
        if first or said or report.added or report.changed or report.removed or report.rebuilt:
            _show(report, as_json, quiet)
        first = False
        said.clear()
        return True

    try:
        watch(settings, sources.paths, once)
    except KeyboardInterrupt:
        if not quiet:
            click.echo(_("Berhenti memantau."), err=True)


def _run(
    settings: Settings,
    sources: Sources,
    options: dict[str, Any],
    quiet: bool,
    said: _Said | None = None,
) -> Report | None:
    """One run; a failure is told on standard error and answered with ``None``.

    :param said: what former runs told of, which is not told again; without it Ctrl-C counts as a failure, and
        with it goes to the caller.
    """
    progress = _RepeatedProgress(said) if said is not None else TerminalProgress()
    try:
        return sync(settings, sources, progress=Silence() if quiet else progress, **options)
    except KeyboardInterrupt:
        if said is not None:
            raise
        message = _("dihentikan; indeks tetap utuh")
    except (ReindexError, SourceMissingError, EngineError, LexiconError, SettingError) as error:
        message = str(error)
    except (OSError, sqlite3.OperationalError) as error:
        message = _("{error}; indeks tetap utuh", error=_describe(error))
    except Exception as error:
        _log.exception("reindex failed on an error of its own")
        message = _(
            "kesalahan program ({error}); indeks tetap utuh", error=f"{type(error).__name__}: {error}"
        )
    finally:
        progress.clear()
    progress.note(_("Gagal: {message}", message=message))
    return None


class _Said(set[str]):
    """What was told since the last run that succeeded."""


class _RepeatedProgress(TerminalProgress):
    """Progress of one of many runs, which may all tell the same."""

    def __init__(self, said: _Said) -> None:
        super().__init__()
        self._said = said

    def note(self, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            super().note(message)


def _describe(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {system_reason(error)}" if error.filename else system_reason(error)
    return str(error)


def _show(report: Report, as_json: bool, quiet: bool) -> None:
    if as_json:
        # Bytes, because JSON is UTF-8 whatever the terminal's encoding is.
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    elif not quiet:
        click.echo("\n".join(report.lines()))


@contextmanager
def _stop_on_sigterm() -> Iterator[None]:
    """Let a service manager's stop end a run as cleanly as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: signals are the host program's business
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
