"""Bytes to text: encodings, mojibake, line ends, characters that no text holds."""

from __future__ import annotations

import codecs

import pytest

from index.sources.base import UnreadableError
from index.sources.encoding import LineDecoder, clean, decode

TEXT = (
    "Kata “pasar” – dan ‘warung’ – ditulis pedagang Café Rosé di kota itu.\nBaris kedua yang lebih panjang.\n"
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le").replace("–".encode("utf-16-le"), "–".encode("utf-16-le")),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        ("\x00" + TEXT + "\x07\ufeff").encode(),
    ],
    ids=[
        "utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-16-no-bom", "utf-32", "windows-1252",
        "mojibake", "crlf", "cr", "controls",
    ],
)  # fmt: skip
def test_the_same_text_comes_out_of_every_encoding(data: bytes) -> None:
    assert decode(data) == TEXT


def test_a_page_that_mixes_utf8_and_windows_1252_is_read_as_both() -> None:
    assert decode("“pasar” – é".encode() + b" \x93warung\x94") == "“pasar” – é “warung”"


def test_a_declared_encoding_counts_when_the_text_is_not_utf8() -> None:
    assert decode("Привет, рынок".encode("koi8-r"), declared="koi8-r") == "Привет, рынок"
    assert decode("Привет, рынок".encode(), declared="koi8-r") == "Привет, рынок"
    assert decode("Café".encode("cp1252"), declared="tidak-ada") == "Café"


def test_lone_surrogates_are_dropped() -> None:
    assert clean("pa\ud800sar\udfff") == "pasar"


def test_joiners_stay_within_families_of_emoji_alone() -> None:
    assert (
        clean("👨\u200d👩\u200d👧 per\u200dgi\u200b 👩\u200d⚕\ufe0f\u200d")
        == "👨\u200d👩\u200d👧 pergi 👩\u200d⚕\ufe0f"
    )


def test_sound_text_is_left_as_it_is() -> None:
    sound = "São Paulo – naïve Â Ünal £5 €7 🙏 日本"

    assert clean(sound) == sound


def test_a_line_feed_a_tab_and_a_hard_blank_are_sound_and_other_controls_are_not() -> None:
    assert clean("a\tb\u00a0c\nd") == "a\tb\u00a0c\nd"
    assert clean("a\x7fb\x1fc\u0085d\ufffce\u00adf") == "abc\ndef"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_what_is_not_text_is_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        decode(data)


def test_lines_of_one_file_share_one_guess_at_its_encoding() -> None:
    decoder = LineDecoder()

    assert decoder.decode(b"\x93pasar\x94") == "“pasar”"
    assert decoder.decode("“pasar”".encode()) == "“pasar”"
