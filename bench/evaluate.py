"""Relevance: ``make eval``, or ``python -m bench.evaluate [--engine NAME]... [--set NAME]... [--json FILE]``.

Each set is indexed by ``reindex`` and asked through the search service with its defaults, as a reader would.
Beside nDCG@10, MRR@10 and Recall@10 stand baselines computed in the same run and the p of a paired t test
of nDCG@10 against the best of them (Smucker, Allan and Carterette 2007).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, R, nDCG
from scipy.stats import ttest_rel

from bench.baselines import Bm25, baselines
from bench.data import DataMissingError, RelevanceSet, records, relevance_sets
from bench.remote import settings_for
from bench.spoken import spoken_sets
from bench.variants import name_sets, variant_sets
from index.engines.registry import DEFAULT_ENGINE, engine_names
from index.reindex.sync import sync
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

MEASURES = (nDCG @ 10, RR @ 10, R @ 10)
LUCENE = {
    "tydi": 0.763,
    "facqa": 0.859,
    "headlines": 0.831,
    "keywords": 0.755,
    "keywords_typo": 0.633,
    "acronyms": 0.775,
    "topics": 0.808,
}
"""nDCG@10 of Lucene's IndonesianAnalyzer with BM25 (k1 1.2, b 0.75) on the same files, measured elsewhere."""

MADE = {"variants": variant_sets, "names": name_sets, "spoken": spoken_sets}
"""Sets that are made of the news archive, each beside its ``<name>_base`` of the same questions unchanged."""

Run = dict[str, dict[str, float]]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 if data is missing."""
    options = _options(arguments)
    try:
        sets = _sets(options.set)
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    rows: list[dict[str, Any]] = []
    print(
        f"{'set':16} {'queries':>7} {'system':16} {'nDCG@10':>8} {'MRR@10':>8} {'R@10':>8} {'p':>9} {'ms':>7}"
    )
    for group in _by_collection(sets):
        for row in _measure(group, options.engine or [DEFAULT_ENGINE], baseline=not options.no_baselines):
            rows.append(row)
            print(_line(row), flush=True)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if not options.set and not options.no_stems:
        from bench import stems

        print()
        return stems.main([])
    return 0


def _sets(names: list[str] | None) -> list[RelevanceSet]:
    """The sets named, those of the folder and those that are made; by default all."""
    made = [
        each
        for name, make in MADE.items()
        if names is None or {name, f"{name}_base"} & set(names)
        for each in make()
        if names is None or each.name in names
    ]
    given = None if names is None else [name for name in names if name not in {each.name for each in made}]
    return [*(relevance_sets(given) if given != [] else []), *made]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure relevance.")
    parser.add_argument("--engine", action="append", choices=engine_names(), help="engine; may be repeated")
    parser.add_argument(
        "--set", action="append", help="folder under relevance/, or a set that is made; may be repeated"
    )
    parser.add_argument("--json", help="also write the figures to this file")
    parser.add_argument("--no-baselines", action="store_true", help="only Telusur")
    parser.add_argument("--no-stems", action="store_true", help="leave out stem quality")
    return parser.parse_args(arguments)


def _by_collection(sets: Iterable[RelevanceSet]) -> list[list[RelevanceSet]]:
    groups: dict[tuple[Path, bool], list[RelevanceSet]] = {}
    for each in sets:
        groups.setdefault((each.documents, each.titled), []).append(each)
    return list(groups.values())


def _measure(group: list[RelevanceSet], engines: list[str], baseline: bool) -> Iterator[dict[str, Any]]:
    runs: dict[str, dict[str, Run]] = {each.name: {} for each in group}
    times: dict[tuple[str, str], float] = {}
    if baseline:
        texts = [
            (record["id"], f"{record['title']} {record['body']}" if group[0].titled else record["body"])
            for record in records(group[0].documents)
        ]
        for name, stem in baselines().items():
            bm25 = Bm25(texts, stem)
            for each in group:
                runs[each.name][name] = {query: bm25.search(text) for query, text in each.queries.items()}
    for engine in engines:
        with indexed(group[0], engine) as service:
            for each in group:
                runs[each.name][f"telusur {engine}"], seconds = ask(service, each)
                times[each.name, f"telusur {engine}"] = 1000 * seconds / max(1, len(each.queries))
    for each in group:
        yield from _rows(each, runs[each.name], times)


@contextmanager
def indexed(collection: RelevanceSet, engine: str) -> Iterator[SearchService]:
    """A search service over the documents of a set, indexed as `reindex` does it, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="telusur-eval-") as folder:
        source = Path(folder) / "docs.jsonl"
        write_documents(collection, source)
        with settings_for(engine, index=str(Path(folder) / "index")) as settings:
            report = sync(settings, [str(source)], full=True, jobs=os.cpu_count() or 1)
            if report.skipped:
                print(f"{collection.documents}: {len(report.skipped)} skipped", file=sys.stderr)
            with closing(Searcher(settings)) as searcher:
                yield SearchService(searcher)


