"""Survey: looks at the first records of each table among some files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec.structs import replace

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.fields.rules import Rule, rules_of
from index.sources.fields.tables import Survey, Table, TableReader, shown_name
from index.sources.fields.values import is_missing
from index.sources.reading import cut_input
from index.sources.registry import holds_records

_MOST_FILES, _MOST_ITEMS, _EXAMPLES = 1000, 250, 20


def survey(inputs: Iterable[InputFile | Skip], settings: Settings) -> Survey:
    """What the columns of tables were taken for, and which of the owner's rules fit none.

    :param inputs: as they are listed; others than tables are passed over.
    """
    rules = rules_of(settings)
    met: dict[Rule, set[str]] = {}
    tables: dict[Any, Table] = {}
    files = 0
    for file in inputs:
        if not isinstance(file, InputFile) or not holds_records(file.path.name):
            continue
        files += 1
        if files > _MOST_FILES:
            continue
        fitting = [rule for rule in rules if rule.fits(file.origin)]
        for rule in fitting:
            met.setdefault(rule, set())
        for table in _tables_of(file, settings):
            for rule in fitting:
                met[rule] |= set(rule.named) - set(table.missing)
            known = tables.get(table.kind)
            tables[table.kind] = replace(known, files=known.files + 1) if known else table
    unseen = max(0, files - _MOST_FILES)
    return Survey(tuple(tables.values()), unseen, () if unseen else tuple(_unmet(rules, met)))


def _tables_of(file: InputFile, settings: Settings) -> Iterator[Table]:
    """The tables of a file, by the pieces that it begins with."""
    readers: dict[int, tuple[TableReader, list[Any]]] = {}
    for item in islice(cut_input(file, settings), _MOST_ITEMS):
        if isinstance(item, Piece) and isinstance(item.parse, TableReader):
            _reader, held = readers.setdefault(id(item.parse.key), (item.parse, []))
            if len(held) < _EXAMPLES:
                held += islice(item.parse.records_of(item.content), _EXAMPLES)
    for reader, records in readers.values():
        yield reader.table(file.origin, _examples(records))


def _examples(records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of each column the first value."""
    examples: dict[str, Any] = {}
    for record in records:
        for name, value in record.items():
            if not is_missing(value):
                examples.setdefault(name, value)
    return examples


def _unmet(rules: Iterable[Rule], met: dict[Rule, set[str]]) -> Iterator[str]:
    for rule in rules:
        place = f"telusur.toml: [fields] {rule.pattern}"
        if rule not in met:
            yield _("{place}: tidak ada tabel dengan nama itu", place=place)
            continue
        for column in rule.named:
            if column not in met[rule]:
                name = shown_name(column)
                yield _("{place}: kolom {column} tidak ada di berkas mana pun", place=place, column=name)
