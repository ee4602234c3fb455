"""Inventory: what an owner sees of the generations of an index, and what he may do with one of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.engines.base import EngineError, IndexBrokenError, IndexMissingError, IndexOutdatedError
from index.engines.registry import get_engine
from index.errors import ReindexError
from index.messages import _
from index.settings import Settings
from index.store.checksums import verify_generation
from index.store.fingerprint import of_other_version, why_stale
from index.store.generation import Generation
from index.store.generations import Generations
from index.store.names import engine_of


class Role(StrEnum):
    """What a generation is there for."""

    LIVE = "live"
    PREVIOUS = "previous"
    """The next in turn if the live one is damaged, and the one that the next rebuild removes."""
    EARLIER = "earlier"
    UNFINISHED = "unfinished"
    """A run is making it, or was killed; the next run removes it then."""


class Listed(Struct, frozen=True):
    """One generation.

    :param made: when it was published first, ``None`` if it was not.
    :param documents: number of articles, ``None`` if that is not known.
    :param size: bytes that it takes.
    :param problem: why it cannot be used, ``None`` if it can.
    """

    name: str
    engine: str
    role: Role
    made: datetime | None
    documents: int | None
    size: int
    problem: str | None


class GenerationError(ReindexError):
    """A generation cannot be used, or not be dropped; the message says why, and nothing was changed."""


def inventory(generations: Generations) -> Iterator[Listed]:
    """Every generation, the newest first, each one verified.

    :raises EngineUnavailableError: if a remote engine does not answer.
    """
    live = None
    with contextlib.suppress(IndexBrokenError):  # nobody can say
        live = generations.current_name()
    replaced = generations.replaced()
    roles = dict.fromkeys(generations.home.names(), Role.UNFINISHED)
    roles |= dict.fromkeys(replaced, Role.EARLIER) | dict.fromkeys(replaced[-1:], Role.PREVIOUS)
    if live is not None:
        roles[live] = Role.LIVE
    for name in sorted(roles, reverse=True):
        yield _listed(generations, name, roles[name])


def _listed(generations: Generations, name: str, role: Role) -> Listed:
    generation, problem = None, None
    try:
        generation = generations.read(name)
        check_whole(generation)
    except EngineError as error:
        problem = None if role is Role.UNFINISHED else str(error)
    return Listed(
        name,
        engine_of(name),
        role,
        generation.created if generation else None,
        generation.documents if generation else None,
        generations.size(name),
        problem,
    )


def check_whole(generation: Generation) -> None:
    """Check that a generation can be read, by what it has to be and by the engine that made it.

    :raises IndexOutdatedError: if another version made it.
    :raises IndexBrokenError: if it is damaged.
    :raises IndexMissingError: if it is not there any more.
    :raises EngineUnavailableError: if its engine is not installed or does not answer.
    """
    engine = get_engine(generation.engine_name)
    if other := of_other_version(generation, engine):
        raise IndexOutdatedError(other)
    verify_generation(generation)
    with contextlib.closing(engine.open_reader(generation.location)) as reader:
        reader.count()


def use(generations: Generations, name: str, settings: Settings, base: Analyzer) -> str | None:
    """Make a generation the live one again, unless it is already.

    :param base: the analyzer before any archive.
    :returns: why the next run will make the index anew, ``None`` if it will bring this one up to date.
    :raises GenerationError: if there is none of that name, or it cannot be used.
    :raises ReindexError: if a run is writing.
    :raises EngineError: if a remote engine does not answer; likewise an :class:`OSError`.
    """
    with generations.writing():
        live = None
        with contextlib.suppress(IndexBrokenError):  # nobody can say, and from now on everybody can
            live = generations.current_name()
        if name not in (live, *generations.replaced()):
            raise _unknown(name)
        try:
            generation = generations.read(name)
            check_whole(generation)
        except (IndexBrokenError, IndexMissingError) as error:
            raise GenerationError(_("{name} tidak dapat dipakai: {why}", name=name, why=error)) from error
        if name != live:
            generations.home.publish(name)
    return why_stale(generation, settings, get_engine(generation.engine_name), base)


def drop(generations: Generations, name: str) -> int:
    """Remove a generation that is neither live nor open in a server of this machine.

    :returns: bytes that it took.
    :raises GenerationError: if there is none of that name, or it is needed.
    :raises ReindexError: if a run is writing.
    :raises EngineError: if a remote engine does not answer; likewise an :class:`OSError`.
    """
    with generations.writing():
        if name not in generations.home.names():
            raise _unknown(name)
        if name == generations.home.live():
            raise GenerationError(
                _(
                    "{name} sedang melayani dan tidak dapat dihapus; pakai dulu yang lain "
                    "(telusur generations use NAME)",
                    name=name,
                )
            )
        if generations.home.is_used(name):
            raise GenerationError(
                _("{name} masih dibuka oleh server; coba lagi setelah server memakai yang terbaru", name=name)
            )
        size = generations.size(name)
        generations.remove(name)
        if name in generations.home.names():
            raise GenerationError(_("{name} tidak dapat dihapus; lihat catatan (log)", name=name))
    return size


def _unknown(name: str) -> GenerationError:
    return GenerationError(
        _("tidak ada indeks bernama {name!r} yang dapat dipilih; lihat: telusur generations list", name=name)
    )
