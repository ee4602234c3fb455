"""Nodes of a body in blocks: what kind each is, and where it holds its text, in whatever editor's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

INNER = (
    "children", "content", "contents", "blocks", "nodes", "items", "paragraphs", "elements", "rich_text",
    "richText", "root", "innerHTML", "saveContent", "renderedHtml", "processed", "plain_text", "text", "teks",
    "isi", "value", "html", "rendered", "data", "p", "body", "model", "textRun", "code", "calloutText",
)  # fmt: skip
"""Where a node holds its text or further nodes, by preference."""

_TYPE_NAMES = ("type", "_type", "nodeType", "blockType", "blockName", "tag", "tagName")
_CLASS = re.compile(r"[A-Z][a-z0-9]+")
_NAME_OF_KIND = re.compile(r"[a-z][\w-]*(?:/[\w-]+)?")
_HEADING = re.compile(
    r"(?:extended)?(?:head(?:er|ing)?|h|title|subtitle|judul|subjudul|subheading)"
    r"(one|two|three|four|five|six|[1-6])?"
)
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
QUOTES = frozenset({"quote", "blockquote", "pullquote", "kutipan", "extendedquote", "aside"})
ITEMS = frozenset({"listitem", "li", "checklistitem", "taskitem", "todolist"})
LISTED = {
    "unorderedlistitem": "ul",
    "orderedlistitem": "ol",
    "bulletedlistitem": "ul",
    "bulletlistitem": "ul",
    "numberedlistitem": "ol",
}
"""Items of lists that stand beside each other -> the list that they make."""

LISTS = {
    **dict.fromkeys(
        ("list", "ul", "bulletlist", "bulletedlist", "unorderedlist", "checklist", "tasklist"), "ul"
    ),
    **dict.fromkeys(("ol", "orderedlist", "numberedlist"), "ol"),
}
_LINKS = frozenset({"link", "a", "hyperlink", "autolink", "linktool"})
_TEXTS = frozenset({"text", "span", "extendedtext", "fragment"})
_INLINE = (
    _TEXTS
    | _LINKS
    | frozenset(
        re.findall(
            r"\w+",
            "linebreak hardbreak br b bold strong em i italic u underline mark mention lic tab codehighlight",
        )
    )
)
BREAKS = frozenset({"linebreak", "hardbreak", "br"})
UNREAD = frozenset(
    re.findall(
        r"\w+",
        """
        image img figure picture photo gambar foto video embed gallery carousel audio file attaches iframe
        script style comment horizontalrule hr thematicbreak divider delimiter separator advertisement ads
        iklan adunit related relatedposts relatedarticles relatednews relatedcontent terkait bacajuga
        readmore interstitiallink bookmark signup email emailcta button buttons paywall newsletter oembed
        oembedresponse
        """,
    )
)
"""Kinds that hold nothing of the article's text."""

TABLES = frozenset(
    {"table", "tr", "tablerow", "td", "th", "tablecell", "tableheader", "tableheadercell", "tablecellheader"}
)
_KINDS = UNREAD | QUOTES | ITEMS | LISTED.keys() | LISTS.keys() | TABLES | {"paragraph"}

# What a part is called in front of its text.
_TITLE = re.compile(
    r"(?:section|sub|bab|bagian|chapter)?(?:heading|header|head|title|headline|judul)(?:section|bab|bagian)?"
    r"|section|bab|chapter|question|pertanyaan|(h[1-6])|(name|nama)"
)
_LONGEST_TITLE = 200
_FEWEST_WORDS = 5
_DEEPEST_OBJECT = 8
_TEXT_ATTRIBUTES = ("content", "text", "html", "value")
# What is to be read beside the text of a node.
_FURTHER = re.compile(r"intro(?:duction)?|pengantar|pembuka|lead|standfirst|penutup|closing|answer|jawaban")
_PART = re.compile(
    r"(?:sub)?(?:section|chapter|page|slide|part|block|paragraph|component|column|layer)s?"
    r"|(?:sub)?(?:bab|bagian|halaman|blok|paragraf|alinea|kolom)"
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        """
        attrs attributes marks markups markdefs meta metadata style styles image images gambar foto media
        video file files author authors penulis user tags categories related links link spans citespans
        refspans entitymap entityranges inlinestyleranges paragraphstyle textstyle additionalproperties
        params options embed caption credits source sources
        """,
    )
)


def kind_of(node: Mapping[str, Any]) -> str:
    """``heading-one``, ``core/heading`` and ``Heading_one`` -> ``headingone``, ``heading``."""
    for name in _TYPE_NAMES:
        if isinstance(held := node.get(name), str) and held != "element":
            return _simple(held)
    if isinstance(held := node.get("__typename"), str):
        words = [word.lower() for word in _CLASS.findall(held)]
        ends = ("".join(words[-2:]), "".join(words[-1:]))
        return next((end for end in ends if end in _KINDS or _HEADING.fullmatch(end)), "")
    if "textRun" in node:
        return "text"
    named = node.get("name")
    return _simple(named) if isinstance(named, str) and _NAME_OF_KIND.fullmatch(named) else ""


def _simple(kind: str) -> str:
    return re.sub(r"[^a-z0-9]", "", kind.rsplit("/", 1)[-1].lower())


