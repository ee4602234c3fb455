"""Updating: one transaction that brings the live index up to date with its sources."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from index.analysis.learning import Learner
from index.engines.base import Writer
from index.messages import _
from index.reindex.job import Live, Run, batched, transaction
from index.reindex.scan import Scan
from index.reindex.spill import Batch
from index.reindex.workers import unpack
from index.store.fingerprint import QUESTIONS, current_fingerprint
from index.store.generations import Generation
from index.store.kept import STEMS, StemFile, stem_key
from index.store.learned_language import add_acronyms, why_learn_anew


class OutgrownError(Exception):
    """An update would outgrow what was learned from the archive; the message says how far."""


def update(run: Run, live: Live) -> None:
    """Add, replace and remove what has changed in the sources; the report says what.

    :raises OutgrownError: if the archive has outgrown its language. Nothing was changed then.
    """
    assert live.generation is not None
    assert live.analyzer is not None
    generation, report = live.generation, run.report
    known_stems = StemFile(generation.directory / STEMS, stem_key(run.analyzer, live.analyzer))
    tools = run.tools(live.analyzer, known_stems=known_stems)
    learner = Learner()
    with contextlib.ExitStack() as stack:
        scan = stack.enter_context(run.scan(live, tools, rebuild=False))
        writer: Writer | None = None
        batches = _explained(batched(scan.documents()), learner)
        for prepared in run.prepared(batches, scan.workers):
            if outgrown := why_learn_anew(generation, live.count + report.added):
                raise OutgrownError(outgrown)
            writer = writer or stack.enter_context(transaction(run.engine, generation.location))
            writer.add(prepared)
            run.scanned = scan.inputs, scan.seen
            run.step()
        gone = _gone(run, scan, live)
        for first in islice(gone, 1):
            writer = writer or stack.enter_context(transaction(run.engine, generation.location))
            writer.delete(chain((first,), gone))
        run.refuse_emptying(live)
        if writer is not None:
            add_acronyms(run.generations, generation, learner, run.analyzer.lexicon)
            writer.commit()
    generation = _apply_questions(run, generation)
    report.documents = run.documents_in(generation.location) if writer else live.count
    report.generation = generation.name
    run.generations.update(generation, report.documents)


def _explained(batches: Iterable[Batch], learner: Learner) -> Iterator[Batch]:
    """The same batches; the learner reads which acronyms they explain."""
    for about, documents in batches:
        for packed in documents:
            learner.add_acronyms(unpack(packed).body)
        yield about, documents


def _apply_questions(run: Run, generation: Generation) -> Generation:
    """Let open indexes take up the lexicon's entries that only questions use, if these were edited."""
    fingerprint = current_fingerprint(run.engine, run.analyzer).parts
    if fingerprint[QUESTIONS] == generation.fingerprint.get(QUESTIONS):
        return generation
    renewed = run.generations.replace_fingerprint(generation, fingerprint)
    run.progress.note(_("Leksikon berubah dan sudah berlaku; indeks tidak perlu dibangun ulang"))
    return renewed


def _gone(run: Run, scan: Scan, live: Live) -> Iterator[str]:
    for name, kept in scan.leftovers(live.reader):
        run.count_leftover(kept)
        if kept is None:
            yield name
