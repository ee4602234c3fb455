"""Rebuilding: a new generation beside the live one, with everything that the sources hold.

An archive teaches its own names and acronyms before its words can be stemmed, so that it is read into a spill
first and analysed from there. Where the same texts have taught before, what they taught is known already, and
one pass reads, analyses and writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from msgspec.structs import replace

from index.analysis.analyzer import VERSION
from index.analysis.furniture import Furniture
from index.analysis.lexicon_files import load_lexicon
from index.analysis.sound import Names
from index.documents import Document
from index.engines.base import IndexBrokenError, Location, Writer
from index.engines.packing import packed_text
from index.engines.registry import is_remote
from index.messages import _, number
from index.processes import trim
from index.reindex.articles import Article, Change, PreparedError, unpack
from index.reindex.decide import Decision
from index.reindex.job import Job
from index.reindex.lessons import Lessons
from index.reindex.making import Making, making, making_key, parts_key
from index.reindex.parts import Parts
from index.reindex.processing import KnownWords, Processor
from index.reindex.removals import check_removals
from index.reindex.report import Report
from index.reindex.scan import Scan, scanning
from index.reindex.spill import Spill
from index.reindex.tally import Tally
from index.reindex.workers import Workers, start_early
from index.reindex.writing import count_documents, count_refused, transaction, write_articles, write_prepared
from index.sources.aliases import Aliases
from index.sources.base import Skip
from index.sources.signatures import Signer
from index.store.checksums import seal_checksums
from index.store.fingerprint import current_fingerprint, stem_key
from index.store.kept import KeptFile
from index.store.learned_furniture import write_furniture
from index.store.learned_language import extended, write_language, write_names
from index.store.names import LANGUAGE

_WRITTEN_AT_ONCE = 64


def rebuild(job: Job, decision: Decision) -> Report:
    """Make a new generation and publish it.

    :raises RemovalsError: if much would be removed unasked. Nothing was changed then.
    """
    tally = Tally(job.progress)
    job.unfinished.begin(job.full)
    processor = Processor(job.settings, job.base, job.engine.name, learning=True)
    start_early(processor, job.processes, decision.count)
    key = _archive_key(job)
    live = decision.generation
    known = _lesson_file(live.directory, key).read() if key and live else None
    if known:
        try:
            return _make(job, decision, tally, known, key, None)
        except PreparedError:  # what is to have another id than its record names is not written as it is read
            tally = Tally(job.progress)
    with (
        Parts(job.unfinished.parts, parts_key(job, None if known else key)) as parts,
        Spill(job.generations.root, parts) as spill,
    ):
        if parts.articles:
            job.progress.note(
                _(
                    "Melanjutkan reindex yang terputus: {articles} artikel sudah dibaca",
                    articles=number(parts.articles),
                )
            )
        with (
            Workers(replace(processor, learning=not known), job.processes) as workers,
            scanning(job, decision.reader, workers, everything=True, parts=parts) as scan,
        ):
            complete = _read_wanted(scan, spill, tally)
        check_removals(job, decision.count, tally)
        if not known:
            # Our stop words alone: lessons are used again when the owner's lexicon has changed.
            scan.lessons.recurring.settle(partial(_articles_with, spill), lambda: load_lexicon().stop_words)
        return _make(job, decision, tally, known or scan.lessons, key if complete else None, spill)


def _articles_with(spill: Spill, texts: Collection[str]) -> Iterator[Document]:
    """The articles that have one of some texts. Packed ones have them as JSON does; few are unpacked.

    :param texts: may become fewer meanwhile.
    """
    wanted: list[bytes] = []
    for batch in spill.batches():
        if len(wanted) != len(texts):  # fewer than before
            wanted = [packed for text in texts for packed in packed_text(text)]
        for article in spill.filled(batch):
            if any(text in article.content for text in wanted):
                yield unpack(article)


def _read_wanted(scan: Scan, spill: Spill, tally: Tally) -> bool:
    """Read every article.

    :returns: whether the sources were all of it.
    """
    complete = True
    for found in _wanted(scan, scan.articles(), tally):
        spill.add(found)
    for kept in _wanted(scan, scan.rest(), tally):
        scan.lessons.add(unpack(kept))
        spill.add(kept)
        complete = False
    return complete


def _wanted(scan: Scan, articles: Iterator[Article | Skip], tally: Tally) -> Iterator[Article]:
    """Those that the index shall hold; all are counted."""
    for found in articles:
        tally.found(found, scan.inputs, scan.share)
        if isinstance(found, Article) and found.change is not Change.REMOVED:
            yield found


def _make(
    job: Job, decision: Decision, tally: Tally, lessons: Lessons, key: str | None, spill: Spill | None
) -> Report:
    """Write the new generation and publish it.

    :param lessons: what the archive taught. With a spill its words are forgotten: writing needs the room.
    :param key: of the archive, to keep that with; ``None`` if it is not to be kept.
    :param spill: the articles, ``None`` if they are still to be read.
    """
    learned = lessons.words.result(job.base.lexicon)
    furniture = _furniture(job, decision, lessons, complete=key is not None)
    names = Names.of(lessons.words.spelt_names())
    live = decision.generation.identity if decision.generation else ""
    made_of = making_key(job, live, key, learned, furniture, names)
    with making(job, made_of) as made:
        location = made.location
        folder = location.directory.parent
        if key is not None:
            _lesson_file(folder, key).write(lessons)
        write_language(folder / LANGUAGE, learned)
        write_names(folder, names)
        write_furniture(folder, furniture)
        if spill is not None:
            lessons.words.forget()
            trim()
        analyzer = extended(job.base, learned)
        known = decision.generation.directory if decision.generation else None
        count = max(tally.documents, decision.count)
        words = KnownWords(stem_key(job.base, analyzer), known, folder, count)
        processor = Processor(
            job.settings,
            analyzer,
            job.engine.name,
            preparing=spill is None,
            words=words,
            furniture=furniture,
        )
        with transaction(job.engine, location) as writer:
            with Workers(processor, job.processes) as workers:
                if spill is not None:
                    write_articles(writer, spill, workers, tally, made)
                else:
                    with Parts(job.unfinished.parts, made_of, made.has) as parts:
                        _write_at_once(job, decision, writer, workers, tally, parts, made)
            writer.commit(merge=True)
            count_refused(writer, tally)
        words.keep(analyzer)
        name = _publish(job, location, tally)
    job.generations.remove_old(decision.damaged)
    report = tally.report(job.engine.name, name, rebuilt=decision.why_rebuild)
    return replace(report, furniture=furniture)


def _furniture(job: Job, decision: Decision, lessons: Lessons, *, complete: bool) -> Furniture:
    """Lines that are no text of their articles.

    :param complete: whether all articles were read from the sources.
    """
    found = lessons.recurring.furniture()
    if not complete:  # articles that were kept do not show any more what they were stored without
        found = found.and_known(decision.furniture)
    return found.without(job.settings.texts("kept_lines"))


def _write_at_once(
    job: Job,
    decision: Decision,
    writer: Writer,
    workers: Workers[Processor],
    tally: Tally,
    parts: Parts,
    made: Making,
) -> None:
    """Write the articles as they are read."""
    with scanning(job, decision.reader, workers, everything=True, parts=parts) as scan:
        # What is kept from the live index comes as it was stored.
        kept = (
            article._replace(content=workers.processor.prepare([article])[0])
            for article in _wanted(scan, scan.rest(), tally)
        )
        prepared = chain(_wanted(scan, scan.articles(), tally), kept)
        while batch := list(islice(prepared, _WRITTEN_AT_ONCE)):
            left = [article for article in batch if not made.has(article)]
            tally.wrote(len(batch) - len(left))
            write_prepared(writer, left, tally)
            made.wrote(len(left), writer)
    check_removals(job, decision.count, tally)


def _publish(job: Job, location: Location, tally: Tally) -> str:
    """Let the new generation take the place of the live one.

    :returns: its name.
    """
    documents = count_documents(job.engine, location)
    if documents != tally.documents:
        raise IndexBrokenError(
            _(
                "indeks baru berisi {found} artikel, seharusnya {expected}; tidak dipakai",
                found=number(documents),
                expected=number(tally.documents),
            )
        )
    if not is_remote(job.engine.name):
        seal_checksums(location.directory.parent)
    fingerprint = current_fingerprint(job.engine, job.base, job.settings)
    return job.generations.publish(location, job.engine.name, fingerprint, documents, documents).name


def _lesson_file(folder: Path, key: str) -> KeptFile[Lessons]:
    """What a whole archive taught.

    :param folder: of the generation that was made of it.
    :param key: see :func:`_archive_key`.
    """
    return KeptFile(folder / "lessons.json", key, Lessons.to_json, Lessons.from_json)


def _archive_key(job: Job) -> str | None:
    """Changes whenever the texts of an archive may change, or how they are learned from.

    Every input is read once for it, which takes a hundredth of the time that learning does.

    :returns: ``None`` if some input cannot be read now, so that what is learned may not be all.
    :raises SourceMissingError: if a source does not exist.
    """
    # By the names of publishers it is known what their articles have in common.
    made_with = f"{VERSION} {Aliases.of(job.settings).to_text()}"
    digest = hashlib.blake2b(made_with.encode(), digest_size=16)
    signer = Signer(job.settings)
    for listed in job.inputs():
        if isinstance(listed, Skip):
            return None
        try:
            digest.update(signer.sign(listed).key)
        except OSError:
            return None
    return digest.hexdigest()
