"""The layer does to a program what it says, at the call that was chosen and nowhere else."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.faults.layer import FAULTS, Layer, LayerMissingError

# Writes as Python does, as libc's streams do inside of libc, in another thread, and in another program.
PROGRAM = textwrap.dedent(
    """
    import ctypes, os, subprocess, sys, threading
    folder = sys.argv[1]

    def attempt(name, work):
        try:
            print(name, work(), flush=True)
        except OSError as error:
            print(name, os.strerror(error.errno), flush=True)

    def stream():
        libc = ctypes.CDLL(None, use_errno=True)
        libc.fopen.restype = ctypes.c_void_p
        file = ctypes.c_void_p(libc.fopen(f"{folder}/stream".encode(), b"w"))
        if not file:
            return os.strerror(ctypes.get_errno())
        libc.fputs(b"stream", file)
        return libc.fclose(file)

    os.chdir(folder)
    file = os.open("plain", os.O_CREAT | os.O_WRONLY)
    attempt("first", lambda: os.write(file, b"0123456789"))
    attempt("second", lambda: os.write(file, b"abcdefghij"))
    attempt("stream", stream)
    thread = threading.Thread(target=lambda: attempt("fsync", lambda: os.fsync(file)))
    thread.start()
    thread.join()
    attempt("rename", lambda: os.rename("plain", "renamed"))
    attempt("program", lambda: subprocess.call(["mkdir", "made"], stderr=subprocess.DEVNULL))
    open(folder + "-beside", "w").write("of no interest")
    """
)


class Program:
    """The program, with a layer around it."""

    def __init__(self, layer: Layer, folder: Path) -> None:
        self.layer = layer
        self.folder = folder

    def run(self, fault: str | None = None, at: int = 0) -> tuple[int, dict[str, str]]:
        """Its exit code, and what became of each step."""
        self.layer.set(fault, at)
        command = [sys.executable, "-c", PROGRAM, str(self.folder)]
        environment = {"PATH": "/usr/bin:/bin", **self.layer.environment}
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return ended.returncode, dict(line.split(" ", 1) for line in ended.stdout.splitlines())


@pytest.fixture
def program(tmp_path: Path, missing: Callable[[str], NoReturn]) -> Program:
    folder = tmp_path / "watched"
    folder.mkdir()
    try:
        return Program(Layer(tmp_path, folder), folder)
    except LayerMissingError as error:
        missing(str(error))


DONE = {"first": "10", "second": "10", "stream": "0", "fsync": "None", "rename": "None", "program": "0"}


def test_every_call_below_the_folder_is_counted_whoever_makes_it(program: Program) -> None:
    assert program.run() == (0, DONE)
    assert program.layer.calls == [
        ("create", "/plain"),
        ("write", "/plain"),
        ("write", "/plain"),
        ("create", "/stream"),
        ("write", "/stream"),
        ("fsync", "/plain"),
        ("rename", "/renamed"),
        ("mkdir", "/made"),
    ]
    assert not program.layer.struck


@pytest.mark.parametrize(
    ("fault", "at", "others", "left"),
    [
        ("eio", 2, {"first": "Input/output error"}, "abcdefghij"),
        (
            "full",
            3,
            dict.fromkeys(("second", "stream", "fsync", "rename"), "No space left on device"),
            "0123456789",
        ),
        ("short", 2, {"first": "5"}, "01234"),
        ("part", 2, {"first": "5"}, "01234abcdefghij"),
        ("eio", 6, {"fsync": "Input/output error"}, "0123456789abcdefghij"),
        ("eio", 7, {"rename": "Input/output error"}, "0123456789abcdefghij"),
    ],
)
def test_a_fault_strikes_the_chosen_call(
    program: Program, fault: str, at: int, others: dict[str, str], left: str
) -> None:
    _code, found = program.run(fault, at)
    assert program.layer.struck
    assert found | others == found
    assert next(program.folder.glob("[pr]*")).read_text() == left
    if fault in ("eio", "part"):
        assert found == DONE | others


@pytest.mark.parametrize(("fault", "at", "left"), [("kill", 3, "0123456789"), ("torn", 3, "0123456789abcde")])
def test_a_run_is_killed_at_the_chosen_call(program: Program, fault: str, at: int, left: str) -> None:
    assert program.run(fault, at) == (-signal.SIGKILL, {"first": "10"})
    assert (program.folder / "plain").read_text() == left


@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_is_not_reached_changes_nothing(program: Program, fault: str) -> None:
    assert program.run(fault, 9) == (0, DONE)
    assert not program.layer.struck
