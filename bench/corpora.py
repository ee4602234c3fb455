"""The archives that speed is measured on, and their articles analysed once for all systems."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, islice, repeat
from multiprocessing import Pool
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import Any, NamedTuple

from bench.data import DataMissingError, data_folder, existing, records
from bench.queries import texts
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.settings import Settings
from index.sources.base import InputFile
from index.sources.reading import read_input
from index.sources.walk import list_inputs

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_BATCH = 200
_AHEAD = 8
_EVERY_ARTICLE = 5  # of the news that queries are drawn from


@dataclass(frozen=True)
class Corpus:
    """An archive.

    :param description: what it is, for the report.
    :param documents: reads it from the beginning.
    """

    name: str
    description: str
    documents: Callable[[], Iterator[Document]]


def corpus(name: str) -> Corpus:
    """The archive called ``seeds``, ``news``, or by a number of articles.

    :raises DataMissingError: if what it is made from is not there.
    """
    if name == "seeds":
        return Corpus(name, "the sample archive in seeds/", _seeds)
    if name == "news":
        news = existing(data_folder() / "news.jsonl.gz")
        return Corpus(name, f"real news articles ({news.name})", lambda: map(_document, records(news)))
    if not name.isdecimal():
        raise DataMissingError(f"there is no corpus {name!r}; take seeds, news or a number of articles")
    script = existing(data_folder().parent / "bench" / "scale_corpus.py")
    existing(data_folder() / "news.jsonl.gz")
    return Corpus(name, f"articles recombined by {script.name}", lambda: _scaled(script, int(name)))


def _seeds() -> Iterator[Document]:
    for listed in list_inputs([SEEDS], Settings()):
        found = read_input(listed, Settings()) if isinstance(listed, InputFile) else ()
        yield from (item for item in found if isinstance(item, Document))


def _scaled(script: Path, count: int) -> Iterator[Document]:
    with subprocess.Popen([sys.executable, str(script), str(count)], stdout=subprocess.PIPE) as made:
        assert made.stdout is not None
        try:
            for line in made.stdout:
                yield _document(json.loads(line))
        finally:
            made.kill()


def _document(record: dict[str, Any]) -> Document:
    published = None
    with suppress(TypeError, ValueError):
        published = date.fromisoformat(str(record.get("date"))[:10])
    return Document(
        id=str(record["id"]),
        title=record.get("title") or "-",
        body=record["body"],
        url=record.get("url") or "",
        source=record.get("source") or "",
        published=published,
    )


def batches(documents: Iterator[Any]) -> Iterator[list[Any]]:
    """Lists of some."""
    while batch := list(islice(documents, _BATCH)):
        yield batch


def news_texts(count: int) -> list[str]:
    """Distinct queries of words of the news, as visitors type them.

    :raises DataMissingError: if the news are not there.
    """
    documents = islice(corpus("news").documents(), 0, None, _EVERY_ARTICLE)
    return texts(iter(analyzed(list(documents))), count)


def analyzed(documents: Sequence[Document]) -> list[AnalyzedDocument]:
    """The documents with the token streams that Telusur indexes."""
    analyzer = _analyzer()
    found = []
    for document in documents:
        # Worked out once, when a document is read.
        _ = document.content_hash
        found.append(
            AnalyzedDocument(
                document,
                analyzer.stream(document.title),
                analyzer.stream(document.body),
                analyzer.stream_of_names(document.source),
                analyzer.stream_of_names(document.place),
                analyzer.stream_of_names(f"{document.author} {document.editor}"),
            )
        )
    return found


@cache
def _analyzer() -> Analyzer:
    """One for each process: it remembers stems."""
    return Analyzer(load_lexicon())


@dataclass(frozen=True)
class Size:
    """How large an archive is.

    :param text_bytes: UTF-8 bytes of titles and bodies.
    """

    documents: int
    tokens: int
    text_bytes: int


class _Tally(NamedTuple):
    packed: bytes
    size: Size


def _tally(documents: Sequence[Document]) -> _Tally:
    batch = analyzed(documents)
    tokens = sum(len(document.title.forms) + len(document.body.forms) for document in batch)
    text_bytes = sum(len(document.title.encode()) + len(document.body.encode()) for document in documents)
    return _Tally(pickle.dumps(batch, protocol=5), Size(len(batch), tokens, text_bytes))


def write_tokens(documents: Iterator[Document], path: Path) -> Size:
    """Analyse an archive, on all cores, into a file that every system then reads."""
    count = tokens = text_bytes = 0
    with path.open("wb") as file, Pool() as pool:
        # Not imap: it would read the whole archive ahead.
        waiting: deque[AsyncResult[_Tally]] = deque()
        for batch in chain(batches(documents), repeat(None, _AHEAD)):
            if batch is not None:
                waiting.append(pool.apply_async(_tally, (batch,)))
            if waiting and (batch is None or len(waiting) > _AHEAD):
                packed, size = waiting.popleft().get()
                file.write(packed)
                count += size.documents
                tokens += size.tokens
                text_bytes += size.text_bytes
    return Size(count, tokens, text_bytes)


def read_tokens(path: Path) -> Iterator[AnalyzedDocument]:
    """What :func:`write_tokens` wrote."""
    with path.open("rb") as file, suppress(EOFError):
        while True:
            yield from pickle.load(file)
