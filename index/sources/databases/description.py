"""A database that the owner described, and how sources name it."""

from __future__ import annotations

import hashlib
import json

from msgspec import Struct

from index.config.databases import PREFIX
from index.messages import _
from index.settings import Settings
from index.sources.base import SourceMissingError

_FORMAT = 1


class Database(Struct, frozen=True):
    """One database.

    :param url: as it was written, with ``${NAMES}`` of environment variables in it; never shown.
    :param query: gives a row for each article.
    :param key: column that names a row for good, ``""`` if none does.
    :param incremental: column that grows with every change of a row, ``""`` if none does.
    :param whole_every_days: how often all rows are asked for although there is such a column; 0 is never.
    :param fields: field of an article -> its column.
    """

    name: str
    url: str
    query: str
    key: str
    incremental: str
    whole_every_days: float
    fields: dict[str, str]

    @property
    def source(self) -> str:
        """How sources and messages name it."""
        return PREFIX + self.name

    @property
    def fingerprint(self) -> str:
        """Changes when its rows may be others."""
        said = [_FORMAT, self.url, self.query, self.key, self.incremental]
        return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def database_called(source: str, settings: Settings) -> Database:
    """The database that a source names.

    :raises SourceMissingError: if the settings describe none of that name.
    """
    name = source.removeprefix(PREFIX)
    described = settings.tables("databases").get(name)
    if described is None:
        raise SourceMissingError(
            _("{source}: tidak ada tabel [databases.{name}] di telusur.toml", source=source, name=name)
        )
    return Database(name=name, **described)
