"""XML from strangers as a stream of elements: in bounded memory, without entities, forgiving small faults.

lxml reads on where XML is not well-formed, as exports of old sites often are not; but a control character
makes it drop the text around, and bytes of another encoding become question marks. Both are put right
before it sees them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from html import escape
from typing import Any, BinaryIO, NamedTuple

from index.messages import _
from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.encoding import refuse_binary, wide_encoding
from index.sources.files import KIB, MIB, DamagedError

_BLOCK = 64 * KIB
_MOST_ELEMENTS = 100_000
_MARKUP = 4  # times as long as its text may an article be with its markup
_LARGEST_TEXT = 9 * MIB  # libxml2 reads no text longer than 10 MB
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']")
_LATIN = re.compile(r"iso-?8859-1|latin-?1|us-?ascii|ascii", re.IGNORECASE)
_SAFE_ENCODING = re.compile(
    r"iso-?8859-\d+|windows-\d+|cp\d+|koi8-\w|gbk?|gb2312|gb18030|big5|shift_jis|euc-\w+|utf-?16(?:[bl]e)?",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_SPACES = "[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


class Found(NamedTuple):
    """One element of a stream, whole; it is emptied when the next one is asked for.

    :param is_too_large: it was longer than an article may be, and was not kept.
    """

    element: Any
    is_too_large: bool


class XmlStream:
    """One XML document, read once.

    :param file: opened by :func:`index.sources.files.open_input`.
    :raises UnreadableError: if it is no XML, or declares entities.
    """

    def __init__(self, file: BinaryIO, settings: Settings) -> None:
        from lxml import etree  # type: ignore[import-untyped]  # here: only some archives need it, and it takes time to load

        self._limit = min(int(settings.number("max_article_kb") * KIB) * _MARKUP, _LARGEST_TEXT)
        try:
            self._source = _Source(file)
        except DamagedError as error:
            raise UnreadableError(str(error)) from error
        self._events = etree.iterparse(
            self._source,
            events=("start", "end"),
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._depth = 1
        self._stopped = ""
        try:
            event = next(self._events, None)
        except DamagedError as error:
            raise UnreadableError(str(error)) from error
        except etree.XMLSyntaxError:
            event = None
        if event is None:
            raise UnreadableError(_("bukan XML: tidak berisi satu elemen pun"))
        self.root: Any = event[1]
        """The outermost element, of which only name and attributes are known."""
        declared = self.root.getroottree().docinfo.internalDTD
        if declared is not None and next(declared.iterentities(), None) is not None:
            raise UnreadableError(
                _("berisi deklarasi entitas XML (<!ENTITY>), yang tidak dibaca; hapus bagian <!DOCTYPE>")
            )

    def elements(self, wanted: Collection[str], without: Collection[str] = ()) -> Iterator[Found]:
        """The outermost elements with a wanted name in their order, also the root; others are passed over.

        :param wanted: local names.
        :param without: local names of elements inside them that are left out.
        """
        inside = int(local_name(self.root) in wanted)
        count = begun = 0
        too_large = False
        for event, element in self._safely():
            if event == "start":
                if inside:
                    inside, count = inside + 1, count + 1
                elif local_name(element) in wanted:
                    inside, count, begun, too_large = 1, 0, self._source.given, False
                continue
            if inside:
                length = self._source.given - begun
                too_large = too_large or count > _MOST_ELEMENTS or length > self._limit + 2 * _BLOCK
            if inside == 1:
                yield Found(element, too_large)
            elif inside and (too_large or local_name(element) in without):
                element.clear(keep_tail=not too_large)
            inside = max(inside - 1, 0)
            if not inside:
                _forget(element)

    def problem(self) -> str:
        """After the last element: what of the document could not be read, ``""`` if nothing."""
        if self._stopped:
            return self._stopped
        name = self.root.tag.rsplit("}", 1)[-1]
        if self._depth > 0:
            return _("XML bersarang atau panjang melebihi batas; sisa berkas tidak dibaca")
        if not re.search(rf"(?:</(?:\w+:)?{re.escape(name)}\s*>|/>)", self._source.last):
            return _("berkas terpotong: tidak berakhir dengan </{name}>", name=name)
        for entry in self._events.error_log:
            if entry.type_name == "ERR_DOCUMENT_END":
                return _("isi sesudah </{name}> yang pertama tidak dibaca", name=name)
            if entry.type_name == "ERR_TAG_NAME_MISMATCH":
                return _(
                    "tag pembuka dan penutup tidak cocok di baris {line}; "
                    "isi sesudahnya mungkin tidak terbaca",
                    line=entry.line,
                )
        return ""

    def _safely(self) -> Iterator[tuple[str, Any]]:
        from lxml import etree

        try:
            for event, element in self._events:
                self._depth += 1 if event == "start" else -1
                yield event, element
        except DamagedError as error:
            self._stopped = _("{error}; sisa berkas tidak dibaca", error=error)
        except etree.XMLSyntaxError as error:
            self._stopped = _("XML rusak ({error}); sisa berkas tidak dibaca", error=error.msg)


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def namespace(element: Any) -> str:
    """The namespace of an element, or ``""``."""
    tag: str = element.tag
    return tag[1 : tag.rfind("}")] if tag[:1] == "{" else ""


def text_in(element: Any) -> str:
    """All text in an element; entities that XML does not know stay as they are written."""
    return "".join(element.itertext()).strip()


def markup_in(element: Any) -> str:
    """What is in an element as HTML, for elements that hold some (``xhtml:div``)."""
    from lxml import etree, html

    etree.cleanup_namespaces(element)
    for inner in element.iter(etree.Element):
        inner.tag = local_name(inner).rpartition(":")[2]  # a prefix that nothing declares
    parts = [escape(element.text or "", quote=False)]
    parts += [html.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def bases_of(element: Any) -> list[str]:
    """The ``xml:base`` of an element and of those around it, outermost first."""
    around = [element, *element.iterancestors()]
    return [base for part in reversed(around) if (base := part.get(_BASE))]


def _forget(element: Any) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Source:
    """What lxml reads: the document in UTF-8, of characters that XML allows, from its first tag on."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._first = file.read(_BLOCK)
        if not self._first:
            raise UnreadableError(_("kosong"))
        refuse_binary(self._first)
        self._decoder = codecs.getincrementaldecoder(_encoding_of(self._first))("telusur-mixed")
        self._begun = False
        self.given = 0
        """Bytes that were handed over so far."""
        self.last = ""
        """The end of them."""

    def read(self, size: int = -1) -> bytes:
        """The next block; its size is ours to choose."""
        while True:
            data, self._first = self._first or self._file.read(_BLOCK), b""
            try:
                text = self._decoder.decode(data, final=not data)
            except UnicodeError:  # of encodings that are not extensions of ASCII
                text = data.decode("utf-8", "replace")
            if _FORBIDDEN.search(text):
                text = re.sub(_NOT_SPACES, "", text).replace("\x0b", "\n").replace("\x0c", "\n")
            if not self._begun and text:
                text, self._begun = _from_first_tag(text), True
            if text:
                self.last = (self.last + text)[-4096:]
            if text or not data:
                encoded = text.encode()
                self.given += len(encoded)
                return encoded


def _encoding_of(start: bytes) -> str:
    if wide := wide_encoding(start):
        return wide
    declared = _DECLARED.search(start[:1000])
    name = declared[1].decode("ascii") if declared else ""
    if _LATIN.fullmatch(name):
        return "cp1252"  # as browsers do
    try:
        return name if _SAFE_ENCODING.fullmatch(name) and codecs.lookup(name) else "utf-8"
    except LookupError:
        return "utf-8"


def _from_first_tag(text: str) -> str:
    """The text without what a server wrote in front: blanks, a byte order mark, warnings of PHP."""
    text = text.lstrip("\ufeff \t\r\n")
    declaration = _DECLARATION.search(text[: 16 * KIB])
    if not declaration:
        return text
    # What it says of the encoding is not so any more.
    return text[declaration.end() :].lstrip()
