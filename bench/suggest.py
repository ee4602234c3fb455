"""How long suggestions take while somebody types: ``python -m bench.suggest ENGINE INDEX [--queries N]``

The queries of the relevance sets are typed letter by letter, every text once: first to the service within
this process, then over HTTP to a server of one worker. What is read ahead, and what it takes in memory, is
told apart. Where the machine does other things meanwhile, CPU time tells more than the clock.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.data import data_folder, existing
from bench.http import SETTLING, serving, telusur
from index.settings import Settings
from search.answering.service import SearchService
from search.opened.memory import settle
from search.opened.searcher import Searcher

SETS = ("topics", "keywords_typo", "acronyms")
USUAL = 8


def main() -> None:
    """Print one line for each way to ask."""
    parser = argparse.ArgumentParser(prog="python -m bench.suggest", description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("index", type=Path, help="made by reindex")
    parser.add_argument("--queries", type=int, default=60, help="of each relevance set")
    options = parser.parse_args()
    texts = typed(options.queries)
    service = SearchService(Searcher(Settings({"engine": options.engine, "index": str(options.index)})))
    with service.searcher.use() as snapshot:
        snapshot.vocabulary.read()
        documents, before, began = snapshot.reader.count(), resident_mb(), time.process_time()
        snapshot.suggester.read()
        seconds = time.process_time() - began
        settle()  # as servers do, likewise below
    print(f"{options.engine}, {documents:,} articles, {len(texts):,} texts")
    print(f"read ahead: {seconds:.1f} s of CPU, {resident_mb() - before:.0f} MB beside the vocabulary")
    gc.collect()
    gc.freeze()

    def suggest(text: str) -> object:
        return service.suggest(text, USUAL)

    print(line("in process, CPU", measured(texts, suggest, time.thread_time)))
    print(line("in process, clock, asked again", measured(texts, suggest)))
    service.searcher.close()
    environment = {"TELUSUR_INDEX": str(options.index), "TELUSUR_ENGINE": options.engine}
    with serving(lambda port: telusur(port, 1), environment) as (address, _):
        time.sleep(SETTLING)
        connection = http.client.HTTPConnection(urlsplit(address).netloc)

        def ask(path: str) -> None:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path}: {response.status} {body!r}")

        while is_early(connection):
            time.sleep(0.5)
        print(line("HTTP", measured([f"/api/v1/suggest?q={quote(text)}" for text in texts], ask)))
        queries = [text for text in texts if len(text) > 8][::10]
        print(line("search", measured([f"/api/v1/search?q={quote(text)}" for text in queries], ask)))


def typed(count: int) -> list[str]:
    """Every text on the way to some queries, once each."""
    texts: dict[str, None] = {}
    for name in SETS:
        lines = existing(data_folder() / "relevance" / name / "queries.tsv").read_text("utf-8").splitlines()
        queries = [line.split("\t", 1)[1] for line in lines if line]
        for query in random.Random(5).sample(queries, min(count, len(queries))):
            texts.update((query[:length], None) for length in range(1, len(query) + 1))
    return list(texts)


def is_early(connection: http.client.HTTPConnection) -> bool:
    """Whether a server still reads its archive."""
    connection.request("GET", "/api/v1/suggest?q=a")
    response = connection.getresponse()
    response.read()
    return response.getheader("Cache-Control") == "no-store"


def measured(
    texts: Iterable[str], ask: Callable[[str], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of each."""
    times = []
    for text in texts:
        began = clock()
        ask(text)
        times.append((clock() - began) * 1000)
    return sorted(times)


def line(name: str, times: list[float]) -> str:
    """Percentiles of sorted times."""
    shown = ", ".join(f"p{percent} {times[len(times) * percent // 100]:.2f}" for percent in (50, 95, 99))
    return f"{name}: {shown} ms"


def resident_mb() -> float:
    """Memory of this process, without the files that are mapped into it."""
    fields = dict(each.split(":", 1) for each in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


if __name__ == "__main__":
    main()
