"""What people type -> the pieces that the grammar is about: words, phrases, signs, operators."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from search.query.syntax import Ignored, Scope

MAX_DEPTH = 30
"""Parentheses deeper than this are left out, their content stays. Keeps every later walk shallow."""

FIELD_NAMES = {
    "judul": Scope.TITLE,
    "title": Scope.TITLE,
    "isi": Scope.BODY,
    "body": Scope.BODY,
    "sumber": Scope.SOURCE,
    "source": Scope.SOURCE,
    "tempat": Scope.PLACE,
    "place": Scope.PLACE,
    "penulis": Scope.AUTHOR,
    "author": Scope.AUTHOR,
    "tahun": Scope.YEAR,
    "year": Scope.YEAR,
    "tanggal": Scope.DATE,
    "date": Scope.DATE,
}
"""What stands before a colon, in lower case."""


class Kind(Enum):
    """What a piece is."""

    WORD = "word"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    AND = "and"
    OR = "or"
    NOT = "not"
    PLUS = "+"
    MINUS = "-"
    FIELD = "field"


class Lexeme(NamedTuple):
    """One piece; ``start`` and ``end`` say where it stands in the query, quotes left out."""

    kind: Kind
    text: str
    start: int
    end: int


OPERATORS = {
    "DAN": Kind.AND,
    "AND": Kind.AND,
    "ATAU": Kind.OR,
    "OR": Kind.OR,
    "TIDAK": Kind.NOT,
    "NOT": Kind.NOT,
}
"""Operators are written in capitals."""

_QUOTES = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}'
_QUOTES += "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}«»"
_PIECE = re.compile(rf"\s+|(?P<quote>[{_QUOTES}])|(?P<open>\()|(?P<close>\))|(?P<run>[^\s{_QUOTES}()]+)")
_QUOTE = re.compile(rf"[{_QUOTES}]")
_FIELD = re.compile(rf"({'|'.join(FIELD_NAMES)}):", re.IGNORECASE)
_SIGNS = re.compile("[+\\-\N{MINUS SIGN}]+")


def lexemes_of(text: str, ignored: dict[tuple[Ignored, str], None]) -> list[Lexeme]:
    """The pieces of a query.

    :param ignored: takes what fits nowhere.
    """
    lexemes: list[Lexeme] = []
    position = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        assert piece is not None  # the alternatives cover every character
        start, position = piece.span()
        if piece["quote"]:
            if closing := _QUOTE.search(text, position):
                if closing.start() > position:
                    lexemes.append(
                        Lexeme(Kind.PHRASE, text[position : closing.start()], position, closing.start())
                    )
                position = closing.end()
            else:
                ignored[Ignored.QUOTE, piece["quote"]] = None
        elif piece["open"]:
            lexemes.append(Lexeme(Kind.OPEN, "(", start, position))
        elif piece["close"]:
            lexemes.append(Lexeme(Kind.CLOSE, ")", start, position))
        elif run := piece["run"]:
            follows = text[position : position + 1]
            begins = start == 0 or text[start - 1].isspace() or text[start - 1] == "("
            lexemes.extend(_run_lexemes(run, start, begins, bool(follows.strip())))
    return lexemes


def _run_lexemes(run: str, start: int, begins: bool, continues: bool) -> list[Lexeme]:
    """Split one run of characters without spaces into sign, field name and word.

    :param begins: whether it stands at the start of a clause, where signs and operators count.
    :param continues: whether a quote or parenthesis follows at once, which a lone sign would belong to.
    """
    end = start + len(run)
    lexemes: list[Lexeme] = []
    if begins:
        if operator := OPERATORS.get(run):
            return [Lexeme(operator, run, start, end)]
        if signs := _SIGNS.match(run):
            rest = run[signs.end() :]
            if rest or continues:
                kind = Kind.PLUS if signs.group().endswith("+") else Kind.MINUS
                lexemes.append(Lexeme(kind, signs.group(), start, start + signs.end()))
            run, start = rest, start + signs.end()
        if name := _FIELD.match(run):
            lexemes.append(Lexeme(Kind.FIELD, name[1], start, start + name.end()))
            run, start = run[name.end() :], start + name.end()
    if run:
        lexemes.append(Lexeme(Kind.WORD, run, start, end))
    return lexemes


def balanced(lexemes: list[Lexeme], ignored: dict[tuple[Ignored, str], None]) -> list[Lexeme]:
    """Leave out parentheses without a partner, and pairs nested deeper than :data:`MAX_DEPTH`."""
    dropped: set[int] = set()
    opened: list[int] = []
    for index, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.OPEN:
            opened.append(index)
        elif lexeme.kind is Kind.CLOSE:
            if not opened:
                ignored[Ignored.PARENTHESIS, ")"] = None
                dropped.add(index)
                continue
            partner = opened.pop()
            if len(opened) >= MAX_DEPTH:
                ignored[Ignored.TOO_DEEP, str(MAX_DEPTH)] = None
                dropped.update((partner, index))
    if opened:
        ignored[Ignored.PARENTHESIS, "("] = None
        dropped.update(opened)
    return [lexeme for index, lexeme in enumerate(lexemes) if index not in dropped] if dropped else lexemes
