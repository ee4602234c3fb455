"""What `telusur lexicon` prints: the lines of a lexicon, and what lines would change."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import click

from index.analysis.lexicon_files import SECTIONS, Entry
from index.messages import N_, _, number
from search.cli.terminal import Screen, print_table, printable
from search.teaching.effects import (
    AskedEffect,
    Changed,
    LexiconCheck,
    LineCheck,
    Side,
    StemEffect,
    entry_record,
    place_of,
)
from search.teaching.listing import Standing

LISTED = 10
"""Words and questions that are listed; JSON has all."""

_AT_ONCE, _LATER = N_("seketika"), N_("sesudah reindex")


def print_standing(found: Sequence[Standing], path: str, waits: bool) -> None:
    """Lines with where they stand and whether they are in force."""
    if not path:
        click.echo(
            _('Pengaturan `lexicon` kosong; tulislah misalnya lexicon = "leksikon.txt" di telusur.toml.'),
            err=True,
        )
    if found:
        head = (_("letak"), _("bagian"), _("arah"), _("perubahan berlaku"), _("keadaan"), _("baris"))
        print_table([head, *map(_row, found)])
    else:
        click.echo(_("Tidak ada baris yang menyangkut itu."))
    _tell_waiting(waits)


def _tell_waiting(waits: bool) -> None:
    if waits:
        click.echo(_("Akar di indeks belum mengikuti leksikon ini: jalankan `reindex`."))


def standing_record(found: Sequence[Standing], path: str, waits: bool) -> dict[str, Any]:
    """The object that ``telusur lexicon list --json`` gives."""
    return {
        "lexicon": path or None,
        "waits_for_reindex": waits,
        "entries": [
            {
                **entry_record(each.entry),
                "file": each.entry.origin.file,
                "line_number": each.entry.origin.line,
                "built_in": each.entry.origin.built_in,
                "takes_effect": "at_once" if each.at_once else "reindex",
                "in_force": each.in_force,
                "replaced_by": place_of(each.against) if each.against else None,
            }
            for each in found
        ],
    }


def print_check(check: LexiconCheck, screen: Screen) -> None:
    """What lines would change."""
    for place, line in enumerate(check.lines):
        if place:
            click.echo()
        _print_line(line, screen)
    if check.problem:
        click.echo(_("Hanya barisnya yang diperiksa: {problem}", problem=check.problem))
        return
    if check.stems:
        _print_stems(check.stems)
    if check.asked_problem:
        click.echo(_("Pertanyaan pengunjung tidak dapat dicoba: {why}", why=check.asked_problem))
    elif check.asked:
        _print_asked(check.asked)
    _tell_waiting(check.waits)


def _row(standing: Standing) -> tuple[str, ...]:
    entry = standing.entry
    if standing.in_force:
        state = _("berlaku")
    elif standing.against:
        state = _("kalah dari {place}", place=place_of(standing.against))
    else:
        state = _("tidak berlaku")
    when = _(_AT_ONCE if standing.at_once else _LATER)
    return (
        place_of(entry),
        SECTIONS.get(entry.section, entry.section),
        _direction(entry),
        when,
        state,
        entry.text,
    )


def _direction(entry: Entry) -> str:
    if entry.removes:
        return _("membuang")
    if entry.section in ("synonyms", "variants", "acronyms"):
        return _("satu arah") if entry.one_way else _("dua arah")
    return ""


def _print_line(line: LineCheck, screen: Screen) -> None:
    entry = line.entry
    about = ", ".join(filter(None, (_direction(entry), _(_AT_ONCE if line.at_once else _LATER))))
    click.echo(printable(f"[{SECTIONS[entry.section]}] {entry.text} ({about})"))
    for warning in line.warnings:
        click.echo(screen.wrapped(printable(warning.text), "  " + _("Awas:") + " "))
    for side in line.sides:
        _print_side(side, line.at_once, screen)


def _print_side(side: Side, at_once: bool, screen: Screen) -> None:
    counts = {
        "before": number(side.before),
        "after": number(side.after),
        "gained": number(side.gained),
        "lost": number(side.lost),
    }
    if not side.is_changed:
        text = _("“{words}”: {before} artikel, tetap", words=side.text, **counts)
    elif at_once:
        text = _(
            "“{words}” menemukan {before} artikel, sesudahnya {after} ({gained} baru, {lost} hilang)",
            words=side.text,
            **counts,
        )
    else:
        text = _(
            "seakar dengan “{words}”: di {before} artikel, sesudah reindex di {after} "
            "({gained} baru, {lost} hilang)",
            words=side.text,
            **counts,
        )
    click.echo(screen.wrapped(printable(text), "  "))
    for result in side.examples:
        click.echo(screen.html(f"{result.title_html} [{escape(result.id)}]", "    + "))
        for passage in result.snippets[:1]:
            click.echo(screen.html(passage, "      "))


def _print_stems(stems: StemEffect) -> None:
    click.echo()
    if not stems.words:
        click.echo(_("Tidak satu kata pun di arsip ini berubah akarnya."))
        return
    click.echo(
        _(
            "{words} kata di {articles} artikel berubah akarnya sesudah `reindex`:",
            words=number(len(stems.words)),
            articles=number(stems.articles),
        )
    )
    rows = [(each.form, each.before, each.after, number(each.articles)) for each in stems.words[:LISTED]]
    print_table([(_("kata"), _("akar kini"), _("akar nanti"), _("artikel")), *rows])
    _and_more(len(stems.words))


def _print_asked(asked: AskedEffect) -> None:
    click.echo()
    if not asked.different:
        click.echo(_("Belum ada pertanyaan pengunjung yang tercatat (pengaturan `query_log`)."))
        return
    click.echo(
        _(
            "{changed} dari {tried} pertanyaan tersering berubah jawabannya (tercatat {different})",
            changed=number(len(asked.changed)),
            tried=number(asked.tried),
            different=number(asked.different),
        )
    )
    if asked.changed:
        head = (_("dicari"), _("kini"), _("nanti"), _("sepuluh pertama"), _("pertanyaan"))
        print_table([head, *map(_asked_row, asked.changed[:LISTED])])
        _and_more(len(asked.changed))


def _asked_row(changed: Changed) -> tuple[str, ...]:
    if changed.after is None:
        after, first = _(_LATER), ""
    else:
        after = number(changed.after)
        first = _("berubah") if changed.first_changed else _("tetap")
    return number(changed.searches), number(changed.before), after, first, changed.query


def _and_more(count: int) -> None:
    if count > LISTED:
        click.echo(_("... dan {count} lagi", count=number(count - LISTED)))
