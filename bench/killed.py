"""What readers see while nodes of a cluster are killed: ``python -m bench.killed [--questions N]``.

Three nodes are started with the news archive on them. Readers ask real questions all the time while one node
after the other is killed and started again, and then while the archive is built anew. Each answer is
compared with what was answered in quiet; an error is none, but has to come in time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

from bench.cluster.cluster import Cluster, start
from bench.data import DataMissingError, data_folder, existing
from bench.recorded import real_questions
from index.engines.base import EngineError
from index.errors import ReindexError
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

_READERS = 3
_PAUSE_SECONDS = 8.0
"""Between the end of one node and the next."""

Seen = tuple[int, tuple[str, ...], tuple[tuple[str, int], ...]]


@dataclass
class Watched:
    """What readers saw.

    :param right: answers as in quiet.
    :param wrong: the questions of others.
    :param errors: seconds until each error, by its kind.
    :param slowest: seconds of the slowest answer.
    """

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    errors: dict[str, list[float]] = field(default_factory=dict)
    slowest: float = 0.0

    def told(self, what: str) -> str:
        """One line of it."""
        failed = [seconds for each in self.errors.values() for seconds in each]
        kinds = ", ".join(f"{kind} {len(each)}" for kind, each in self.errors.items()) or "none"
        return (
            f"{what}: {self.right} right (slowest {self.slowest:.1f} s), {len(self.wrong)} wrong, "
            f"errors: {kinds}; longest error {max(failed, default=0):.1f} s"
        )


def see(answer: Answer) -> Seen:
    """What has to be the same whoever answers."""
    values = sorted((each.value, each.count) for counts in answer.facets.values() for each in counts)
    return answer.total, tuple(result.id for result in answer.results), tuple(values)


def watch(
    settings: Settings, expected: dict[str, Seen], stop: Callable[[int], bool], watched: Watched
) -> list[threading.Thread]:
    """Readers who ask until they are to stop.

    :param expected: question -> what is right.
    :param stop: told how many were asked.
    """
    numbers, texts, lock = count(1), cycle(expected), threading.Lock()

    def read(service: SearchService) -> None:
        while True:
            with lock:
                asked, text = next(numbers), next(texts)
            if stop(asked):
                return
            began = time.monotonic()
            try:
                seen = see(service.search(Question(text)))
            except EngineError as error:
                with lock:
                    times = watched.errors.setdefault(type(error).__name__, [])
                    times.append(time.monotonic() - began)
                continue
            with lock:
                watched.slowest = max(watched.slowest, time.monotonic() - began)
                if seen == expected[text]:
                    watched.right += 1
                else:
                    watched.wrong.append(text)

    threads = []
    for _ in range(_READERS):
        service = SearchService(Searcher(settings))
        service.search(Question("pemilu"))
        threads.append(threading.Thread(target=read, args=(service,)))
    for thread in threads:
        thread.start()
    return threads


def kill_in_turn(cluster: Cluster, going_on: Callable[[], bool]) -> int:
    """Kill one node after the other and start it again, as long as it goes on.

    :returns: how many were killed.
    """
    for number in count():
        node = cluster.nodes[number % len(cluster.nodes)]
        if not going_on():
            return number
        node.kill()
        time.sleep(_PAUSE_SECONDS / 2)
        node.launch()
        node.wait()
        cluster.wait("green", seconds=120)
        time.sleep(_PAUSE_SECONDS / 2)
    raise AssertionError("unreachable")


def searching(cluster: Cluster, settings: Settings, expected: dict[str, Seen]) -> bool:
    """Kill nodes while every question is asked once.

    :returns: whether nothing was wrong.
    """
    watched = Watched()
    threads = watch(settings, expected, lambda asked: asked > len(expected), watched)
    killed = kill_in_turn(cluster, lambda: any(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()
    print(watched.told(f"{len(expected)} searches, {killed} nodes killed"), flush=True)
    return not watched.wrong


def rebuilding(cluster: Cluster, settings: Settings, expected: dict[str, Seen]) -> bool:
    """Kill a node while the archive is built anew, and readers ask.

    :returns: whether nothing was wrong.
    """
    watched = Watched()
    done = threading.Event()
    outcome: list[str] = []

    def build() -> None:
        try:
            outcome.append(f"made {sync(settings, jobs=1, full=True).generation}")
        except (ReindexError, EngineError) as error:
            outcome.append(f"left the old one ({error})")
        done.set()

    threads = watch(settings, expected, lambda _: done.is_set(), watched)
    builder = threading.Thread(target=build)
    builder.start()
    killed = kill_in_turn(cluster, lambda: not done.is_set())
    for thread in (builder, *threads):
        thread.join()
    print(watched.told(f"rebuild with {killed} nodes killed, {outcome[0]}"), flush=True)
    cluster.wait("green", seconds=300)
    again = SearchService(Searcher(settings))
    wrong = [text for text, seen in expected.items() if see(again.search(Question(text))) != seen]
    print(f"  after it: {len(expected) - len(wrong)} right, {len(wrong)} wrong", flush=True)
    return not watched.wrong and not wrong


def main(arguments: Sequence[str] | None = None) -> None:
    """Start nodes, kill them, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=2000)
    parsed = parser.parse_args(arguments)
    try:
        texts = real_questions(parsed.questions)
        archive = existing(data_folder() / "news.jsonl.gz")
    except DataMissingError as error:
        sys.exit(str(error))
    with tempfile.TemporaryDirectory() as folder, start(Path(folder) / "nodes", 3) as cluster:
        settings = Settings(
            {
                "engine": "opensearch",
                "index": str(Path(folder) / "index"),
                "sources": (str(archive),),
                "opensearch_urls": tuple(cluster.urls),
                "opensearch_shards": 3,
                "opensearch_replicas": 1,
                "budget_ms": 60_000,
            }
        )
        sync(settings, jobs=1, full=True)
        cluster.wait("green", seconds=300)
        quiet = SearchService(Searcher(settings))
        expected = {text: see(quiet.search(Question(text))) for text in texts}
        print(f"{len(expected)} questions answered in quiet", flush=True)
        was_right = searching(cluster, settings, expected)
        was_right &= rebuilding(cluster, settings, expected)
    sys.exit(not was_right)


if __name__ == "__main__":
    main()
