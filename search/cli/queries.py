"""``telusur queries``: what visitors asked, for the owner."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from index.commands import Command, option
from index.messages import N_, _, number
from index.settings import Settings
from search.asked.report import AskedQuery, QueriesError, Report, report
from search.asked.store import Store
from search.cli.common import fail, index_option, json_option, settings_with
from search.cli.terminal import print_json, print_table
from search.query.periods import today_in_jakarta

DAYS = 30
"""Days that are told of unless somebody asks for others, this one among them."""


@click.command(
    cls=Command,
    help=N_(
        "Tunjukkan apa yang dicari pengunjung, yang tersering dahulu.\n\nDicatat bila pengaturan `query_log` "
        "menyala; yang baru saja dicari terlihat beberapa detik kemudian."
    ),
)
@option("--not-found", is_flag=True, help=N_("Hanya yang terakhir kali tidak menemukan apa pun."))
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=N_("Sejak hari ini, misalnya 2027-01-31; tanpa ini 30 hari terakhir."),
)
@option("--limit", type=click.IntRange(min=1), default=20, metavar="N", help=N_("Pertanyaan paling banyak."))
@json_option
@index_option
def queries(not_found: bool, since: datetime | None, limit: int, as_json: bool, index: str | None) -> None:
    settings = settings_with(index)
    today = today_in_jakarta()
    # Older days are gone, whatever somebody asks for.
    oldest = today - timedelta(days=settings.whole("query_log_days") - 1)
    first = since.date() if since else today - timedelta(days=DAYS - 1)
    if first > today:
        raise click.UsageError(_("--since: {day} belum tiba", day=first))
    try:
        found = report(Store.of(settings.text("index")), max(first, oldest), today, limit)
    except QueriesError as error:
        fail(str(error))
    rows = found.not_found if not_found else found.queries
    if as_json:
        record = found.to_dict()
        unwanted = "queries" if not_found else "not_found"
        del record[unwanted]
        print_json(record | {"recorded": settings.flag("query_log")})
        return
    _print(found, rows, settings)


def _print(found: Report, rows: tuple[AskedQuery, ...], settings: Settings) -> None:
    if not settings.flag("query_log"):
        click.echo(_("Pencatatan mati; nyalakan dengan query_log = true di telusur.toml."), err=True)
    click.echo(
        _(
            "{first} sampai {last}: {searches} pencarian, {empty} tanpa hasil, {clicks} klik",
            first=found.since,
            last=found.until,
            searches=number(found.searches),
            empty=number(found.empty),
            clicks=number(found.clicks),
        )
    )
    if not rows:
        return
    head = (_("dicari"), _("tanpa hasil"), _("artikel"), _("klik"), _("urutan"), _("pertanyaan"))
    print_table([head, *map(_row, rows)])


def _row(row: AskedQuery) -> tuple[str, ...]:
    counts = (number(each) for each in (row.searches, row.empty, row.total, row.clicks))
    return (*counts, number(row.position, 1) if row.position else "", row.query)
