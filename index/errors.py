"""ReindexError: a reason why an index was not brought up to date, told in one message."""

from __future__ import annotations


class ReindexError(Exception):
    """``reindex`` cannot do what it was asked; the index that was served before is intact.

    The message is for the owner of the archive: what was found, what was expected, what to do.
    """
