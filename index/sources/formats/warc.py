"""Reads WARC and WACZ, archives of crawled sites: the newest copy of each page, once.

WARC is ISO 28500; WACZ is a ZIP file with WARC files in ``archive/`` (specs.webrecorder.net/wacz).
"""

from __future__ import annotations

import contextlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import blake2b
from typing import Any, BinaryIO, NamedTuple, cast

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.addresses import canonical
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.files import MIB, DamagedError, open_input, unpacked
from index.sources.formats.html import document_of_html
from index.sources.left_out import LeftOut

_MOST_PAGES = 1_000_000
_MOST_MEMBERS = 10_000
_RATIO, _SMALLEST_BOMB = 200, 16 * MIB  # as for gzip: see files
_HTML = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# What pages are put together from; nobody takes it for an article.
_PART_OF_PAGE = re.compile(
    r"(?:image|font|audio|video)/.*|text/(?:css|javascript|plain|vtt)|application/(?:font.*|x-font.*|javascript|"
    r"x-javascript|json|ld\+json|manifest\+json|octet-stream|vnd\.ms-fontobject|xml|rss\+xml|atom\+xml)|text/xml",
    re.IGNORECASE,
)
_STARTS_AS_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_ARCHIVE = re.compile(r"archive/.*\.warc(?:\.gz)?", re.IGNORECASE)


class _Copy(NamedTuple):
    """A copy of a page.

    :param day: when it was fetched, ISO 8601.
    :param number: of its record in the file.
    """

    day: str
    number: int


class _Page(NamedTuple):
    """A page as it was fetched. Pickles.

    :param day: when, ISO 8601.
    """

    data: bytes
    url: str
    charset: str
    day: str


