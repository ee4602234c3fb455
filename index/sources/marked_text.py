"""The text of a record's field that may be HTML, Markdown or neither, and the outline of what it was."""

from __future__ import annotations

from functools import partial

from index.sources.markdown_text import looks_like_markdown, text_of_markdown
from index.sources.markup import has_tags, looks_like_html, text_of_html
from index.sources.outline import OutlineOf, outline_of_html, outline_of_markdown
from index.sources.systems.content import with_line_breaks


def read_markup(text: str) -> tuple[str, OutlineOf | None]:
    """A field's plain text, and what makes its outline if it was marked up."""
    if looks_like_html(text):
        return text_of_html(text), partial(outline_of_html, text)
    if looks_like_markdown(text):
        return text_of_markdown(text), partial(outline_of_markdown, text)
    if has_tags(text):
        markup = with_line_breaks(text)
        return text_of_html(markup), partial(outline_of_html, markup)
    return text, None
