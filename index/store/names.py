"""Names: how generations are called, and what their folders hold besides what the engine decides."""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path

META = "meta.json"
LANGUAGE = "language.json"
FURNITURE = "furniture.json"
NAMES = "names.txt"
DATA = "data"

NAME = re.compile(r"(\d{6,})-([a-z0-9]+)")
"""A number and an engine."""


def number_of(name: str) -> int:
    """The number of a generation, by its name; 0 if that is none."""
    found = NAME.fullmatch(name)
    return int(found.group(1)) if found else 0


def engine_of(name: str) -> str:
    """The name of a generation's engine, by its own; ``""`` if that is none."""
    found = NAME.fullmatch(name)
    return found.group(2) if found else ""


def is_used(folder: Path) -> bool:
    """Whether somebody keeps the folder of a generation by :func:`index.store.generation.in_use`."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
