"""Find the targets among the tokens of a text."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from index.analysis import Analysis
from search.snippets.targets import Sequence, Targets

__all__ = ["Match", "find_matches"]


class Match(NamedTuple):
    """Characters ``start`` to ``end`` of the text show the concept."""

    start: int
    end: int
    concept: int


def find_matches(analysis: Analysis, targets: Targets) -> list[Match]:
    """Every place of the text that shows a target, in text order, without overlaps.

    Where matches overlap the longer one wins, so that a phrase is marked as one.
    """
    forms, stems, starts, ends, _ = analysis
    by_form = _resolve_forms(forms, targets)
    wanted = targets.stems
    found: list[Match] = []
    if wanted and by_form:
        for index, stem in enumerate(stems):
            if stem in wanted:
                found.append(Match(starts[index], ends[index], wanted[stem]))
            elif (form := forms[index]) in by_form:
                found.append(Match(starts[index], ends[index], by_form[form]))
    elif wanted:
        found = [Match(starts[i], ends[i], wanted[stem]) for i, stem in enumerate(stems) if stem in wanted]
    elif by_form:
        found = [Match(starts[i], ends[i], by_form[form]) for i, form in enumerate(forms) if form in by_form]
    for sequence in targets.sequences:
        found.extend(_find_sequence(analysis, sequence))
    return _without_overlaps(found)


def _resolve_forms(forms: list[str], targets: Targets) -> dict[str, int]:
    """The wanted forms, with those forms of the text that patterns and approximate words stand for."""
    if not targets.patterns and not targets.approximate:
        return targets.forms
    resolved = dict(targets.forms)
    for form in set(forms):
        for pattern, concept in targets.patterns:
            if pattern.fullmatch(form):
                resolved.setdefault(form, concept)
        for text, distance, concept in targets.approximate:
            if OSA.distance(form, text, score_cutoff=distance) <= distance:
                resolved.setdefault(form, concept)
    return resolved


def _find_sequence(analysis: Analysis, sequence: Sequence) -> list[Match]:
    column = analysis.forms if sequence.exact else analysis.stems
    positions = analysis.positions
    first = sequence.terms[0]
    found: list[Match] = []
    index = -1
    for _ in range(column.count(first)):
        index = column.index(first, index + 1)
        last = index
        for term, offset in zip(sequence.terms[1:], sequence.offsets[1:], strict=True):
            target = positions[index] + offset
            candidate = last + 1
            while candidate < len(column) and (
                positions[candidate] < target
                or (positions[candidate] == target and column[candidate] != term)
            ):
                candidate += 1
            if candidate == len(column) or positions[candidate] != target:
                break
            last = candidate
        else:
            found.append(Match(analysis.starts[index], analysis.ends[last], sequence.concept))
    return found


def _without_overlaps(matches: list[Match]) -> list[Match]:
    matches.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in matches:
        if kept and match.start < kept[-1].end:
            if match.end - match.start > kept[-1].end - kept[-1].start:
                kept[-1] = match
        else:
            kept.append(match)
    return kept
