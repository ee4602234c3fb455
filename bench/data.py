"""Where measurements find their data, and what they say when it is not there.

``TELUSUR_DATA`` names a folder with ``news.jsonl.gz``, ``relevance/<set>/{queries,qrels}.tsv`` (with
``docs.jsonl.gz`` when a set has documents of its own) and ``stems/ud_gsd.tsv``. By default it is
``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class DataMissingError(FileNotFoundError):
    """Data of a measurement is not there; the message says which and how to name another place."""


def data_folder() -> Path:
    """The folder of the data; whether it exists is for :func:`existing` to say."""
    named = os.environ.get("TELUSUR_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


def existing(path: Path) -> Path:
    """The path itself.

    :raises DataMissingError: if nothing is there.
    """
    if not path.exists():
        raise DataMissingError(f"{path} is not there; set TELUSUR_DATA to a folder that holds it")
    return path


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(existing(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@dataclass(frozen=True)
class RelevanceSet:
    """Queries with the documents that answer them.

    :param documents: the file its documents are in.
    :param titled: whether their titles are indexed; the news articles are asked without.
    :param queries: query id -> text.
    :param judgements: query id -> document id -> grade.
    """

    name: str
    documents: Path
    titled: bool
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


def relevance_sets(names: list[str] | None = None) -> list[RelevanceSet]:
    """The sets named, by default all there are, in alphabetical order.

    :raises DataMissingError: if the folder, a set or one of its files is not there.
    """
    folder = existing(data_folder() / "relevance")
    found = names or sorted(path.name for path in folder.iterdir() if path.is_dir())
    return [_read_set(existing(folder / name)) for name in found]


def _read_set(folder: Path) -> RelevanceSet:
    own = folder / "docs.jsonl.gz"
    queries = dict(
        line.split("\t", 1)
        for line in existing(folder / "queries.tsv").read_text("utf-8").splitlines()
        if line
    )
    judgements: dict[str, dict[str, int]] = {}
    for line in existing(folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, _, document, grade = line.split("\t")
        judgements.setdefault(query, {})[document] = int(grade)
    documents = own if own.exists() else existing(data_folder() / "news.jsonl.gz")
    return RelevanceSet(folder.name, documents, own.exists(), queries, judgements)
