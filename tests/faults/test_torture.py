"""A few of the points of ``make torture``, chosen by rule: each kind of call and of fault, each operation."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from index.engines.base import EngineUnavailableError
from index.engines.registry import embedded_names, get_engine

ROOT = Path(__file__).parent.parent.parent
NO_LAYER = 77


@pytest.mark.long
@pytest.mark.parametrize("engine", embedded_names())
def test_whatever_call_fails_the_old_answers_or_the_new_ones_are_served(
    engine: str, missing: Callable[[str], NoReturn]
) -> None:
    try:
        get_engine(engine)
    except EngineUnavailableError as error:
        missing(str(error))
    command = [sys.executable, "-m", "tests.faults.torture", "--sample", "--engine", engine]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = ended.stdout + ended.stderr
    if ended.returncode == NO_LAYER:
        missing(told)
    assert ended.returncode == 0, told
    # Threads and processes make runs differ, so that some point may not be reached.
    passed = re.search(r"^([0-9]+) points passed, 0 failed$", told, re.MULTILINE)
    assert passed is not None, told
    assert int(passed[1]) >= 8, told
