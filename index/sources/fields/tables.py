"""What the columns of tables were taken for, as the owner is told it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from index.messages import N_, _, number
from index.sources.fields.vocabulary import EXCERPT, SITE

_EXAMPLE, _NAME = 60, 40

_FIELDS = {
    "id": N_("pengenal"),
    "title": N_("judul"),
    "body": N_("isi"),
    "url": N_("alamat"),
    "source": N_("penerbit"),
    "place": N_("tempat"),
    "author": N_("penulis"),
    "editor": N_("penyunting"),
    "published": N_("tanggal"),
    "lang": N_("bahasa"),
    "topics": N_("topik"),
    EXCERPT: N_("ringkasan"),
    SITE: N_("alamat atau situs"),
}


class Why(StrEnum):
    """Why a column was taken for what it was."""

    NAME = "name"
    VALUES = "values"
    OWNER = "settings"


_REASONS = {
    Why.NAME: N_("dari namanya"),
    Why.VALUES: N_("dari isinya"),
    Why.OWNER: N_("dari telusur.toml"),
}


class ColumnTaken(Struct, frozen=True):
    """One column of a table.

    :param name: as it can be shown; ``-`` for a value that the owner fixed.
    :param field: what it was taken for, ``""`` if for nothing.
    :param why: the reason, or that it was left out by the owner; ``None`` if there is none.
    :param is_spare: it is only looked at where a better column is empty.
    :param example: a value of it, cut, as it can be shown.
    """

    name: str
    field: str = ""
    why: Why | None = None
    is_spare: bool = False
    example: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The column as an object of JSON."""
        return {
            "column": self.name,
            "field": self.field or None,
            "why": self.why,
            "spare": self.is_spare,
            "example": self.example,
        }

    def row(self) -> tuple[str, str, str, str]:
        """The column as a row of text."""
        why = _(_REASONS[self.why]) if self.why else ""
        if not self.field:
            return self.name, "-", _("diabaikan {why}", why=why) if why else _("tidak dipakai"), self.example
        why = _("cadangan, {why}", why=why) if self.is_spare else why
        return self.name, _(_FIELDS[self.field]), why, self.example


class Table(Struct, frozen=True):
    """The columns of one table, or of several files with the same ones.

    :param origin: of the first file.
    :param missing: columns that the owner named and the table has not.
    :param files: how many there are.
    """

    origin: str
    columns: tuple[ColumnTaken, ...]
    missing: tuple[str, ...] = ()
    files: int = 1

    @property
    def kind(self) -> tuple[tuple[str, str, Why | None, bool], ...]:
        """The same for tables whose columns were taken for the same."""
        return tuple((each.name, each.field, each.why, each.is_spare) for each in self.columns)

    def to_dict(self) -> dict[str, Any]:
        """The table as an object of JSON."""
        columns = [each.to_dict() for each in self.columns]
        return {"file": self.origin, "files": self.files, "columns": columns}

    def lines(self) -> list[str]:
        """The table to be read."""
        if self.files == 1:
            head = _("Kolom {file}:", file=self.origin)
        else:
            others = number(self.files - 1)
            head = _("Kolom {file} dan {count} berkas serupa:", file=self.origin, count=others)
        rows = [each.row() for each in self.columns]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return [head, *("  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)]


class Survey(Struct, frozen=True):
    """What was seen of some files.

    :param tables: those with different columns, each once.
    :param unseen: files that were too many to be looked at.
    :param unmet: what the owner's rules name and no file has.
    """

    tables: tuple[Table, ...] = ()
    unseen: int = 0
    unmet: tuple[str, ...] = ()

    def to_dict(self) -> list[dict[str, Any]]:
        """The tables as a list of JSON."""
        return [table.to_dict() for table in self.tables]

    def lines(self) -> list[str]:
        """All of it to be read."""
        found = [line for table in self.tables for line in table.lines()]
        if self.unseen:
            found.append(_("{count} berkas lain tidak dilihat kolomnya", count=number(self.unseen)))
        return [*found, *self.unmet]


class TableReader(ABC):
    """Parses pieces of one table and tells its columns."""

    @property
    @abstractmethod
    def key(self) -> object:
        """One object for all readers of the same table."""

    @abstractmethod
    def records_of(self, content: Any) -> Iterable[Mapping[str, Any]]:
        """The records of a piece; none if it cannot be read."""

    @abstractmethod
    def table(self, origin: str, examples: Mapping[str, Any]) -> Table:
        """The table's columns.

        :param origin: of the file.
        :param examples: column -> a value of it.
        """


def shown(value: Any, width: int = _EXAMPLE) -> str:
    """A value as one short line that commands no terminal."""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(str(value)[: 10 * width].split())
    text = text if len(text) <= width else text[: width - 1].rstrip() + "…"
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def shown_name(name: str) -> str:
    """The name of a column, likewise."""
    return shown(name, _NAME)
