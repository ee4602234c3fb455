"""What `telusur check` looks at: whether everything that serving needs is there and fits together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import Lexicon, LexiconError
from index.engines.base import EngineError
from index.query import Everything, SearchRequest
from index.settings import Settings
from index.store.opened import load_language, open_current
from search.i18n.translator import N_

__all__ = ["Check", "run_checks"]


@dataclass(frozen=True)
class Check:
    """One thing looked at.

    :param name: what, as a message to translate.
    :param ok: whether it is as it should be.
    :param detail: what was found: a message to translate, which ``values`` fill in.
    """

    name: str
    ok: bool
    detail: str
    values: tuple[tuple[str, object], ...] = ()


def run_checks(settings: Settings) -> Iterator[Check]:
    """Look at lexicon, sources and index, one after the other."""
    language: tuple[Lexicon, Analyzer] | None = None
    own = settings.text("lexicon")
    try:
        language = load_language(settings)
        found = {"path": own} if own else {}
        text = N_("bawaan dan %(path)s") if own else N_("bawaan")
        yield Check(N_("leksikon"), True, text, tuple(found.items()))
    except LexiconError as error:
        yield Check(N_("leksikon"), False, "%(error)s", (("error", error),))
    for source in settings.texts("sources"):
        there = Path(source).exists()
        text = "%(path)s" if there else N_("%(path)s tidak ada; perbaiki pengaturan `sources`")
        yield Check(N_("sumber"), there, text, (("path", source),))
    if language:
        yield from _index_checks(settings, language)


def _index_checks(settings: Settings, language: tuple[Lexicon, Analyzer]) -> Iterator[Check]:
    try:
        with open_current(settings, language) as index:
            reader = index.reader
            name = (("generation", index.generation.name), ("documents", reader.count()))
            yield Check(N_("indeks"), True, N_("%(generation)s, %(documents)s artikel"), name)
            yield Check(
                N_("mutakhir"),
                index.stale is None,
                N_("dibuat dengan perangkat dan kata yang sekarang")
                if index.stale is None
                else N_("%(why)s; jalankan `reindex`"),
                (("why", index.stale),),
            )
            counted = {
                "count": reader.count(),
                "listed": sum(1 for _ in reader.hashes()),
                "found": reader.search(SearchRequest(Everything(), limit=0)).total,
            }
            agree = len(set(counted.values())) == 1
            text = (
                N_("%(count)s artikel dihitung, didaftar dan ditemukan")
                if agree
                else N_(
                    "%(count)s artikel dihitung, %(listed)s didaftar, %(found)s ditemukan; "
                    "jalankan `reindex --full`"
                )
            )
            yield Check(N_("jumlah"), agree, text, tuple(counted.items()))
    except EngineError as error:
        yield Check(N_("indeks"), False, "%(error)s", (("error", error),))
