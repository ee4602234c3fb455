"""Who wrote and who edited the article of a page, as it shows: tables and lines of credits, microdata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Any

from msgspec import Struct, field

from index.sources.byline import Byline
from index.sources.markup import BLOCKS, drop
from index.sources.pages.articles import distance
from index.sources.pages.lines import Line, lines_of
from index.sources.people import people, person, squashed, without_role

_ROLE = re.compile(
    r"(?:penulis|pewarta|reporter|wartawan|jurnalis|kontributor|koresponden|laporan|oleh|editor|penyunting|redaktur|author|writer"
    r"|uploader|pengunggah|foto(?:grafer)?|penerjemah|(?:di)?(?:tulis|posting|laporkan|sunting|unggah)\soleh)(?:\s(?:berita|foto|naskah))?\s?:?",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|penulis|reporter|pewarta|wartawan|jurnalis|kontributor|writer)s?(?:$|[\s_-])|\bcredit[\w-]{0,20}name\b",
    re.IGNORECASE,
)
_NOT_THE_AUTHOR = re.compile(
    r"comment|komentar|avatar|image|img|bio|related|social|share|desc|box-title", re.IGNORECASE
)
_EDITOR = re.compile(r"(?:editor|penyunting|redaktur)\b\s*:?\s*\w", re.IGNORECASE)
_EDITOR_LABEL = re.compile(r"(?:editor|penyunting|redaktur)\s?:?", re.IGNORECASE)
_BESIDE_DESK = re.compile(r"([A-Z][\w.'’]+(?: [A-Z][\w.'’]*){1,4}) [-–] [a-z]{3,20}[A-Z][A-Za-z]{1,15}")
"""A name and the part of the site he writes for, as Detik's pages have it: ``Ana Sari - detikNews``."""

_LONGEST, _MOST_NAMES, _MOST_ROLES, _MOST_PARTS = 160, 5, 4, 10
_LONGEST_CLASS = 300
_ROW = frozenset({"tr", "dl", "li"})
_ELSEWHERE = frozenset({"aside", "nav", "footer", "blockquote", "figure", "q"})
_OTHERS = re.compile(
    r"sidebar|related|terkait|popul[ae]r|recent|terkini|terbaru|comment|komentar", re.IGNORECASE
)


class Credits(Struct):
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
    """Of some names those that stand closest to an article."""
    found = list(found)
    if article is None:
        return [name for name, _ in found[:1]]
    steps = [distance(element, article) for _, element in found]
    names = [name for (name, _), far in zip(found, steps, strict=True) if far == min(steps)]
    return names if len(set(names)) <= _MOST_NAMES else []  # a list of articles


def _take(lines: Sequence[Line], number: int, found: Credits) -> int:
    """Read one line of credits, or two of one row: how many lines they are."""
    line = lines[number]
    if len(line.text) > _LONGEST:
        return 0
    beside = line.element.getparent()
    desk = _BESIDE_DESK.fullmatch(line.text)
    text = f"Penulis: {desk[1]}" if desk else line.text
    if ":" in text and (byline := _read(text)):
        _keep(byline, beside, found)
        return 1
    if width := _take_columns(lines, number, found):
        return width
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


def _take_columns(lines: Sequence[Line], number: int, found: Credits) -> int:
    """Read a table with a row of roles above a row of names: how many lines they are."""
    nearby = lines[number : number + _MOST_ROLES]
    roles = list(takewhile(lambda line: _ROLE.fullmatch(line.text), nearby))
    names = lines[number + len(roles) : number + 2 * len(roles)]
    if len(roles) < 2 or len(names) < len(roles) or any(len(name.text) > _LONGEST for name in names):
        return 0
    if not all(_in_one_row(row[0].element, row[-1].element) for row in (roles, names)):
        return 0
    pairs = zip(roles, names, strict=True)
    read = [_read(f"{role.text.rstrip(' :')}: {name.text.lstrip(' :')}") for role, name in pairs]
    beside = _row_of(roles[0].element).getparent()
    if beside is None or None in read:
        return 0
    for byline in filter(None, read):
        _keep(byline, beside, found)
    return 2 * len(roles)


def _read(text: str) -> Byline | None:
    byline = Byline()
    if byline.take(text):
        return byline
    # Behind the name may stand paper and day.
    label, colon, name = text.partition(":")
    shorter = person(name)
    return byline if colon and shorter != name.strip() and byline.take(f"{label}: {shorter}") else None


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


