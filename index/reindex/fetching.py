"""Fetching: the databases among the sources are asked, and their mirrors brought up to date, before a run."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from index.config.databases import PREFIX
from index.messages import _, number
from index.reindex.job import Job
from index.sources.base import InputFile, Skip, Unread
from index.sources.databases.connecting import DatabaseError
from index.sources.databases.description import Database, database_called
from index.sources.databases.mirror import ENDING, Fetched, Mirror
from index.sources.walk import list_inputs

FOLDER = "databases"
"""Folder of mirrors, in that of the index."""


@contextlib.contextmanager
def fetched(job: Job) -> Iterator[Job]:
    """The job with its inputs, its databases fetched.

    A dry run leaves the mirrors as they are and fetches into copies.
    A database that cannot be read is told among what was skipped, and what was read from it last holds.

    :raises SourceMissingError: if a source names a database that the settings do not describe.
    :raises OSError: if a mirror cannot be written.
    """
    databases = [database_called(path, job.settings) for path in job.sources.paths if path.startswith(PREFIX)]
    files = [path for path in job.sources.paths if not path.startswith(PREFIX)]
    with contextlib.ExitStack() as stack:
        folder = job.generations.root / FOLDER
        if job.dry_run and databases:
            temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="telusur-")))
            for database in databases:
                _copy(database, folder, temporary)
            folder = temporary
        mirrors: list[Mirror] = []
        unread: list[Unread] = []
        for database in databases:
            mirror = stack.enter_context(Mirror(database, folder / (database.name + ENDING)))
            mirrors.append(mirror)
            try:
                found = mirror.fetch(whole=job.full)
            except DatabaseError as error:
                reason = _("tidak dapat dibaca ({error}); isi terakhirnya tetap di indeks", error=error)
                unread.append(Unread(database.source, reason))
            else:
                job.progress.note(_told(database, found))

        def inputs() -> Iterator[InputFile | Skip]:
            yield from list_inputs(files, job.settings)
            yield from unread
            for mirror in mirrors:
                yield from mirror.inputs()

        yield replace(job, inputs=inputs)


def _copy(database: Database, folder: Path, to: Path) -> None:
    name = database.name + ENDING
    if (folder / name).is_file():
        with Mirror(database, folder / name) as mirror:
            mirror.copied_to(to / name)


def _told(database: Database, found: Fetched) -> str:
    if found.is_whole:
        return _(
            "{source}: {rows} baris dibaca, {changed} baru atau berubah, {removed} tidak ada lagi",
            source=database.source,
            rows=number(found.rows),
            changed=number(found.changed),
            removed=number(found.removed),
        )
    return _(
        "{source}: {rows} baris terakhir dibaca, {changed} baru atau berubah; baris yang dihapus baru "
        "diketahui pada pembacaan utuh (whole_every_days, `reindex --full`)",
        source=database.source,
        rows=number(found.rows),
        changed=number(found.changed),
    )
