"""Removals: how much of an index a run may remove without being asked to."""

from __future__ import annotations

from collections.abc import Iterable

from index.errors import ReindexError
from index.messages import N_, _, number
from index.reindex.job import Job
from index.reindex.tally import Tally
from index.sources.base import printable
from index.store.sources import ChosenBy, Sources, remembered_sources

SMALL = 10
"""An index of so many documents may lose all of them."""

SHARE = 0.1
"""What a larger one may lose if the sources were not named on the command."""

_DESCRIBED = {
    ChosenBy.SETTINGS: N_("sumber menurut pengaturan `sources` ({paths})"),
    ChosenBy.INDEX: N_("sumber yang terakhir dipakai ({paths})"),
    ChosenBy.NOBODY: N_("contoh bawaan ({paths})"),
}


class RemovalsError(ReindexError):
    """A run would remove much that it was not asked to remove; the message says what to do."""


def check_removals(job: Job, live: int, tally: Tally) -> None:
    """Check, before anything is written, that the index does not lose much that it was not asked to lose.

    A folder that is not mounted looks empty, and sources that nobody named may be those of another archive.

    :param live: documents of the live index, also of one that can no longer be read.
    :param tally: what was found in all sources.
    :raises RemovalsError: if it would.
    """
    removed = max(tally.removed, live - tally.documents)
    if job.allow_removals or removed <= 0:
        return
    sources = job.sources
    if not tally.documents and live > SMALL:
        raise RemovalsError(
            _(
                "tidak ada satu pun artikel di {sources}, padahal indeks berisi {count}; mungkin foldernya "
                "belum terpasang. Bila memang hendak dikosongkan, pakai --allow-removals",
                sources=_listed(sources.paths),
                count=number(live),
            )
        )
    made_from = remembered_sources(job.generations.root)
    others = made_from if made_from != sources.absolute else ()
    if removed > _unasked(sources, live, is_known=bool(made_from) and not others):
        raise RemovalsError(
            _(
                "indeks berisi {count} artikel{made_from}, dan {removed} di antaranya tidak ada di "
                "{sources}; tidak ada yang diubah. Sebutkan sumber yang benar (reindex FOLDER), atau pakai "
                "--allow-removals bila artikel itu memang hendak dihapus",
                count=number(live),
                made_from=_(" dari {sources}", sources=_listed(others)) if others else "",
                removed=number(removed),
                sources=_(_DESCRIBED[sources.chosen_by], paths=_listed(sources.paths)),
            )
        )


def _unasked(sources: Sources, live: int, *, is_known: bool) -> float:
    """How many documents may be removed.

    :param is_known: the index was made from these sources.
    """
    if sources.chosen_by is ChosenBy.COMMAND:
        return live
    if sources.chosen_by is ChosenBy.NOBODY and not is_known:
        return 0  # the samples take the place of nothing
    return live if live <= SMALL else SHARE * live


def _listed(paths: Iterable[str]) -> str:
    return ", ".join(map(printable, paths))
