"""Old spelling: ``python -m bench.old_spelling`` prints news as they would have been before 1947 and 1972.

Of ``news.jsonl.gz`` (see :mod:`bench.data`) it counts:

- articles, and paragraphs as if each were an article, that are taken for old as they are: there is none;
- of some hundred articles in each of the two spellings, how many are recognised, and how many of their words
  come back as today's.

The rules of printing stand here by themselves: those that read them would agree with themselves.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from bench.data import data_folder, existing, records
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.old_spelling import OldSpelling


class Spelling(StrEnum):
    """Spellings before today's."""

    VAN_OPHUIJSEN = "1901"
    SOEWANDI = "1947"


_LETTERS = {
    "sy": "sj", "ny": "nj", "kh": "ch", "y": "j", "j": "dj", "c": "tj"
}  # fmt: skip
_OF_1901 = {**_LETTERS, "u": "oe"}
_SOUNDS = re.compile("sy|ny|kh|[yjcu]")

_WORD = re.compile(r"[A-Za-z]+")
_TWICE = re.compile(r"\b([A-Za-z]{3,})-\1([a-z]*)\b", re.IGNORECASE)
_STOPPED = re.compile("(?<=[aeiou])k(?=[jln])")


def printed(text: str, spelling: Spelling) -> str:
    """A text of today in an old spelling; what is said twice has a ``2`` in the older one."""
    if spelling is Spelling.VAN_OPHUIJSEN:
        text = _TWICE.sub(r"\g<1>2\g<2>", text)
    return _WORD.sub(lambda found: _printed(found[0], spelling), text)


def _printed(word: str, spelling: Spelling) -> str:
    letters = _OF_1901 if spelling is Spelling.VAN_OPHUIJSEN else _LETTERS
    old = _SOUNDS.sub(lambda found: letters.get(found[0], found[0]), word.lower())
    if spelling is Spelling.VAN_OPHUIJSEN:
        old = _STOPPED.sub("'", old)  # ra'jat
    if word.isupper() and len(word) > 1:
        return old.upper()
    return old[0].upper() + old[1:] if word[0].isupper() else old


def returned(text: str, spelling: Spelling, reader: OldSpelling) -> tuple[int, Counter[tuple[str, str]]]:
    """Words of a text that come back as they were, and those that do not: today's and what was read."""
    right = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for word in _WORD.findall(text):
        form = word.lower()
        read = reader.word(_printed(form, spelling))
        if read == form:
            right += 1
        else:
            wrong[form, read] += 1
    return right, wrong


def _measure(texts: Sequence[str], spelling: Spelling, reader: OldSpelling, shown: int) -> str:
    old = [printed(text, spelling) for text in texts]
    recognised = sum(map(reader.is_old, old))
    right = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for text in texts:
        known, unknown = returned(text, spelling, reader)
        right += known
        wrong += unknown
    words = right + wrong.total()
    lines = [
        f"{spelling}: {recognised} of {len(texts)} articles recognised; "
        f"{right} of {words} words come back ({right / words:.2%})"
    ]
    lines += [f"    {word}: {read} ({count})" for (word, read), count in wrong.most_common(shown)]
    return "\n".join(lines)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=500, help="articles that are printed anew")
    parser.add_argument("--errors", type=int, default=0, help="words that do not come back, to be listed")
    arguments = parser.parse_args()
    reader = Analyzer(load_lexicon()).old_spelling
    texts = [
        f"{record['title']}\n\n{record['body']}"
        for record in records(existing(data_folder() / "news.jsonl.gz"))
    ]
    paragraphs = [part for text in texts for part in text.split("\n\n") if part]
    print(f"{len(texts)} articles as they are: {sum(map(reader.is_old, texts))} taken for old")
    print(f"{len(paragraphs)} paragraphs as they are: {sum(map(reader.is_old, paragraphs))} taken for old")
    some = random.Random(1972).sample(texts, arguments.articles)
    short = [part for text in some for part in text.split("\n\n")[:1]]
    for spelling in Spelling:
        print(_measure(some, spelling, reader, arguments.errors))
        print(f"    of their titles alone: {sum(reader.is_old(printed(each, spelling)) for each in short)}")


if __name__ == "__main__":
    main()
