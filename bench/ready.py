"""Ready stems: ``python -m bench.ready`` writes those of the commonest words to ``index/analysis/data``.

The words are those of the news and the passages under ``TELUSUR_DATA`` or ``../shared/data``. To be run again
whenever a stem has changed; a test says so.
"""

from __future__ import annotations

import sys
from collections import Counter

from bench.roots import texts
from bench.stems import data_path
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.ready_stems import PATH, can_be_ready, ready_key
from index.analysis.stemmer import Stemmer

WORDS = 50_000
_LEAST_LETTERS = 3

_HEAD = """\
# Stems of common words, so that they need not be worked out.
# Source: root words of PySastrawi (from Kateglo), common words of Indonesian news and passages
# SPDX-License-Identifier: CC-BY-NC-SA-3.0
# Made by: python -m bench.ready
# Key: {key}
"""


def main() -> None:
    """Write the list."""
    lexicon = load_lexicon()
    analyzer, stemmer = Analyzer(lexicon), Stemmer(lexicon)
    seen: Counter[str] = Counter()
    for text in texts(data_path()):
        seen.update(analyzer.stream(text).form_text.split())
    found: list[str] = []
    for form, _count in seen.most_common():
        if len(found) == WORDS:
            break
        if len(form) >= _LEAST_LETTERS and can_be_ready(form, stemmer):
            found.append(form)
    lines = [form if (stem := stemmer.stem(form).stem) == form else f"{form} {stem}" for form in found]
    PATH.write_text(_HEAD.format(key=ready_key(lexicon)) + "\n".join(sorted(lines)) + "\n", encoding="ascii")
    sys.stdout.write(f"{len(lines)} words\n")


if __name__ == "__main__":
    main()
