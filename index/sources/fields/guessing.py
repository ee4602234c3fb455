"""What columns hold whose names say nothing, by what their values look like.

Only a field that no name gives is looked for, and only where the values leave no doubt: a column that may be
one of two things is neither. Where no name says anything, as in a table without a heading, an article is
looked for in any case: its text may be short then, and its title of two words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from index.sources.addresses import is_homepage
from index.sources.dateline import domain_of
from index.sources.dates import parse_date
from index.sources.fields.names import Meaning
from index.sources.fields.values import decoded, has_words, is_missing, url_of

GUESSED_RANK = 150
_MOST_ROWS, _LONGEST_CELL, _MOST_COLUMNS = 200, 4000, 500
_MOST, _NEARLY_ALL = 0.8, 0.9
_LONGEST_DATE, _LONGEST_TITLE = 60, 220
_WORDS_OF_PROSE, _WORDS_OF_TITLE, _MOST_WORDS_OF_TITLE = 20, 3, 25
_SHORT_PROSE, _SHORT_TITLE, _WORDS_OF_CALLED = 6, 1.5, 3.5
_FEWEST_SHOWN = 20
_FEW_ROWS = 4
_LANGUAGES = "id en ms jv su ar zh ja ko nl de fr es pt ru hi th vi tl min ace ban"
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|ico|mp[34]|webm|pdf|css|js)(?:[?#]|$)", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]{1,500}>")
_COMPACT_DAY = re.compile(r"(?:19|20)\d{6}")


class _Look(NamedTuple):
    """What the values of one column look like.

    :param cells: those that are no sign of a missing one, cut.
    :param words: of a cell, on average.
    :param distinct: share of cells that differ from all before.
    """

    cells: list[str]
    words: float
    distinct: float


def guess(meanings: Mapping[str, Meaning], rows: Sequence[Mapping[Any, Any]]) -> dict[str, Meaning]:
    """Columns that are silent by name -> the fields they were taken for.

    :param meanings: column -> what its name says.
    :param rows: some records of the table.
    """
    silent = [name for name, said in meanings.items() if said.is_silent][:_MOST_COLUMNS]
    if not rows or not (silent or _called(meanings)):
        return {}
    rows = rows[:_MOST_ROWS]
    taken = {said.field for name, said in meanings.items() if _fills(said.field, name, rows)}
    looks = {name: look for name in silent if (look := _look(row.get(name) for row in rows)).cells}
    found: dict[str, Meaning] = {}
    is_bare = len(silent) == len(meanings)
    text = partial(_text, fewest=_SHORT_PROSE if is_bare else _WORDS_OF_PROSE)
    title = partial(_title, fewest=_SHORT_TITLE if is_bare else _WORDS_OF_TITLE)
    for field, choose in (
        ("url", _address), ("published", _day), ("lang", _language), ("source", _site), ("body", text),
        ("title", title),
    ):  # fmt: skip
        if field not in taken and (name := choose(looks)):
            found[name] = Meaning(field, GUESSED_RANK)
            del looks[name]
    if "title" not in taken and not any(said.field == "title" for said in found.values()):
        named = {
            name: look for name in _called(meanings) if (look := _look(row.get(name) for row in rows)).cells
        }
        if name := _title(named, _WORDS_OF_CALLED):
            found[name] = Meaning("title", GUESSED_RANK)
    return found


def _called(meanings: Mapping[str, Meaning]) -> list[str]:
    """Columns that say what something is called, of an article perhaps: ``Name``."""
    return [name for name in meanings if name.strip().lower() in ("name", "nama")]


def demote_prepared(meanings: dict[str, Meaning], rows: Sequence[Mapping[Any, Any]]) -> None:
    """Take texts that were prepared for a program (small letters, no stops) only where there is no other."""
    texts = [name for name, said in meanings.items() if said.field == "body"]
    if len(texts) < 2:
        return
    prose = {
        name: [
            text for row in rows[:_FEWEST_SHOWN] if isinstance(text := row.get(name), str) and len(text) > 40
        ]
        for name in texts
    }
    written = {name for name, cells in prose.items() if any(not cell.islower() for cell in cells)}
    for name in texts if written else ():
        if prose[name] and name not in written:
            meanings[name] = meanings[name]._replace(rank=meanings[name].rank + GUESSED_RANK)


def _fills(field: str, name: str, rows: Sequence[Mapping[Any, Any]]) -> bool:
    """Whether a column that is named for a field holds it in any record."""
    values = (value for row in rows if not is_missing(value := row.get(name)))
    if field in ("title", "body"):
        return any(not isinstance(value, (str, int, float)) or has_words(str(value)) for value in values)
    tests: dict[str, Callable[[Any], object]] = {"published": parse_date, "url": url_of}
    return any(map(tests.get(field, bool), values))


def _look(values: Iterable[Any]) -> _Look:
    texts = (value for value in values if isinstance(value, str) and not is_missing(value))
    cells = [cell for text in texts if (cell := text[:_LONGEST_CELL].strip())]
    words = sum(len(_TAG.sub(" ", cell).split()) for cell in cells) / max(1, len(cells))
    return _Look(cells, words, len(set(cells)) / max(1, len(cells)))


def _share(look: _Look, fits: Any) -> float:
    return sum(1 for cell in look.cells if fits(cell)) / len(look.cells)


def _varied(look: _Look) -> bool:
    return len(look.cells) < _FEW_ROWS or look.distinct > 0.5


def _address(looks: Mapping[str, _Look]) -> str:
    """The column of addresses of articles; pictures and sites have addresses too."""

    def fits(cell: str) -> bool:
        return bool(url := url_of(cell)) and not is_homepage(url) and not _FILE.search(url)

    return next((name for name, look in looks.items() if _varied(look) and _share(look, fits) >= _MOST), "")


def _day(looks: Mapping[str, _Look]) -> str:
    """The column of days; of several the one whose days are never after those of the others."""

    def fits(cell: str) -> bool:
        if len(cell) > _LONGEST_DATE or (cell.isdecimal() and not _COMPACT_DAY.fullmatch(cell)):
            return False
        return parse_date(cell) is not None

    names = [name for name, look in looks.items() if _share(look, fits) >= _MOST]
    if len(names) < 2:
        return names[0] if names else ""
    days = {name: [parse_date(cell) for cell in looks[name].cells] for name in names}
    for name in names:
        others = (other for other in names if other != name)
        pairs = [pair for other in others for pair in zip(days[name], days[other], strict=False)]
        if all(mine and other and mine <= other for mine, other in pairs):
            return name
    return ""


def _language(looks: Mapping[str, _Look]) -> str:
    known = frozenset(_LANGUAGES.split())

    def fits(cell: str) -> bool:
        return cell.replace("_", "-").partition("-")[0].lower() in known and len(cell) <= 5

    return next((name for name, look in looks.items() if _share(look, fits) == 1), "")


def _site(looks: Mapping[str, _Look]) -> str:
    def fits(cell: str) -> bool:
        return bool(domain_of(cell))

    return next((name for name, look in looks.items() if _share(look, fits) >= _NEARLY_ALL), "")


def _text(looks: Mapping[str, _Look], fewest: float) -> str:
    """The column of the longest prose.

    :param fewest: words of a text, on average.
    """
    prose = {name: look.words for name, look in looks.items() if look.words >= fewest and _varied(look)}
    return max(prose, key=lambda name: (prose[name], sum(map(len, looks[name].cells))), default="")


def _title(looks: Mapping[str, _Look], fewest: float) -> str:
    """The column of the longest lines that each stand once and look like a headline.

    :param fewest: words of a headline, on average.
    """
    shortest = min(2, int(fewest))

    def fits(cell: str) -> bool:
        cell = decoded(cell)
        words = cell.split()
        return (
            len(cell) <= _LONGEST_TITLE
            and shortest <= len(words) <= _MOST_WORDS_OF_TITLE
            and "\n" not in cell
            and not cell[:1].islower()
            and sum(map(str.isalpha, cell)) > len(cell) / 2
        )

    titles = {
        name: look.words
        for name, look in looks.items()
        if look.words >= fewest
        and (len(look.cells) < _FEW_ROWS or look.distinct >= _MOST)
        and _share(look, fits) >= _MOST
    }
    return max(titles, key=lambda name: titles[name], default="")
