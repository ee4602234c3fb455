"""What `telusur check` looks at: whether everything that serving needs is there and fits together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import LexiconError
from index.config.databases import PREFIX
from index.engines.base import EngineError
from index.engines.registry import get_engine
from index.messages import _
from index.query import Everything, SearchRequest
from index.settings import SettingError, Settings
from index.sources.base import SourceMissingError
from index.sources.databases.connecting import DatabaseError, rows_of
from index.sources.databases.description import database_called
from index.sources.fields.survey import survey
from index.sources.walk import list_inputs
from index.store.checksums import verify_generation
from index.store.fingerprint import why_stale
from index.store.learned_language import load_analyzer
from index.store.opened import open_current
from index.store.sources import SourcesUnknownError, choose_sources
from search.asked.store import Store
from search.cli.looks import template_faults
from search.web.branding import Branding


class Check(Struct, frozen=True):
    """One thing looked at, in the owner's language.

    :param name: what.
    :param ok: whether it is as it should be.
    :param detail: what was found.
    :param warning: whether it works and is hardly what the owner meant.
    """

    name: str
    ok: bool
    detail: str
    warning: bool = False


def run_checks(settings: Settings) -> Iterator[Check]:
    """Look at lexicon, sources and index, one after the other."""
    base: Analyzer | None = None
    own = settings.text("lexicon")
    try:
        base = load_analyzer(settings)
        yield Check(_("leksikon"), True, _("bawaan dan {path}", path=own) if own else _("bawaan"))
    except LexiconError as error:
        yield Check(_("leksikon"), False, str(error))
    try:
        sources = choose_sources(settings).paths
    except SourcesUnknownError:
        sources = ()
    for source in sources:
        if source.startswith(PREFIX):
            yield _database(source, settings)
        elif Path(source).exists():
            yield Check(_("sumber"), True, source)
        else:
            missing = _("{path} tidak ada; perbaiki pengaturan `sources`", path=source)
            yield Check(_("sumber"), False, missing)
    yield from _columns(settings, sources)
    yield from _looks(settings)
    yield from _query_log(settings)
    if base:
        yield from _index_checks(settings, base)


def _columns(settings: Settings, sources: Sequence[str]) -> Iterator[Check]:
    """Whether files have the columns that the owner named, where he named any."""
    there = [source for source in sources if Path(source).exists()]
    if not settings.tables("fields") or not there:
        return
    name = _("kolom")
    unmet = survey(list_inputs(there, settings), settings).unmet
    yield from (Check(name, True, why, warning=True) for why in unmet)
    if not unmet:
        yield Check(name, True, _("semua kolom yang disebut di [fields] ada"))


def _database(source: str, settings: Settings) -> Check:
    """Whether a database answers, and what it gives."""
    name = _("sumber")
    try:
        with closing(rows_of(database_called(source, settings), most=1)) as rows:
            row = next(rows, None)
    except (DatabaseError, SourceMissingError) as error:
        return Check(name, False, f"{source}: {error}")
    if row is None:
        return Check(
            name, True, _("{source}: query tidak memberi satu baris pun", source=source), warning=True
        )
    columns = ", ".join(row)
    return Check(name, True, _("{source}: dapat dibaca; kolom: {columns}", source=source, columns=columns))


def _looks(settings: Settings) -> Iterator[Check]:
    """What the pages of the site are made of, where the owner has a say in it."""
    name = _("tampilan")
    try:
        branding = Branding.of(settings)
    except SettingError as error:
        yield Check(name, False, str(error))
        return
    if branding == Branding():
        return
    from search.web.idle_templates import (
        idle_templates,  # with Flask, which a server minds its workers without
    )

    broken = template_faults(settings, branding)
    yield from (Check(name, False, why) for why in broken)
    yield from (Check(name, True, why, warning=True) for why in idle_templates(branding.sources))
    if not broken:
        yield Check(name, True, _("logo, warna dan templat situs dapat dipakai"))


def _query_log(settings: Settings) -> Iterator[Check]:
    """Whether what visitors ask can be recorded, where the owner wants that."""
    if not settings.flag("query_log"):
        return
    name, store = _("catatan pertanyaan"), Store.of(settings.text("index"))
    try:
        store.probe()
        yield Check(name, True, str(store.path))
    except (OSError, sqlite3.Error) as error:
        why = _("{path} tidak dapat ditulis: {error}", path=store.path, error=error)
        yield Check(name, False, why)


def _index_checks(settings: Settings, base: Analyzer) -> Iterator[Check]:
    try:
        with open_current(settings, base) as index:
            documents = index.reader.count()
            name = index.generation.name
            yield Check(_("indeks"), True, _("{name}, {count} artikel", name=name, count=documents))
            verify_generation(index.generation)
            if not index.generation.is_remote:  # which looks after its files itself
                yield Check(_("keutuhan"), True, _("semua berkasnya utuh"))
            engine = get_engine(index.generation.engine_name)
            if (stale := why_stale(index.generation, settings, engine, base)) is None:
                yield Check(_("mutakhir"), True, _("dibuat dengan perangkat dan kata yang sekarang"))
            else:
                yield Check(_("mutakhir"), False, _("{why}; jalankan `reindex`", why=stale))
            listed = sum(1 for _hash in index.reader.hashes())
            found = index.reader.search(SearchRequest(Everything(), limit=0)).total
            if documents == listed == found:
                agree = _("{count} artikel dihitung, didaftar dan ditemukan", count=documents)
                yield Check(_("jumlah"), True, agree)
            else:
                differ = _(
                    "{count} artikel dihitung, {listed} didaftar, {found} ditemukan; "
                    "jalankan `reindex --full`",
                    count=documents,
                    listed=listed,
                    found=found,
                )
                yield Check(_("jumlah"), False, differ)
    except EngineError as error:
        yield Check(_("indeks"), False, str(error))
