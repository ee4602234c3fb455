"""What visitors and programs ask: questions of every kind, drawn from the archive's own words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bench.corpora import analyzed
from bench.queries import Kind, draw
from index.documents import Document

_SAMPLE = 500
_OF_EACH_KIND = 200


class Asking(NamedTuple):
    """One request.

    :param status: of the answer, when all is well.
    :param again: ask it a second time, with the ETag of the first answer: 304.
    """

    path: str
    status: int = 200
    again: bool = False


def mixed(documents: list[Document]) -> list[Asking]:
    """Distinct requests of all kinds in a mixed order, the same in every run."""
    rng = random.Random(12)
    sample = rng.sample(documents, min(_SAMPLE, len(documents)))
    drawn = draw(iter(analyzed(sample)), _OF_EACH_KIND)
    found = list(dict.fromkeys((*_searches(drawn, rng), *_articles(sample), *_mistakes(drawn))))
    rng.shuffle(found)
    return found


def _searches(drawn: dict[Kind, list], rng: random.Random) -> Iterator[Asking]:  # type: ignore[type-arg]
    for asked in drawn[Kind.KEYWORD]:
        yield Asking(_page(q=asked.text), again=rng.random() < 0.2)
        yield Asking(_api(q=_misspelt(asked.text, rng)))
    for asked in drawn[Kind.PHRASE]:
        yield Asking(_api(q=asked.text), again=rng.random() < 0.2)
    for asked in drawn[Kind.PREFIX]:
        letters = asked.text.removesuffix("*")
        yield Asking(_api(q=rng.choice((asked.text, f"{letters[0]}?{letters[2:]}*", f"{letters}~"))))
    for asked in drawn[Kind.FILTERED]:
        yield Asking(_api(q=asked.text, source=asked.source))
    for asked in drawn[Kind.FACETED]:
        yield Asking(_page(q=asked.text, page=rng.randint(2, 5)))
    for asked in drawn[Kind.SORTED]:
        yield Asking(_api(q=asked.text, sort="newest", per_page=rng.choice((10, 50))))
    for asked in drawn[Kind.KEYWORD][::4]:
        yield Asking(f"/feed.atom?{urlencode({'q': asked.text})}")
        yield Asking(_api(q=asked.text, explain="true"))
        yield Asking(f"/api/v1/analyze?{urlencode({'text': asked.text})}")


def _articles(sample: list[Document]) -> Iterator[Asking]:
    for document in sample[:_OF_EACH_KIND]:
        word = document.title.split()[0]
        yield Asking(f"/dokumen/{quote(document.id)}?{urlencode({'q': word})}")
        yield Asking(f"/api/v1/documents/{quote(document.id)}")


def _mistakes(drawn: dict[Kind, list]) -> Iterator[Asking]:  # type: ignore[type-arg]
    for number, asked in enumerate(drawn[Kind.KEYWORD][::4]):
        yield Asking(_api(q=asked.text, page=0), 400)
        yield Asking(_api(q=asked.text, sort="terbalik"), 400)
        yield Asking(f"/dokumen/tidak-ada-{number}", 404)
        yield Asking(_api(q=f'"{asked.text} (DAN'))


def _page(**parameters: str | int) -> str:
    return f"/?{urlencode(parameters)}"


def _api(**parameters: str | int) -> str:
    return f"/api/v1/search?{urlencode(parameters)}"


def _misspelt(text: str, rng: random.Random) -> str:
    place = rng.randrange(max(len(text) - 1, 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]
