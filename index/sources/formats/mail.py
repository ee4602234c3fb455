"""Reads mail: one message (EML) or many (mbox), each an article, and what is attached to them."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from email.message import Message
from functools import partial
from io import BytesIO
from itertools import islice
from typing import BinaryIO, cast

from msgspec.structs import replace

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.encoding import clean, decode
from index.sources.files import MIB, DamagedError, open_input, read_whole
from index.sources.identity import id_from_file
from index.sources.markup import text_of_html
from index.sources.members import ExhaustedError, Members, allowance_of
from index.sources.outline import OutlineOf, outline_of_html
from index.sources.paragraphs import tidy
from index.sources.records import build_document

# Parsing takes time with the depth of a message times its length, and with the square of a header's length.
_MOST_BOUNDARIES = 100
_MOST_PARTS = 2000
_LONGEST_HEADER = 8192
_PART_HEADER = re.compile(
    rb"^content-(?:type|disposition)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_LONGEST_READ = 2000  # characters of a header that is shown

_REPLY = re.compile(r"^(?:(?:re|fwd?|bls|trs|balasan|terusan)\s?(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)
_SIGNATURE = "-- "
_FREE = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|aol|gmx|proton(?:mail)?"
    r"|zoho|mail)\.(?:com|co\.id|co\.uk|net|org|me|id|ru)"
)
_NO_ARTICLES = (".p7s", ".p7m", ".asc", ".sig", ".ics", ".vcf", "winmail.dat")
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


def read_eml(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """The message, and then what is attached to it by its kind, as if it lay in a folder of that name."""
    try:
        data = read_whole(input, settings)
        yield from _Mail(data, input, settings).read(id_from_file(input.origin))
    except ExhaustedError as error:
        yield Skip(input.origin, str(error))


def read_mbox(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """Each message, numbered from 1, without ever holding more than one."""
    shared = replace(input, allowance=allowance_of(input, settings))
    with open_input(input.path) as file:
        number = 0
        try:
            for data in _messages(file, int(settings.number("max_input_mb") * MIB)):
                number += 1
                inner = replace(shared, origin=f"{input.origin}:{number}")
                if data is None:
                    reason = _("surat itu lebih besar dari batasnya, pengaturan max_input_mb")
                    yield Skip(inner.origin, reason)
                    continue
                try:
                    yield from _Mail(data, inner, settings).read()
                except UnreadableError as error:
                    yield Skip(inner.origin, str(error))
        except ExhaustedError as error:
            yield Skip(input.origin, str(error))
        except DamagedError as error:
            yield Skip(input.origin, _("{error}; sisa berkas tidak dibaca", error=error))


def _messages(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of an mbox file (RFC 4155); ``None`` for one that is longer than ``limit`` bytes."""
    held, size, is_apart = BytesIO(), 0, True
    line = file.readline(limit)
    if not line.startswith(b"From "):
        raise UnreadableError(_("bukan kumpulan surat mbox: tidak diawali baris From"))
    while line := file.readline(limit):
        if is_apart and line.startswith(b"From "):
            yield held.getvalue() if size <= limit else None
            held, size = BytesIO(), 0
            continue
        is_apart = line in (b"\n", b"\r\n")
        size += len(line)
        if size <= limit:
            held.write(line[1:] if re.match(rb">+From ", line) else line)
    yield held.getvalue() if size <= limit else None


