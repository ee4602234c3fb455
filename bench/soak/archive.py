"""A copy of an archive, of which one article after the other is changed."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path

from bench.corpora import SEEDS, corpus
from bench.data import DataMissingError
from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile
from index.sources.reading import read_input
from index.sources.walk import list_inputs

_ARTICLES_A_FILE = 50


def read_articles(archive: Path | None) -> tuple[str, list[Document]]:
    """The articles to serve, and what they are.

    :param archive: a folder or file that ``reindex`` reads; by default the news, else ``seeds/``.
    :raises DataMissingError: if there are none.
    """
    if archive is None:
        try:
            news = corpus("news")
        except DataMissingError:
            archive = SEEDS
        else:
            return news.description, list(news.documents())
    settings = Settings()
    found = [
        item
        for listed in list_inputs([archive], settings)
        if isinstance(listed, InputFile)
        for item in read_input(listed, settings)
        if isinstance(item, Document)
    ]
    if not found:
        raise DataMissingError(f"{archive} holds no articles")
    return str(archive), found


class ChangingArchive:
    """Files of some articles each in a folder of its own, so that an update reads one of them anew.

    :param documents: at least one; of several with the same id the last counts.
    :param folder: made here.
    """

    def __init__(self, documents: list[Document], folder: Path) -> None:
        unique = list({document.id: document for document in documents}.values())
        self.folder = folder
        self._pieces = [
            unique[start : start + _ARTICLES_A_FILE] for start in range(0, len(unique), _ARTICLES_A_FILE)
        ]
        self._rng = random.Random(11)
        self._changes = 0
        folder.mkdir()
        for number in range(len(self._pieces)):
            self._write(number, self._pieces[number])

    def change(self) -> None:
        """Give one article a last sentence that it did not have; that of an earlier change is gone."""
        self._changes += 1
        number = self._rng.randrange(len(self._pieces))
        piece = self._pieces[number]
        place = self._rng.randrange(len(piece))
        changed = replace(piece[place], body=f"{piece[place].body}\n\nDiperbarui ke-{self._changes}.")
        self._write(number, [*piece[:place], changed, *piece[place + 1 :]])

    def _write(self, number: int, documents: list[Document]) -> None:
        path = self.folder / f"{number:05}.jsonl"
        half = path.with_suffix(".tmp")
        with half.open("w", encoding="utf-8") as file:
            for document in documents:
                file.write(json.dumps(document.to_dict(), ensure_ascii=False) + "\n")
        os.replace(half, path)
