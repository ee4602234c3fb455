"""What an owner writes about the site, as a page shows it: paragraphs, line breaks, links, nothing else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(
    r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]'’]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)


class Prose(list[Markup]):
    """Paragraphs, one by one or, where a template shows the whole, as elements ``<p>``."""

    def __html__(self) -> str:
        return Markup("\n").join(map(Markup("<p>{}</p>").format, self))

    __str__ = __html__


def paragraphs(text: str) -> Prose:
    """The paragraphs of a text, which blank lines part; web and mail addresses in them are links."""
    parts = re.split(r"\n\s*\n", text.strip())
    return Prose(
        Markup("<br>").join(_linked(line.strip()) for line in part.split("\n")) for part in parts if part
    )


def _linked(line: str) -> Markup:
    pieces, end = Markup(), 0
    for found in _ADDRESS.finditer(line):
        address = found.group()
        target = address if "://" in address else f"mailto:{address}"
        pieces += escape(line[end : found.start()])
        pieces += Markup('<a href="{}" rel="noopener" target="_top">{}</a>').format(target, address)
        end = found.end()
    return pieces + escape(line[end:])
