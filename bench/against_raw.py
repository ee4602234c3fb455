"""What the engine adds to a cluster's own time: ``python -m bench.against_raw FOLDER [--questions N]``.

FOLDER is an index of the news on the cluster of the settings, made by ``reindex --engine opensearch``. Real
questions are asked through the service; then what it sent of each search is sent again by bare urllib3.
Without FOLDER, building is measured: the same prepared documents by the writer, and by a bare parallel
bulk into an index of the same mapping. Each in turns, as whatever else the machine does is shared out then.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import urllib3

from bench.corpora import analyzed, corpus
from bench.data import DataMissingError
from bench.recorded import QUESTIONS, Target, real_questions
from index.engines.base import Location
from index.engines.opensearch.client import Client, client_of
from index.engines.opensearch.engine import engine
from index.engines.opensearch.prepare import PreparedDocument
from index.engines.opensearch.schema import mapping, settings
from index.settings import engine_options, load_settings
from search.answer import Question

_TURNS = 3
_BULK_BYTES = 4 << 20
_AT_ONCE = 2
_JSON = {"content-type": "application/json"}


class _Sent:
    """The searches that a client sends while it is asked for an answer."""

    def __init__(self, client: Client) -> None:
        self.searches: list[tuple[str, bytes]] = []
        self._send = client._send
        client._send = self._note  # type: ignore[method-assign]

    def _note(self, method: str, path: str, body: bytes | None, *others: Any) -> tuple[int, bytes]:
        if body is not None and path.split("?")[0].endswith("/_search"):
            self.searches.append((path, body))
        return self._send(method, path, body, *others)


def searching(folder: str, count: int) -> None:
    """Print how long real questions take through the service, and what it sent for them by itself."""
    options = engine_options(load_settings())
    target = Target(f"opensearch={folder}")
    target.ask(Question("pemilu"))
    sent = _Sent(client_of(options))
    pool = urllib3.connection_from_url(options["opensearch_urls"][0])  # type: ignore[index, arg-type]
    through: list[float] = []
    raw: list[float] = []
    texts = real_questions(count)
    for turn in range(_TURNS):
        for text in texts:
            sent.searches.clear()
            target.ask(Question(text))
            if turn:  # the first one reads what stays in memory
                through.append(target.seconds[-1])
            began = perf_counter()
            for path, body in sent.searches:
                answer = pool.urlopen("POST", path, body, headers=_JSON)
                assert answer.status == 200, answer.data
            if turn:
                raw.append(perf_counter() - began)
    print(
        f"{len(texts)} questions: through the service p50 {1000 * median(through):.1f} ms, "
        f"raw p50 {1000 * median(raw):.1f} ms, ratio {median(through) / median(raw):.2f}"
    )


def building() -> None:
    """Print how many documents a second the writer takes, and a bare bulk."""
    options = engine_options(load_settings())
    prepared = list(map(engine.prepare, analyzed(corpus("news").documents())))
    for turn in range(_TURNS):
        rates = [_through(options, prepared, turn), _raw(options, prepared)]
        print(
            f"writer {rates[0]:,.0f} docs/s, raw bulk {rates[1]:,.0f} docs/s, ratio {rates[0] / rates[1]:.2f}"
        )


def _through(options: dict[str, Any], prepared: Sequence[PreparedDocument], turn: int) -> float:
    options = options | {"opensearch_index": f"bench-writer-{turn}"}
    client = client_of(options)
    client.ask("DELETE", f"/{client.prefix}-*", or_none=True)
    with tempfile.TemporaryDirectory() as folder:
        location = Location(Path(folder), "bench", options)
        began = perf_counter()
        engine.create(location)
        writer = engine.open_writer(location)
        documents = iter(prepared)
        while some := list(islice(documents, 64)):
            writer.add(some)
        writer.commit()
        seconds = perf_counter() - began
    client.ask("DELETE", f"/{client.prefix}-*")
    return len(prepared) / seconds


def _raw(options: dict[str, Any], prepared: Sequence[PreparedDocument]) -> float:
    client = client_of(options)
    client.ask("DELETE", "/bench-raw", or_none=True)
    pool = urllib3.connection_from_url(options["opensearch_urls"][0], maxsize=_AT_ONCE)
    began = perf_counter()
    client.ask("PUT", "/bench-raw", {"settings": settings(1), "mappings": mapping()}, seconds=60)

    def send(body: bytes) -> None:
        answer = pool.urlopen("POST", "/bench-raw/_bulk?filter_path=errors", body, headers=_JSON)
        assert answer.status == 200, answer.data

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(send, _bodies(prepared)))
    for step in ("_refresh", "_flush"):
        client.ask("POST", f"/bench-raw/{step}", seconds=600)
    seconds = perf_counter() - began
    client.ask("DELETE", "/bench-raw")
    return len(prepared) / seconds


def _bodies(prepared: Sequence[PreparedDocument]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    for document in prepared:
        lines += (b'{"index":{"_id":"%b"}}\n' % document.key.encode(), document.json, b"\n")
        size += len(document.json)
        if size > _BULK_BYTES:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    arguments = parser.parse_args()
    try:
        if arguments.folder:
            searching(arguments.folder, arguments.questions)
        else:
            building()
    except DataMissingError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
