"""The furniture of a generation: lines of its publishers that its articles were stored without."""

from __future__ import annotations

from pathlib import Path

from index.analysis.furniture import Furniture
from index.messages import _, system_reason
from index.store.durable import read_checked, replace_checked
from index.store.generation import Generation
from index.store.names import FURNITURE


class FurnitureLostError(Exception):
    """What was learned of the publishers cannot be read any more; the message says what to do."""


def furniture_of(generation: Generation) -> Furniture:
    """What the articles of a generation were stored without.

    :raises FurnitureLostError: if ``furniture.json`` cannot be read.
    """
    path = generation.directory / FURNITURE
    try:
        return Furniture.from_json(read_checked(path))
    except (OSError, ValueError) as error:
        raise FurnitureLostError(
            _(
                "{path}, baris berulang yang dipelajari dari arsip, tidak dapat dibaca ({error}); "
                "jalankan `reindex`",
                path=path,
                error=system_reason(error) if isinstance(error, OSError) else error,
            )
        ) from error


def write_furniture(folder: Path, furniture: Furniture) -> None:
    """Keep what an archive taught of its publishers, in one step.

    :param folder: of the generation.
    :raises OSError: if it cannot be written; the old text stands.
    """
    replace_checked(folder / FURNITURE, furniture.to_json() + "\n")
