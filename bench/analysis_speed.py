"""Analysis speed: ``python -m bench.analysis_speed`` analyses the news corpus on one core, cold and warm.

Reads ``data/news.jsonl.gz`` under ``TELUSUR_DATA`` or ``../shared/data`` and does what an index takes. Cold:
with empty caches. Warm: again, with the caches the first pass left. Kept: with a new analyzer given what an
index keeps of the first.
"""

from __future__ import annotations

import gzip
import json
import sys
import time

from bench.stems import data_path
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon


def main() -> int:
    """Print tokens a second."""
    news = data_path() / "news.jsonl.gz"
    if not news.is_file():
        print(f"{news} is not there; set TELUSUR_DATA to a folder that has news.jsonl.gz", file=sys.stderr)
        return 1
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["body"] for line in lines]
    analyzer = Analyzer(load_lexicon())
    passes = [("cold", analyzer), ("warm", analyzer)]
    for name, one in passes:
        _report(name, one, texts)
    kept = Analyzer(load_lexicon())
    kept.import_cache(analyzer.export_cache())
    kept.import_pieces(analyzer.export_pieces())
    _report("kept", kept, texts)
    return 0


def _report(name: str, analyzer: Analyzer, texts: list[str]) -> None:
    began = time.process_time()
    tokens = sum(analyzer.stream(text).form_text.count(" ") + 1 for text in texts)
    seconds = time.process_time() - began
    print(f"{name:6}{tokens:>10,} tokens {seconds:8.2f} s {tokens / seconds / 1e6:8.2f} million tokens/s")


if __name__ == "__main__":
    raise SystemExit(main())
