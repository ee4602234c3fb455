"""Updating: one transaction that brings the live index up to date with its sources."""

from __future__ import annotations

from itertools import chain

from index.analysis.learning import Learner
from index.messages import _
from index.reindex.articles import Article, Change, unpack
from index.reindex.decide import Decision
from index.reindex.job import Job
from index.reindex.processing import KnownWords, Processor
from index.reindex.removals import check_removals
from index.reindex.report import Report
from index.reindex.scan import Scan, scanning
from index.reindex.spill import Spill
from index.reindex.tally import Tally
from index.reindex.workers import Workers
from index.reindex.writing import count_documents, count_refused, transaction, write_articles
from index.store.checksums import changing, seal_if_open
from index.store.fingerprint import QUESTIONS, current_fingerprint, stem_key
from index.store.generation import Generation
from index.store.learned_language import add_acronyms, add_names, why_learn_anew
from index.store.names import LANGUAGE, NAMES


class OutgrownError(Exception):
    """An update would outgrow what was learned from the archive; the message says how far."""


def update(job: Job, decision: Decision) -> Report:
    """Add, replace and remove what has changed in the sources.

    :raises OutgrownError: if the archive has outgrown its language. Nothing was changed then.
    :raises RemovalsError: if much would be removed unasked. Nothing was changed then.
    """
    assert decision.generation is not None
    assert decision.analyzer is not None
    generation, analyzer, tally = decision.generation, decision.analyzer, Tally(job.progress)
    words = KnownWords(stem_key(job.base, analyzer), generation.directory)
    processor = Processor(job.settings, analyzer, job.engine.name, words=words, furniture=decision.furniture)
    documents = decision.count
    with Spill(job.generations.root) as changes, Workers(processor, job.processes) as workers:
        with scanning(job, decision.reader, workers, everything=False) as scan:
            learner = _read_changes(scan, changes, tally)
        check_removals(job, documents, tally)
        if outgrown := why_learn_anew(generation, documents + tally.added):
            raise OutgrownError(outgrown)
        seal_if_open(generation)
        if len(changes):
            with changing(generation), transaction(job.engine, generation.location) as writer:
                write_articles(writer, changes, workers, tally)
                if add_acronyms(generation, learner, job.base.lexicon):
                    job.generations.share(generation, LANGUAGE)
                if add_names(generation, learner.spelt_names()):
                    job.generations.share(generation, NAMES)
                writer.commit()
                count_refused(writer, tally)
            documents = count_documents(job.engine, generation.location)
    generation = _apply_questions(job, generation)
    job.generations.note_documents(generation, documents)
    return tally.report(job.engine.name, generation.name, documents=documents)


def _read_changes(scan: Scan, changes: Spill, tally: Tally) -> Learner:
    """Find what has changed.

    :returns: knows the acronyms and names of the new and changed articles.
    """
    learner = Learner()
    for found in chain(scan.articles(), scan.rest()):
        tally.found(found, scan.inputs, scan.share)
        if isinstance(found, Article) and found.change is not Change.UNCHANGED:
            changes.add(found)
            if found.change is not Change.REMOVED:
                learner.add(unpack(found).body)
    return learner


def _apply_questions(job: Job, generation: Generation) -> Generation:
    """Let open indexes take up the lexicon's entries that only questions use, if these were edited."""
    fingerprint = current_fingerprint(job.engine, job.base, job.settings)
    if fingerprint[QUESTIONS] == generation.fingerprint.get(QUESTIONS):
        return generation
    renewed = job.generations.replace_fingerprint(generation, fingerprint)
    job.progress.note(
        _(
            "Leksikon berubah; indeks tidak perlu dibangun ulang. Server yang pengaturan `lexicon`-nya sama "
            "sudah memakainya; bila pengaturan itu baru diisi atau diganti, kirim SIGHUP ke server"
        )
    )
    return renewed
