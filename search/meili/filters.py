"""Meilisearch's filter expressions -> one tree; bounded in length, depth and size: they are untrusted.

::

    expression = and ("OR" and)*
    and        = not ("AND" not)*
    not        = "NOT" not | "(" expression ")" | condition
    condition  = attribute ("=" | "!=" | ">" | ">=" | "<" | "<=") value
               | attribute value "TO" value
               | attribute ["NOT"] "IN" "[" [value ("," value)* [","]] "]"
               | attribute ["NOT"] "EXISTS" | attribute "IS" ["NOT"] ("NULL" | "EMPTY")
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from index.messages import _
from index.query import Query
from search.meili.conditions import ConditionError, all_of, all_trees, any_of, condition, leaves, none_of
from search.meili.errors import MeiliError

MOST_CHARACTERS = 20_000
MOST_VALUES = 1000
"""Values of one filter."""

MOST_CONDITIONS = 200
"""Things that the engine has to look for to answer one filter: several values of one attribute are one."""

DEEPEST = 50
"""Parentheses and ``NOT`` within each other."""

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<quoted> "[^"\\]*(?:\\.[^"\\]*)*" | '[^'\\]*(?:\\.[^'\\]*)*' )
    | (?P<sign> [<>!]= | [=<>()\[\],] )
    | (?P<word> [^\s"'()\[\],=<>!]+ )
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"""\\(["'\\])""")
_COMPARISONS = frozenset({"=", "!=", ">", ">=", "<", "<="})
_KEYWORDS = frozenset({"AND", "OR", "NOT", "TO", "IN", "EXISTS", "IS", "NULL", "EMPTY"})
_UNSUPPORTED = frozenset({"CONTAINS", "STARTS"})


class _Token(NamedTuple):
    """A piece of an expression.

    :param kind: ``quoted``, ``sign``, ``word``, or ``""`` behind the last.
    """

    kind: str
    text: str

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.text == sign

    def is_word(self, word: str) -> bool:
        return self.kind == "word" and self.text == word


def read_filter(given: Any, code: str) -> Query | None:
    """The tree of a filter, ``None`` if it lets everything pass.

    :param given: an expression, or a list of expressions and of lists of them: all of the outer list have to
        be met, and any of an inner one.
    :param code: of the errors.
    :raises MeiliError: if it cannot be read.
    """
    reading = _Reading(code)
    if given is None:
        return None
    if isinstance(given, str):
        return reading.bounded(reading.expression(given))
    if not isinstance(given, list):
        reading.refuse(_("saringan harus berupa teks atau daftar teks"))
    trees = (reading.any_of_these(each) for each in given)
    return reading.bounded(all_trees(tree for tree in trees if tree is not None))


class _Reading:
    """What was read of one filter so far, to bound it as a whole."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._characters = self._values = 0

    def refuse(self, reason: str) -> NoReturn:
        """End the reading."""
        raise MeiliError(self._code, _("Saringan tidak dapat dipakai: {reason}.", reason=reason))

    def any_of_these(self, given: Any) -> Query | None:
        """The tree of one item of a list."""
        if isinstance(given, str):
            return self.expression(given)
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self.refuse(_("isi daftarnya harus berupa teks, atau daftar teks"))
        trees = [tree for each in given if (tree := self.expression(each)) is not None]
        return any_of(trees) if trees else None

    def expression(self, text: str) -> Query | None:
        """The tree of an expression, ``None`` if it is blank."""
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            self.refuse(_("lebih dari {most} huruf", most=MOST_CHARACTERS))
        return _Parser(_tokens(text, self.refuse), self).whole() if text.strip() else None

    def count(self, more: int) -> None:
        """Count values."""
        self._values += more
        if self._values > MOST_VALUES:
            self.refuse(_("lebih dari {most} nilai", most=MOST_VALUES))

    def bounded(self, tree: Query | None) -> Query | None:
        """The tree of the whole filter, if it can be answered soon."""
        if leaves(tree) > MOST_CONDITIONS:
            self.refuse(_("lebih dari {most} syarat", most=MOST_CONDITIONS))
        return tree


def _tokens(text: str, refuse: Callable[[str], NoReturn]) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            refuse(_("`{text}` tidak dapat dibaca", text=text[at : at + 40].strip()))
        kind = found.lastgroup or ""
        token = found[kind]
        tokens.append(_Token(kind, _ESCAPED.sub(r"\1", token[1:-1]) if kind == "quoted" else token))
        at = found.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, tokens: list[_Token], reading: _Reading) -> None:
        self._tokens = [*tokens, _Token("", "")]
        self._at = 0
        self._reading = reading

    def whole(self) -> Query:
        """The tree of all tokens."""
        tree = self._any(0)
        if self._next.kind:
            self._refuse_next(_("AND, OR, atau akhir saringan"))
        return tree

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _take_word(self, word: str) -> bool:
        if self._next.is_word(word):
            self._at += 1
            return True
        return False

    def _take_sign(self, sign: str) -> bool:
        if self._next.is_sign(sign):
            self._at += 1
            return True
        return False

    def _refuse_next(self, expected: str) -> NoReturn:
        found = self._next.text[:40] if self._next.kind else _("akhir saringan")
        self._reading.refuse(_("ada `{found}`, seharusnya {expected}", found=found, expected=expected))

    def _any(self, depth: int) -> Query:
        trees = [self._all(depth)]
        while self._take_word("OR"):
            trees.append(self._all(depth))
        return any_of(trees)

    def _all(self, depth: int) -> Query:
        trees = [self._one(depth)]
        while self._take_word("AND"):
            trees.append(self._one(depth))
        return all_of(trees)

    def _one(self, depth: int) -> Query:
        if depth > DEEPEST:
            self._reading.refuse(_("kurung dan NOT bersarang lebih dari {most} kali", most=DEEPEST))
        if self._take_word("NOT"):
            return none_of(self._one(depth + 1))
        if self._take_sign("("):
            tree = self._any(depth + 1)
            if not self._take_sign(")"):
                self._refuse_next(_("AND, OR, atau `)`"))
            return tree
        return self._condition()

    def _condition(self) -> Query:
        if self._next.kind not in ("word", "quoted") or self._is_keyword():
            self._refuse_next(_("nama atribut"))
        attribute = self._take().text
        if attribute.startswith(("_geo", "_vector")):
            self._meets(attribute, "=", [""])  # which no article has
        token = self._next
        if token.kind == "sign" and token.text in _COMPARISONS:
            return self._meets(attribute, self._take().text, [self._value()])
        if token.kind == "word" and token.text in _UNSUPPORTED:
            self._reading.refuse(_("operator {name} tidak didukung", name=token.text))
        if self._take_word("IS"):
            negated = self._take_word("NOT")
            if not (self._next.is_word("NULL") or self._next.is_word("EMPTY")):
                self._refuse_next(_("NULL atau EMPTY"))
            return self._perhaps_not(negated, self._meets(attribute, self._take().text, []))
        negated = self._take_word("NOT")
        if self._take_word("EXISTS"):
            return self._perhaps_not(negated, self._meets(attribute, "EXISTS", []))
        if self._take_word("IN"):
            return self._perhaps_not(negated, self._meets(attribute, "IN", self._values()))
        if negated or token.kind not in ("word", "quoted") or self._is_keyword():
            self._refuse_next(_("operator seperti =, >=, TO, IN, EXISTS, atau IS NULL"))
        first = self._value()
        if not self._take_word("TO"):
            self._refuse_next("TO")
        return self._meets(attribute, "TO", [first, self._value()])

    def _values(self) -> list[str]:
        if not self._take_sign("["):
            self._refuse_next("`[`")
        values: list[str] = []
        while not self._take_sign("]"):
            values.append(self._value())
            if not self._take_sign(",") and not self._next.is_sign("]"):
                self._refuse_next(_("`,` atau `]`"))
        return values

    def _value(self) -> str:
        if self._next.kind not in ("word", "quoted") or self._is_keyword():
            self._refuse_next(_("nilai"))
        return self._take().text

    def _is_keyword(self) -> bool:
        return self._next.kind == "word" and self._next.text in _KEYWORDS

    def _meets(self, attribute: str, operator: str, values: list[str]) -> Query:
        self._reading.count(max(len(values), 1))
        try:
            return condition(attribute, operator, values)
        except ConditionError as error:
            self._reading.refuse(error.args[0])

    @staticmethod
    def _perhaps_not(negated: bool, tree: Query) -> Query:
        return none_of(tree) if negated else tree
