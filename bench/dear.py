"""The CPU seconds of dear questions, the dearest first: ``python -m bench.dear ENGINE INDEX``

Questions of many kinds are made of words of the index itself, as long as questions may be: a hundred results
each, plainly, explained and by date. Each is asked once: what a second time costs is for caches to say.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from index.query import Sort, TextField
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

FREQUENT = 3000
"""Forms that count as frequent; those behind them are rarer."""

LETTERS = "mpbstkdjaicghlrunoewyf"


def main() -> None:
    """Ask every kind of question."""
    engine, index = sys.argv[1:3]
    settings = Settings({"engine": engine, "index": index})
    service = SearchService(Searcher(settings))
    service.warm_up()
    wait_until_read(service)
    measured = []
    for name, text in kinds(service, settings.whole("max_query_chars")).items():
        for how, question in {
            "plain": Question(text, per_page=100),
            "explained": Question(text, per_page=100, explain=True),
            "by date": Question(text, per_page=100, sort=Sort.NEWEST),
        }.items():
            began = time.process_time()
            answer = service.search(question)
            measured.append((time.process_time() - began, name, how, answer))
    for seconds, name, how, answer in sorted(measured, key=lambda each: -each[0]):
        lost = dict.fromkeys([*(reason for reason, _ in answer.ignored), *answer.cut])
        print(f"{seconds:7.3f} s  {name}, {how}: {answer.total} found; {' '.join(lost)}")


def wait_until_read(service: SearchService) -> None:
    """Wait for what a server reads ahead; it would be counted with the questions."""
    with service.searcher.use() as snapshot:
        while snapshot.inflections is None:
            time.sleep(0.1)


def kinds(service: SearchService, longest: int) -> dict[str, str]:
    """Dear questions, one of a kind.

    :param longest: their characters, at most.
    """
    with service.searcher.use() as snapshot:
        counted = sorted(snapshot.reader.terms(TextField.BODY_EXACT), key=lambda each: -each[1])
        acronyms = [" ".join(form) for form in sorted(snapshot.analyzer.lexicon.acronyms)]
    forms = [form for form, _ in counted if form.isalpha()]
    frequent, others = forms[:FREQUENT], [form for form in forms[FREQUENT:] if len(form) > 8]
    chance = random.Random(1)

    def filled(parts: Iterable[str], between: str = " ") -> str:
        text = ""
        for part in parts:
            if len(text) + len(between) + len(part) > longest:
                break
            text += between * bool(text) + part
        return text

    def runs(words: list[str], count: int, between: str = " ") -> Iterator[str]:
        while True:
            yield between.join(chance.choices(words, k=count))

    def misspelt(word: str) -> str:
        place = chance.randrange(1, len(word) - 1)
        return word[:place] + chance.choice("qxzwvj") + word[place + 1 :]

    pairs = [first + second for first in LETTERS for second in LETTERS]
    phrases = [f'"{run}"' for run in islice(runs(frequent[:60], 2), 300)]
    return {
        "one frequent word": frequent[0],
        "frequent words": filled(frequent),
        "rarer words": filled(others),
        "any frequent word": filled(frequent, " ATAU "),
        "all frequent words": filled(frequent, " DAN "),
        "groups": filled((f"({one} DAN {other})" for one, other in pairwise(frequent)), " ATAU "),
        "excluded words": filled("-" + word for word in others),
        "prefixes": filled(f"{pair}*" for pair in pairs),
        "prefixes of a letter": " ".join(f"{letter}*" for letter in LETTERS[:6]),
        "wildcards": "*a* *e* *i* *n* *r* *s*",
        "wildcards of several stars": "*a*n* *e*i* *m*n* *n*g* *r*a*i* *s*a*a*",
        "wildcards with dashes": filled(["-".join([f"{letter}*"] * 40) for letter in LETTERS]),
        "similar words": "penduduk~2 sekarang~2 kemarin~2 dan~2 di~2 yang~2",
        "phrases of two": filled(phrases),
        "phrases of eight": filled(f'"{run}"' for run in runs(frequent[:30], 8)),
        "one long phrase": f'"{filled(runs(frequent[:40], 1))[:-2]}"',
        "excluded phrases": filled([frequent[0], *("-" + phrase for phrase in phrases)]),
        "words with dashes": filled(runs(frequent[:60], 20, "-")),
        "words with dots": filled(runs(frequent[:60], 20, ".")),
        "numbers": filled(f"{number}.{number + 1}.{number + 2}" for number in range(100, 900)),
        "misspelt words": filled(map(misspelt, others)),
        "glued words": filled(one + other for one, other in zip(others, others[400:], strict=False)),
        "acronyms": filled(acronyms),
        "a question": filled(["berapa jumlah", *frequent]),
        "a bit of all": filled(["m* p* b* s* *n*", *phrases[:40], *frequent]),
    }


if __name__ == "__main__":
    main()