def read_warc(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each page that was fetched well; what else there is is counted. The file is read twice."""
    left_out = LeftOut(input.origin)
    with _records(input) as records:
        newest, problem = _newest(records, left_out)
    wanted = {copy.number: copy for copy in newest.values()}
    limit = int(settings.number("max_input_mb") * MIB)
    with _records(input) as records, contextlib.suppress(DamagedError):
        for number, record in records():
            if number in wanted:
                yield _piece(record, f"{input.origin}:{number}", limit)
    yield from left_out.skips()
    if problem:
        yield Skip(input.origin, problem)
    elif not newest:
        yield Skip(input.origin, _("tidak berisi satu halaman HTML pun"))


_Records = Callable[[], Iterator[tuple[int, Any]]]


@contextmanager
def _records(input: InputFile) -> Iterator[_Records]:
    """What gives the records of all archives in a file with their numbers, counted from 1."""
    with open_input(input.path) as file:
        if input.path.suffix.lower() != ".wacz":
            yield lambda: enumerate(_records_of(file), start=1)
            return
        try:
            with zipfile.ZipFile(file) as packed:
                members = _members(packed)
                yield lambda: enumerate(_records_in(packed, members), start=1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise UnreadableError(_("ZIP rusak: {error}", error=error)) from error


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = [member for member in packed.infolist() if _ARCHIVE.fullmatch(member.filename)]
    if not members:
        raise UnreadableError(_("bukan WACZ: tidak ada berkas WARC di folder archive/"))
    if len(members) > _MOST_MEMBERS:
        raise UnreadableError(_("berisi lebih dari {limit} berkas WARC", limit=_MOST_MEMBERS))
    for member in members:
        if member.flag_bits & 1:
            raise UnreadableError(_("isinya terkunci kata sandi"))
        if member.file_size > max(_SMALLEST_BOMB, _RATIO * member.compress_size):
            raise UnreadableError(
                _("{name} mengembang lebih dari {ratio} kali", name=member.filename[:100], ratio=_RATIO)
            )
    return sorted(members, key=lambda member: member.filename)


def _records_in(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Any]:
    for member in members:
        with packed.open(member) as file:
            is_packed = member.filename.lower().endswith(".gz")
            yield from _records_of(unpacked(file, "gzip") if is_packed else cast(BinaryIO, file))


def _records_of(file: BinaryIO) -> Iterator[Any]:
    """The records of one archive.

    :raises DamagedError: where it cannot be read any further.
    """
    from warcio.archiveiterator import ArchiveIterator  # here, because most archives hold none
    from warcio.exceptions import ArchiveLoadFailed

    class Records(ArchiveIterator):  # type: ignore[misc]  # it ships no types
        INC_RECORD = ""  # what it would write to standard error; it counts them besides

    started = _Started(file)
    if not started.start.lstrip(b"\r\n").startswith(b"WARC/"):
        # warcio would decompress on, as often as somebody has packed it.
        raise DamagedError(_("bukan WARC: tidak dimulai dengan WARC/"))
    records = Records(started)
    record: Any = None
    while True:
        try:
            record = next(records)
        except StopIteration:
            # Of a record that ends within its own header it says nothing.
            if started.last != b"\n" or (record and getattr(record.raw_stream, "limit", 0) > 0):
                raise DamagedError(_("rekaman WARC terakhir terpotong")) from None
            if records.err_count:
                raise DamagedError(_("panjang rekaman WARC tidak cocok dengan isinya")) from None
            return
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
            # Of what is no record: headers without a colon, a length that is no number.
            raise DamagedError(_("rekaman WARC rusak: {error}", error=str(error)[:200])) from error
        yield record


class _Started:
    """A file of which start and end are known once they were read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.start = self._waiting = file.read(16)
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        data, self._waiting = self._waiting or self._file.read(size), b""
        self.last = data[-1:] or self.last
        return data


def _newest(records: _Records, left_out: LeftOut) -> tuple[dict[bytes, _Copy], str]:
    """The newest copy of each page by a short name for its address, and what stopped the reading."""
    newest: dict[bytes, _Copy] = {}
    revisited: set[bytes] = set()
    try:
        for number, record in records():
            why = _why_not(record)
            key = _key(record)
            if why is None:
                continue
            if why:
                left_out.add(why)
            elif record.rec_type == "revisit":
                # It was as it had been, so the older copy is what there is to read.
                revisited.add(key)
            else:
                copy = _Copy(_day(record), number)
                if key not in newest and len(newest) >= _MOST_PAGES:
                    left_out.add(_("melebihi batas {limit} halaman tiap berkas", limit=_MOST_PAGES))
                else:
                    if key in newest:
                        left_out.add(_("salinan lama dari halaman yang sama"))
                    newest[key] = max(newest.get(key, copy), copy)
    except DamagedError as error:
        if not newest:
            raise UnreadableError(str(error)) from error
        return newest, _("{error}; sisa berkas tidak dibaca", error=error)
    for _lost in revisited - newest.keys():
        left_out.add(_("kunjungan ulang tanpa isi; salinan pertamanya tidak ada di berkas ini"))
    return newest, ""


def _why_not(record: Any) -> str | None:
    """Why a record is no page, in the owner's words; ``""`` if it is one, ``None`` if nobody would ask."""
    if record.rec_type not in ("response", "resource", "revisit") or not _address(record):
        return None
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    if record.rec_type != "response":
        return "" if _HTML.match(kind.strip()) else None
    if kind and not _HTML.match(kind.strip()):
        name = kind.partition(";")[0].strip()
        return None if _PART_OF_PAGE.fullmatch(name) else _("bukan halaman HTML ({kind})", kind=name[:60])
    status = headers.get_statuscode() if headers else ""
    return "" if status == "200" else _("halaman dengan status HTTP {status}", status=status[:10] or "?")


def _piece(record: Any, origin: str, limit: int) -> Skip | Piece:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    charset = _CHARSET.search(kind)
    encoding = (headers.get_header("Content-Encoding") or "").lower() if headers else ""
    try:
        stream = record.content_stream()
        blocks, left = [], limit + 1
        while left > 0 and (block := stream.read(min(left, MIB))):
            blocks.append(block)
            left -= len(block)
    except DamagedError:
        raise
    except Exception as error:  # of zlib, of brotli, of chunks whose length is no number
        return Skip(origin, _("isi halaman tidak dapat dibaca: {error}", error=str(error)[:200]))
    data = b"".join(blocks)
    if len(data) > limit:
        reason = _(
            "lebih besar dari {limit} MiB; batas satu berkas teks adalah pengaturan max_input_mb",
            limit=f"{limit / MIB:g}",
        )
        return Skip(origin, reason)
    if encoding in ("br", "zstd") and not _STARTS_AS_HTML.match(data):
        return Skip(
            origin, _("isi halaman dipadatkan dengan {encoding}, yang tidak dapat dibuka", encoding=encoding)
        )
    page = _Page(data, _address(record), charset[1] if charset else "", _day(record))
    return Piece(origin, page, _article, len(data))


def _article(page: _Page, origin: str, settings: Settings) -> Document:
    if not page.data.strip():
        raise UnreadableError(_("kosong"))
    try:
        fetched = date.fromisoformat(page.day[:10])
    except ValueError:
        fetched = None
    return document_of_html(page.data, origin, settings, charset=page.charset, url=page.url, changed=fetched)


def _day(record: Any) -> str:
    return record.rec_headers.get_header("WARC-Date") or ""


def _address(record: Any) -> str:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    return address if address.lower().startswith(("http://", "https://")) else ""


def _key(record: Any) -> bytes:
    address = _address(record)
    name = canonical(address) or address
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=10).digest()
