"""What a query will cost an engine, estimated before it is asked; of too dear a one, parts are left out.

The estimate goes by how frequent words are and how many articles there are, never by the clock: every worker
and every page of results leaves out the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from index.analysis.types import Analysis
from search.plan.meaning import Archive
from search.plan.tokens import Piece, QueryToken
from search.query.syntax import (
    Addressed,
    Approximate,
    Both,
    Dates,
    Either,
    Group,
    Ignored,
    Leaf,
    Node,
    Not,
    ParsedQuery,
    Pattern,
    Quoted,
    Scoped,
    Word,
)

MOST_LEAVES = 400
"""Words, phrases and patterns of one query: more than a page of text has, each looked for in five fields."""

MOST_PHRASES = 40
"""Quoted phrases of one query: each is looked for twice, as it stands and, if it is nowhere, word by word."""

WORD_SECONDS = 1e-3
"""CPU time to look for one word in all fields, whatever comes of it. All of these were measured on both
engines with `bench/dear.py`; they are meant to be too high rather than too low."""

POSTING_SECONDS = 0.2e-6
"""More for each article that holds the word."""

POSITION_SECONDS = 0.2e-6
"""More again for each, if its places in the article count too."""

PATTERN_SECONDS = 30e-3
"""To find the words that a pattern stands for."""

PATTERN_DOCUMENT_SECONDS = 1e-6
"""More for each article of the archive, most of which hold one of those words."""

LITTLE_SECONDS = 50e-3
"""What costs no more even if every word were in every article is not looked at more closely."""

RESULT_SECONDS = 0.2e-3
"""To show one result."""

MARK_SECONDS = 50e-6
"""More for each thing that is marked in it."""

READ_SECONDS = 1e-3
"""More if it has to be read word by word."""


class Trimmed(Struct, frozen=True):
    """A query that may be asked.

    :param parsed: without what was too much; ``ignored`` says what that was.
    :param seconds: CPU time that the engine will need at most, about.
    :param expand: whether other forms of its words may be asked for too.
    :param leaves: number of its words, phrases and patterns.
    :param reads: whether articles will have to be read word by word to mark them, as for patterns.
    """

    parsed: ParsedQuery
    seconds: float
    expand: bool
    leaves: int
    reads: bool = False

    def presenting(self, results: int, explain: bool) -> float:
        """CPU time that some results will need to be marked, and explained, about; in seconds."""
        each = RESULT_SECONDS + self.leaves * MARK_SECONDS + self.reads * READ_SECONDS
        return results * each * (2 if explain else 1)


def trim(parsed: ParsedQuery, archive: Archive, allowed: float, expand: bool) -> Trimmed:
    """Leave out of a query what would cost too much: first other forms of its words, then plain words, then
    whatever else there is, the dearest first. The cheapest part always stays.

    :param allowed: CPU time that the engine may need, in seconds.
    :param expand: whether other forms of words are wanted.
    """
    root = parsed.root
    most = len(root.wanted) * (WORD_SECONDS + POSTING_SECONDS * archive.documents)
    if most <= LITTLE_SECONDS and most * 2 <= allowed and not root.required and not root.forbidden:
        for node in root.wanted:
            if type(node) is not Word or not node.text.isalnum():  # others may be several words
                break
        else:
            return Trimmed(parsed, most, expand, len(root.wanted))  # most queries, at next to no cost
    leaves = list(_leaves(root))
    dropped = _too_many(leaves)
    kept = [leaf for leaf in leaves if leaf not in dropped]
    analyses: dict[Leaf, Analysis] = {
        leaf: archive.analyze(leaf.text) for leaf in kept if not isinstance(leaf, Pattern)
    }
    costs = {leaf: _cost(leaf, analyses.get(leaf), archive) for leaf in kept}
    seconds = sum(costs.values())
    ignored = dict.fromkeys(parsed.ignored)
    if expand and archive.expander:
        others = _forms_cost(analyses, archive)
        if seconds + others <= allowed:
            seconds += others
        elif others:
            expand = False
            ignored[Ignored.OTHER_FORMS, ""] = None
    plain = set(parsed.root.wanted)
    order = sorted(kept, key=lambda leaf: (not (isinstance(leaf, Word) and leaf in plain), -costs[leaf]))
    for leaf in order[:-1]:
        if seconds <= allowed or not costs[leaf]:
            break
        seconds -= costs[leaf]
        dropped.add(leaf)
    if dropped:
        gone = [leaf.text for leaf in leaves if leaf in dropped]
        ignored[Ignored.TOO_DEAR, " ".join(dict.fromkeys(gone))] = None
        left = _without(root, dropped) or Group()
        parsed = replace(parsed, root=left if isinstance(left, Group) else Group((left,)))
    reads = any(isinstance(leaf, (Pattern, Approximate)) for leaf in leaves if leaf not in dropped)
    parsed = replace(parsed, ignored=tuple(ignored))
    return Trimmed(parsed, seconds, expand, len(leaves) - len(dropped), reads)


def _too_many(leaves: Sequence[Leaf]) -> set[Leaf]:
    phrases = [leaf for leaf in leaves if isinstance(leaf, Quoted)]
    return {*leaves[MOST_LEAVES:], *phrases[MOST_PHRASES:]}


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Group):
        for child in chain(node.wanted, node.required, node.forbidden):
            yield from _leaves(child)
    elif isinstance(node, (Both, Either)):
        for child in node.nodes:
            yield from _leaves(child)
    elif isinstance(node, (Scoped, Not)):
        yield from _leaves(node.node)
    elif not isinstance(node, (Dates, Addressed)):
        yield node


def _cost(leaf: Leaf, analysis: Analysis | None, archive: Archive) -> float:
    """CPU time in seconds."""
    if analysis is None or isinstance(leaf, Approximate):  # the parts of a pattern count as one each
        return PATTERN_SECONDS + PATTERN_DOCUMENT_SECONDS * archive.documents
    alone = isinstance(leaf, Word) and len(analysis.forms) < 2
    if alone and archive.lexicon.weightless.issuperset(analysis.forms):
        return 0.0  # asked for only if there is nothing else
    in_order = isinstance(leaf, Quoted) or len(analysis.stems) > 1
    each = POSTING_SECONDS + (POSITION_SECONDS if in_order else 0)
    return _words_cost(analysis.stems, archive, each)


def _words_cost(stems: Iterable[str], archive: Archive, each: float) -> float:
    return sum(WORD_SECONDS + each * archive.frequency(stem) for stem in stems)


def _forms_cost(analyses: Mapping[Leaf, Analysis], archive: Archive) -> float:
    """What the other forms of words cost, and other ways to write them."""
    pieces: list[Piece] = []
    place = 0
    for leaf, analysis in analyses.items():
        columns = zip(analysis.forms, analysis.stems, strict=True)
        tokens = [QueryToken(form, stem, place + at) for at, (form, stem) in enumerate(columns)]
        place += len(tokens)
        pieces += [Piece(leaf.text, (token,)) for token in tokens]
        if len(tokens) > 1:
            pieces.append(Piece(leaf.text, tuple(tokens)))
    single = [piece.tokens[0] for piece in pieces if len(piece.tokens) == 1]
    assert archive.expander is not None
    forms = [form for found in archive.expander.find(single) for form in found.forms]
    stems = [token.stem for form in forms for token in form]
    if archive.variants:
        # Each run is looked for in four fields at each of its places.
        for run in archive.variants(pieces):
            for variant in run.variants:
                stems += [token.stem for token in variant.tokens] * run.count
    return _words_cost(stems, archive, POSTING_SECONDS + POSITION_SECONDS)


def _without(node: Node, dropped: set[Leaf]) -> Node | None:
    """A tree without some of its leaves, ``None`` if nothing is left of it."""
    if isinstance(node, Group):
        wanted, required, forbidden = (
            tuple(_rest(nodes, dropped)) for nodes in (node.wanted, node.required, node.forbidden)
        )
        return Group(wanted, required, forbidden) if wanted or required or forbidden else None
    if isinstance(node, (Both, Either)):
        rest = tuple(_rest(node.nodes, dropped))
        return replace(node, nodes=rest) if len(rest) > 1 else rest[0] if rest else None
    if isinstance(node, (Scoped, Not)):
        left = _without(node.node, dropped)
        return None if left is None else replace(node, node=left)
    return None if not isinstance(node, (Dates, Addressed)) and node in dropped else node


def _rest(nodes: Iterable[Node], dropped: set[Leaf]) -> Iterator[Node]:
    return (left for node in nodes if (left := _without(node, dropped)) is not None)
