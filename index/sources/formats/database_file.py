"""Says of files of SQLite how they are read: as a database, with a query, and not as a file."""

from __future__ import annotations

from collections.abc import Iterator

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip


def read_database_file(input: InputFile, settings: Settings) -> Iterator[Skip]:
    """Why the file is not read, and what to write instead."""
    yield Skip(
        input.origin,
        _(
            "basis data SQLite dibaca dengan query, bukan sebagai berkas; tulislah [databases.NAMA] di "
            "telusur.toml (docs/arsip.md)"
        ),
    )
