"""Opening an index that nobody may write to leaves nothing behind, whatever Tantivy's threads still do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

pytest.importorskip("tantivy")

from index.engines.tantivy.files import remove


def test_a_folder_that_somebody_still_writes_to_is_removed_once_they_stop(tmp_path: Path) -> None:
    folder, begun, enough = tmp_path / "indeks", Event(), Event()
    folder.mkdir()

    def write() -> None:
        number = 0
        while not enough.is_set():
            with suppress(FileNotFoundError):
                (folder / f"lock-{number}").touch()
            number += 1
            begun.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert begun.wait(30)
        remove(folder)
    finally:
        enough.set()
        writer.join()
    assert not folder.exists()
