"""How much of a question the snippets show: ``python -m bench.snippets [SET]...``

The document is the passage that answers the question (``tydi`` and ``facqa`` under ``relevance/``). Printed:
per set the share of query words that occur in the passage and are marked in the snippets shown, averaged over
questions; the characters shown; the time for matching, choosing and marking on tokens that are ready.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import time
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.documents import Document
from index.settings import Settings
from search.opened.documents import ReadyDocument
from search.opened.inflections import Inflections
from search.plan.meaning import Archive
from search.plan.planning import Planner
from search.plan.recipe import Recipe
from search.plan.weights import Weights
from search.query.parsing import parse
from search.snippets.highlighting import Finder
from search.snippets.markup import mark_passage
from search.snippets.passages import choose_passages

DATA = Path(os.environ.get("TELUSUR_DATA", "../shared/data"))
SETS = ("tydi", "facqa")


def main() -> None:
    """Measure the sets named, by default both."""
    analyzer = Analyzer(load_lexicon())
    for name in sys.argv[1:] or SETS:
        folder = DATA / "relevance" / name
        if not folder.is_dir():
            sys.exit(f"{folder} is missing: put the evaluation data there or set TELUSUR_DATA")
        measure(name, folder, analyzer)


def measure(name: str, folder: Path, analyzer: Analyzer) -> None:
    """Print the figures of one set."""
    finder = Finder(analyzer)
    passages = read_passages(folder)
    stems = {key: finder.stems(passage.document.body) for key, passage in passages.items()}
    texts = (passage.document.body for passage in passages.values())
    forms = {form for text in texts for form in analyzer.analyze(text).forms}
    inflections = Inflections(Inflections.of(forms, analyzer))
    queries = dict(line.split("\t") for line in (folder / "queries.tsv").read_text("utf-8").splitlines())
    frequencies: dict[str, int] = {}
    for held in stems.values():
        for stem in held:
            frequencies[stem] = frequencies.get(stem, 0) + 1
    recipe = Recipe(Weights.of(Settings()))

    def frequency(stem: str) -> int:
        return frequencies.get(stem, 0)

    archive = Archive(analyzer.analyze, analyzer.lexicon, frequency, len(passages), recipe)
    planner = Planner(archive)
    shares: list[float] = []
    characters: list[int] = []
    worst: list[tuple[float, str]] = []
    seconds = 0.0
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query_id, _, passage_id, _ = line.split("\t")
        passage = passages[passage_id]
        plan = planner.plan(parse(queries[query_id]))
        wanted = {token.stem for unit in plan.units for token in unit.tokens}
        present = wanted & stems[passage_id]
        if not present:
            continue
        text = passage.document.body
        began = time.process_time()
        highlights = finder.highlighter(plan.body, inflections.forms).find(passage.body)
        chosen = choose_passages(text, passage.sentences, highlights, plan.body.weights)
        snippets = [mark_passage(text, highlights, each) for each in chosen]
        seconds += time.process_time() - began
        marked = analyzer.analyze(" ".join(re.findall("<mark>(.*?)</mark>", " ".join(snippets))))
        shown = present.intersection(marked.stems)
        shares.append(len(shown) / len(present))
        characters.append(sum(end - start for start, end, *_ in chosen))
        worst.append((shares[-1], query_id))
    print(
        f"{name}: {len(shares)} questions, share shown {sum(shares) / len(shares):.4f}, "
        f"all shown for {sum(share == 1 for share in shares) / len(shares):.3f}, "
        f"{sum(characters) / len(characters):.0f} characters, "
        f"{seconds / len(shares) * 1e6:.0f} us a document; "
        f"worst: {', '.join(query_id for _, query_id in sorted(worst)[:5])}"
    )


def read_passages(folder: Path) -> dict[str, ReadyDocument]:
    """The set's documents ready for marking, by id."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    documents = (Document(record["id"], record["title"] or "-", record["body"]) for record in records)
    return {document.id: ReadyDocument.of(document) for document in documents}


if __name__ == "__main__":
    main()
