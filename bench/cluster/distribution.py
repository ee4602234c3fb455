"""What every node runs: jars from Maven and our program, built once and kept between runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.cluster.java import Java, MissingError, find_java, find_maven

MAIN = "ClusterNode"
_HERE = Path(__file__).parent
_POM = _HERE / "pom.xml"
_SOURCE = _HERE / f"{MAIN}.java"
_LAYOUT = "1"
"""Changes with the layout of a folder of the cache."""
_UNUSED_SECONDS = 30 * 24 * 3600
"""After that builds of other versions go, 150 MB each."""


@dataclass(frozen=True)
class Distribution:
    """Jars of a node, and the Java that runs them.

    :param folder: where they lie.
    """

    java: Java
    folder: Path

    @property
    def class_path(self) -> str:
        """The jars in a fixed order: the archive of classes holds for this one alone."""
        return os.pathsep.join(map(str, sorted((self.folder / "lib").glob("*.jar"))))

    @property
    def archive(self) -> Path:
        """Classes as this Java keeps them in memory (JEP 350), if :mod:`~bench.cluster.warming` made it."""
        told = f"{self.java.program} {self.java.version}"
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.jsa"


def cache_folder() -> Path:
    """Where builds are kept: a folder of the user's cache (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "telusur-cluster"


@contextmanager
def alone() -> Iterator[None]:
    """Keeps other processes from building meanwhile."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def distribution() -> Distribution:
    """The distribution, built if it is not in the cache. To be called :func:`alone`.

    A build that did not end leaves nothing that is taken for one.

    :raises MissingError: if there is no Java, or no Maven to build with, or the build fails.
    """
    java = find_java()
    name = hashlib.sha256(b"\0".join((_POM.read_bytes(), _SOURCE.read_bytes(), _LAYOUT.encode()))).hexdigest()
    folder = cache_folder() / name[:16]
    if not folder.is_dir():
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        _build(java, partial)
        partial.rename(folder)
        _remove_unused()
    os.utime(folder)
    return Distribution(java, folder)


def _remove_unused() -> None:
    for folder in cache_folder().iterdir():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > _UNUSED_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _build(java: Java, folder: Path) -> None:
    lib = folder / "lib"
    maven = [find_maven(), "--quiet", "--batch-mode", "--file", str(_POM)]
    _run([*maven, "dependency:copy-dependencies", f"-DoutputDirectory={lib}"])
    compiler = next(lib.glob("ecj-*.jar"))
    compiler = compiler.rename(folder / compiler.name)
    classes = folder / "classes"
    command = [str(java.program), "-jar", str(compiler), "-source", "21", "-target", "21", "-nowarn"]
    jars = Distribution(java, folder).class_path
    _run([*command, "-proc:none", "-classpath", jars, "-d", str(classes), str(_SOURCE)])
    # An archive of classes takes them from jars alone.
    with zipfile.ZipFile(folder / "lib" / f"{MAIN}.jar", "w") as jar:
        for path in sorted(classes.rglob("*.class")):
            jar.write(path, path.relative_to(classes))


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip()
        raise MissingError(f"nodes could not be built, {command[0]} ended with {done.returncode}:\n{said}")
