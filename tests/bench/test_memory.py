"""What processes hold, and what files do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.memory import family, pss_mb, size_mb, watching

_HOLDS = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "held = b'x' * (40 << 20); print(1, flush=True); input()"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
print(1, flush=True)
input()
child.communicate(b"\\n")
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell it")
def test_what_a_process_started_counts_with_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        with watching(process.pid) as peak:
            process.stdout.readline()
            assert len(family(process.pid)) == 2
            seen = pss_mb(process.pid)
            while not peak.mb:
                pass
            process.communicate(b"\n")
    assert seen > 40
    assert peak.mb > 20  # it may have looked before all was there
    assert pss_mb(process.pid) == 0


def test_a_file_of_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(bytes(1 << 20))
    os.link(tmp_path / "one", tmp_path / "other")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "third").write_bytes(bytes(1 << 19))
    assert size_mb(tmp_path) == 1.5
