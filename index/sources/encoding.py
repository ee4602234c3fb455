"""Bytes to clean text: encoding, mojibake, line endings, characters that no text holds."""

from __future__ import annotations

import codecs
import re

from index.messages import N_, _
from index.sources.base import UnreadableError

_SIGNATURES = (
    (b"\xff\xd8\xff", N_("gambar JPEG")),
    (b"\x89PNG", N_("gambar PNG")),
    (b"GIF8", N_("gambar GIF")),
    (b"%PDF-", N_("dokumen PDF")),
    (b"PK\x03\x04", N_("arsip ZIP atau dokumen perkantoran")),
    (b"\xd0\xcf\x11\xe0", N_("dokumen perkantoran lama")),
    (b"{\\rtf", N_("dokumen RTF")),
    (b"\x1f\x8b", N_("data gzip (namanya harus berakhiran .gz)")),
    (b"7z\xbc\xaf", N_("arsip 7-Zip")),
    (b"Rar!", N_("arsip RAR")),
    (b"\x7fELF", N_("program")),
    (b"SQLite format 3\0", N_("basis data SQLite")),
    (b"OggS", N_("suara atau video")),
    (b"ID3", N_("suara atau video")),
)
_SAMPLE = 64 * 1024
_BINARY_SHARE = 0.02
_LATIN_SHARE = 0.35  # accents and quotes; other scripts are beyond ASCII for the most part
_CONTROL_BYTES = bytes(sorted({*range(32), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))

# C0 and C1 controls except tab and line ends, lone surrogates, non-characters, byte order marks, soft
# hyphens, zero-width spaces and non-joiners, direction marks: none is ever part of an Indonesian word.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc"
    "\ufffe\uffff\ud800-\udfff]+"
)
# A joiner that makes no family of emoji.
_STRAY_JOINER = re.compile("\u200d+(?![\u2190-\u2bff\U0001f000-\U0001faff])")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")

# UTF-8 read as Windows-1252 or Latin-1: the letter of a lead byte, then that of a continuation byte.
_SUSPECT = re.compile(
    "[\xc2-\xf4\u0102\u0103][\x80-\xbf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]|\u00e2\u20ac|\x9d"
)
_USUAL_BYTES = b"\n" + bytes(range(0x20, 0x7F))


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, cleaned.

    A byte order mark first, then UTF-8, then the declared encoding, then Windows-1252 when most bytes are
    ASCII (as in all Indonesian text), then what ``charset-normalizer`` finds.

    :param declared: encoding that the content itself names (an HTML ``meta``), if any.
    :raises UnreadableError: if it is not text, and what it seems to be.
    """
    refuse_binary(data[:_SAMPLE])
    if wide := wide_encoding(data[:_SAMPLE]):
        return clean(data.decode(wide, "replace"))
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(_decode_broken(data, declared))


class LineDecoder:
    """Decodes a file line by line, with one guess at its encoding: at the first line that is not UTF-8."""

    def __init__(self) -> None:
        self._legacy = ""

    def decode(self, line: bytes) -> str:
        """The text of one line, not cleaned: a cleaned line may be no valid JSON any more."""
        try:
            return line.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            self._legacy = self._legacy or _legacy_encoding(line, None)
            return line.decode(self._legacy, "replace")


def clean(text: str) -> str:
    """Repair mojibake, end lines with ``\\n``, drop control characters and lone surrogates."""
    others = unusual(text)
    if not others:
        return text
    if _SUSPECT.search(others) and _SUSPECT.search(text):
        import ftfy  # here, because most archives never need it and it takes time to load

        text = "\n".join(
            ftfy.fix_encoding(line) if _SUSPECT.search(line) else line for line in text.split("\n")
        )
        others = unusual(text)
    if _is_plain(others):
        return text  # the rule; it is known much sooner this way
    text = _LINE_ENDS.sub("\n", text)
    text = _UNWANTED.sub("", text)
    return _STRAY_JOINER.sub("", text) if "\u200d" in text else text


def unusual(text: str) -> str:
    """The characters of a text, in order, that are neither printable ASCII nor line feeds. Quick."""
    return (
        text.encode("utf-8", "surrogatepass").translate(None, _USUAL_BYTES).decode("utf-8", "surrogatepass")
    )


def _is_plain(others: str) -> bool:
    """Whether unusual characters are nothing but what can be printed, tabs and hard blanks."""
    return others.replace("\u00a0", "").replace("\t", "").isprintable() and "\ufffc" not in others


def refuse_binary(sample: bytes) -> None:
    """Check that the start of a file is text.

    :raises UnreadableError: if it is not; the message names what it is.
    """
    for signature, name in _SIGNATURES:
        if sample.startswith(signature) and (signature != b"ID3" or b"\0" in sample[:10]):
            raise UnreadableError(_("bukan teks: isinya {kind}", kind=_(name)))
    if wide_encoding(sample):
        return
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > 1 and controls > len(sample) * _BINARY_SHARE:
        raise UnreadableError(_("bukan teks: isinya {kind}", kind=_("data biner")))


def wide_encoding(sample: bytes) -> str | None:
    """UTF-16 or UTF-32, by its byte order mark, or by the zero bytes in every other place of such text."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return encoding
    pairs = min(len(sample), 4096) // 2
    if pairs >= 8:
        even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
        if even == 0 and odd > pairs * 0.7:
            return "utf-16-le"
        if odd == 0 and even > pairs * 0.7:
            return "utf-16-be"
    return None


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """Decoding error handler: a byte that breaks UTF-8 is read as Windows-1252, as browsers and ftfy do."""
    assert isinstance(error, UnicodeDecodeError)
    broken = error.object[error.start : error.end]
    return "".join(bytes((byte,)).decode("cp1252", "ignore") for byte in broken), error.end


codecs.register_error("telusur-mixed", _mixed)


def _decode_broken(data: bytes, declared: str | None) -> str:
    mostly = data.decode("utf-8", "replace")
    broken = mostly.count("\ufffd")
    intact = sum(char > "\x7f" for char in mostly) - broken
    if intact >= broken:
        return data.decode("utf-8", "telusur-mixed")
    return data.decode(_legacy_encoding(data, declared), "replace")


def _legacy_encoding(data: bytes, declared: str | None) -> str:
    if declared and _is_text_encoding(declared):
        return declared
    sample = data[: 4 * _SAMPLE]
    beyond_ascii = sum(byte >= 0x80 for byte in sample)
    unassigned = any(byte in sample for byte in b"\x81\x8d\x8f\x90\x9d")
    if beyond_ascii <= len(sample) * _LATIN_SHARE and not unassigned:
        return "cp1252"
    from charset_normalizer import from_bytes  # here, because most archives never need it

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def encoding_of(sample: bytes) -> str:
    """The encoding of a text that begins so."""
    try:
        sample[: max(0, len(sample) - 3)].decode("utf-8")
    except UnicodeDecodeError:
        return _legacy_encoding(sample, None)
    return "utf-8-sig"


def _is_text_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False
