"""Packages of npm that tests need, installed once for a ``package.json`` and kept between runs."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

_COMMAND = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
_SECONDS = 300


def npm_packages(wanted: Path, kept: Path, missing: Callable[[str], NoReturn]) -> Path:
    """The folder ``node_modules`` with what a ``package.json`` names.

    :param kept: where installed packages are kept.
    :param missing: ends a test that lacks something.
    """
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            missing(f"there is no {program} on the PATH")
    content = wanted.read_bytes()
    folder = kept / hashlib.sha256(content).hexdigest()[:16]
    if not folder.exists():
        with TemporaryDirectory(dir=kept) as temporary:
            fresh = Path(temporary) / "packages"
            fresh.mkdir()
            (fresh / "package.json").write_bytes(content)
            done = subprocess.run(_COMMAND, cwd=fresh, capture_output=True, text=True, timeout=_SECONDS)
            if done.returncode:
                missing(f"npm cannot install {wanted}: {done.stderr.strip()[-500:]}")
            with suppress(OSError):  # another worker may have been quicker
                fresh.rename(folder)
    return folder / "node_modules"
