"""Processes of a trial, forked from one that has everything loaded: runs of reindex, and a server."""

from __future__ import annotations

import gc
import json
import logging
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from index.cli import reindex
from index.engines.base import EngineError, EngineUnavailableError, IndexMissingError
from index.engines.registry import embedded_names, get_engine
from index.messages import SOURCE_LANGUAGE, Translator
from index.query import Facet, Sort
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

HANGS_SECONDS = 120
"""What runs for so long hangs; a run takes a tenth of a second."""

MISSING = "no index"

_QUESTIONS = (
    Question("", sort=Sort.NEWEST, per_page=1000),
    Question("banjir", per_page=1000),
    Question("bencana rawan", match="any", per_page=1000),
    Question('"isinya berubah" ATAU penulis:bagas', per_page=1000),
    Question("pengawasan", filters={Facet.PLACE: ("Amuntai", "Lebak")}, per_page=1000),
)

Answers = tuple[str, ...]
"""What each question is answered, as text to be compared; scores may differ in their last digits."""


class Ended(NamedTuple):
    """A run that is over.

    :param code: its exit code, negative if it was killed by that signal, ``None`` if it did not end.
    """

    code: int | None
    errors: str


def fork(work: Callable[[], int]) -> int:
    """Do something in another process, with what this one has loaded.

    :returns: its id.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run(
    settings: Settings, options: list[str], folder: Path, enter: Callable[[], None] | None = None
) -> Ended:
    """Run ``reindex`` to its end, as its command does.

    :param folder: where what it says may be written.
    :param enter: what its process does first.
    """
    said = folder / "said"
    alive, held = os.pipe()

    def work() -> int:
        output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if enter is not None:
            enter()
        for name in ("index", "engine", "lexicon"):
            os.environ[f"TELUSUR_{name.upper()}"] = settings.text(name)
        try:
            reindex.main([*options, "--quiet", *settings.texts("sources")], prog_name="reindex")
        except SystemExit as end:
            return int(end.code or 0)
        raise AssertionError("a command ends with its exit code")

    process = fork(work)
    os.close(held)
    ended, _, _ = select.select([alive], [], [], HANGS_SECONDS)
    os.close(alive)
    if not ended:
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return Ended(status if ended else None, said.read_text(encoding="utf-8", errors="replace"))


def answers(service: SearchService) -> Answers:
    """What a server answers to every question."""
    return tuple(_answer(service, question) for question in _QUESTIONS)


def _answer(service: SearchService, question: Question) -> str:
    try:
        found = service.search(question).to_dict(Translator(SOURCE_LANGUAGE))
    except IndexMissingError:
        return MISSING
    except EngineError as error:
        return f"error: {error}"
    del found["took_ms"]
    for result in found["results"]:
        del result["score"]
    if question.sort is Sort.RELEVANCE:
        found["results"].sort(key=lambda result: result["id"])
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def warm_up(folder: Path) -> None:
    """Load and work out what every process needs, once for all that are forked later."""
    for name in embedded_names():
        with suppress(EngineUnavailableError):
            get_engine(name)
    archive = folder / "warming.json"
    archive.write_text('[{"title": "Banjir", "body": "Warga melaporkan banjir.", "date": "2024-01-01"}]')
    settings = Settings({"index": str(folder / "warming"), "engine": "whoosh", "sources": (str(archive),)})
    for full in (True, False):
        sync(settings, full=full, jobs=1)  # of Whoosh alone: threads of Tantivy would not outlive a fork
    searcher = Searcher(settings)
    answers(SearchService(searcher))
    searcher.close()
    gc.freeze()


class Server:
    """A process that serves an index. A context manager that ends it."""

    def __init__(self, settings: Settings) -> None:
        ours, theirs = Pipe()

        def work() -> int:
            ours.close()  # so that it ends with us
            with suppress(EOFError):
                _serve(settings, theirs)
            return 0

        self._process = fork(work)
        theirs.close()
        self._pipe = ours

    def answers(self) -> Answers:
        """What it answers now.

        :raises EOFError: if it has died.
        """
        self._pipe.send("answers")
        return self._received()

    def restarted(self) -> Answers:
        """What one would answer that is started now."""
        self._pipe.send("restarted")
        return self._received()

    def watch(self) -> None:
        """Let it ask itself, over and over, until :meth:`watched` is called."""
        self._pipe.send("watch")

    def watched(self) -> list[Answers]:
        """Every set of answers that it has given meanwhile, each once."""
        self._pipe.send("watched")
        return self._received()

    def _received(self) -> Any:
        if not self._pipe.poll(HANGS_SECONDS):
            raise EOFError("a server does not answer")
        return self._pipe.recv()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        self._pipe.close()
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _serve(settings: Settings, pipe: Connection) -> None:
    logging.disable(logging.WARNING)  # that the index is out of date is what a trial is about
    service = SearchService(Searcher(settings, check_seconds=0))
    while True:
        match pipe.recv():
            case "answers":
                pipe.send(answers(service))
            case "restarted":
                searcher = Searcher(settings)
                pipe.send(answers(SearchService(searcher)))
                searcher.close()
            case _:
                seen = {answers(service)}
                while not pipe.poll(0.02):
                    seen.add(answers(service))
                pipe.recv()
                pipe.send(list(seen))
