"""What people type -> a small tree of what they meant, in linear time and without ever failing.

Grammar, loosest first (explicit operators bind tighter than words standing side by side, so that
``netralitas lebak ATAU kapuas`` asks for netralitas in one of the two places)::

    query   := clause*
    clause  := ("+" | "-")? either
    either  := both (("ATAU" | "OR") both)*
    both    := single (("DAN" | "AND") single)*
    single  := ("TIDAK" | "NOT")* (field ":")? (word | "phrase" | "(" query ")")

What does not fit is read as words; :attr:`ParsedQuery.ignored` says what was.
"""

from __future__ import annotations

import re
from itertools import islice

from msgspec import Struct

from search.query.dates import date_range, year_range
from search.query.lexing import FIELD_NAMES, OPERATORS, Kind, Lexeme, balanced, lexemes_of
from search.query.syntax import (
    Approximate,
    Both,
    Dates,
    Either,
    Group,
    Ignored,
    Node,
    Not,
    ParsedQuery,
    Pattern,
    Quoted,
    Scope,
    Scoped,
    Word,
)

MAX_PATTERNS = 6
"""Words with ``*``, ``?`` or ``~`` that one query may hold, each part between dashes counted as one; more are
read as plain words."""

MAX_PHRASE_WORDS = 64
"""Words that are read of one quoted phrase; longer ones are nowhere but where these are."""


def parse(text: str, max_chars: int = 2000) -> ParsedQuery:
    """Understand a query.

    :param text: what the reader typed; any text at all.
    :param max_chars: characters that are read; the rest is cut off and reported.
    :returns: never raises.
    """
    if len(text) <= max_chars and (plain := _plain_words(text)):
        return ParsedQuery(text, Group(plain))
    ignored: dict[tuple[Ignored, str], None] = {}
    if len(text) > max_chars:
        ignored[Ignored.TOO_LONG, str(max_chars)] = None
        text = _cut(text, max_chars)
    lexemes = balanced(lexemes_of(text, ignored), ignored)
    root = _Parser(lexemes, ignored).parse()
    return ParsedQuery(text, root, tuple(ignored))


def _plain_words(text: str) -> tuple[Word, ...]:
    """The words of a query that is nothing else, as most are; empty if the grammar has to be asked."""
    if not _PLAIN.fullmatch(text):
        return ()
    words: list[Word] = []
    start = 0
    for run in text.split(" "):
        if run in OPERATORS:
            return ()
        words.append(Word(run, start, start + len(run)))
        start += len(run) + 1
    return tuple(words)


def _cut(text: str, max_chars: int) -> str:
    """Cut behind the last whole word, unless that would lose half of the text."""
    shorter = text[:max_chars]
    if not text[max_chars].isspace():
        border = max((match.start() for match in re.finditer(r"\s", shorter)), default=0)
        if border > max_chars // 2:
            return shorter[:border]
    return shorter


_PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_WORD = re.compile(r"\w+")
_WORD_CHARACTER = re.compile(r"\w")


_OPERANDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.OPEN})
_BEGINS_SINGLE = _OPERANDS | {Kind.NOT, Kind.PLUS, Kind.MINUS, Kind.FIELD}


class _Required(Struct, frozen=True):
    """A node behind ``+``; only the group around it can say what that means."""

    node: Node


