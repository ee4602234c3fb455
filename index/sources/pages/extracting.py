"""Asks trafilatura for the main text of a page, and for its title, site and day."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

from index.sources.days.limits import FIRST_YEAR
from index.sources.markup import drop

_FEWEST_LETTERS_AROUND = 40


class Extraction(NamedTuple):
    """What it found; ``""`` where it found nothing.

    :param text: one line a paragraph, ``- `` before items, ``|`` around the cells of a table.
    """

    text: str = ""
    title: str = ""
    published: str = ""
    site: str = ""
    url: str = ""


def extract(tree: Any, *, with_metadata: bool = True) -> Extraction:
    """The extraction from a page's tree, which stays as it is."""
    import trafilatura  # here, because it takes long to load and most archives hold no pages

    page = deepcopy(tree)
    _make_readable(page)
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=with_metadata,
            include_comments=False,
            include_tables=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "min_date": f"{FIRST_YEAR}-01-01",
            },
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        AssertionError,
    ) as error:
        # What strange pages have made it and its parsers raise; the page's own lines are read instead.
        del error
        return Extraction()
    if found is None:
        return Extraction()
    return Extraction(
        found.text or "",
        found.title or "",
        found.date or "",
        found.sitename or found.hostname or "",
        found.url or "",
    )


def _make_readable(page: Any) -> None:
    """Save what trafilatura would take away with the text inside: tables in figures, times in sentences."""
    for caption in list(page.iter("figcaption")):
        drop(caption)
    for figure in list(page.iter("figure")):
        if any(figure.find(f".//{tag}") is not None for tag in ("table", "blockquote", "p", "ul", "ol")):
            figure.tag = "div"
    for inline in list(page.iter("time", "label")):
        around = inline.getparent()
        if around is not None and around.tag in ("p", "li", "td", "blockquote"):
            others = len("".join(around.itertext())) - len("".join(inline.itertext()))
            if others >= _FEWEST_LETTERS_AROUND:
                inline.drop_tag()
