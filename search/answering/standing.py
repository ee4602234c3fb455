"""Where one article stands among the results of a question, and which stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from index.documents import Document
from search.answer import Question
from search.answering.found import Found

_BESIDE = 1
"""Results on each side that are looked at first."""

_NEARBY = 20
"""Results on each side that are looked through for an article that moved since its rank was told."""


class Standing(Struct, frozen=True):
    """An article among the results of a question.

    :param rank: the number that the article has among the results, from 1; ``None`` if it is not near the one
        it was looked for at.
    :param total: exact number of results.
    :param previous: the article one rank before, ``None`` if there is none; ``next`` the one behind.
    """

    rank: int | None
    total: int
    previous: Document | None = None
    next: Document | None = None


def standing_of(id: str, question: Question, rank: int, find: Callable[[Question], Found]) -> Standing:
    """Where an article stands.

    :param rank: where it stood when somebody looked last, from 1.
    :param find: asks the index for the page of a question.
    """
    for around in (_BESIDE, _NEARBY):
        page, per_page = page_around(rank, around)
        found = find(replace(question, page=page, per_page=per_page))
        total = found.page.total
        documents = [ready and ready.document for ready in found.documents]
        for at, document in enumerate(documents):
            # At an edge of what was looked at, more may follow that nobody looked at.
            known = (at > 0 or page == 1) and (at + 1 < len(documents) or len(documents) < per_page)
            if document and document.id == id and known:
                return Standing(
                    rank=(page - 1) * per_page + at + 1,
                    total=total,
                    previous=documents[at - 1] if at else None,
                    next=documents[at + 1] if at + 1 < len(documents) else None,
                )
        if rank - _NEARBY > total:
            break
    return Standing(None, total)


def page_around(rank: int, around: int) -> tuple[int, int]:
    """The number and size of the smallest page that holds a rank and so many others on each side of it."""
    for per_page in count(2 * around + 1):
        before = (rank - 1) % per_page
        page = (rank - 1) // per_page + 1
        if (before >= around or page == 1) and per_page - before > around:
            return page, per_page
    raise AssertionError("a single page holds all")  # pragma: no cover
