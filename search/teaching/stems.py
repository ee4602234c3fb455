"""Which words of an archive would have another stem once it is indexed by another lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import Lexicon
from index.analysis.lexicon_files import Entry
from index.query import EXACT, Boolean, Query, SearchRequest, Term, TextField
from index.settings import Settings
from index.store.fingerprint import stem_key
from index.store.kept import stem_file
from index.store.opened import open_current
from search.answer import Question, Result
from search.teaching.effects import EXAMPLES, MOST_FORMS, Restemmed, Side, StemEffect
from search.teaching.lines import AT_ONCE
from search.teaching.trial import Trial

_MARKED = 5
"""Forms that are looked for in examples."""

_KEY = slice(1, 5)
"""Letters of a word that all have which may be derived from it: a prefix can swallow the first."""

_SHORT = 3
"""Letters of a word whose first is kept, because too many words have the others."""


class Restemming:
    """The words of an archive and their stems by either lexicon.

    :param before: the lexicon in force; ``after`` the other one.
    :raises EngineError: if the index cannot be read.
    """

    def __init__(self, settings: Settings, trial: Trial, before: Lexicon, after: Lexicon) -> None:
        self._trial = trial
        snapshot = trial.snapshot
        base = Analyzer(before)
        index = snapshot.index
        stems = stem_file(index.generation.directory, stem_key(base, index.analyzer))
        snapshot.analyzer.import_cache(stems.read() or {})
        with open_current(settings, Analyzer(after)) as other:
            self._after = other.analyzer
        self._forms = {form for field in EXACT.values() for form, _ in snapshot.reader.terms(field)}
        self._before = {form: snapshot.analyzer.stem(form) for form in self._forms}

    def effect(self, entries: Sequence[Entry]) -> StemEffect:
        """What lines would change."""
        entries = [entry for entry in entries if entry.section not in AT_ONCE]
        reader = self._trial.snapshot.reader
        changed = {
            form: stem
            for form in near(entries, self._forms)
            if (stem := self._after.stem(form)) != self._before[form]
        }
        words = sorted(
            (
                Restemmed(
                    form,
                    self._before[form],
                    stem,
                    max(reader.document_frequency(field, form) for field in EXACT.values()),
                )
                for form, stem in changed.items()
            ),
            key=lambda each: (-each.articles, each.form),
        )
        sides = {entry: self._sides(entry, changed) for entry in entries}
        idle = frozenset(entry for entry in entries if not near([entry], self._forms) & changed.keys())
        return StemEffect(tuple(words), self._holding([each.form for each in words]), sides, idle)

    def _sides(self, entry: Entry, changed: dict[str, str]) -> list[Side]:
        words = dict.fromkeys(words[0] for words in (entry.words, *entry.others))
        return [self._side(word, changed) for word in words]

    def _side(self, word: str, changed: dict[str, str]) -> Side:
        now, then = self._trial.snapshot.analyzer.stem(word), self._after.stem(word)
        before = [form for form, stem in self._before.items() if stem == now]
        after = [form for form, stem in self._before.items() if changed.get(form, stem) == then]
        gained: list[str] = sorted(set(after) - set(before))
        found, examples = self._examples(gained, before)
        holding = self._trial.holding((word,))
        return Side(word, self._holding(before), self._holding(after), found, examples, holding)

    def _examples(self, gained: list[str], before: list[str]) -> tuple[int, tuple[Result, ...]]:
        """How many articles hold some forms and none of others, and the first of them."""
        if not gained:
            return 0, ()
        reader = self._trial.snapshot.reader
        anew = Boolean(must=(_any_of(gained),), must_not=(_any_of(before),) if before else ())
        total = reader.search(SearchRequest(anew, limit=0)).total
        if not total:
            return 0, ()
        often = sorted(gained, key=lambda form: -reader.document_frequency(TextField.BODY_EXACT, form))
        text = " OR ".join(f'"{form}"' for form in often[:_MARKED])
        question = Question(
            text,
            per_page=EXAMPLES,
            facets=(),
            histogram=False,
            expand=False,
            correct=False,
            period=False,
            restrict=anew,
        )
        return total, self._trial.now.search(question).results

    def _holding(self, forms: Sequence[str]) -> int:
        """How many articles hold any of some forms."""
        if not forms:
            return 0
        return self._trial.snapshot.reader.search(SearchRequest(_any_of(forms), limit=0)).total


def near(entries: Iterable[Entry], forms: AbstractSet[str]) -> set[str]:
    """Those of some forms whose stems lines may change."""
    words = {words[0] for entry in entries for words in (entry.words, *entry.others)}
    keys = {word[_KEY] if len(word) > _SHORT else word for word in words}
    return {form for form in forms if any(key in form for key in keys)}


def _any_of(forms: Sequence[str]) -> Query:
    fields = EXACT.values()
    return Boolean(should=tuple(Term(field, form) for form in forms[:MOST_FORMS] for field in fields))
