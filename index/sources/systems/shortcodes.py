"""Shortcodes: the ``[gallery ids="1"]`` of WordPress and its plugins, taken out; prose in brackets stays.

What a shortcode looks like is told by WordPress (Shortcode API); which names there are only the site knows.
So one is recognised by a known name, by attributes, by a closing tag, or by a name that no prose has.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_LONGEST_ATTRIBUTES = 8000
_TAG = re.compile(
    rf"\[(\[?)(/?)([A-Za-z][\w-]{{0,60}})((?:[\s=][^\[\]]{{0,{_LONGEST_ATTRIBUTES}}})?/?)\](\]?)"
)

_QUOTE = "&quot;|&#0?34;|&#0?39;|&#82(?:16|17|20|21|42|43);|[\"'“”‘’″′]"
_ATTRIBUTE = re.compile(
    rf"\s*([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(?:{_QUOTE})((?:(?!{_QUOTE}).)*)(?:{_QUOTE})|([^\s\"'“”]+))",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\s*(?:https?:)?//\S+\s*")

_KNOWN = frozenset(
    re.findall(
        r"[\w-]+",
        """
        adsense audio caption contact-form contact-form-7 dailymotion embed ez-toc facebook gallery googlemaps
        instagram lwptoc playlist scribd slideshare soundcloud tiktok toc tweet twitter video vimeo wp_caption
        wpvideo youtube
        """,
    )
)
_WITHOUT_TEXT = frozenset(
    re.findall(
        r"[\w-]+",
        """
        adsense audio embed et_pb_code fusion_code gallery googlemaps playlist vc_raw_html vc_raw_js video
        vimeo wpvideo youtube
        """,
    )
)
"""Names whose content nobody reads: addresses, code."""

_CAPTIONS = frozenset({"caption", "wp_caption"})
_BUILDERS = re.compile(
    r"(?:vc|et_pb|fusion|av|mk|fl|cs|tatsu|vcex|ux)_\w+|rows?|col(?:umn)?s?|section|tabs?|one_\w+|two_\w+|"
    r"three_\w+|four_\w+|accordion\w*|toggles?|spoiler|box",
    re.IGNORECASE,
)
"""Names that stand for blocks of a page, so that words on both sides are apart."""

_INLINE = re.compile(r"[bisu]|em|strong|su[bp]|url|colou?r|size|font|highlight|\w*dropcap\w*", re.IGNORECASE)
"""Names that may stand within a word."""

_USUAL_ATTRIBUTES = frozenset(
    re.findall(
        r"[\w-]+",
        """
        align alt cat category class color cols columns count display height href id ids limit link name
        number order orderby page posts post posts_per_page size slug src style tag target taxonomy title
        type url width
        """,
    )
)
_SEVERAL = re.compile(r"(?=[a-z0-9-]*[0-9-])[a-z][a-z0-9]*(?:-[a-z0-9]+){0,8}")
_HTML = re.compile(r"<[^<>]{0,4000}>|&\w{1,8};")
_FAR = 80
_IMAGE = re.compile(r"\s*((?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,4000}>(?:\s*</a>)?)(.*)", re.DOTALL)


class _Tag(NamedTuple):
    """One tag in brackets.

    :param start: of the brackets; ``end`` is one behind them.
    :param attributes: its names and values in lower case and as written; ``None`` if what is inside is none.
    """

    start: int
    end: int
    closing: bool
    name: str
    inside: str
    attributes: dict[str, str] | None
    quoted: bool


def without_shortcodes(text: str) -> str:
    """A text without shortcodes; what stands between a pair of them stays, captions as figures.

    Takes time in proportion to the text. ``[[name]]``, which WordPress shows as ``[name]``, is shown so.
    """
    if "[" not in text:
        return text
    tags, escaped = _tags(text)
    names = _paired(tags)
    is_all = not escaped and _is_nothing_else(text, tags)
    found = [tag for tag in tags if is_all or _is_shortcode(tag, names) or _is_alone(text, tag)]
    if not found and not escaped:
        return text
    parts: list[str] = []
    position = 0
    cuts = sorted([*_cuts(text, found), *((start, end, text[start + 1 : end - 1]) for start, end in escaped)])
    for start, end, instead in cuts:
        if start >= position:
            parts += (text[position:start], instead)
            position = end
    parts.append(text[position:])
    return "".join(parts)


def _tags(text: str) -> tuple[list[_Tag], list[tuple[int, int]]]:
    """The tags of a text that may be shortcodes, and where escaped ones stand."""
    tags: list[_Tag] = []
    escaped: list[tuple[int, int]] = []
    for match in _TAG.finditer(text):
        opened, slash, name, inside, closed = match.groups()
        if opened and closed:
            escaped.append(match.span())
            continue
        attributes, quoted = _attributes(inside.rstrip().removesuffix("/"))
        start, end = match.start() + len(opened), match.end() - len(closed)
        tags.append(_Tag(start, end, bool(slash), name, inside, attributes, quoted))
    return tags, escaped


def _attributes(written: str) -> tuple[dict[str, str] | None, bool]:
    found: dict[str, str] = {}
    quoted, position = False, 0
    written = written.strip()
    while position < len(written):
        match = _ATTRIBUTE.match(written, position)
        if not match:
            return None, False
        name, *values, bare = match.groups()
        quoted = quoted or bare is None
        found[name.lower()] = next((value for value in values if value is not None), bare or "")
        position = match.end()
    return found, quoted


def _paired(tags: list[_Tag]) -> set[str]:
    """Names that are opened and then closed."""
    opened: set[str] = set()
    paired: set[str] = set()
    for tag in tags:
        if not tag.closing:
            opened.add(tag.name)
        elif tag.name in opened:
            paired.add(tag.name)
    return paired


def _is_shortcode(tag: _Tag, paired: set[str]) -> bool:
    # Editors put hyphenated words in brackets ([undang-undang]); nobody writes prose with underscores.
    no_word = "_" in tag.name and tag.name == tag.name.lower()
    if tag.name in paired or (tag.closing and (no_word or tag.name in _KNOWN)):
        return True
    if tag.closing:
        return False
    if tag.attributes is None:
        return tag.name in _KNOWN and "://" in tag.inside
    if not tag.attributes:
        return no_word or tag.name in _KNOWN or tag.inside.endswith("/")
    return tag.quoted or tag.name in _KNOWN or no_word or _USUAL_ATTRIBUTES.issuperset(tag.attributes)


def _is_nothing_else(text: str, tags: list[_Tag]) -> bool:
    """Whether a text is nothing but tags in brackets: no prose is."""
    parts: list[str] = []
    position = 0
    for tag in tags:
        parts.append(text[position : tag.start])
        position = tag.end
    return bool(tags) and not any(map(str.isalnum, _HTML.sub("", "".join((*parts, text[position:])))))


def _is_alone(text: str, tag: _Tag) -> bool:
    """Whether a tag of several words stands by itself: on its own line, or between tags."""
    if tag.inside or not _SEVERAL.fullmatch(tag.name):
        return False
    before, behind = (
        text[max(0, tag.start - _FAR) : tag.start].rstrip(" \t"),
        text[tag.end : tag.end + _FAR].lstrip(" \t"),
    )
    return before[-1:] in ("", "\n", ">", "]") and behind[:1] in ("", "\n", "\r", "<", "[")


def _cuts(text: str, tags: list[_Tag]) -> list[tuple[int, int, str]]:
    """What to cut, and what comes instead."""
    closings: dict[str, list[int]] = {}
    for number in range(len(tags) - 1, -1, -1):
        if tags[number].closing:
            closings.setdefault(tags[number].name, []).append(number)
    cuts: list[tuple[int, int, str]] = []
    for number, tag in enumerate(tags):
        behind = closings.get(tag.name, [])
        while behind and behind[-1] <= number:
            behind.pop()
        apart = _between(text, tag)
        cuts.append((tag.start, tag.end, apart))
        if tag.closing or not behind:
            continue
        end = tags[behind[-1]]
        content = text[tag.end : end.start] if behind[-1] == number + 1 else ""
        if tag.name in _CAPTIONS and behind[-1] == number + 1:
            cuts[-1] = (tag.start, end.end, _figure(content, tag.attributes or {}))
        elif tag.name in _WITHOUT_TEXT or _ADDRESS.fullmatch(content):
            cuts[-1] = (tag.start, end.end, apart)
    return cuts


def _between(text: str, tag: _Tag) -> str:
    """What keeps the words apart that a tag stands between."""
    if _BUILDERS.fullmatch(tag.name):
        return "\n\n"
    before, behind = text[tag.start - 1 : tag.start], text[tag.end : tag.end + 1]
    is_between = (before.isalnum() or before == "]") and (behind.isalnum() or behind == "[")
    return " " if is_between and not _INLINE.fullmatch(tag.name) else ""


def _figure(content: str, attributes: dict[str, str]) -> str:
    match = _IMAGE.fullmatch(content)
    image, caption = match.groups() if match else ("", content)
    # Before WordPress 3.4 the words stood in an attribute.
    caption = caption.strip() or html.unescape(attributes.get("caption", "")).strip()
    if not image:
        return f"\n\n{caption}\n\n"
    return f"\n\n<figure>{image}<figcaption>{caption}</figcaption></figure>\n\n"