def is_typed(node: Mapping[str, Any]) -> bool:
    """Whether a node says of what kind it is."""
    return any(name in node for name in _TYPE_NAMES)


def level_of(node: Mapping[str, Any], kind: str) -> int:
    """The level of a heading, 2 to 6, or 0 if it is none."""
    style = node.get("style")
    match = _HEADING.fullmatch(kind) or (_HEADING.fullmatch(style) if isinstance(style, str) else None)
    if not match and isinstance(named := node.get("paragraphStyle"), Mapping):  # Google's documents
        match = _HEADING.fullmatch(_simple(str(named.get("namedStyleType"))))
    if not match:
        return 0
    beside = (node, node.get("data"), node.get("attrs"), node.get("props"), node.get("content"))
    levels = (d.get(n) for d in beside if isinstance(d, Mapping) for n in ("level", "depth"))
    told = next((level for level in levels if isinstance(level, int)), 2)
    tag = node.get("tag")
    if match[1]:
        told = _LEVELS.get(match[1]) or int(match[1])
    elif isinstance(tag, str) and re.fullmatch("h[1-6]", tag):
        told = int(tag[1])
    return min(max(told, 2), 6)


def inner_of(node: Mapping[str, Any]) -> Any:
    """What a node holds: text, a list of nodes, or another object of the kind; of alternatives the first."""
    for _object in range(_DEEPEST_OBJECT):
        held = [node[name] for name in INNER if isinstance(node.get(name), (str, list)) and node[name]]
        if held:
            return held[0]
        names = ("data", str(node.get("type")), *INNER)
        deeper = next(
            (inner for name in names if isinstance(inner := node.get(name), Mapping) and inner), None
        )
        if deeper is None or not any(isinstance(deeper.get(name), (str, list, Mapping)) for name in INNER):
            break
        node = deeper
    for name in ("attrs", "attributes"):  # as WPGraphQL gives blocks
        if isinstance(beside := node.get(name), Mapping):
            for inner in _TEXT_ATTRIBUTES:
                if isinstance(text := beside.get(inner), str) and text:
                    return text
    prose = [text for text in node.values() if isinstance(text, str) and " " in text.strip()]
    return max(prose, key=len, default=None)


def title_of(node: Mapping[str, Any]) -> tuple[str, int]:
    """What a part is called, and the level that its name says, 0 if it says none; ``""`` without a title."""
    for name, held in node.items():
        if not isinstance(held, str) or not held.strip() or len(held) > _LONGEST_TITLE:
            continue
        if match := _TITLE.fullmatch(_plain(name)):
            if match[2] and _NAME_OF_KIND.fullmatch(held):
                continue
            return held, int(match[1][1]) if match[1] else 0
    return "", 0


def contents_of(node: Mapping[str, Any]) -> list[Any]:
    """All that a node of no kind holds, in its order: its text, and the parts, of known names or else any."""
    text_name = next((n for n in INNER if isinstance(held := node.get(n), str) and held.strip()), "")
    found = [
        held
        for name, held in node.items()
        if name == text_name or (held and _is_further(name, held, known=True))
    ]
    if not found:
        found = [held for name, held in node.items() if held and _is_further(name, held, known=False)]
    if not found and (text := inner_of({n: h for n, h in node.items() if not _TITLE.fullmatch(_plain(n))})):
        found = [text]
    return found


def named_texts(node: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The texts of an object that is nothing but texts under names of their own, each with its title if any.

    ``{"page1": ..., "page2": ...}``, ``{"Latar Belakang": ..., "Penutup": ...}``
    """
    texts = [(name, held) for name, held in node.items() if held]
    if len(texts) < 2 or any(
        not isinstance(held, str) or name in INNER or held.count(" ") < _FEWEST_WORDS for name, held in texts
    ):
        return []
    said = [name[:1].isupper() and name.replace(" ", "").isalpha() for name, _text in texts]
    return [(name if is_title else "", text) for (name, text), is_title in zip(texts, said, strict=True)]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def _is_further(name: str, held: Any, *, known: bool) -> bool:
    plain = _plain(name)
    if isinstance(held, str):
        return bool(_FURTHER.fullmatch(plain))
    if not isinstance(held, (list, Mapping)) or plain in _ATTRIBUTES:
        return False
    return not known or name in INNER or bool(_PART.fullmatch(plain))


def is_inline(value: Any) -> bool:
    """Whether a value is a piece of a line, and no block of its own."""
    if not isinstance(value, Mapping):
        return False
    kind = kind_of(value)
    if kind in _TEXTS:
        inner = inner_of(value)
        return isinstance(inner, str) or (inner is None and not contents_of(value))
    if kind:
        return kind in _INLINE
    return isinstance(value.get("text"), str) and not title_of(value)[0] and len(contents_of(value)) < 2


def address_of(node: Mapping[str, Any], kind: str) -> str:
    """Where a link leads, ``""`` if the node is none."""
    if re.sub(r"[^a-z]", "", kind.lower()) not in _LINKS:
        return ""
    for held in (node, node.get("attrs"), node.get("data"), node.get("fields"), node.get("properties")):
        if isinstance(held, Mapping):
            for name in ("href", "url", "uri", "link"):
                if isinstance(address := held.get(name), str):
                    return address
    return ""
