"""Spill: articles between being read and being analysed, on disk so that memory does not grow with them."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path

from index.reindex.articles import Article, Place
from index.reindex.parts import Parts

_BATCH_ARTICLES = 64
_BATCH_BYTES = 1 << 18


class Spill:
    """Articles, read back in the order in which they came. A context manager.

    The file has no name, so it vanishes with the process, however that ends.

    :param folder: where there is room for as much as the sources hold.
    :param parts: where the content of articles lies that come without it.
    """

    def __init__(self, folder: Path, parts: Parts | None = None) -> None:
        self._parts = parts
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on exit
        self._count = 0
        self._batch: list[Article] = []
        self._size = 0

    def __len__(self) -> int:
        """Articles so far."""
        return self._count

    def add(self, article: Article) -> None:
        """Add an article.

        :raises OSError: if it cannot be written.
        """
        self._batch.append(article)
        self._count += 1
        content = article.content or b""
        self._size += content.size if isinstance(content, Place) else len(content)
        if len(self._batch) >= _BATCH_ARTICLES or self._size >= _BATCH_BYTES:
            self._write()

    def batches(self) -> Iterator[list[Article]]:
        """Every article by the batch: not many, and not much text, which :meth:`filled` gives. None may be
        added any more."""
        self._write()
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 - a file that nobody else can open
            except EOFError:
                return

    def filled(self, articles: list[Article]) -> list[Article]:
        """Articles with their content, wherever it lies."""
        return articles if self._parts is None else self._parts.filled(articles)

    def _write(self) -> None:
        if self._batch:
            pickle.dump(self._batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._batch, self._size = [], 0

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
