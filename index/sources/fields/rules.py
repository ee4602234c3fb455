"""Rules: what columns of which files hold, as the owner says it in the setting ``fields``."""

from __future__ import annotations

from fnmatch import fnmatchcase

from msgspec import Struct

from index.config.fields import IGNORE, VALUE
from index.settings import Settings


class Rule(Struct, frozen=True):
    """What some files hold where.

    :param pattern: of their names: ``berita.csv``, ``2024/*.jsonl``.
    :param columns: field -> columns, the first of which that holds something counts.
    :param fixed: field -> its value in every article, if no such column says another.
    :param ignored: columns that are nothing of an article.
    """

    pattern: str
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()

    def fits(self, origin: str) -> bool:
        """Whether it is about a file.

        :param origin: of the file; the end of its path has to match, compressed or not.
        """
        path, pattern = f"/{origin}".casefold(), f"*/{self.pattern}".casefold()
        return fnmatchcase(path, pattern) or fnmatchcase(path.removesuffix(".gz"), pattern)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that it names."""
        return (*(column for _field, columns in self.columns for column in columns), *self.ignored)


def rules_of(settings: Settings) -> tuple[Rule, ...]:
    """The rules that the owner wrote, in his order."""
    found: list[Rule] = []
    for pattern, said in settings.tables("fields").items():
        columns = {
            field: tuple(part for part in parts if isinstance(part, str))
            for field, parts in said.items()
            if field != IGNORE
        }
        fixed = {
            field: part[VALUE] for field, parts in said.items() for part in parts if isinstance(part, dict)
        }
        filled = tuple((field, names) for field, names in columns.items() if names)
        found.append(Rule(pattern, filled, tuple(fixed.items()), tuple(said.get(IGNORE, ()))))
    return tuple(found)


def rule_for(origin: str, settings: Settings) -> Rule:
    """What holds for one file: of several rules that fit, the last that names a field.

    :param origin: of the file.
    """
    columns: dict[str, tuple[str, ...]] = {}
    fixed: dict[str, str] = {}
    ignored: list[str] = []
    for rule in rules_of(settings):
        if rule.fits(origin):
            said = dict(rule.columns).keys() | dict(rule.fixed).keys()
            columns = {field: held for field, held in columns.items() if field not in said}
            fixed = {field: held for field, held in fixed.items() if field not in said}
            columns.update(rule.columns)
            fixed.update(rule.fixed)
            ignored += rule.ignored
    return Rule(origin, tuple(columns.items()), tuple(fixed.items()), tuple(ignored))