class _Mail:
    """One message."""

    def __init__(self, data: bytes, input: InputFile, settings: Settings) -> None:
        self._input = input
        self._settings = settings
        _refuse_dear(data)
        try:
            self._message = email.message_from_bytes(data, policy=email.policy.compat32)
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise UnreadableError(_("surat tidak dapat dibaca: {error}", error=error)) from error
        if not self._message.keys():
            raise UnreadableError(_("bukan surat: tidak ada kepala surat di atasnya"))

    def read(self, id_if_none: str = "") -> Iterator[Document | Skip | Piece]:
        """The article and the attachments.

        :param id_if_none: of a message that stands alone; otherwise it has its Message-ID's.
        """
        texts: list[Message] = []
        attached: list[tuple[str, Message]] = []
        self._sort(self._message, texts, attached)
        try:
            yield self._article(texts, id_if_none)
        except UnreadableError as error:
            if not attached:
                raise
            yield Skip(self._input.origin, str(error))
        members = Members(self._input, self._settings)
        for name, part in attached:
            yield from members.read(name, BytesIO(_content(part)))

    def _sort(self, part: Message, texts: list[Message], attached: list[tuple[str, Message]]) -> None:
        """Part the message into texts that are read one after another, and attachments with their names."""
        kind, name = part.get_content_type(), _decoded(part.get_filename() or "")
        inner = (
            [each for each in part.get_payload() if isinstance(each, Message)] if part.is_multipart() else []
        )
        if kind in _LOCKED:
            raise UnreadableError(_("surat itu terenkripsi"))
        if kind == "message/rfc822" and part is not self._message:
            attached.append((f"{name.removesuffix('.eml') or 'surat'}.eml", part))
        elif kind == "multipart/alternative":
            best = next(filter(_is_plain_text, inner), inner[-1] if inner else None)
            for each in inner:  # some programs hang attachments on the other alternative
                self._sort(each, texts if each is best else [], attached)
        elif inner:
            for each in inner:
                self._sort(each, texts, attached)
        elif name or part.get_content_disposition() == "attachment":
            if name and not name.lower().endswith(_NO_ARTICLES):
                attached.append((name, part))
        elif kind in ("text/plain", "text/html"):
            texts.append(part)

    def _article(self, texts: list[Message], id_if_none: str) -> Document:
        written = [_text(part) for part in texts]
        text, outline = "\n\n".join(written), cast(OutlineOf | None, None)
        if len(texts) == 1 and texts[0].get_content_type() == "text/html":
            outline = partial(outline_of_html, _decoded_text(texts[0]))
        if not text.strip():
            raise UnreadableError(_("surat itu tidak berteks"))
        name, address = email.utils.parseaddr(self._header("From"))
        domain = address.rpartition("@")[2].lower()
        return build_document(
            text,
            self._input.origin,
            self._settings,
            id="" if id_if_none else self._header("Message-ID").strip("<> "),
            id_if_none=id_if_none,
            title=_REPLY.sub("", self._header("Subject")),
            source="" if _FREE.fullmatch(domain) or "." not in domain else domain,
            author="" if "@" in name else name,
            published=_day(self._header("Date")),
            outline=outline,
        )

    def _header(self, name: str) -> str:
        found = (raw for each, raw in self._message.raw_items() if each.lower() == name.lower())
        return _decoded(str(next(found, ""))[:_LONGEST_READ])


def _refuse_dear(data: bytes) -> None:
    headers = [len(found[0]) for found in islice(_PART_HEADER.finditer(data), _MOST_PARTS)]
    if len(headers) == _MOST_PARTS:
        raise UnreadableError(_("surat itu berisi lebih dari {limit} bagian", limit=_MOST_PARTS // 2))
    if max(headers, default=0) > _LONGEST_HEADER:
        raise UnreadableError(_("kepala surat lebih panjang dari {limit} KiB", limit=_LONGEST_HEADER // 1024))
    if data.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableError(_("surat itu bersarang lebih dari {limit} tingkat", limit=_MOST_BOUNDARIES))


def _decoded(header: str) -> str:
    """A header as a reader sees it (RFC 2047)."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", header)
    if "=?" in unfolded:
        with suppress(ValueError, LookupError, email.errors.MessageError):
            unfolded = str(email.header.make_header(email.header.decode_header(unfolded)))
    # Raw bytes above ASCII arrive as surrogates; nearly all are UTF-8 that nobody declared.
    return tidy(clean(unfolded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")))


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"".join(inner.as_bytes() for inner in part.get_payload() if isinstance(inner, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded_text(part: Message) -> str:
    return decode(_content(part), part.get_content_charset())


def _text(part: Message) -> str:
    text = _decoded_text(part)
    return text_of_html(text) if part.get_content_type() == "text/html" else _unwrapped(text, part)


def _is_plain_text(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and bool(_content(part).strip())


def _unwrapped(text: str, part: Message) -> str:
    """Plain text without the signature below it, its flowed lines joined (RFC 3676)."""
    lines = text.split("\n")
    if _SIGNATURE in lines:
        lines = lines[: lines.index(_SIGNATURE)]
    if str(part.get_param("format", "")).lower() != "flowed":
        return "\n".join(lines)
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return "".join(f"{line[:-1]}{glue}" if line.endswith(" ") else f"{line}\n" for line in lines)


def _day(header: str) -> date | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return email.utils.parsedate_to_datetime(header).date()
    return None
