"""What the command line prints: answers and tables for people, JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import click

from index.messages import _, number, owner
from search.answer import Answer, Result
from search.i18n.describing import describe
from search.i18n.describing_losses import describe_losses


def print_json(record: dict[str, Any]) -> None:
    """One object on one line, in UTF-8 whatever the terminal speaks."""
    click.echo(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows of equally many columns, side by side."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo(_printable("  ".join(map(str.ljust, row, widths)).rstrip()))


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKED, _BOLD, _PLAIN = "\x1b[1;33m", "\x1b[1m", "\x1b[0m"


def _printable(text: str) -> str:
    """Text without characters that would command the terminal."""
    return _CONTROL.sub("", text)


def _terminal_text(html: str, color: bool, around: str = "") -> str:
    text = _printable(unescape(html.replace("<mark>", "\ue000").replace("</mark>", "\ue001")))
    if not color:
        return text.replace("\ue000", "").replace("\ue001", "")
    marked = text.replace("\ue000", _PLAIN + _MARKED).replace("\ue001", _PLAIN + around)
    return around + marked + _PLAIN


def print_answer(answer: Answer, color: bool) -> None:
    """A page of results, in the owner's language.

    :param color: whether the terminal understands ANSI escape sequences.
    """
    if answer.corrected:
        click.echo(_("Menampilkan hasil untuk: {query}", query=_printable(answer.corrected.query)))
    if answer.did_you_mean:
        click.echo(_("Mungkin maksud Anda: {query}", query=_printable(answer.did_you_mean.query)))
    for expansion in answer.expansions:
        others = ", ".join(expansion.matched)
        click.echo(_("Termasuk bentuk lain: {term} → {others}", term=expansion.term, others=others))
    for line in describe_losses(answer.ignored, answer.cut, owner()):
        click.echo(_printable(line))
    if not answer.total:
        click.echo(_("Tidak ada artikel yang cocok."))
        return
    click.echo(
        _(
            "{total} artikel, halaman {page} dari {pages} ({milliseconds} ms)",
            total=number(answer.total),
            page=number(answer.page),
            pages=number(answer.pages),
            milliseconds=number(answer.took_ms, 1),
        )
    )
    first = (answer.page - 1) * answer.per_page + 1
    for rank, result in enumerate(answer.results, first):
        _print_result(rank, result, color, answer.explain)


def _print_result(rank: int, result: Result, color: bool, explain: bool) -> None:
    day = owner().day(result.published) if result.published else ""
    about = " · ".join(_printable(part) for part in (result.source, result.place, day, result.author) if part)
    click.echo(f"\n{rank}. {_terminal_text(result.title_html, color, _BOLD if color else '')}  [{result.id}]")
    if about:
        click.echo("   " + about)
    if result.snippet_html:
        click.echo("   " + _terminal_text(result.snippet_html, color))
    if explain:
        click.echo("   " + _("nilai {score}", score=number(result.score, 3)))
        for part in result.parts:
            value = number(part.score, 3)
            named = describe(part.why, part.field, part.term, owner())
            click.echo(f"     {value}  {_printable(named)}")