def _says_more(around: Any, element: Any) -> bool:
    """Whether something with letters stands around an element."""
    left = sum(map(str.isalnum, "".join(element.itertext())))
    for text in around.itertext():
        left -= sum(map(str.isalnum, text))
        if left < 0:
            return True
    return False


def _drop_with_row(element: Any) -> Any:
    """Take a line of credits out, and what held nothing else around it.

    :returns: what it stood in.
    """
    while (parent := element.getparent()) is not None and parent.tag not in ("body", "html"):
        if _says_more(parent, element) or parent.find(".//img") is not None:
            break
        element = parent
    parent = element.getparent()
    if parent is None:
        return element
    drop(element)
    return parent


def _read_marked(tree: Any, found: Credits) -> None:
    """Read what microdata, links and classes say to be names, and take those out that are a line alone."""
    marked = [
        (kind, name, element)
        for element in tree.iter()
        if isinstance(element.tag, str) and (kind := _marked_as(element)) and (name := _name_in(element))
    ]
    outer = {around for _, _, element in marked for around in element.iterancestors()}
    for kind, name, element in marked:
        if element not in outer:
            beside = element.getparent()
            if _is_alone(element):
                beside = _drop_with_row(element)
            getattr(found, kind).append((name, beside))


def _marked_as(element: Any) -> str:
    """As what an element is marked: the list of :class:`Credits`, or ``""``."""
    if element.tag in ("meta", "body", "html"):
        return ""
    said = f" {element.get('itemprop') or ''} "
    if " author " in said or " creator " in said:
        kind = "microdata"
    elif " editor " in said:
        kind = "edited"
    elif element.tag == "a" and "author" in (element.get("rel") or "").lower().split():
        kind = "linked"
    else:
        called = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_CLASS]
        if "edit" in called and _says_editor(element):
            return "" if any(_is_elsewhere(around) for around in element.iterancestors()) else "edited"
        if "fn" in called.split():  # as hCard and Blogger call a name
            called = "author"
        if len(called) <= 5 or not _CALLED.search(called) or _NOT_THE_AUTHOR.search(called):
            return ""
        kind = "edited" if _stands_behind_editor(element) else "called"
    return "" if any(_is_elsewhere(around) for around in element.iterancestors()) else kind


def _stands_behind_editor(element: Any) -> bool:
    """Whether a name stands behind a box of its own that says ``Editor``."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or (element.getparent().text or "").strip(" :\n"):
        return False
    parts = zip(before.itertext(), range(_MOST_PARTS), strict=False)
    return bool(_EDITOR_LABEL.fullmatch("".join(part for part, _ in parts).strip()[:_LONGEST]))


def _says_editor(element: Any) -> bool:
    """Whether what is called an editor names one, and is no field to write in."""
    text = "".join(part for part, _ in zip(element.itertext(), range(_MOST_PARTS), strict=False)).strip()
    return len(text) <= _LONGEST and bool(_EDITOR.match(text))


def _is_elsewhere(around: Any) -> bool:
    """Whether what stands in an element is not said of the page's article."""
    called = f"{around.get('class') or ''} {around.get('id') or ''}"[:_LONGEST_CLASS]
    return around.tag in _ELSEWHERE or (around.tag not in ("body", "html") and bool(_OTHERS.search(called)))


def _name_in(element: Any) -> str:
    if "organization" in (element.get("itemtype") or "").lower():
        return ""
    named = element.xpath(".//*[@itemprop='name']")[:1]
    source = named[0] if named else element
    name = source.get("content") or " ".join(" ".join(source.itertext()).split())
    return name if 2 < len(name) <= _LONGEST else ""


def _is_alone(element: Any) -> bool:
    """Whether nothing stands on an element's line but what says that it is a name."""
    around = element
    while around.tag not in BLOCKS and around.getparent() is not None:
        around = around.getparent()
    if around.tag in ("body", "html") or around.find(".//img") is not None:
        return False
    whole = " ".join(" ".join(around.itertext()).split())
    inner = " ".join(" ".join(element.itertext()).split())
    return len(whole) <= _LONGEST and squashed(without_role(whole)) in (
        squashed(inner),
        squashed(without_role(inner)),
    )


def first_people(choices: Iterable[Callable[[], Iterable[str]]], sites: Sequence[str]) -> str:
    """The names of the first source that names people at all."""
    for choose in choices:
        if names := people(dict.fromkeys(choose()), sites):
            return names
    return ""
