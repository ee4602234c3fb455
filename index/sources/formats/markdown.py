"""Reads Markdown with or without YAML front matter: one ``.md`` file, one document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.days.limits import last_change
from index.sources.encoding import decode
from index.sources.fields.names import known_field
from index.sources.fields.vocabulary import NAMES
from index.sources.files import KIB, read_whole
from index.sources.identity import id_from_file
from index.sources.markdown_text import first_heading, text_of_markdown
from index.sources.outline import outline_of_markdown
from index.sources.records import document_from_record

_LONGEST_FRONT_MATTER = 64 * KIB
_DEEPEST = 20


class _PlainLoader(yaml.SafeLoader):
    """YAML without Python objects (as SafeLoader) and without aliases, which let a small file fill memory."""

    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # no types for it
            raise yaml.composer.ComposerError(None, None, _("alias (*nama) tidak dibaca"), mark)
        self._depth += 1
        if self._depth > _DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # no types for it
            raise yaml.composer.ComposerError(
                None, None, _("bersarang lebih dari {limit} tingkat", limit=_DEEPEST), mark
            )
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _PlainHandler(YAMLHandler):  # type: ignore[misc]  # frontmatter ships no types
    def load(self, fm: str, **kwargs: object) -> Any:
        if len(fm) > _LONGEST_FRONT_MATTER:
            raise UnreadableError(
                _(
                    "metadatanya lebih panjang dari {limit} KiB; apakah baris penutup --- hilang?",
                    limit=_LONGEST_FRONT_MATTER // KIB,
                )
            )
        return super().load(fm, Loader=_PlainLoader)


def read_markdown(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The file's one article. What front matter says comes before what the text says."""
    text = decode(read_whole(input, settings)).lstrip()
    metadata, content = _parts(text)
    record = {name: value for name, value in metadata.items() if known_field(str(name)) != "body"}
    if not any(known_field(str(name)) == "title" for name in record):
        heading, content = first_heading(content)
        if heading:
            record["title"] = heading
    body = text_of_markdown(content)
    if not body.strip():
        raise UnreadableError(_("tidak ada teks di bawah metadatanya"))
    record[NAMES["body"][0]] = body
    outline = partial(outline_of_markdown, content)
    changed = last_change(input.path)
    yield document_from_record(record, input.origin, settings, id_from_file(input.origin), outline, changed)


def _parts(text: str) -> tuple[dict[Any, Any], str]:
    handler = _PlainHandler()
    if not handler.detect(text):
        return {}, text
    if len(handler.FM_BOUNDARY.findall(text)) < 2:
        raise UnreadableError(_("metadatanya tidak punya baris penutup ---"))
    try:
        metadata, content = frontmatter.parse(text, handler=handler)
    except yaml.YAMLError as error:
        raise UnreadableError(
            _("metadatanya bukan YAML yang sah: {problem}", problem=_where(error))
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        # Dates such as 2024-99-99, which the loader hands to datetime; numbers too long for Python.
        raise UnreadableError(_("metadatanya tidak dapat dibaca: {error}", error=error)) from error
    return metadata, content


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    return _("baris {line}: {problem}", line=mark.line + 1, problem=problem) if mark else problem
