"""Where processes keep what belongs beside an index that they may only read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path


def temporary_folder(root: Path) -> Path:
    """A folder that all processes of this user share, for one folder of an index that they cannot write."""
    key = hashlib.blake2b(os.fsencode(root.absolute()), digest_size=8).hexdigest()
    place = Path(tempfile.gettempdir()) / f"telusur-{os.getuid()}-{key}"
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
        found = place.lstat()
        # Whoever else may write there decides what is answered.
        is_ours = found.st_uid == os.getuid() and not found.st_mode & 0o022
        if is_ours and place.is_dir() and not place.is_symlink():
            return place
    return Path(tempfile.mkdtemp(prefix="telusur-"))
