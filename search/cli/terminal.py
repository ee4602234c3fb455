"""What the command line prints: answers and tables for people, JSON for programs."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Sequence
from html import escape, unescape
from shutil import get_terminal_size
from typing import Any, TextIO

import click
from msgspec import Struct

from index.messages import _, number, owner
from search.answer import Answer, Period, Result
from search.i18n.describing import describe
from search.i18n.describing_losses import describe_losses
from search.i18n.describing_periods import describe_period


def print_json(record: dict[str, Any]) -> None:
    """One object on one line, in UTF-8 whatever the terminal speaks."""
    click.echo(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows of equally many columns, side by side."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo(printable("  ".join(map(str.ljust, row, widths)).rstrip()))


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INDENT = "   "
_BEGIN, _END = "\ue000", "\ue001"  # of a mark, while text is cut into lines
_MARKED, _BOLD, _PLAIN = "\x1b[1;33m", "\x1b[1m", "\x1b[0m"


def printable(text: str) -> str:
    """Text without characters that would command the terminal."""
    return _CONTROL.sub("", text)


class Screen(Struct, frozen=True):
    """Where text is read.

    :param color: whether it understands ANSI escape sequences and they are welcome.
    :param columns: characters of a line; 0 if lines may be of any length, as in a file.
    """

    color: bool
    columns: int

    @classmethod
    def of(cls, output: TextIO) -> Screen:
        """A terminal or a file; without colour if ``NO_COLOR`` is set (no-color.org)."""
        if not output.isatty():
            return cls(False, 0)
        return cls(not os.environ.get("NO_COLOR"), get_terminal_size().columns)

    def html(self, html: str, first: str, around: str = "") -> str:
        """Marked text, in lines broken between words.

        :param first: what the first line begins with; the others are indented as far.
        :param around: how what is not marked looks.
        """
        text = printable(unescape(html.replace("<mark>", _BEGIN).replace("</mark>", _END)))
        text = self.wrapped(text, first)
        if not self.color:
            return text.replace(_BEGIN, "").replace(_END, "")
        marked = text.replace(_BEGIN, _PLAIN + _MARKED).replace(_END, _PLAIN + around)
        return around + marked + _PLAIN

    def wrapped(self, text: str, first: str) -> str:
        """Text in lines that fit, each as full as its words let it be; too long a word has one of its own."""
        lines, length = [first], len(first)
        for word in text.split():
            size = len(word) - word.count(_BEGIN) - word.count(_END)
            if self.columns and length > len(first) and length + 1 + size > self.columns:
                lines.append(" " * len(first))
                length = len(first)
            glue = " " if length > len(first) else ""
            lines[-1] += glue + word
            length += len(glue) + size
        return "\n".join(lines)


def print_answer(answer: Answer, screen: Screen) -> None:
    """A page of results, in the owner's language."""

    def say(text: str) -> None:
        click.echo(screen.wrapped(printable(text), ""))

    if answer.corrected:
        say(_("Menampilkan hasil untuk: {query}", query=answer.corrected.query))
    if answer.did_you_mean:
        say(_("Mungkin maksud Anda: {query}", query=answer.did_you_mean.query))
    for expansion in answer.expansions:
        others = ", ".join(expansion.matched)
        say(_("Termasuk bentuk lain: {term} → {others}", term=expansion.term, others=others))
    if answer.address and not answer.address.found:
        say(
            _(
                "Artikel dengan alamat itu tidak ada di arsip ini. Yang dicari kata-katanya: {words}.",
                words=answer.address.words,
            )
        )
    if answer.period:
        say(_about_period(answer.query, answer.period))
    for line in describe_losses(answer.ignored, answer.cut, owner()):
        say(line)
    if not answer.total:
        say(_("Tidak ada artikel yang cocok."))
        return
    if answer.page > answer.pages:
        page, pages = number(answer.page), number(answer.pages)
        say(_("Halaman {page} tidak ada; yang terakhir {pages}.", page=page, pages=pages))
        return
    say(
        _(
            "{total} artikel, halaman {page} dari {pages} ({milliseconds} ms)",
            total=number(answer.total),
            page=number(answer.page),
            pages=number(answer.pages),
            milliseconds=number(answer.took_ms, 1),
        )
    )
    if answer.total_all < answer.total:
        say(_("Yang memuat semua kata: {total}", total=number(answer.total_all)))
    first = (answer.page - 1) * answer.per_page + 1
    parted = answer.holding_all
    for rank, result in enumerate(answer.results, first):
        if parted is not None and answer.most and rank == first + parted:
            click.echo()
            say(_("Memuat sebagian besar kata") + ":")
        elif parted is not None and rank == first + parted + answer.most:
            click.echo()
            say(_("Memuat sebagian kata") + ":")
        _print_result(rank, result, screen, answer)


def _about_period(query: str, period: Period) -> str:
    label = describe_period(period.first, period.last, owner())
    if period.applied:
        return _(
            "Tidak ada artikel yang memuat semua kata {query}; ini yang terbit {period}.",
            query=f"“{query}”",
            period=label,
        )
    options = [f"--from {period.first}"] if period.first else []
    options += [f"--to {period.last}"] if period.last else []
    options += [f"-- {shlex.quote(period.query)}"] if period.query else []
    return _(
        "Terbit {period}? {count} artikel: telusur search {options}",
        period=label,
        count=number(period.count),
        options=" ".join(options),
    )


def _print_result(rank: int, result: Result, screen: Screen, answer: Answer) -> None:
    day = owner().day(result.published) if result.published else ""
    words = _("memuat semua kata") if result.all_words and not answer.all_first else ""
    parts = (result.source, result.place, day, result.author, words)
    about = " · ".join(printable(part) for part in parts if part)
    title = f"{result.title_html} [{escape(result.id)}]"
    click.echo("\n" + screen.html(title, f"{rank}. ", _BOLD if screen.color else ""))
    if about:
        click.echo(screen.wrapped(about, _INDENT))
    if result.snippet_html:
        click.echo(screen.html(result.snippet_html, _INDENT))
    if answer.explain:
        click.echo(_INDENT + _("nilai {score}", score=number(result.score, 3)))
        for part in result.parts:
            value = number(part.score, 3)
            named = describe(part.why, part.field, part.term, owner())
            click.echo(screen.wrapped(printable(named), f"     {value}  "))
