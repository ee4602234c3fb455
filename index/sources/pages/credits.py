"""Who wrote and who edited the article of a page, as it shows: tables and lines of credits, microdata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.sources.byline import Byline
from index.sources.markup import drop
from index.sources.pages.articles import distance
from index.sources.pages.lines import Line, lines_of
from index.sources.people import people

_ROLE = re.compile(
    r"(?:penulis|pewarta|reporter|wartawan|jurnalis|kontributor|koresponden|laporan|oleh|editor|penyunting|redaktur|author|writer"
    r"|uploader|pengunggah|foto(?:grafer)?|penerjemah|(?:di)?(?:tulis|posting|laporkan|sunting|unggah)\soleh)(?:\s(?:berita|foto|naskah))?\s?:?",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|penulis|reporter|pewarta|wartawan|jurnalis|kontributor|writer)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_THE_AUTHOR = re.compile(
    r"comment|komentar|avatar|image|img|bio|related|social|share|desc|box-title", re.IGNORECASE
)
_LONGEST = 160
_LONGEST_CLASS = 300
_ROW = frozenset({"tr", "dl", "li"})


@dataclass(slots=True)
class Credits:
    """Names as they are written, each with an element close to which they stand."""

    writers: list[tuple[str, Any]] = field(default_factory=list)
    editors: list[tuple[str, Any]] = field(default_factory=list)
    microdata: list[tuple[str, Any]] = field(default_factory=list)
    linked: list[tuple[str, Any]] = field(default_factory=list)
    called: list[tuple[str, Any]] = field(default_factory=list)
    edited: list[tuple[str, Any]] = field(default_factory=list)


def take_credits(tree: Any) -> Credits:
    """Read the credits of a page's tree; tables and lines of nothing else are taken out of it."""
    found = Credits()
    _read_marked(tree, found)
    lines = lines_of(tree)
    taken: set[int] = set()
    for number in range(len(lines)):
        if number not in taken and (width := _take(lines, number, found)):
            taken.update(range(number, number + width))
    of_element: dict[Any, list[int]] = {}
    for number, line in enumerate(lines):
        of_element.setdefault(line.element, []).append(number)
    for element, numbers in of_element.items():
        if all(number in taken for number in numbers) and element.tag not in ("body", "html"):
            _drop_with_row(element)
    return found


def nearest(found: Iterable[tuple[str, Any]], article: Any | None) -> list[str]:
    """Of some names those that stand closest to an article, of two in one another the inner one."""
    found = list(found)
    if article is None:
        return [name for name, _ in found[:1]]
    steps = [distance(element, article) for _, element in found]
    close = [each for each, far in zip(found, steps, strict=True) if far == min(steps)]
    outer = {around for _, element in close for around in element.iterancestors()}
    return [name for name, element in close if element not in outer]


def _take(lines: Sequence[Line], number: int, found: Credits) -> int:
    """Read one line of credits, or two of one row: how many lines they are."""
    line = lines[number]
    if len(line.text) > _LONGEST:
        return 0
    beside = line.element.getparent()
    if ":" in line.text and (byline := _read(line.text)):
        _keep(byline, beside, found)
        return 1
    following = lines[number + 1] if number + 1 < len(lines) else None
    if (
        following is None
        or not _ROLE.fullmatch(line.text)
        or not _in_one_row(line.element, following.element)
    ):
        return 0
    if byline := _read(f"{line.text.rstrip(' :')}: {following.text.lstrip(' :')}"):
        _keep(byline, _row_of(line.element).getparent(), found)
        return 2
    return 0


def _read(text: str) -> Byline | None:
    byline = Byline()
    return byline if byline.take(text) else None


def _keep(byline: Byline, beside: Any, found: Credits) -> None:
    if byline.author:
        found.writers.append((byline.author, beside))
    if byline.editor:
        found.editors.append((byline.editor, beside))


def _in_one_row(first: Any, second: Any) -> bool:
    if first is second:
        return True
    row, other = _row_of(first), _row_of(second)
    return row is other and (row.tag in _ROW or len("".join(row.itertext()).strip()) <= _LONGEST)


def _row_of(element: Any) -> Any:
    for each in element.iterancestors():
        if each.tag in _ROW:
            return each
    parent = element.getparent()
    return element if parent is None else parent


def _drop_with_row(element: Any) -> None:
    """Take a line of credits out, and what held nothing else around it."""
    if element.getparent() is None:
        return
    while (parent := element.getparent()) is not None and parent.tag not in ("body", "html"):
        others = "".join(parent.itertext()).replace("".join(element.itertext()), "", 1)
        if any(char.isalnum() for char in others) or parent.find(".//img") is not None:
            break
        element = parent
    if element.getparent() is not None:
        drop(element)


def _read_marked(tree: Any, found: Credits) -> None:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        said = f" {element.get('itemprop') or ''} "
        if " author " in said or " creator " in said:
            _add(found.microdata, element)
        elif " editor " in said:
            _add(found.edited, element)
        elif "author" in (element.get("rel") or "").lower().split() and element.tag == "a":
            _add(found.linked, element)
        else:
            called = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_CLASS]
            if len(called) > 5 and _CALLED.search(called) and not _NOT_THE_AUTHOR.search(called):
                _add(found.called, element)


def _add(found: list[tuple[str, Any]], element: Any) -> None:
    if "organization" in (element.get("itemtype") or "").lower() or element.tag == "body":
        return
    named = element.xpath(".//*[@itemprop='name']")[:1]
    source = named[0] if named else element
    name = source.get("content") or " ".join(" ".join(source.itertext()).split())
    if 2 < len(name) <= _LONGEST:
        found.append((name, element))


def first_people(choices: Iterable[Callable[[], Iterable[str]]], sites: Sequence[str]) -> str:
    """The names of the first source that names people at all."""
    for choose in choices:
        if names := people(dict.fromkeys(choose()), sites):
            return names
    return ""
