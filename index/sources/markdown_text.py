"""Plain text out of Markdown, by CommonMark and what Pandoc and WhatsApp add to it, line by line.

Not by a parser: articles are pasted together, and what is no Markdown among it has to stay as it was written.
"""

from __future__ import annotations

import re

from index.sources.markup import BLOCKS

_PUNCTUATION = r"!\"#$%&'()*+,./:;<=>?@\[\\\]^_`{|}~-"
_ADDRESS = r"[^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?"
_INSIDE = r"(?:[^\[\]\n]|\n(?!\s*\n)){0,500}"
_IMAGE = re.compile(rf"!\[{_INSIDE}\]\({_ADDRESS}\)")
_LINK = re.compile(rf"\[({_INSIDE})\]\({_ADDRESS}\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]:\s.*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~|:::).*$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t](.*)")
_HEADING_IN_ITEM = re.compile(r"^([ \t]{0,8}(?:[-*+]|\d{1,3}[.)])[ \t]{1,4})#{1,6}[ \t]+")
_HEADING_IN_LINE = re.compile(r"(?<=[.!?:\"”)])[ \t]+#{2,6}[ \t]+(?=[\"“A-Z0-9])")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]{0,8})[*+][ \t]{1,4}(?=\S)", re.MULTILINE)
_STRONG = re.compile(r"\*(?<![\w*]\*)\*{0,2}(?=\S)([^*\n]{1,1000})(?<=\S)\*{1,3}(?![\w*])")
_EMPHASIS = re.compile(r"_(?<![\w_]_)_{0,2}(?=\S)([^_\n]{1,1000})(?<=\S)_{1,3}(?![\w_])")
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,1000}(?<=\S)~~")
_CODE = re.compile(r"`{1,2}([^`\n]{1,1000})`{1,2}")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_TAG = re.compile(
    r"</?(?P<tag>p|br|div|span|b|strong|i|em|u|a|ul|ol|li|h[1-6]|blockquote|img|figure|figcaption|center|font|sup|sub|small"
    r"|hr|table|thead|tbody|tr|td|th|section|article)(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
# Where a content system would put a picture: ``[img.2]``.
_PLACEHOLDER = re.compile(r"\[(?:img|image|gambar|foto|video|embed|audio)\.\d{1,3}\]", re.IGNORECASE)
_ESCAPED = re.compile(rf"\\([{_PUNCTUATION}])")
_BREAK = re.compile(r"\\$", re.MULTILINE)
_ATTRIBUTE = r"(?:[.#][\w-]{1,60}|[\w-]{1,40}=(?:\"[^\"\n]{0,200}\"|[\w-]{1,60}))"
_BRACKETED = re.compile(rf"\[([^\[\]]{{0,5000}})\]\{{\s?{_ATTRIBUTE}(?:\s{{1,3}}{_ATTRIBUTE}){{0,9}}\s?\}}")
_ATTRIBUTES = re.compile(rf"\{{\s?{_ATTRIBUTE}(?:\s{{1,3}}{_ATTRIBUTE}){{0,9}}\s?\}}")
_MOST_NESTED = 6
# Marks and their meaning are kept apart from marks that were meant as they are, far outside of any alphabet.
_ASIDE = 0xF0000
_PUT_ASIDE = re.compile("[\U000f0021-\U000f007e]")

# What tells of Markdown, by what it cannot be without and by what is looked for; the first begin with that.
_SIGNS = (
    # a link
    (
        "](",
        re.compile(r"\[[^\[\]\n]{0,300}\]\((?:https?://|/|mailto:|\#|\.\.?/)[^()\s]{0,1000}[^()\n]{0,200}\)"),
    ),
    # strong words
    ("**", re.compile(r"\*\*(?<![\w*]\*\*)(?=[^\s*])[^*\n]{1,500}(?<=[^\s*])\*\*(?![\w*])")),
    # an escape
    ("\\", re.compile(r"\\[\[\]_*#\"']")),
    # Pandoc's attributes
    ("]{", re.compile(r"\]\{[^{}\n]{1,200}\}")),
    # the line below a table's head
    ("|", re.compile(r"^\|?[ \t]{0,9}:?-{3,}:?[ \t]{0,9}\|", re.MULTILINE)),
    (
        "#",
        re.compile(
            r"""^\ {0,3}\#{2,6}[ \t]+\S                               # a heading
              | ^[ \t]{0,8}[-*+][ \t]{1,4}\#{2,6}[ \t]+\S             # one in a list
              | (?<=[.!?:"”)])[ \t]+\#{2,6}[ \t]+["“A-Z0-9]          # one that lost its line
              | ^\ {0,3}\#[ \t]+[^\n]{1,200}\n[ \t]*\n               # one of the first level stands alone""",
            re.MULTILINE | re.VERBOSE,
        ),
    ),
)


_MARKS = (
    (" ##", _HEADING_IN_LINE, "\n\n"),
    ("\t##", _HEADING_IN_LINE, "\n\n"),
    ("```", _FENCE, ""),
    ("~~~", _FENCE, ""),
    (":::", _FENCE, ""),
    ("]:", _DEFINITION, ""),
    ("![", _IMAGE, ""),
    ("](", _LINK, r"\1"),
    ("][", _REFERENCE, r"\1"),
    ("<", _AUTOLINK, r"\1"),
    ("=", _UNDERLINE, ""),
    ("--", _UNDERLINE, ""),
    (">", _QUOTE, ""),
    ("* ", _BULLET, r"\1- "),
    ("+ ", _BULLET, r"\1- "),
    ("~~", _STRUCK, ""),
    ("*", _STRONG, r"\1"),
    ("_", _EMPHASIS, r"\1"),
    ("*", _STRONG, r"\1"),
    ("`", _CODE, r"\1"),
    ("\\", _BREAK, ""),
)


def looks_like_markdown(text: str) -> bool:
    """Whether a field holds Markdown: a heading, a link, strong words, an escape.

    Bullets, numbers and a lone ``*`` or ``_`` are no sign of it: plain text has them too.
    """
    # One sign is found much faster than two, and most texts hold none of them.
    may_be = (
        "\\" in text
        or ("#" in text and "# " in text)
        or ("*" in text and "**" in text)
        or ("]" in text and ("](" in text or "]{" in text))
        or ("|" in text and ("-|" in text or "- |" in text))
    )
    return may_be and any(mark in text and sign.search(text) for mark, sign in _SIGNS)


def without_attributes(markdown: str) -> str:
    """Markdown without the attributes that Pandoc writes: ``[kata]{dir="auto"}`` -> ``kata``."""
    if "{" not in markdown:
        return markdown
    for _ in range(_MOST_NESTED):
        shorter = _BRACKETED.sub(r"\1", markdown)
        if shorter == markdown:
            break
        markdown = shorter
    return _ATTRIBUTES.sub("", markdown)


def text_of_markdown(markdown: str) -> str:
    """Markdown without its marks: what a reader sees, headings as lines of their own."""
    text = without_attributes(without_comments(markdown))
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
    if "# " in text or "#\t" in text:
        text = "\n".join([_without_heading(line) if "#" in line else line for line in text.split("\n")])
    for mark, pattern, replacement in _MARKS:
        if mark[0] in text and mark in text:  # most texts hold few of them; one sign is found much faster
            text = pattern.sub(replacement, text)
    if "<" in text:
        text = _TAG.sub(lambda match: "\n" if match["tag"].lower() in BLOCKS else "", text)
    if not text.isascii():
        text = _PUT_ASIDE.sub(lambda match: chr(ord(match[0]) - _ASIDE), text)
    return _PLACEHOLDER.sub(" ", text) if "[" in text else text


def first_heading(markdown: str) -> tuple[str, str]:
    """The heading that opens a Markdown text, and the text after it; ``""`` if it does not open with one."""
    line, _, rest = markdown.lstrip().partition("\n")
    if not re.match(r"#{1,2}[ \t]", line):
        return "", markdown
    return " ".join(text_of_markdown(line).split()), rest


def _without_heading(line: str) -> str:
    line = _HEADING_IN_ITEM.sub(r"\1", line)
    match = _HEADING.fullmatch(line)
    return "\n{}\n".format(match[1].strip(" \t#")) if match else line


def without_comments(markdown: str) -> str:
    """Markdown without ``<!-- ... -->``; a comment that is never closed stays."""
    parts: list[str] = []
    position = 0
    while (start := markdown.find("<!--", position)) >= 0 and (end := markdown.find("-->", start)) >= 0:
        parts.append(markdown[position:start])
        position = end + 3
    return "".join(parts) + markdown[position:]
