"""Reading: one input file, whole or in pieces, to documents and skips, whatever it holds.

:func:`read_input` reads a file at once. To share the work of a large file, cut it with :func:`cut_input`,
read its pieces anywhere with :func:`read_piece`, and pass the skips through one :class:`FewSkips`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, Unread, UnreadableError, reason_of
from index.sources.registry import parser_for

MOST_SKIPS = 100
"""Skips reported one by one for one file; the rest are counted. A text file named .jsonl has one a line."""

_log = logging.getLogger(__name__)


def read_input(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """Read one file: its documents, and a skip for each part that is none.

    Never raises for what a file holds. Ids are not compared with those of other files, which is done
    where all documents come together.
    """
    few = FewSkips(input.origin)
    for item in cut_input(input, settings):
        for found in read_piece(item, settings) if isinstance(item, Piece) else (item,):
            if few.admits(found):
                yield found
    yield from few.rest()


def cut_input(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """Like :func:`read_input`, but what can be parsed apart stays in pieces, and skips are not limited."""
    parse = parser_for(input.path.name)  # list_inputs lists no file without one
    try:
        yield from parse(input, settings) if parse else ()
    except UnreadableError as error:
        yield Skip(input.origin, str(error))
    except OSError as error:
        kind = Skip if isinstance(error, FileNotFoundError) else Unread
        yield kind(input.origin, reason_of(error))
    except Exception as error:  # one strange file must not stop a run over a hundred thousand others
        yield _failure(input.origin, error)


def read_piece(piece: Piece, settings: Settings) -> Iterator[Document | Skip]:
    """The document of a piece, or each of several. Never raises for what it holds."""
    try:
        found = piece.parse(piece.content, piece.origin, settings)
        if isinstance(found, Document):
            yield found
        else:
            yield from found
    except UnreadableError as error:
        yield Skip(piece.origin, str(error))
    except Exception as error:
        yield _failure(piece.origin, error)


def _failure(origin: str, error: Exception) -> Skip:
    _log.error("%s: the parser failed", origin, exc_info=error)
    problem = f"{type(error).__name__}: {error}"
    return Skip(origin, _("pembaca gagal ({error}); mohon laporkan", error=problem))


class FewSkips:
    """Lets the first skips of a file through and counts the others.

    :param origin: the file.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._count = 0

    def admits(self, found: object) -> bool:
        """Whether to report what was found."""
        if not isinstance(found, Skip) or isinstance(found, Unread):
            return True
        self._count += 1
        return self._count <= MOST_SKIPS

    def rest(self) -> Iterator[Skip]:
        """After the last piece: the skip that stands for those not let through, if there are any."""
        if (count := self._count - MOST_SKIPS) > 0:
            yield Skip(self._origin, _("{count} lagi dilewati karena alasan serupa", count=count))