def write_documents(collection: RelevanceSet, path: Path) -> None:
    """The documents as `reindex` reads them: ids through :func:`safe_id`, titles perhaps left out."""
    with path.open("w", encoding="utf-8") as lines:
        for record in records(collection.documents):
            kept = {
                **record,
                "id": safe_id(record["id"]),
                "title": record["title"] if collection.titled else "",
            }
            lines.write(json.dumps(kept, ensure_ascii=False) + "\n")


def safe_id(name: str) -> str:
    """An id that `reindex` keeps as it is, one to one: some of the judged ones hold blanks and brackets."""
    return "d" + name.encode().hex()


def ask(service: SearchService, each: RelevanceSet) -> tuple[Run, float]:
    """The first ten ids for every query, and the seconds taken."""
    run: Run = {}
    began = time.perf_counter()
    for query, text in each.queries.items():
        results = service.search(Question(text)).results
        run[query] = {
            bytes.fromhex(result.id[1:]).decode(): float(len(results) - rank)
            for rank, result in enumerate(results)
        }
    return run, time.perf_counter() - began


def _rows(
    each: RelevanceSet, runs: dict[str, Run], times: dict[tuple[str, str], float]
) -> Iterator[dict[str, Any]]:
    scores = {name: _per_query(each, run) for name, run in runs.items()}
    queries = sorted(each.judgements)
    plain = [name for name in scores if not name.startswith("telusur")]
    best = max(plain, key=lambda name: _mean(scores[name], "nDCG@10"), default=None)
    for name, values in scores.items():
        row: dict[str, Any] = {"set": each.name, "queries": len(queries), "system": name}
        row.update({str(measure): _mean(values, str(measure)) for measure in MEASURES})
        if best is not None and name not in plain:
            ours = [values["nDCG@10"].get(query, 0.0) for query in queries]
            theirs = [scores[best]["nDCG@10"].get(query, 0.0) for query in queries]
            row["against"] = best
            row["p"] = float(ttest_rel(ours, theirs).pvalue) if ours != theirs else 1.0
        row["ms"] = times.get((each.name, name))
        yield row
    if each.name in LUCENE:
        yield {
            "set": each.name,
            "queries": len(queries),
            "system": "Lucene (cited)",
            "nDCG@10": LUCENE[each.name],
        }


def _per_query(each: RelevanceSet, run: Run) -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, float]] = {str(measure): {} for measure in MEASURES}
    answered = {query: found for query, found in run.items() if found}
    for metric in ir_measures.iter_calc(MEASURES, each.judgements, answered):
        values[str(metric.measure)][metric.query_id] = metric.value
    return {
        name: {query: found.get(query, 0.0) for query in each.judgements} for name, found in values.items()
    }


def _mean(values: dict[str, dict[str, float]], measure: str) -> float:
    return sum(values[measure].values()) / max(1, len(values[measure]))


def _line(row: dict[str, Any]) -> str:
    figures = " ".join(
        f"{row[str(measure)]:8.4f}" if str(measure) in row else " " * 8 for measure in MEASURES
    )
    p = f"{row['p']:9.1e}" if row.get("p") is not None else " " * 9
    ms = f"{row['ms']:7.2f}" if row.get("ms") is not None else " " * 7
    return f"{row['set']:16} {row['queries']:7} {row['system']:16} {figures} {p} {ms}"


if __name__ == "__main__":
    sys.exit(main())
