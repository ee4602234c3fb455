"""Which of the Pythons that pyproject.toml names are on this machine: a line each, ``VERSION EXECUTABLE``.

Looks on PATH and among pyenv's. Names those that are missing on standard error. Run as a script.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent
_CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d+)")


def supported() -> list[str]:
    """Versions that the package's classifiers promise, as ``3.11``."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [match[1] for line in project["classifiers"] if (match := _CLASSIFIER.fullmatch(line))]


def executable(version: str) -> str | None:
    """A Python of that version that can make virtual environments, or ``None``."""
    pyenv = Path.home() / ".pyenv" / "versions"
    candidates = [sys.executable, shutil.which(f"python{version}")]
    candidates += [str(folder / "bin" / "python") for folder in sorted(pyenv.glob(f"{version}.*"))]
    return next((found for found in candidates if found and _is(found, version)), None)


def _is(found: str, version: str) -> bool:
    """Whether it runs at all, which a shim of pyenv need not, and is of that version."""
    asked = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([found, "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == version


if __name__ == "__main__":
    for version in supported():
        found = executable(version)
        if found:
            print(version, found)
        else:
            print(f"Python {version} is not on this machine", file=sys.stderr)
