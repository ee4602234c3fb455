"""Rebuilding: a new generation beside the live one, with everything that the sources hold.

An archive teaches its own names and acronyms before its words can be stemmed, so that it is read into a spill
first and analysed from there. Where the same texts have taught before, what they taught is known already, and
one pass reads, analyses and writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from index.analysis.analyzer import Analyzer
from index.analysis.learning import Learner
from index.engines.base import IndexBrokenError, Location
from index.messages import _, number
from index.reindex.job import Live, Run, batched, transaction
from index.reindex.ledger import Fate
from index.reindex.scan import Scan
from index.reindex.spill import Spill
from index.reindex.workers import Found, Tools, Workers, pack, start_early
from index.store.fingerprint import current_fingerprint
from index.store.generations import LANGUAGE
from index.store.kept import PIECES, STEMS, PieceFile, StemFile, stem_key
from index.store.learned_language import extended
from index.store.lessons import LESSONS, LessonFile, archive_key

_WRITTEN_AT_ONCE = 64


def rebuild(run: Run, live: Live) -> None:
    """Make a new generation and publish it; the report says what is in it."""
    location = run.generations.create(run.engine.name)
    try:
        run.engine.create(location)
        learned_from = _Rebuild(run, live, location).write()
        report = run.report
        report.documents = run.documents_in(location)
        expected = report.added + report.changed + report.unchanged
        if report.documents != expected:
            raise IndexBrokenError(
                _(
                    "indeks baru berisi {found} artikel, seharusnya {expected}; tidak dipakai",
                    found=number(report.documents),
                    expected=number(expected),
                )
            )
        fingerprint = current_fingerprint(run.engine, run.analyzer)
        generation = run.generations.publish(
            location, run.engine.name, fingerprint.parts, report.documents, learned_from
        )
    except BaseException:
        run.generations.discard(location)
        raise
    report.generation = generation.name
    run.generations.remove_old()


class _Rebuild:
    def __init__(self, run: Run, live: Live, location: Location) -> None:
        self._run = run
        self._live = live
        self._location = location
        self._folder = location.directory.parent

    def write(self) -> int:
        """Fill the new generation.

        :returns: how many documents its language was learned from.
        """
        start_early(self._live.count, self._run.jobs, self._run.engine.name)
        key = archive_key(self._run.settings, self._run.sources)
        kept = LessonFile(self._folder / LESSONS, key)
        live = self._live.generation
        known = LessonFile(live.directory / LESSONS, key).read() if live else None
        if known is not None:
            kept.write(known)
            return self._write_at_once(self._learn(known))
        with Spill(self._folder) as spill:
            learner, whole = self._read(spill)
            if whole:
                kept.write(learner)
            self._write(spill, self._learn(learner))
            return len(spill)

    def _learn(self, learner: Learner) -> Analyzer:
        """The analyzer that knows what the archive taught; the language is kept with the generation."""
        learned = learner.result(self._run.analyzer.lexicon)
        (self._folder / LANGUAGE).write_text(learned.to_json(), encoding="utf-8")
        return extended(self._run.analyzer, learned)

    def _read(self, spill: Spill) -> tuple[Learner, bool]:
        """Read every document into the spill.

        :returns: what they taught, and whether the sources were all of it.
        """
        run = self._run
        with run.scan(self._live, run.tools(run.analyzer, learning=True), rebuild=True) as scan:
            for batch in batched(scan.documents()):
                spill.add(batch)
            before = len(spill)
            for batch in batched(self._kept(scan)):
                spill.add(batch)
            run.scanned = scan.inputs, scan.seen
        return scan.learner, len(spill) == before

    def _kept(self, scan: Scan) -> Iterator[tuple[Found, Fate]]:
        for _id, kept in scan.leftovers(self._live.reader):
            if kept is None:
                self._run.report.removed += 1
            else:
                scan.learner.add(kept.body)
                yield pack(kept), Fate.UNCHANGED

    def _write(self, spill: Spill, analyzer: Analyzer) -> None:
        """Write the documents of the spill."""
        run, live = self._run, self._live
        tools = self._tools(analyzer)
        with transaction(run.engine, self._location) as writer:
            with Workers(tools, run.jobs) as workers:
                for prepared in run.prepared(spill.batches(), workers):
                    writer.add(prepared)
                    run.step()
            run.refuse_emptying(live)
            writer.commit(merge=True)
        tools.keep_stems()

    def _write_at_once(self, analyzer: Analyzer) -> int:
        """Write the documents of the sources as they are read.

        :returns: how many there are.
        """
        run, live = self._run, self._live
        tools = self._tools(analyzer, preparing=True)
        count = 0
        with transaction(run.engine, self._location) as writer:
            with run.scan(live, tools, rebuild=True) as scan:
                about: list[tuple[str, Fate]] = []
                results = []
                for found, fate in chain(scan.documents(), self._kept(scan)):
                    about.append((found.origin or found.id, fate))
                    # What is kept from the live index comes as it was stored.
                    results.append(found.prepared or tools.prepare([found.packed])[0])
                    count += 1
                    if len(results) >= _WRITTEN_AT_ONCE:
                        writer.add(run.ready(about, results))
                        about, results = [], []
                        run.scanned = scan.inputs, scan.seen
                        run.step()
                writer.add(run.ready(about, results))
                run.scanned = scan.inputs, scan.seen
                run.step()
            run.refuse_emptying(live)
            writer.commit(merge=True)
        tools.keep_stems()
        return count

    def _tools(self, analyzer: Analyzer, *, preparing: bool = False) -> Tools:
        key = stem_key(self._run.analyzer, analyzer)
        live = self._live.generation
        return self._run.tools(
            analyzer,
            preparing=preparing,
            known_stems=StemFile(live.directory / STEMS, key) if live else None,
            new_stems=StemFile(self._folder / STEMS, key),
            known_pieces=PieceFile(live.directory / PIECES, key) if live else None,
            new_pieces=PieceFile(self._folder / PIECES, key),
        )
