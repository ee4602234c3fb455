"""The last barrier in front of readers: of an article's HTML only what our own writer writes goes out.

What sources hold is read by parsers and written anew, escaped. Should that ever let something through,
ammonia takes it out here, by an HTML parser like a browser's (https://github.com/rust-ammonia/ammonia).
"""

from __future__ import annotations

import re

import nh3

from search.snippets.articles import OUTWARD_REL, OUTWARD_TARGET

_SCHEMES = {"http", "https", "mailto"}
_ARTICLE = nh3.Cleaner(
    tags=set(re.findall(r"\w+", "a blockquote div h2 h3 h4 li mark ol p table tbody td th thead tr ul")),
    attributes={"a": {"href"}, "div": {"aria-label"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}},
    tag_attribute_values={
        "a": {"target": {OUTWARD_TARGET}},
        "div": {"class": {"table"}, "role": {"region"}, "tabindex": {"0"}},
        "p": {"class": {"picture"}},
        "th": {"scope": {"col", "row"}},
    },
    link_rel=OUTWARD_REL,
    url_schemes=_SCHEMES,
    url_relative="deny",
)
_MARKED = nh3.Cleaner(tags={"mark"}, attributes={}, link_rel=None)

# html5ever copies a text anew for each character reference in it: a hundred thousand in one paragraph would
# take seconds. A comment, which goes, parts a text in two.
_TEXT = re.compile(r"(?:^|>)[^<>]++")
_MANY = re.compile(r"(?:[^&]*+&#?+\w++;){100}")
_FEW = 500


def sanitised_article(html: str) -> str:
    """An article's HTML without elements, attributes and addresses that
    :func:`~search.snippets.articles.write_article` does not write. What it writes stays, with the same
    characters written in HTML's shortest way.
    """
    return _ARTICLE.clean(_parted(html))


def sanitised_marks(html: str) -> str:
    """Escaped text without any element but ``<mark>``."""
    return _MARKED.clean(_parted(html))


def _parted(html: str) -> str:
    """HTML of which no text has so many character references that it takes long to read."""
    # Quotation marks need none outside of tags, where they are written in another way.
    html = html.replace("&#34;", '"').replace("&#39;", "'")
    if html.count("&") < _FEW:
        return html
    return _TEXT.sub(lambda text: _MANY.sub(r"\g<0><!---->", text[0]), html)
