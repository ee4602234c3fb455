"""Scan: the sources in order -> every article with what becomes of it, and every skip with its reason."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from index.documents import Document
from index.engines.base import Reader
from index.messages import _, system_reason
from index.reindex.articles import Article, Change, pack
from index.reindex.input_cache import CacheLostError, InputCache, Recorder
from index.reindex.job import Job
from index.reindex.ledger import Ledger
from index.reindex.lessons import Lessons
from index.reindex.naming import Naming
from index.reindex.parts import Parts, Results
from index.reindex.processing import Part, Processor
from index.reindex.workers import Workers
from index.sources.base import InputFile, Piece, Skip, Unread
from index.sources.reading import FewSkips, cut_input
from index.sources.registry import COMPRESSED
from index.sources.signatures import Signature, Signer, is_unchanged

_LARGE = 1 << 20
"""Files larger than this (bytes) are cut here and read by workers in parts; smaller ones are read whole."""

_GROUP_FILES = 32
_GROUP_BYTES = 1 << 19
_PART_PIECES = 320  # more than are read before there are several processes
_PART_CHARACTERS = 1 << 20
_LOOKUP = 256
_PACKED = 4
"""How many times shorter compressed texts are, about."""

_PART_END = re.compile("[/:]")


class _Step(NamedTuple):
    """One input, or a part of a large one.

    :param number: of the input in this run.
    :param part: for a worker to read, ``None`` if the cache knows what the input yields.
    :param cut: it is a part of several.
    :param last: nothing of the input follows.
    """

    number: int
    file: InputFile
    signature: Signature
    part: Part | None
    cut: bool = False
    last: bool = True


@contextlib.contextmanager
def scanning(
    job: Job,
    reader: Reader | None,
    workers: Workers[Processor],
    *,
    everything: bool,
    parts: Parts | None = None,
) -> Iterator[Scan]:
    """A scan; what it found out about files is kept if the block ends well.

    :param reader: the live index.
    :param workers: read, and learn if they are to.
    :param everything: read every file, also those known to hold nothing new.
    :param parts: keeps what is read, and has perhaps what an earlier run has read of the same sources.
    """
    with (
        contextlib.closing(Ledger(reader.hashes() if reader else ())) as ledger,
        contextlib.closing(InputCache(job.generations.root, writable=not job.dry_run)) as cache,
    ):
        yield Scan(job, reader, ledger, cache, workers, everything=everything, parts=parts)
        cache.commit()


class Scan:
    """One pass over the sources; see :func:`scanning`."""

    def __init__(
        self,
        job: Job,
        reader: Reader | None,
        ledger: Ledger,
        cache: InputCache,
        workers: Workers[Processor],
        *,
        everything: bool,
        parts: Parts | None = None,
    ) -> None:
        self._job = job
        self._reader = reader
        self._ledger = ledger
        self._cache = cache
        self._workers = workers
        self._everything = everything
        self._parts = parts
        self._naming = Naming(reader, ledger)
        self._signer = Signer(job.settings)
        self._unread: set[str] = set()
        self._reading: tuple[Recorder, FewSkips | None] | None = None
        self.lessons = Lessons()
        """What the articles taught, if the workers learn."""
        self.inputs = 0
        """Inputs met so far."""
        self._size = _size_of_all(job) if job.progress.measures else 0
        self._done = self._partly = 0.0
        self._is_going_on = False

    @property
    def share(self) -> float:
        """Which part of the sources was read, 0 to 1, by the bytes of files; 0 as long as nobody asks."""
        return min(1.0, (self._done + self._partly) / self._size) if self._size else 0.0

    def articles(self) -> Iterator[Article | Skip]:
        """What the sources hold, in their order. Articles that were read come with their content."""
        is_learning, kept = self._workers.processor.learning, self._parts
        if is_learning and kept is not None:
            for known in kept.lessons():
                self.lessons.merge(known)
        for (number, group), (read, worker, lessons) in self._workers.map(Processor.read, self._work()):
            results = iter(self._kept(number, worker, read))
            for step in group:
                if isinstance(step, Skip):
                    self.inputs += 1
                    yield step
                    continue
                yield from self._take(step, None if step.part is None else next(results))
                self.inputs += step.last
                self._count(step)
            if lessons is not None:
                if kept is not None:
                    kept.taught(lessons, worker)
                self.lessons.merge(lessons)
        if is_learning:
            rest = Lessons()
            for lessons in self._workers.each(Processor.lessons):
                rest.merge(lessons)
            if kept is not None:
                kept.taught(rest)
            self.lessons.merge(rest)

    def _kept(self, number: int, worker: int, read: Results) -> Results:
        """What a group has yielded, in this run or an earlier one."""
        if self._parts is None:
            return read
        if self._parts.knows(number):
            return self._parts.known(number)
        if self._parts.articles and not self._is_going_on:
            self._is_going_on = True
            self._job.progress.begin(self.share)
        return self._parts.keep(number, worker, read)

    def _count(self, step: _Step) -> None:
        size = step.signature.size
        if step.last:
            self._done, self._partly = self._done + size, 0.0
        elif step.part is not None and not isinstance(step.part, InputFile):
            packed = _PACKED if step.file.path.name.endswith(COMPRESSED) else 1
            self._partly = min(self._partly + sum(map(_size, step.part)) / packed, size)

    def rest(self) -> Iterator[Article]:
        """After :meth:`articles`: those of the live index that no source had.

        They are removed. Kept, with their content, is what was read from inputs that are there but could not
        be read this time.
        """
        if self._unread:
            self._cache.keep(self._is_unread)
        unseen = self._ledger.unseen()
        while ids := list(islice(unseen, _LOOKUP)):
            known = self._reader.documents(ids) if self._unread and self._reader else [None] * len(ids)
            for unseen_id, document in zip(ids, known, strict=True):
                # The index does not know where an article went that moved without a change.
                origins = (self._cache.places(unseen_id) or [document.origin]) if document else []
                unread = next(filter(self._is_unread, origins), None)
                if document is not None and unread is not None:
                    yield pack(self._as_read(document, unread))
                else:
                    yield Article(unseen_id, "", "", change=Change.REMOVED)

    def _as_read(self, document: Document, origin: str) -> Document:
        """An article of the index as if it were read now."""
        kept = replace(document, origin=origin)
        known = self._ledger.known(document.id)
        if known is not None and known.indexed is not None:  # it may have been stored without its furniture
            kept = kept.taken_for(known.indexed)
        return self._workers.processor.aliases.renamed(kept)

    def _work(self) -> Iterator[tuple[tuple[int, list[_Step | Skip]], list[Part], int]]:
        """Inputs by the group: number and steps, what of them is to be read, and how much work that is."""
        for number, (group, parts) in enumerate(self._groups()):
            if self._parts is not None and self._parts.knows(number):
                yield (number, group), [], 0
            else:
                yield (number, group), parts, sum(map(_effort, parts))

    def _groups(self) -> Iterator[tuple[list[_Step | Skip], list[Part]]]:
        group: list[_Step | Skip] = []
        parts: list[Part] = []
        size = 0
        for number, listed in enumerate(self._job.inputs()):
            for step in self._steps(number, listed):
                group.append(step)
                if isinstance(step, _Step) and step.part is not None:
                    parts.append(step.part)
                    size += _GROUP_BYTES if step.cut else step.signature.size
                if len(group) >= _GROUP_FILES or size >= _GROUP_BYTES:
                    yield group, parts
                    group, parts, size = [], [], 0
        yield group, parts

    def _steps(self, number: int, listed: InputFile | Skip) -> Iterator[_Step | Skip]:
        if isinstance(listed, Skip):
            if isinstance(listed, Unread):
                self._unread.add(listed.source)
            yield listed
            return
        try:
            signature = self._signer.sign(listed)
        except FileNotFoundError:
            yield Skip(listed.origin, _("hilang sebelum sempat dibaca"))
            return
        except OSError as error:
            self._unread.add(listed.origin)
            reason = _(
                "tidak dapat dibaca ({error}); isi terakhirnya tetap di indeks", error=system_reason(error)
            )
            yield Skip(listed.origin, reason)
            return
        if not self._everything and self._cache.knows(signature.key):
            yield _Step(number, listed, signature, None)
        elif signature.size <= _LARGE:
            yield _Step(number, listed, signature, listed)
        else:
            yield from self._cut(_Step(number, listed, signature, None, cut=True))

    def _cut(self, step: _Step) -> Iterator[_Step]:
        """Parts of a large file, each as large as a worker should get it."""
        part: list[Document | Skip | Piece] = []
        size = 0
        for found in cut_input(step.file, self._job.settings):
            part.append(found)
            size += _size(found)
            if len(part) >= _PART_PIECES or size >= _PART_CHARACTERS:
                yield step._replace(part=part, last=False)
                part, size = [], 0
        yield step._replace(part=part)

    def _take(self, step: _Step, result: Iterable[Article | Skip] | None) -> Iterator[Article | Skip]:
        if result is None:
            if self._is_indexed(step.signature.key):
                for known in self._cache.get(step.signature.key):
                    yield known if isinstance(known, Skip) else self._compare(known, step.number)[0]
                return
            result = self._workers.processor.found(step.file)
        recorder, few = self._reading or (
            self._cache.record(step.signature.key),
            FewSkips(step.file.origin) if step.cut else None,
        )
        for found in result:
            if not isinstance(found, Skip):
                found, remembered = self._compare(found, step.number)
                recorder.add(remembered)
                yield found
            elif few is None or few.admits(found):
                if isinstance(found, Unread):
                    self._unread.add(found.source)
                    if self._parts is not None:
                        self._parts.spoil()
                recorder.add(found)
                yield found
        self._reading = None if step.last else (recorder, few)
        if step.last:
            for skip in few.rest() if few else ():
                recorder.add(skip)
                yield skip
            if step.file.origin not in self._unread and is_unchanged(step.file, step.signature):
                recorder.finish()
            elif self._parts is not None:
                self._parts.spoil()

    def _compare(self, article: Article, input: int) -> tuple[Article | Skip, Article | Skip]:
        """What becomes of an article that was found: as it is now, and as the cache remembers it."""
        named = self._naming.name(article, input)
        known = self._ledger.known(named.id)
        if known is None or known.seen is None:
            return named._replace(change=self._ledger.see(named, input, known)), article
        if named.id == article.id:
            reason = _("id {id} sudah dipakai oleh {first}", id=article.id, first=known.origin)
        else:
            reason = _("beralamat sama dengan {first}", first=known.origin)
        skip = Skip(article.origin, reason)
        # The other one may be gone the next time, unless it stands in the same file.
        return skip, skip if known.input == input else article

    def _is_indexed(self, key: bytes) -> bool:
        """Whether the index holds all that a known file yields, as far as it holds what came before."""
        try:
            return all(isinstance(found, Skip) or self._naming.holds(found) for found in self._cache.get(key))
        except CacheLostError:
            return False

    def _is_unread(self, origin: str) -> bool:
        ends = [found.start() for found in _PART_END.finditer(origin)]
        return any(origin[:end] in self._unread for end in (len(origin), *ends))


def _size_of_all(job: Job) -> int:
    """Bytes of all files of the sources."""
    sizes: dict[Path, int] = {}
    for listed in job.inputs():
        if isinstance(listed, InputFile):
            with contextlib.suppress(OSError):
                sizes[listed.path] = listed.path.stat().st_size
    return sum(sizes.values())


def _effort(part: Part) -> int:
    """Articles or files to be read; those that cutting has read already are none."""
    return 1 if isinstance(part, InputFile) else sum(isinstance(found, Piece) for found in part)


def _size(found: Document | Skip | Piece) -> int:
    if isinstance(found, Piece):
        return found.size
    return len(found.body) if isinstance(found, Document) else 0
