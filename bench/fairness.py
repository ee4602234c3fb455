"""What plain questions wait while dear ones are asked: ``python -m bench.fairness ENGINE INDEX``.

INDEX is one of the news, made by ``reindex``. A server of two processes is asked distinct plain questions
over four connections, first alone, then beside ten visitors who ask nothing but what is dear
(:mod:`bench.dear`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from bench import http
from bench.corpora import news_texts
from bench.data import DataMissingError
from bench.dear import kinds
from bench.report import table
from index.engines.registry import engine_names
from index.settings import Settings
from search.answering.service import SearchService
from search.opened.searcher import Searcher

DEAR_VISITORS = 10
_CONNECTIONS = 4
_WORKERS = 2
_QUERIES = 16_000


@contextmanager
def dear_visitors(address: str, texts: Sequence[str]) -> Iterator[Counter[int]]:
    """Ten visitors who ask dear questions until the block ends: how often each status was answered."""
    answered: Counter[int] = Counter()
    numbers, over, lock = count(), threading.Event(), threading.Lock()

    def ask() -> None:
        while not over.is_set():
            with lock:
                number = next(numbers)
            # The number makes another question of it, which no cache knows.
            text = f"{texts[number % len(texts)]} {number}"
            parameters = urlencode({"q": text, "per_page": 100, "explain": "true"})
            try:
                with urlopen(f"{address}/api/v1/search?{parameters}", timeout=60) as answer:
                    answer.read()
                    status = answer.status
            except HTTPError as error:
                status = error.code
            with lock:
                answered[status] += 1

    threads = [threading.Thread(target=ask) for _ in range(DEAR_VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _dear_texts(engine: str, index: Path) -> list[str]:
    settings = Settings({"engine": engine, "index": str(index)})
    with closing(Searcher(settings)) as searcher:
        longest = settings.whole("max_query_chars")
        return [text[: longest - 8] for text in kinds(SearchService(searcher), longest).values()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if something that is needed is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.fairness", description=__doc__)
    parser.add_argument("engine", choices=engine_names())
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=int, default=10, help="length of each load")
    options = parser.parse_args(arguments)
    if reason := http.missing():
        print(reason, file=sys.stderr)
        return 2
    try:
        paths = [f"/api/v1/search?{urlencode({'q': text})}" for text in news_texts(_QUERIES)]
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    dear = _dear_texts(options.engine, options.index)
    environment = {"TELUSUR_INDEX": str(options.index), "TELUSUR_ENGINE": options.engine}
    with (
        tempfile.TemporaryDirectory() as folder,
        http.serving(partial(http.telusur, workers=_WORKERS), environment) as (address, _),
    ):
        third = len(paths) // 3
        load = partial(
            http.run_wrk, address, seconds=options.seconds, folder=Path(folder), connections=_CONNECTIONS
        )
        load(paths[:third])
        alone = load(paths[third : 2 * third])
        with dear_visitors(address, dear) as answered:
            beside = load(paths[2 * third :])
    rows = [
        [name, f"{each.per_second:,.0f}", f"{each.p50_ms:.1f}", f"{each.p99_ms:.1f}", str(each.failed)]
        for name, each in (("alone", alone), (f"beside {DEAR_VISITORS} who ask dear ones", beside))
    ]
    print(table(["plain questions", "a second", "p50 ms", "p99 ms", "failed"], rows))
    told = ", ".join(f"{status}: {number}" for status, number in sorted(answered.items()))
    print(f"dear ones by the status of their answers: {told}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
