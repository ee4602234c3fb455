"""Fingerprint: everything besides the articles that decides what an index holds, and how it is asked.

An index made with another fingerprint answers today's queries with yesterday's words; ``reindex`` then builds
it anew, and the server says so instead of serving it silently. The entries of the lexicon that only questions
use (synonyms, acronyms, stop words) are told apart: after a change of these alone the index stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata

from index.analysis.analyzer import Analyzer
from index.engines.base import Engine
from index.messages import N_, _
from index.query import LEAD_TOKENS, OPENING_TOKENS, TextField
from index.settings import Settings
from index.sources.aliases import Aliases
from index.sources.version import parsers_fingerprint
from index.store.generation import Generation

QUESTIONS = "questions"
"""The part that tells the lexicon's entries that only questions use."""

ALIASES = "aliases"
"""The part that holds the owner's aliases; an index that was made without any has none."""

KEPT_LINES = "kept_lines"
"""The part that holds the lines that the owner has kept as text, likewise."""

# Libraries whose output ends up in the index. An engine answers for its own library in Engine.fingerprint().
_LIBRARIES = ("pysastrawi", "ftfy", "trafilatura")

_LISTS = frozenset({ALIASES, KEPT_LINES})

_PART_NAMES = {
    "engine": N_("mesin"),
    "analyzer": N_("analisis kata"),
    "lexicon": N_("leksikon"),
    "readers": N_("pembaca sumber"),
    "fields": N_("bidang indeks"),
    ALIASES: N_("daftar nama lain"),
    KEPT_LINES: N_("daftar baris yang tetap"),
}


def current_fingerprint(engine: Engine, base: Analyzer, settings: Settings) -> dict[str, str]:
    """The fingerprint of an index that would be made now.

    :param base: the analyzer before any archive.
    :param settings: hold the owner's lists.
    :returns: named parts, each a short text that changes when the index must be made anew; :data:`QUESTIONS`
        alone asks for no rebuild.
    """
    aliases = Aliases.of(settings)
    return {
        "engine": _engine_part(engine),
        "analyzer": base.fingerprint,
        "lexicon": base.lexicon.stems_fingerprint,
        QUESTIONS: base.lexicon.questions_fingerprint,
        "readers": parsers_fingerprint(),
        "fields": f"{','.join(TextField)} {LEAD_TOKENS} {OPENING_TOKENS}",
        **_versions(),
        **({ALIASES: aliases.to_text()} if aliases else {}),
        **({KEPT_LINES: json.dumps(kept)} if (kept := sorted(settings.texts("kept_lines"))) else {}),
    }


def of_other_version(generation: Generation, engine: Engine) -> str | None:
    """That the files of a generation are of another form than its engine has now; ``None`` if they are not.

    :param engine: the generation's own engine.
    """
    old, new = generation.fingerprint.get("engine", "-"), _engine_part(engine)
    if old == new:
        return None
    return _(
        "indeks {name} tidak rusak, tetapi dibuat oleh versi lain Telusur ({old}, bukan {new}); "
        "jalankan `reindex`",
        name=generation.name,
        old=old,
        new=new,
    )


def _engine_part(engine: Engine) -> str:
    return f"{engine.name} {engine.fingerprint()}"


@cache
def _versions() -> dict[str, str]:
    """Versions of the libraries that are loaded; looking them up takes as long as opening an index."""
    return {library: metadata.version(library) for library in _LIBRARIES}


def why_stale(
    generation: Generation, settings: Settings, engine: Engine, base: Analyzer, *, serving: bool = False
) -> str | None:
    """Why a generation should be made anew; ``None`` if it is as it would be made now.

    :param engine: the generation's own engine.
    :param base: the analyzer before any archive.
    :param serving: whether it is to answer as it is: it does by the owner's lists that it was made with, and
        who serves it may know older ones.
    """
    wanted = settings.text("engine")
    if generation.engine_name != wanted:
        return _("mesin berubah dari {old} menjadi {new}", old=generation.engine_name, new=wanted)
    now, before = current_fingerprint(engine, base, settings), generation.fingerprint
    changes = [
        _told(name, before.get(name, "-"), now.get(name, "-"))
        for name in sorted(now.keys() | before.keys())
        if name != QUESTIONS and not (serving and name in _LISTS) and now.get(name) != before.get(name)
    ]
    named = {f"change{number}": change for number, change in enumerate(changes)}
    row = "; ".join(f"{{{name}}}" for name in named)
    return _(row, **named) if named else None


def _told(name: str, old: str, new: str) -> str:
    part = _(_PART_NAMES.get(name, name))
    if name in _LISTS:  # which may be long
        return _("{part} berubah", part=part)
    return _("{part} berubah dari {old} menjadi {new}", part=part, old=old, new=new)


def stem_key(base: Analyzer, analyzer: Analyzer) -> str:
    """Changes whenever a stem may change. Acronyms and synonyms of an archive change none, its names do.

    :param base: the analyzer before any archive.
    """
    names = json.dumps(sorted(analyzer.lexicon.names))
    return hashlib.blake2b(f"{base.fingerprint} {names}".encode(), digest_size=16).hexdigest()
