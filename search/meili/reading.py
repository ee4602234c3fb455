"""Bodies and addresses of requests -> checked values; mistakes by Meilisearch's codes for parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NoReturn

import orjson
from flask import Request
from werkzeug.datastructures import MultiDict

from index.messages import _
from search.meili.errors import MeiliError

MOST_BYTES = 1 << 20
"""Bytes of a request's body."""

MOST_NAMES = 1000
"""Items of a list of names."""

LONGEST_TEXT = 10_000
"""Characters of a text, such as a tag or a marker; of words to search for, the rest is not read."""

_CAPITAL = re.compile("[A-Z]")
_WHOLE = re.compile("[0-9]{1,15}")
_LONGEST_NUMBER = 10**15


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object that a request carries.

    :raises MeiliError: if it carries something else, or too much.
    """
    data = request.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise MeiliError("payload_too_large", _("Isi permintaan lebih dari {most} bita.", most=MOST_BYTES))
    if not request.mimetype:
        raise MeiliError(
            "missing_content_type", _("Permintaan harus berkepala Content-Type: application/json.")
        )
    if request.mimetype != "application/json":
        raise MeiliError(
            "invalid_content_type",
            _("Content-Type {found} tidak dapat dibaca; pakailah application/json.", found=request.mimetype),
        )
    if not data.strip():
        raise MeiliError("missing_payload", _("Permintaan harus berisi JSON."))
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise MeiliError(
            "malformed_payload", _("Isi permintaan bukan JSON yang benar ({error}).", error=error)
        ) from error
    return as_object(body)


def as_object(value: Any) -> dict[str, Any]:
    """A JSON value that has to be an object.

    :raises MeiliError: if it is none.
    """
    if not isinstance(value, dict):
        raise MeiliError("bad_request", _("Di sini seharusnya ada objek JSON."))
    return value


def from_address(arguments: MultiDict[str, str], lists: Collection[str]) -> dict[str, Any]:
    """What the parameters of an address say, as a body would.

    :param lists: names of those that hold several names, joined by commas.
    """
    body: dict[str, Any] = {}
    for name, text in arguments.items():
        if name in lists:
            body[name] = text.split(",") if text else []
        elif text in ("true", "false"):
            body[name] = text == "true"
        elif name == "filter":
            body[name] = _filter(text)
        else:
            body[name] = int(text) if name != "q" and _WHOLE.fullmatch(text) else text
    if isinstance(body.get("q"), bool):
        body["q"] = arguments["q"]
    return body


def _filter(text: str) -> Any:
    """A filter as JSON where it is a list of them, else as it stands."""
    if not text.lstrip().startswith("["):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


class Fields:
    """The fields of an object; ``null`` is as good as none.

    :param prefix: what the code of a parameter's mistakes begins with, for instance ``invalid_search_``.
    :param known: every field that there may be, ``None`` for any.
    :raises MeiliError: if there is another.
    """

    def __init__(self, body: Mapping[str, Any], prefix: str, known: Collection[str] | None) -> None:
        self._body = body
        self._prefix = prefix
        for name in body if known is not None else ():
            if name not in (known or ()):
                raise MeiliError(
                    "bad_request",
                    _(
                        "Parameter `{name}` tidak dikenal; yang dikenal: {names}.",
                        name=name[:60],
                        names=", ".join(known or ()),
                    ),
                )

    def code(self, name: str) -> str:
        """The code of a parameter's mistakes."""
        return self._prefix + _CAPITAL.sub(lambda found: "_" + found[0].lower(), name)

    def refuse(self, name: str, reason: str) -> NoReturn:
        """Raise the error for a parameter."""
        raise MeiliError(
            self.code(name), _("Parameter `{name}` tidak dapat dipakai: {reason}.", name=name, reason=reason)
        )

    def raw(self, name: str) -> Any:
        """The value as it came, ``None`` for none."""
        return self._body.get(name)

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        found = self._typed(name, lambda value: isinstance(value, str), _("harus berupa teks"))
        if found is None:
            return default
        if len(found) > LONGEST_TEXT and name != "q":
            self.refuse(name, _("lebih dari {most} huruf", most=LONGEST_TEXT))
        return str(found)

    def whole(self, name: str, default: int) -> int:
        """A whole number, 0 or more."""
        found = self._typed(name, _is_whole, _("harus berupa bilangan bulat, 0 atau lebih"))
        return default if found is None else int(found)

    def flag(self, name: str) -> bool:
        """``true`` or ``false``, which is also the default."""
        return bool(self._typed(name, lambda value: isinstance(value, bool), _("harus true atau false")))

    def names(self, name: str) -> tuple[str, ...] | None:
        """A list of texts, ``None`` for none."""
        found = self._typed(name, _is_names, _("harus berupa daftar teks"))
        if found is not None and len(found) > MOST_NAMES:
            self.refuse(name, _("lebih dari {most} isi", most=MOST_NAMES))
        return None if found is None else tuple(found)

    def unsupported(self, name: str, code: str) -> None:
        """Refuse a parameter that asks for what there is none of; ``false`` does not ask for it."""
        if self.raw(name) not in (None, False):
            raise MeiliError(code, _("Parameter `{name}` tidak didukung di sini.", name=name))

    def _typed(self, name: str, fits: Callable[[Any], bool], expected: str) -> Any:
        value = self._body.get(name)
        if value is not None and not fits(value):
            self.refuse(name, expected)
        return value


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LONGEST_NUMBER


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
