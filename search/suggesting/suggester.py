"""Suggester: completes what somebody types, by what one index holds.

Words come from its vocabulary, names and expressions from :mod:`search.suggesting.phrases`; what stands
before the word being typed decides among them, by :mod:`search.suggesting.neighbours`. Nothing is offered
that finds nothing, and the numbers are those of a search for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain, islice, zip_longest
from math import log
from string import ascii_lowercase
from time import thread_time

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.analysis.folding import fold
from index.engines.base import Reader, always
from index.query import Query
from index.store.kept_arrays import Arrays, KeptArrays
from search.plan.expansion import Expander
from search.plan.tokens import QueryToken
from search.query.parsing import parse
from search.query.syntax import ParsedQuery, is_plain
from search.spelling.prefixes import PrefixTable
from search.spelling.vocabulary import ERROR_WEIGHT, FAR_MORE, RARE, SHORTEST, Vocabulary, slips
from search.suggesting.asking import Asked
from search.suggesting.completion import Completion, Completions, Kind
from search.suggesting.neighbours import Gathering, Neighbours
from search.suggesting.phrases import Phrases, learn
from search.suggesting.typed import Typed

SECONDS = 0.0015
"""CPU time after which nothing more is counted: what is offered then is without a number."""

MOST_TITLES = 3
"""Titles that are offered as long as there are queries to offer."""

_LIKELY = 10
"""How many times as frequent a word that goes on from what was typed may be, and what was typed be meant."""

_TINY = 50
"""How many times fewer articles than the most frequent offer of its kind holds one that is left out."""

_LONGER = 10
"""How many times rarer a word may be than one that was typed in full, which it begins with."""

_WORDS = 6
_ENOUGH = 3
"""Words that stand with the words before, to offer no others."""

_POOL = 24
"""Words that are looked at to find these."""

_FEW = 4
"""Words before the one being typed, at most, with which the index itself is searched for what may follow;
behind more of them, which are likely a title, that would take too long."""

_PHRASES = 5
_TAIL = 3
"""Words before the one being typed that a name or an expression may begin with."""

_MOST_COUNTED = 14
"""Candidates that are looked up in the index for one text."""

_ACRONYM = 5
"""Letters up to which a word in capitals is an acronym, and never misspelt."""

_REMEMBERED = 1000

_MEANT = 2
"""Beginnings that a misspelt one may stand for, of which a word each is offered."""

_Candidate = tuple[int, str, Kind, bool]
"""Which of the words typed are replaced, from one on, by what, what that is, and whether it is known to find
anything."""


class _Known(Struct, frozen=True):
    """What an archive holds.

    :param words: its words with the number of documents that hold each, at least.
    :param neighbours: which words stand with others.
    :param better: a word as it was most likely meant, ``""`` if that is as it stands.
    """

    words: PrefixTable
    phrases: Phrases
    neighbours: Neighbours
    better: Callable[[str], str]


class Suggester:
    """Completes texts for one index. Safe to share between threads.

    Until it was :meth:`read`, it offers titles and other forms of words alone, and never waits.

    :param expander: knows other forms of words.
    :param every_word: the documents that hold every word of a query, as a search finds them.
    :param kept: where it is kept what was learned once.
    """

    def __init__(
        self,
        reader: Reader,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        expander: Expander,
        every_word: Callable[[ParsedQuery], Query | None],
        kept: KeptArrays,
    ) -> None:
        self._reader = reader
        self._analyzer = analyzer
        self._weightless = analyzer.lexicon.weightless
        self._vocabulary = vocabulary
        self._expander = expander
        self._kept = kept
        self._asked = Asked(reader, partial(_holding, every_word))
        self._known: _Known | None = None

    @property
    def is_read(self) -> bool:
        """Whether everything is known that can be offered."""
        return self._known is not None

    def read(self, wanted: Callable[[], bool] = always) -> None:
        """Get to know the archive: some seconds of work if nobody did it before, to be done beside searches.

        :param wanted: asked in between; when it says no, this ends early.
        :raises EngineError: if the index cannot be read.
        """
        words = self._vocabulary.read().table
        learned = self._kept.get("suggestions", partial(self._learn, words, wanted), wanted)
        better = lru_cache(_REMEMBERED)(partial(_better, words))
        self._known = _Known(words, Phrases(learned), Neighbours(words, learned), better)

    def _learn(self, words: PrefixTable, wanted: Callable[[], bool]) -> Arrays:
        gathering = Gathering(words, self._weightless)
        phrases = Phrases.of(learn(self._reader, self._weightless, wanted, gathering.add))
        return {**phrases, **gathering.arrays()}

    def suggest(self, text: str, limit: int, seconds: float = SECONDS) -> Completions:
        """What to offer for a text.

        :param limit: how much at most, 1 or more.
        :param seconds: CPU time after which nothing more is counted, one query at least.
        :raises EngineError: if the index cannot be read.
        """
        end = thread_time() + seconds
        known, complete = self._known, self.is_read
        typed = self._typed(text)
        if typed is None:
            return Completions(text, (), complete)
        correct, its_kind = typed, None
        if known and (better := self._with_head_corrected(typed, known.better)):
            correct, its_kind = self._typed(better) or typed, Kind.CORRECTION
        titles = self._titles(correct)
        room = max(limit - min(len(titles), MOST_TITLES), limit // 2)
        queries: dict[str, Completion] = {}
        most, counted = 0, False
        for first, form, kind, is_sure in islice(self._candidates(correct, known), _MOST_COUNTED):
            query = correct.with_end(first, form)
            if query.lower() in queries:
                continue
            parts = self._parts(correct.before(first), form)
            count = self._asked.count(*parts, only_known=True)
            # One at least, so that on a slow machine too all are counted at last.
            if count is None and (not counted or thread_time() <= end):
                count, counted = self._asked.count(*parts, only_known=False), True
            if count is None:
                complete = False
            elif kind is Kind.WORD:
                most = max(most, count)
                if count * _TINY < most:
                    continue
            if count or (count is None and is_sure):
                queries[query.lower()] = Completion(query, its_kind or kind, count)
                if len(queries) == room:
                    break
        offered = [*queries.values(), *titles][:limit]
        return Completions(text, tuple(offered), complete)

    def _typed(self, text: str) -> Typed | None:
        text = text.lstrip()
        return Typed.of(text, self._analyzer.analyze(text)) if is_plain(parse(text)) else None

    def _parts(self, head: str, end: str) -> tuple[str, str]:
        """A query as it is counted: in two parts unless a name or the like begins in the first of them."""
        if not head:
            return "", end
        forms = self._analyzer.analyze(head + end)
        tokens = list(map(QueryToken, forms.forms, forms.stems, forms.positions))
        behind = sum(start < len(head) for start in forms.starts)
        is_apart = head[-1].isspace() and not any(
            found.first < behind < found.first + found.count
            for found in (*self._expander.find(tokens), *self._expander.find_written(tokens))
        )
        return (head, end) if is_apart else ("", head + end)

    # What may be offered

    def _candidates(self, typed: Typed, known: _Known | None) -> Iterator[_Candidate]:
        """Queries, the likeliest first, some of which may find nothing."""
        if known is None:
            yield from self._other_forms(typed)
            return
        last, as_typed = typed.last, (len(typed.tokens) - 1, typed.last, Kind.WORD, not typed.done)
        exact, likeliest = 0, 0
        if last and last not in self._weightless:
            exact, likeliest = known.words.weight(last), known.words.heaviest(last)
        if exact > RARE and exact * _LIKELY >= likeliest:
            yield as_typed
        yield from self._other_forms(typed)
        if last not in self._weightless and likeliest <= RARE:
            yield from self._near(typed, known.words, likeliest)
        words, phrases = self._words(typed, known), self._phrases(typed, known.phrases)
        both = zip_longest(*((phrases, words) if typed.done else (words, phrases)))
        yield from filter(None, next(both, ()))
        if exact * _TINY > likeliest:
            yield as_typed
        for pair in both:
            yield from filter(None, pair)

    def _words(self, typed: Typed, known: _Known) -> Iterator[_Candidate]:
        """Words that go on from the letters typed: those that stand with the words before, then others."""
        words, start, first = known.words, typed.last, typed.done
        if typed.run != start and words.heaviest(typed.run):
            start, first = typed.run, typed.run_first
        elif not start and not typed.text[-1].isspace():
            return
        before = [token.form for token in typed.tokens[:first] if token.form not in self._weightless]
        scores = known.neighbours.best(tuple(before), start, _POOL)
        found = list(scores)
        if 0 < first <= _FEW and len(found) < _ENOUGH:
            found += self._asked.companions(typed.before(first), start, words)
        together = set(found)
        is_weightless = start in self._weightless
        if start and len(found) < _ENOUGH and first <= _FEW and not (first and is_weightless):
            found += [form for form, _ in words.best(start, _POOL)]
        exact = 0 if is_weightless else words.weight(start)
        shown: dict[str, int] = {start: exact}
        likeliest = 0 if first else max(map(words.weight, found), default=0)
        for form in found:
            if len(shown) > _WORDS:
                break
            weight = words.weight(form)
            if (
                weight * _TINY < likeliest
                or form in self._weightless
                or form in before
                or not self._adds(form, weight, shown)
            ):
                continue
            # What was typed is a word already, and a merely longer one says something else.
            if exact <= _LONGER * weight and scores.get(start, 0) <= _LONGER * scores.get(form, 0):
                shown.setdefault(form, weight)
        for form in islice(shown, 1, None):
            yield first, form, Kind.WORD, not first or form in together

    def _adds(self, form: str, weight: int, shown: dict[str, int]) -> bool:
        """Whether a word says more than one that it begins with: it is no rarer inflection of that
        (``banjirnya``), and did not merely lose a blank (``banjirjakarta`` in one article).

        :param weight: how many articles hold it; likewise those of the words that are ``shown``.
        """
        stem = self._analyzer.stem
        return not any(
            known > weight
            and form.startswith(other)
            and (stem(form) == stem(other) or (weight <= 1 and known > RARE))
            for other, known in shown.items()
        )

    def _near(self, typed: Typed, words: PrefixTable, exact: int) -> Iterator[_Candidate]:
        """Words that go on from other letters, one slip away, and are far more frequent.

        :param exact: documents that hold a word that begins as typed, at most.
        """
        last, first = typed.last, len(typed.tokens) - 1
        if len(last) < SHORTEST or not last.isalpha():
            return
        for start in _meant(slips(last), words.heaviest, FAR_MORE * exact)[:_MEANT]:
            for form, weight in words.best(start, 1):
                if weight >= FAR_MORE * exact and form not in self._weightless:
                    yield first, form, Kind.CORRECTION, not first

    def _with_head_corrected(self, typed: Typed, better: Callable[[str], str]) -> str:
        """The text with misspelt words before the one being typed corrected, ``""`` if none is misspelt.

        What a search corrects may differ, for it has the time to look for what agrees with the other words.
        """
        text = typed.text
        for token, start in reversed(list(zip(typed.tokens, typed.starts, strict=True))[: typed.done]):
            form = token.form
            written = text[start : start + len(form)]
            if written.lower() != form or (written.isupper() and len(form) <= _ACRONYM):
                continue
            known = form in self._weightless or form in self._expander
            if known or self._expander.is_written_otherwise(form):
                continue
            if meant := better(form):
                text = text[:start] + meant + text[start + len(form) :]
        return text if text != typed.text else ""

    def _phrases(self, typed: Typed, phrases: Phrases) -> Iterator[_Candidate]:
        """Names and expressions that begin with what was typed, or with its end: the most of it first."""
        for first in range(max(0, typed.done - _TAIL), min(typed.run_first + 1, len(typed.tokens))):
            head = typed.before(first) if first and first == typed.done else ""
            if head and first > _FEW:
                continue
            for written, kind in phrases.best(typed.key(first), _PHRASES):
                if not head or self._asked.stand_together(head, written.lower()):
                    yield first, written, kind, bool(head) or not first

    def _other_forms(self, typed: Typed) -> Iterator[_Candidate]:
        """Long forms of an acronym at the end, or its acronym."""
        known = self._known
        for found in (*self._expander.find(typed.tokens), *self._expander.find_written(typed.tokens)):
            if found.first <= typed.run_first and found.first + found.count == len(typed.tokens):
                for form in found.forms:
                    text = " ".join(token.form for token in form)
                    yield found.first, known.phrases.written(text) if known else text, Kind.PHRASE, False

    def _titles(self, typed: Typed) -> list[Completion]:
        """Titles with all that was typed: first those that begin with it, then the newest."""
        stems = [token.stem for token in typed.tokens[: typed.done] if token.form not in self._weightless]
        titles = self._asked.titles(tuple(stems), typed.last)
        begun = fold(typed.text)
        return sorted(titles, key=lambda title: not fold(title.text).startswith(begun))


def _holding(every_word: Callable[[ParsedQuery], Query | None], text: str) -> Query | None:
    parsed = parse(text)
    return every_word(parsed) if is_plain(parsed) else None


def _better(words: PrefixTable, form: str) -> str:
    """A word that a misspelt or a rare one was most likely meant to be, ``""`` if there is none."""
    exact = words.weight(form)
    if exact > RARE or len(form) < SHORTEST or not form.isalpha():
        return ""
    lengthened = ((form + letter, 1.0) for letter in ascii_lowercase)
    meant = _meant(chain(slips(form), lengthened), words.weight, FAR_MORE * exact)
    return meant[0] if meant else ""


def _meant(variants: Iterable[tuple[str, float]], weigh: Callable[[str], int], least: int) -> list[str]:
    """What a text may have been meant to be, the likeliest first: a noisy channel, as in spelling.

    :param variants: texts and what it costs to mistype them so.
    :param weigh: how many articles hold one of them.
    :param least: how many of them must, or one.
    """
    scores: dict[str, float] = {}
    for variant, cost in variants:
        weight = weigh(variant)
        if weight >= max(1, least):
            score = log(weight) - ERROR_WEIGHT * cost
            scores[variant] = max(score, scores.get(variant, score))
    return sorted(scores, key=lambda variant: (-scores[variant], variant))
