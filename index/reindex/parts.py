"""Parts: what was read of an archive so far, on disk, so that a run that is killed need not read it again.

::

    telusur-parts <key>                     the first line; the key changes with everything that was read
    G <number> ... articles                 one group of inputs: what it yielded, and the packed documents
    L ... lessons                           what some of the groups taught

Every record has a CRC-32; what comes behind the first damaged one does not count, and neither do groups whose
lessons have not come. Documents are packed as JSON: a file that has a name is not to be unpickled.
"""

from __future__ import annotations

import json
import logging
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from index.reindex.articles import Article, Place
from index.reindex.lessons import Lessons
from index.sources.base import Skip, Unread

_log = logging.getLogger(__name__)

_RECORD = struct.Struct("<cIIIQ")
"""Kind, number of the group, articles, bytes of the head, bytes of what follows it."""
_CHECKSUM = struct.Struct("<I")
_GROUP, _LESSONS = b"G", b"L"
_BLOCK = 1 << 20

Results = Sequence[Sequence[Article | Skip]]
"""What each part of a group yielded."""


class Parts:
    """What was read. A context manager that closes the file.

    :param path: of the file, where there is room for as much as the sources hold.
    :param key: see above. What was read with another one is dropped. With ``None`` the file vanishes with the
        process.
    :param written: whether the index that is being made has an article. With it no content is kept here,
        groups need no lessons, and one is known if all of its articles are written.
    :raises OSError: if it cannot be written.
    """

    def __init__(
        self,
        path: Path,
        key: str | None,
        written: Callable[[Article], bool] | None = None,
    ) -> None:
        self._written = written
        self._heading = b"telusur-parts %s\n" % (key or "").encode()
        path.parent.mkdir(exist_ok=True)
        self._file = _open(path) if key is not None else _unnamed(path.parent)
        self._known: dict[int, int] = {}
        self._lessons: list[Place] = []
        self._waiting: dict[int, list[int]] = {}
        self._is_whole = True
        self.articles = 0
        """Articles that an earlier run has read."""
        try:
            self._end = self._recovered()
            self._file.truncate(self._end)
            self._file.seek(self._end)
            if not self._end:
                self._append(self._heading)
        except BaseException:
            self._file.close()
            raise

    def knows(self, number: int) -> bool:
        """Whether an earlier run has read a group, and what it taught is here too."""
        if number not in self._known:
            return False
        if self._written is None:
            return True
        found = (each for part in self.known(number) for each in part if isinstance(each, Article))
        if all(map(self._written, found)):
            return True
        del self._known[number]
        return False

    def known(self, number: int) -> Results:
        """What a known group yielded. The content of articles is the :class:`Place` of it, or none."""
        start = self._known[number]
        _kind, _number, _articles, size, _content = _RECORD.unpack(self._bytes(Place(start, _RECORD.size)))
        head = Place(start + _RECORD.size, size)
        place = head.start + head.size
        results: list[list[Article | Skip]] = []
        for rows in _loads(self._bytes(head)):
            found: list[Article | Skip] = []
            for row in rows:
                found.append(_found(row, place))
                if isinstance(found[-1], Article) and found[-1].content:
                    place += found[-1].content.size
            results.append(found)
        return results

    def lessons(self) -> Iterator[Lessons]:
        """What the known groups taught."""
        for place in self._lessons:
            yield Lessons.from_json(self._bytes(place))

    def keep(self, number: int, worker: int, results: Results) -> Results:
        """Keep what a group yielded.

        :param worker: the process that has read it, whose lessons will hold what the group taught.
        :returns: the same, without the content that is kept here.
        :raises OSError: if it cannot be written.
        """
        articles = [found for part in results for found in part if isinstance(found, Article)]
        if self._written is not None:
            head = _dumps([[_row(_outline(found)) for found in part] for part in results])
            self._record(_GROUP, number, len(articles), head, [])
            return results
        head = _dumps([[_row(found) for found in part] for part in results])
        start = self._record(_GROUP, number, len(articles), head, [found.content for found in articles])
        self._waiting.setdefault(worker, []).append(number)
        placed: list[list[Article | Skip]] = []
        for part in results:
            placed.append([])
            for found in part:
                if isinstance(found, Article):
                    size = len(found.content)
                    found, start = found._replace(content=Place(start, size)), start + size
                placed[-1].append(found)
        return placed

    def taught(self, lessons: Lessons, worker: int | None = None) -> None:
        """Keep what was learned from all groups that a worker has read since its last lessons.

        :param worker: ``None`` for all workers.
        :raises OSError: if it cannot be written.
        """
        workers = list(self._waiting) if worker is None else [worker]
        numbers = [number for each in workers for number in self._waiting.pop(each, ())]
        if not numbers:
            return
        try:
            self._record(_LESSONS, 0, 0, _dumps(numbers), [lessons.to_json()])
        except TypeError:  # half a surrogate pair in a line that recurs
            self.spoil()

    def spoil(self) -> None:
        """What was read is of no use for another run: an input has changed meanwhile, or was not read."""
        if self._is_whole:
            self._is_whole = False
            os.pwrite(self._file.fileno(), b"\0" * len(self._heading), 0)

    def filled(self, articles: list[Article]) -> list[Article]:
        """Articles with the content that lies here."""
        return [
            article._replace(content=self._bytes(article.content))
            if isinstance(article.content, Place)
            else article
            for article in articles
        ]

    def close(self) -> None:
        """Close the file. Idempotent."""
        self._file.close()

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _record(self, kind: bytes, number: int, articles: int, head: bytes, contents: list[bytes]) -> int:
        """Append a record.

        :returns: where the contents begin.
        """
        begin = _RECORD.pack(kind, number, articles, len(head), sum(map(len, contents))) + head
        checksum = zlib.crc32(begin)
        for content in contents:
            checksum = zlib.crc32(content, checksum)
        start = self._end + len(begin)
        self._append(begin, *contents, _CHECKSUM.pack(checksum))
        return start

    def _append(self, *contents: bytes) -> None:
        self._file.writelines(contents)
        self._file.flush()
        self._end += sum(map(len, contents))

    def _bytes(self, place: Place) -> bytes:
        return os.pread(self._file.fileno(), place.size, place.start)

    def _recovered(self) -> int:
        try:
            return self._recover()
        except OSError as error:
            _log.warning("what was read is read again: %s", error)
            self._lessons = []
            return 0

    def _recover(self) -> int:
        """Find what can be used.

        :returns: where the first record begins that cannot; 0 if there is none at all.
        """
        if self._file.read(len(self._heading)) != self._heading:
            return 0
        size, end = os.fstat(self._file.fileno()).st_size, len(self._heading)
        groups: dict[int, tuple[int, int]] = {}
        taught: set[int] = set()
        while (begin := self._file.read(_RECORD.size)) and len(begin) == _RECORD.size:
            kind, number, articles, head_size, content_size = _RECORD.unpack(begin)
            following = end + _RECORD.size + head_size + content_size + _CHECKSUM.size
            if kind not in (_GROUP, _LESSONS) or following > size:
                break
            head = self._file.read(head_size)
            checksum = zlib.crc32(begin + head)
            for start in range(0, content_size, _BLOCK):
                checksum = zlib.crc32(self._file.read(min(_BLOCK, content_size - start)), checksum)
            if self._file.read(_CHECKSUM.size) != _CHECKSUM.pack(checksum):
                break
            if kind == _GROUP:
                groups[number] = end, articles
            else:
                taught.update(_loads(head))
                self._lessons.append(Place(end + _RECORD.size + head_size, content_size))
            end = following
        taught = {*groups} if self._written is not None else taught & groups.keys()
        self._known = {number: groups[number][0] for number in taught}
        self.articles = sum(groups[number][1] for number in taught)
        return end


def _outline(found: Article | Skip) -> Article | Skip:
    return found._replace(content=b"") if isinstance(found, Article) else found


def _row(found: Article | Skip) -> list[Any]:
    if isinstance(found, Article):
        outline = found.id, found.content_hash, found.origin, found.identity, found.day_from, found.day_note
        return [*outline, len(found.content)]
    return [found.source, found.reason, *([True] if isinstance(found, Unread) else [])]


def _found(row: list[Any], start: int) -> Article | Skip:
    """The inverse of :func:`_row`.

    :param start: where the content of an article lies.
    """
    match row:
        case [source, reason]:
            return Skip(source, reason)
        case [source, reason, _]:
            return Unread(source, reason)
    name, content_hash, origin, identity, day_from, day_note, size = row
    outline = Article(name, content_hash, origin, identity, day_from=day_from, day_note=day_note)
    return outline._replace(content=Place(start, size)) if size else outline


def _dumps(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair, as names of files have
        return json.dumps(value).encode("ascii")


def _loads(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return json.loads(content)


def _unnamed(folder: Path) -> BinaryIO:
    return tempfile.TemporaryFile(dir=folder)


def _open(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b")