class _Parser:
    def __init__(self, lexemes: list[Lexeme], ignored: dict[tuple[Ignored, str], None]) -> None:
        self._lexemes = lexemes
        self._ignored = ignored
        self._at = 0
        self._patterns = 0
        self._has_operands = any(lexeme.kind in (Kind.WORD, Kind.PHRASE) for lexeme in lexemes)

    def parse(self) -> Group:
        root = self._group(None)
        assert self._at == len(self._lexemes)  # parentheses are balanced, so nothing is left over
        return root if isinstance(root, Group) else Group(wanted=(root,))

    def _peek(self, ahead: int = 0) -> Kind | None:
        at = self._at + ahead
        return self._lexemes[at].kind if at < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        lexeme = self._lexemes[self._at]
        self._at += 1
        return lexeme

    def _group(self, scope: Scope | None) -> Node:
        """Clauses up to the closing parenthesis or the end."""
        wanted: list[Node] = []
        required: list[Node] = []
        forbidden: list[Node] = []
        while self._peek() not in (None, Kind.CLOSE):
            node = self._either(scope)
            if isinstance(node, _Required):
                required.append(node.node)
            elif isinstance(node, Not):
                forbidden.append(node.node)
            elif isinstance(node, Group) and not node.required and not node.forbidden:
                wanted.extend(node.wanted)
            elif node is not None:
                wanted.append(node)
        if scope in (Scope.YEAR, Scope.DATE) and len(wanted) > 1:
            wanted = [Either(tuple(wanted))]  # no article has two dates
        if len(wanted) == 1 and not required and not forbidden:
            return wanted[0]
        return Group(tuple(wanted), tuple(required), tuple(forbidden))

    def _either(self, scope: Scope | None) -> Node | _Required | None:
        operands = [self._both(scope)]
        while self._peek() is Kind.OR and self._peek(1) in _BEGINS_SINGLE:
            self._take()
            operands.append(self._both(scope))
        return _joined(operands, Either)

    def _both(self, scope: Scope | None) -> Node | _Required | None:
        operands = [self._single(scope)]
        while self._peek() is Kind.AND and self._peek(1) in _BEGINS_SINGLE:
            self._take()
            operands.append(self._single(scope))
        return _joined(operands, Both)

    def _single(self, scope: Scope | None) -> Node | _Required | None:
        negative = required = False
        while (kind := self._peek()) in (Kind.NOT, Kind.PLUS, Kind.MINUS):
            if kind is Kind.NOT and self._peek(1) not in _BEGINS_SINGLE:
                break
            self._take()
            negative ^= kind is not Kind.PLUS
            required |= kind is Kind.PLUS
        node = self._operand(scope)
        if isinstance(node, Group) and not (node.wanted or node.required or node.forbidden):
            return None
        if node is None:
            return None
        if negative:
            return node.node if isinstance(node, Not) else Not(node)
        return _Required(node) if required else node

    def _operand(self, scope: Scope | None) -> Node | None:
        kind = self._peek()
        if kind is None or kind is Kind.CLOSE:
            return None
        lexeme = self._take()
        if kind is Kind.OPEN:
            node = self._group(scope)
            self._take()
            return node
        if kind is Kind.FIELD:
            return self._field(lexeme, scope)
        if kind is Kind.PHRASE:
            return self._leaf(lexeme, scope)
        if kind is not Kind.WORD:  # an operator with nothing to join, unless it is all there is
            self._ignored[Ignored.OPERATOR, lexeme.text] = None
            if self._has_operands:
                return None
        return self._leaf(lexeme, scope)

    def _field(self, lexeme: Lexeme, outer: Scope | None) -> Node | None:
        if self._peek() not in _OPERANDS:
            self._ignored[Ignored.FIELD, lexeme.text + ":"] = None
            return self._leaf(lexeme._replace(kind=Kind.WORD), outer)
        scope = FIELD_NAMES[lexeme.text.lower()]
        node = self._operand(scope)
        if node is None or scope in (Scope.YEAR, Scope.DATE):
            return node
        return Scoped(scope, node)

    def _leaf(self, lexeme: Lexeme, scope: Scope | None) -> Node | None:
        if scope in (Scope.YEAR, Scope.DATE):
            days = (year_range if scope is Scope.YEAR else date_range)(_STRAY.sub("", lexeme.text))
            if days:
                return Dates(*days)
            self._ignored[Ignored.DATE, lexeme.text] = None
        if lexeme.kind is Kind.PHRASE:
            return self._quoted(lexeme)
        node = _word(lexeme)
        if isinstance(node, (Pattern, Approximate)):
            self._patterns += 1 + node.text.count("-")
            if self._patterns > MAX_PATTERNS:
                self._ignored[Ignored.TOO_MANY_PATTERNS, str(MAX_PATTERNS)] = None
                plain = _WILD.sub(" ", node.text).strip()
                return Word(plain, node.start, node.end)
        return node

    def _quoted(self, lexeme: Lexeme) -> Quoted:
        text = lexeme.text
        if further := next(islice(_WORD.finditer(text), MAX_PHRASE_WORDS, None), None):
            self._ignored[Ignored.LONG_PHRASE, str(MAX_PHRASE_WORDS)] = None
            text = text[: further.start()].rstrip()
        return Quoted(text, lexeme.start, lexeme.start + len(text))


# Punctuation of the sentence around a date; two full stops are an open range.
_STRAY = re.compile(r"^[ ,;:!?]+|(?<!\.)\.?[ ,;:!?]*$")


def _joined(
    operands: list[Node | _Required | None], join: type[Both] | type[Either]
) -> Node | _Required | None:
    if len(operands) == 1:
        return operands[0]
    nodes: list[Node] = []
    for operand in operands:
        if operand is None:
            continue
        node = operand.node if isinstance(operand, _Required) else operand
        nodes.extend(node.nodes if isinstance(node, join) else (node,))
    if len(nodes) > 1:
        return join(tuple(nodes))
    return nodes[0] if nodes else None


_EDGE = ".,;:!'…\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}[]{}"
_APPROXIMATE = re.compile(r"(?P<word>[^*?~]*\w)~(?P<distance>[12]?)")
_WILD = re.compile("[*?]")
_WILDCARD = re.compile(r"\w\?+\w|\*")


def _word(lexeme: Lexeme) -> Node | None:
    """A word, or what its ``*``, ``?`` and ``~`` make of it. A question mark at the end is punctuation."""
    text = lexeme.text
    if "://" in text or "@" in text or text[:4].lower() == "www.":
        return Word(text, lexeme.start, lexeme.end)
    if "~" in text and (match := _APPROXIMATE.fullmatch(text.rstrip(_EDGE + "?"))):
        return Approximate(match["word"], int(match["distance"] or 1), lexeme.start, lexeme.end)
    if ("*" in text or "?" in text) and _WILDCARD.search(text):
        pattern = re.sub(r"\*[*?]+|\?+\*[*?]*", "*", text.strip(_EDGE))
        if _WORD_CHARACTER.search(pattern):
            return Pattern(pattern, lexeme.start, lexeme.end)
        return None
    return Word(text, lexeme.start, lexeme.end)
