"""``python -m bench.contract [INDEX]``: does the API answer as its own document says, whatever it is asked?

Schemathesis makes requests of every kind that ``/openapi.json`` allows, and some that it does not, and judges
the answers: no server error, no status, media type or header that is not described, no body that breaks its
schema. Without an index it makes a small one of ``seeds/``. With ``--cases`` and ``--seed`` another run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import hypothesis
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Question
from search.app import create_app

CASES = 5000
CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)


def ask_anything(app: Flask, cases: int, seed: int = 1) -> Counter[str]:
    """Ask so many cases, spread over all operations, and judge every answer.

    :param cases: at least one for each operation.
    :returns: how many of each operation and status were judged.
    :raises FailureGroup: Schemathesis', with the request that shows it, if an answer is not as described.
    """
    config = schemathesis.Config.from_dict({"generation": {"mode": "all"}})
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=config)
    operations = [each.ok() for each in schema.get_all_operations()]
    known = _known(app)
    seen: Counter[str] = Counter()
    for number, operation in enumerate(operations):
        share = cases // len(operations) + (number < cases % len(operations))
        _ask(operation, share, seed, known, seen)
    while (missing := cases - sum(seen.values())) > 0:  # some operations have few parameters to vary
        seed += 1
        _ask(operations[0], missing, seed, known, seen)
    return seen


def _ask(operation: Any, cases: int, seed: int, known: list[str], seen: Counter[str]) -> None:
    kinds = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=hypothesis.strategies.one_of(kinds), which=_WHICH)
    def judge(case: Any, which: int) -> None:
        if which < len(known) and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known[which]  # nobody guesses one
        response = case.call()
        case.validate_response(response, checks=list(CHECKS))
        seen[f"{operation.label} {response.status_code}"] += 1

    judge()


_WHICH = hypothesis.strategies.integers(0, 19)
"""Which of the first ten articles is asked for; in half of the cases none of them."""


def _known(app: Flask) -> list[str]:
    """Ids of some articles."""
    return [result.id for result in app.extensions["telusur"].service.search(Question("")).results]


def main() -> int:
    """Ask, print what was asked, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", nargs="?", help="folder of an index")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings({"index": options.index or str(Path(folder) / "index"), "sources": ("seeds",)})
        if not options.index:
            sync(settings, jobs=1)
        began = time.perf_counter()
        seen = ask_anything(create_app(settings), options.cases, options.seed)
    for what, count in sorted(seen.items()):
        print(f"{count:6} {what}")
    print(f"{sum(seen.values())} answers as described, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
