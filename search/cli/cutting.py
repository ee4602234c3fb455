"""``telusur check --cut``: which lines are no text of their articles, as archive or wording says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click

from index.analysis.furniture import NO_FURNITURE, Furniture
from index.documents import Document
from index.messages import _, number
from index.settings import Settings
from index.sources.aliases import Aliases
from index.sources.base import Skip
from index.sources.losses import seeing_cuts
from index.sources.reading import read_input
from index.sources.walk import list_inputs
from index.store.generations import Generations
from index.store.learned_furniture import furniture_of
from index.store.opened import missing
from search.cli.terminal import print_json, printable


class Cut(NamedTuple):
    """What one article lost.

    :param origin: where it was read from.
    :param wording: lines that say by their wording that a site says them for itself.
    :param recurring: lines that the live index has learned from the articles of its publisher.
    """

    origin: str
    title: str
    source: str
    wording: list[str]
    recurring: list[str]


def show_learned(settings: Settings, as_json: bool) -> None:
    """What the live index knows of its publishers.

    :raises IndexMissingError: if there is none.
    :raises IndexBrokenError: if it cannot be read.
    :raises FurnitureLostError: likewise, of what was learned.
    """
    generations = Generations.of(settings)
    generation = generations.current()
    if generation is None:
        raise missing(settings)
    generations.fetch(generation)
    furniture = furniture_of(generation)
    if as_json:
        print_json({"generation": generation.name, "furniture": furniture.rows()})
        return
    if not furniture:
        click.echo(_("Indeks {name}: tidak ada baris berulang yang dikeluarkan.", name=generation.name))
    for source, found in furniture.publishers.items():
        told = {"source": printable(source) or _("(tanpa penerbit)"), "articles": number(found.articles)}
        click.echo(_("{source}, dipelajari dari {articles} artikel:", **told))
        for row in Furniture({source: found}).rows():
            click.echo(f"  {number(row['articles']):>9}  {printable(row['text'])}")


def show_files(settings: Settings, files: Sequence[str], as_json: bool) -> None:
    """What the articles of files lose when they are read and indexed.

    :raises SourceMissingError: if one does not exist.
    """
    articles = 0
    cuts: list[dict[str, Any]] = []
    skipped: list[dict[str, str]] = []
    for found in _cuts(settings, files):
        if isinstance(found, Skip):
            skipped.append({"source": found.source, "reason": found.reason})
            if not as_json:
                click.echo(printable(f"{found.source}: {found.reason}"))
            continue
        articles += 1
        if not found.wording and not found.recurring:
            continue
        if as_json:
            cuts.append(found._asdict())
        else:
            cuts.append({})
            _print(found)
    if as_json:
        print_json({"articles": articles, "cut": cuts, "skipped": skipped})
    else:
        click.echo(
            _(
                "{articles} artikel dibaca, {cut} kehilangan baris",
                articles=number(articles),
                cut=number(len(cuts)),
            )
        )


def _print(cut: Cut) -> None:
    click.echo(printable(f"{cut.origin}: {cut.title}"))
    for line in cut.wording:
        click.echo("  " + _("menurut kata-katanya: {line}", line=printable(line)))
    for line in cut.recurring:
        click.echo("  " + _("berulang di penerbitnya: {line}", line=printable(line)))


def _cuts(settings: Settings, files: Sequence[str]) -> Iterator[Cut | Skip]:
    furniture, aliases = _known(settings), Aliases.of(settings)
    with seeing_cuts() as seen:
        for listed in list_inputs(files, settings):
            for found in [listed] if isinstance(listed, Skip) else read_input(listed, settings):
                wording = list(dict.fromkeys(seen))
                seen.clear()
                yield (
                    _cut(aliases.renamed(found), wording, furniture) if isinstance(found, Document) else found
                )


def _cut(document: Document, wording: list[str], furniture: Furniture) -> Cut:
    recurring = furniture.lines_in(document)
    return Cut(document.origin, document.title, document.source, wording, recurring)


def _known(settings: Settings) -> Furniture:
    generations = Generations.of(settings)
    generation = generations.current()
    if generation is None:
        return NO_FURNITURE
    generations.fetch(generation)
    return furniture_of(generation)
