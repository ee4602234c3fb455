"""However a run on a cluster ends, what was published is served, and the next run completes and clears it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from subprocess import Popen
from threading import Event, Thread
from typing import Any

import pytest

from index.engines.base import HeldError
from index.engines.opensearch.client import client_of
from index.engines.opensearch.lease import LEASE_SECONDS
from index.query import SearchRequest, Term, TextField
from index.reindex.sync import sync
from index.settings import Settings, engine_options
from index.store import inventory
from index.store.generations import Generations
from index.store.inventory import Role
from index.store.opened import open_current
from tests.machines import Machine

Articles = Callable[..., None]

RUN = """
import json, os, signal, sys
from importlib import import_module
from index.reindex.sync import sync
from index.settings import Settings

settings, module, kind, method, number, full = sys.argv[1:]
owner = getattr(import_module(f"index.engines.opensearch.{module}"), kind)
original, calls = getattr(owner, method), []

def killed(*arguments, **options):
    calls.append(method)
    if len(calls) == int(number):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)

setattr(owner, method, killed)
sync(Settings(json.loads(settings)), jobs=1, full=bool(full))
"""

REBUILD = {
    "behind its making": ("engine", "OpenSearchEngine", "open_writer", 1),
    "in the midst of writing": ("writer", "OpenSearchWriter", "commit", 1),
    "between files and alias": ("home", "OpenSearchHome", "_point", 1),
}
"""Where a rebuild is killed: before which call of which method of the engine."""

UPDATE = ("versions", "Versions", "publish", 1)
"""Where an update is killed: between the words of the new articles and its commit."""


@pytest.fixture
def killed(start_program: Callable[..., Popen[Any]]) -> Callable[..., None]:
    """Runs, and is killed at a point."""

    def run(settings: Settings, point: tuple[str, str, str, int], *, full: bool) -> None:
        values = json.dumps(
            {name: settings[name] for name in settings if name.startswith(("o", "s", "i", "e"))}
        )
        *place, number = point
        program = start_program(RUN, values, *place, str(number), "full" if full else "")
        assert program.wait(timeout=120) == -signal.SIGKILL

    return run


def served(settings: Settings) -> set[str]:
    with open_current(settings) as opened:
        page = opened.reader.search(SearchRequest(Term(TextField.BODY_EXACT, "banjir"), limit=100))
        return {hit.id for hit in page.hits}


def indexes(settings: Settings) -> set[str]:
    client = client_of(engine_options(settings))
    found = client.ask("GET", f"/{client.prefix}-*/_settings/index.uuid")
    return {name.removeprefix(f"{client.prefix}-") for name in found}


def owners(settings: Settings) -> set[str]:
    """Whose files there are."""
    client = client_of(engine_options(settings))
    client.ask("POST", f"/{client.prefix}-files/_refresh")
    hits = client.ask("POST", f"/{client.prefix}-files/_search", {"size": 1000, "_source": False})["hits"][
        "hits"
    ]
    return {hit["_id"].partition("/")[0].removeprefix(f"{client.prefix}-") for hit in hits}


def generations_of(owners: set[str]) -> set[str]:
    return {owner[:17] for owner in owners if owner[:1] == "0"}


def test_a_rebuild_that_is_killed_anywhere_leaves_the_old_index_and_the_next_one_clears_the_rest(
    machine: Machine, articles: Articles, killed: Callable[..., None]
) -> None:
    settings = machine("satu")
    articles("lama")
    sync(settings, jobs=1)
    articles("lama", "baru")
    for point in REBUILD.values():
        killed(settings, point, full=True)
        assert served(settings) == {"lama"}, point
    roles = {each.name: each.role for each in inventory.inventory(Generations.of(settings))}
    assert list(roles.values())[-1] is Role.LIVE
    began = time.monotonic()
    report = sync(settings, jobs=1)
    assert time.monotonic() - began < LEASE_SECONDS  # that the run before has ended is known on its machine
    assert (report.rebuilt, report.added) == (None, 1)
    assert served(settings) == {"lama", "baru"}
    assert {name[:17] for name in indexes(settings)} == {report.generation, "files"}
    assert generations_of(owners(settings)) == {report.generation}


def test_an_update_that_is_killed_leaves_the_old_index_and_the_next_one_completes(
    machine: Machine, articles: Articles, killed: Callable[..., None]
) -> None:
    settings = machine("satu")
    articles("lama")
    live = sync(settings, jobs=1).generation
    with open(settings.texts("sources")[0], "a") as source:
        body = "Badan Sungai Uji (BASUJI) mengawasi banjir."
        source.write("\n" + json.dumps({"id": "baru", "title": "Berita", "body": body}))
    killed(settings, UPDATE, full=False)
    assert served(settings) == {"lama"}
    report = sync(settings, jobs=1)
    assert (report.rebuilt, report.added, report.generation) == (None, 1, live)
    assert served(settings) == {"lama", "baru"}
    with open_current(machine("lain")) as opened:
        assert "BASUJI" in opened.generation.language_file.read_text().upper()
        assert opened.generation.documents == 2
    sync(settings, jobs=1)
    assert len({name for name in indexes(settings) if name != "files"}) == 1


def test_what_was_killed_right_behind_its_publication_is_live(
    machine: Machine, articles: Articles, killed: Callable[..., None]
) -> None:
    settings = machine("satu")
    articles("lama")
    before = sync(settings, jobs=1).generation
    articles("lama", "baru")
    killed(settings, ("home", "OpenSearchHome", "_note", 2), full=True)
    assert served(settings) == {"lama", "baru"}
    report = sync(settings, jobs=1)
    assert report.unchanged == 2
    roles = {each.name: each.role for each in inventory.inventory(Generations.of(settings))}
    assert roles == {report.generation: Role.LIVE, before: Role.PREVIOUS}


def test_a_run_on_another_machine_is_told_who_writes(machine: Machine, articles: Articles) -> None:
    articles("satu")
    with (
        Generations.of(machine("satu")).writing(),
        pytest.raises(HeldError, match=f"proses {os.getpid()} di"),
    ):
        sync(machine("dua"), jobs=1)
    assert sync(machine("dua"), jobs=1).added == 1


@pytest.fixture
def reading() -> Iterator[Callable[[Settings], list[frozenset[str]]]]:
    """Reads again and again in threads what is served; gives every answer and raises what went wrong."""
    stop, threads, errors = Event(), [], []

    def start(settings: Settings) -> list[frozenset[str]]:
        answers: list[frozenset[str]] = []

        def read() -> None:
            try:
                while not stop.is_set():
                    answers.append(frozenset(served(settings)))
            except BaseException as error:
                errors.append(error)

        threads.append(Thread(target=read))
        threads[-1].start()
        return answers

    yield start
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []


def test_under_readers_every_answer_is_wholly_old_or_wholly_new(
    machine: Machine, articles: Articles, reading: Callable[[Settings], list[frozenset[str]]]
) -> None:
    settings = machine("satu")
    states = [frozenset({f"{state}-{number}" for number in range(3)}) for state in range(4)]
    articles(*states[0])
    sync(settings, jobs=1)
    answers = [reading(machine(f"server-{number}")) for number in range(2)]
    for number, state in enumerate(states[1:]):
        articles(*state)
        sync(settings, jobs=1, full=number % 2 == 0, allow_removals=True)
    for each in answers:
        assert set(each) <= set(states)
        assert each[-1:] != []
