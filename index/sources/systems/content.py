"""The text of a WordPress post as it lies in the database -> HTML or plain text as its readers see it."""

from __future__ import annotations

import html
import re

from index.sources.markdown_text import without_comments
from index.sources.markup import BLOCKS
from index.sources.systems.shortcodes import without_shortcodes

BLOCK_MARK = "<!-- wp:"
"""How every block of the block editor begins."""

_SHORTCODE_LIKE = re.compile(r"\[/?[a-z][\w-]*(?:\s[^\[\]]*=|[\]/]|\s+https?:)", re.IGNORECASE)
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_PAGE_BREAK = re.compile(r"<!--(?:more|nextpage)[^<>]{0,200}-->")
_LINE_BREAK = re.compile(r"[ \t\r]*\n[ \t\r]*")
_KEPT_AS_IS = frozenset({"pre", "script", "style", "textarea", "svg"})
_EMBEDDED = re.compile(
    r"^[ \t]*https?://(?:www\.|m\.|open\.)?(?:youtube\.com|youtu\.be|twitter\.com|x\.com|instagram\.com|tiktok\.com"
    r"|facebook\.com|fb\.watch|vimeo\.com|soundcloud\.com|spotify\.com|dailymotion\.com)/\S*[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_EMBED_FIGURE = re.compile(r"<figure[^<>]{0,500}\bwp-block-embed\b[^<>]{0,500}>", re.IGNORECASE)
_WRAPPED_ADDRESS = re.compile(
    r"(wp-block-embed__wrapper[^<>]{0,200}>)\s*https?://[^\s<>]{1,2000}\s*(?=</div>)"
)
_CAPTION = re.compile(
    r"<div\b[^<>]{0,500}\bwp-caption\b[^<>]{0,500}>\s*((?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,4000}>(?:\s*</a>)?)\s*"
    r"<(p|dd)\b[^<>]{0,300}\bwp-caption-text\b[^<>]{0,300}>(.{0,4000}?)</\2>\s*</div>",
    re.DOTALL | re.IGNORECASE,
)
"""A picture with its caption, as themes for older HTML have it."""

_FIGURE = re.compile(r"<(/?)figure\b[^<>]{0,2000}>", re.IGNORECASE)
_END_OF_PARAGRAPH = re.compile(r"</p>|<br\s?/?>", re.IGNORECASE)
_SENTENCE_END = tuple(".!?:;\"”’')]»…>")


def has_wordpress_marks(text: str) -> bool:
    """Whether a text shows that WordPress wrote it: by its blocks, or by what may be shortcodes. Quick."""
    return ("<" in text and BLOCK_MARK in text) or ("[" in text and bool(_SHORTCODE_LIKE.search(text)))


def cleaned_content(text: str, *, is_post: bool = False) -> str:
    """What readers see of a text that WordPress stored; any other text as it is.

    Shortcodes and comments go. What has tags becomes HTML in one ``div``, with the line breaks that
    WordPress makes of blank lines (its ``wpautop``); what has none stays plain text.

    :param text: clean, see :func:`index.sources.encoding.clean`.
    :param is_post: whether it is a post's content for certain.
    """
    if not is_post and not has_wordpress_marks(text):
        return text
    without = without_shortcodes(text)
    if without == text and not is_post and BLOCK_MARK not in text:
        return text
    with_blocks = BLOCK_MARK in without
    without = without_comments(_PAGE_BREAK.sub("\n\n", without))
    without = _EMBEDDED.sub("", without)
    if _EMBED_FIGURE.search(without):
        without = _WRAPPED_ADDRESS.sub(r"\1", without)
    if not _TAG.search(without):
        return html.unescape(without) if is_post or with_blocks else without
    if with_blocks or _is_classic(text, is_post):
        without = _with_breaks(without, everywhere=not with_blocks)
    return f"<div>{figures_behind_lead(without)}</div>"


def with_line_breaks(text: str) -> str:
    """HTML of a text with tags here and there, whose own lines are paragraphs too."""
    return f"<div>{_with_breaks(text, everywhere=True)}</div>"


def rendered_content(markup: str) -> str:
    """The HTML of a post as WordPress gives it to readers, with pictures behind the first paragraph."""
    markup = without_shortcodes(markup)
    if _EMBED_FIGURE.search(markup):
        markup = _WRAPPED_ADDRESS.sub(r"\1", markup)
    return f"<div>{figures_behind_lead(markup)}</div>"


def figures_behind_lead(markup: str) -> str:
    """HTML whose first words are the article's: a report begins with its dateline, not with a caption."""
    if "wp-caption-text" in markup:
        markup = _CAPTION.sub(r"<figure>\1<figcaption>\3</figcaption></figure>", markup)
    figures = _end_of_figures(markup)
    end = _END_OF_PARAGRAPH.search(markup, figures) if figures else None
    if not end:
        return markup
    return "".join((markup[figures : end.end()], "\n", markup[:figures], "\n", markup[end.end() :]))


def _end_of_figures(markup: str) -> int:
    """Where the figures end that a text begins with, galleries of several included; 0 if it does not."""
    end = depth = 0
    for tag in _FIGURE.finditer(markup):
        if not depth and (tag[1] or markup[end : tag.start()].strip()):
            break
        depth += -1 if tag[1] else 1
        if not depth:
            end = tag.end()
    return end


def _is_classic(text: str, is_post: bool) -> bool:
    """Whether blank lines are what parts its paragraphs."""
    return is_post or "<p" not in text


def _with_breaks(markup: str, *, everywhere: bool) -> str:
    """HTML with ``<br>`` where WordPress breaks lines: not beside tags of blocks, not in ``pre``.

    :param everywhere: also inside paragraphs, as in posts without blocks.
    """
    parts = _TAG.split(markup)
    kept: list[str] = []
    beside_block, inside, asis = True, False, ""
    for number, part in enumerate(parts):
        if number % 2:
            name = _NAME.match(part)
            tag = name[1].lower() if name else ""
            closes = part.startswith("</")
            if tag in _KEPT_AS_IS:
                asis = "" if closes else asis or tag
            if tag in BLOCKS:
                beside_block, inside = True, not closes and tag not in ("br", "hr")
            kept.append(part)
            continue
        if not asis and "\n" in part and (everywhere or not inside):
            following = parts[number + 1] if number + 1 < len(parts) else "</div>"
            name = _NAME.match(following)
            part = _broken(part, beside_block, not name or name[1].lower() in BLOCKS)
        if part.strip():
            beside_block = False
        kept.append(part)
    return "".join(kept)


def _broken(text: str, after_block: bool, before_block: bool) -> str:
    if after_block:
        text = text.lstrip()
    if before_block:
        text = text.rstrip()
    lines = _LINE_BREAK.split(text)
    parts = [lines[0]]
    blank = False
    for line in lines[1:]:
        if not line:
            blank = True
            continue
        before = parts[-1]
        # A text that was wrapped by hand: the sentence goes on in the next line.
        wrapped = not blank and line[0].islower() and not before.endswith(_SENTENCE_END)
        parts += (" " if wrapped else "<br>\n", line)
        blank = False
    if len(lines) > 1 and not lines[-1]:
        parts.append("<br>\n")
    return "".join(parts)
