"""LearnedWords: what an archive taught about its names and acronyms, as it is kept with an index."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from index.analysis.lexicon import Lexicon, Origin


class LearnedWords(Struct, frozen=True):
    """What an archive taught.

    :param names: form -> (times capitalised inside a sentence, times in lower case).
    :param acronyms: short form -> (words of its dominant long form, times explained so).
    """

    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    acronyms: Mapping[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)

    def to_json(self) -> str:
        """A text that :meth:`from_json` reads; equal knowledge gives equal text."""
        return json.dumps(
            {
                "names": dict(sorted(self.names.items())),
                "acronyms": {
                    short: [" ".join(long), count] for short, (long, count) in sorted(self.acronyms.items())
                },
            },
            ensure_ascii=False,
            indent=0,
        )

    @classmethod
    def from_json(cls, content: str) -> LearnedWords:
        """The inverse of :meth:`to_json`.

        :raises ValueError: if the text is not what :meth:`to_json` writes.
        """
        try:
            record = json.loads(content)
            return cls(
                {str(form): (int(upper), int(lower)) for form, (upper, lower) in record["names"].items()},
                {
                    str(short): (tuple(str(long).split()), int(count))
                    for short, (long, count) in record["acronyms"].items()
                },
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not learned words: {error!r}; run `reindex --full`") from error


def with_learned(lexicon: Lexicon, learned: LearnedWords) -> Lexicon:
    """A lexicon with what an archive taught, where neither the owner nor we speak of a word.

    Archives explain the unusual readings of an acronym, not those that everybody knows, so the built-in
    reading stands.
    """
    names = {
        form: seen
        for form, seen in learned.names.items()
        if not (form in lexicon.stems or form in lexicon.roots or ("protect", form) in lexicon.removed)
    }
    acronyms = dict(lexicon.acronyms)
    origins = dict(lexicon.origins)
    for short, (long, count) in learned.acronyms.items():
        if (short,) not in acronyms and ("acronyms", short) not in lexicon.removed:
            acronyms[(short,)] = (long,)
            origins["acronyms", short] = Origin(explained=count)
    return replace(lexicon, names=names, acronyms=acronyms, origins=origins)
