"""Document: the one shape that every source yields and every engine stores."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

import orjson


@dataclass(frozen=True)
class Document:
    """One article, cleaned and ready to be analysed.

    :param id: stable, URL-safe identifier, unique in the index (1 to 120 of ``A-Za-z0-9._-``).
    :param title: headline, plain text, never empty.
    :param body: article text, plain, paragraphs separated by a blank line.
    :param url: address of the original, or ``""``.
    :param source: publisher, usually a domain in lower case (``metro7.co.id``), or ``""``.
    :param place: place of the dateline as a reader writes it (``Hulu Sungai Utara``), or ``""``.
    :param author: reporter, or ``""``.
    :param editor: editor, or ``""``.
    :param published: day of publication, or ``None`` when unknown.
    :param lang: BCP 47 language tag of the text.
    :param origin: where it was read from, for messages to the owner (``berita/a.txt``, ``arsip.jsonl:12``).
        Not part of the content: moving an article does not change it.
    """

    id: str
    title: str
    body: str
    url: str = ""
    source: str = ""
    place: str = ""
    author: str = ""
    editor: str = ""
    published: date | None = None
    lang: str = "id"
    origin: str = ""

    @cached_property
    def content_hash(self) -> str:
        """Digest of everything a reader could see or search: 32 hexadecimal digits.

        Two documents with the same id and the same digest are the same for ``reindex``.
        """
        visible = self.to_dict()
        del visible["origin"]
        try:
            encoded = orjson.dumps(visible, option=orjson.OPT_SORT_KEYS)
        except TypeError:  # half a surrogate pair, which the standard library lets through
            plain = json.dumps(visible, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            encoded = plain.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(encoded, digest_size=16).hexdigest()

    @property
    def year(self) -> int | None:
        """Calendar year of publication, or ``None``."""
        return self.published.year if self.published else None

    @property
    def headline(self) -> str:
        """The title if somebody wrote it; ``""`` if it only repeats how the body begins.

        A title of the second kind stands in for a missing one. Its words are counted with the body already.
        """
        start, title = self.body[:1], self.title.rstrip("… ")
        if title and start and start != title[0] and not start.isspace():
            return self.title
        beginning = " ".join(self.body[: 2 * len(self.title) + 100].split())
        return "" if beginning.startswith(title) else self.title

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping; ``published`` in ISO 8601."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "url": self.url,
            "source": self.source,
            "place": self.place,
            "author": self.author,
            "editor": self.editor,
            "published": self.published.isoformat() if self.published else None,
            "lang": self.lang,
            "origin": self.origin,
        }

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Document:
        """The inverse of :meth:`to_dict`; unknown keys are ignored.

        :raises KeyError: if ``id``, ``title`` or ``body`` is missing.
        :raises ValueError: if ``published`` is not an ISO 8601 date.
        """
        values = {key: value for key, value in record.items() if key in _FIELDS and value is not None}
        if published := values.get("published"):
            values["published"] = date.fromisoformat(published)
        for required in ("id", "title", "body"):
            if required not in values:
                raise KeyError(required)
        return cls(**values)


_FIELDS = tuple(field.name for field in fields(Document))
