"""Mail: a message is an article, headers decoded, and what is attached is read by its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]

TEXT = "Panen raya bawang merah di lereng utara dimulai hari ini.\n\nPetani berharap harga tetap baik.\n"


def message(text: str = TEXT, subject: str = "Panen Raya Bawang Merah") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Humas Pemkab Karangjati <humas@karangjati.example>"
    made["To"] = "redaksi@koran.example"
    made["Subject"] = subject
    made["Date"] = "Tue, 06 Feb 2024 23:30:00 +0700"
    made["Message-ID"] = "<kabar-1@karangjati.example>"
    if text:
        made.set_content(text)
    return made


def documents(items: list[Document | Skip]) -> dict[str, Document]:
    return {item.origin: item for item in items if isinstance(item, Document)}


def skips(items: list[Document | Skip]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, Skip)}


def test_headers_fill_the_fields(document: ReadDocument) -> None:
    read = document("a.eml", message(subject="Re: Fwd: Panen “Raya” di Lereng — Utara").as_bytes())

    assert read.title == "Panen “Raya” di Lereng — Utara"
    assert (read.author, read.source) == ("Humas Pemkab Karangjati", "karangjati.example")
    assert read.published == date(2024, 2, 6)
    assert read.body.startswith("Panen raya bawang merah di lereng utara")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("=?UTF-8?B?UGFuZW4g4oCcUmF5YeKAnQ==?=", "Panen “Raya”"),
        ("=?iso-8859-1?Q?Caf=E9_Lereng?=\r\n =?iso-8859-1?Q?_Utara?=", "Café Lereng Utara"),
        ("Panen “Raya”", "Panen “Raya”"),  # bytes that nobody declared
        ("Bls: Trs: Panen", "Panen"),
        ("=?tidak-ada?Q?Panen?=", "=?tidak-ada?Q?Panen?="),
    ],
)
def test_subjects_are_decoded(document: ReadDocument, written: str, title: str) -> None:
    assert document("a.eml", f"Subject: {written}\r\n\r\n{TEXT}").title == title


def test_free_mail_is_no_publisher(document: ReadDocument) -> None:
    read = document("a.eml", f"From: Laras <laras@gmail.com>\nSubject: Panen\n\n{TEXT}")
    assert (read.source, read.author) == ("", "Laras")


def test_plain_text_goes_before_html(document: ReadDocument) -> None:
    made = message()
    made.add_alternative("<p>Panen raya <b>versi lain</b>.</p>", subtype="html")
    assert "versi lain" not in document("a.eml", made.as_bytes()).body


def test_html_alone_keeps_its_structure(document: ReadDocument) -> None:
    made = message("")
    made.set_content(
        "<h2>Lereng utara</h2><p>Panen raya bawang merah dimulai.</p>"
        "<ul><li>Satu hektare</li><li>Dua ton</li></ul>",
        subtype="html",
    )
    read = document("a.eml", made.as_bytes())
    assert read.body == "Lereng utara\n\nPanen raya bawang merah dimulai.\n\nSatu hektare\n\nDua ton"
    assert [span.kind for span in read.layout] == ["h", "ul", "li", "li"]


def test_texts_between_pictures_are_all_read(document: ReadDocument) -> None:
    parts = "".join(
        f"--x\nContent-Type: {kind}\n\n{text}\n"
        for kind, text in (
            ("text/plain", "Bagian pertama dari kabar panen."),
            ("image/jpeg; name=a.jpg", "abc"),
            ("text/html", "<p>Bagian kedua dari kabar panen.</p>"),
        )
    )
    read = document("a.eml", f"Subject: Panen\nContent-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n")
    assert read.body == "Bagian pertama dari kabar panen.\n\nBagian kedua dari kabar panen."


def test_flowed_lines_are_joined_and_the_signature_is_left(document: ReadDocument) -> None:
    head = "Subject: Panen\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    read = document("a.eml", f"{head}Panen raya bawang \nmerah dimulai.\n\nHarga tetap.\n-- \nHumas Pemkab\n")
    assert read.body == "Panen raya bawang merah dimulai.\n\nHarga tetap."


def test_attachments_are_read_by_their_kind(read: Read) -> None:
    made = message()
    made.add_attachment(b"LEBAK - Rilis panjang tentang panen bawang.", "text", "plain", filename="rilis.txt")
    made.add_attachment(
        b"id,isi\n1,Kabar satu dari lereng.\n2,Kabar dua.\n", "text", "csv", filename="../data.csv"
    )
    made.add_attachment(b"\xff\xd8\xff", "image", "jpeg", filename="foto.jpg")
    made.add_attachment(b"MZ", "application", "octet-stream", filename="surat.doc")
    made.add_attachment(message("Surat yang diteruskan tentang bawang.\n", "Diteruskan"))
    items = read("a.eml", made.as_bytes())

    assert set(documents(items)) == {
        "arsip/a.eml", "arsip/a.eml/rilis.txt", "arsip/a.eml/data.csv:2", "arsip/a.eml/data.csv:3",
        "arsip/a.eml/surat.eml",
    }  # fmt: skip
    assert documents(items)["arsip/a.eml/surat.eml"].title == "Diteruskan"
    assert list(skips(items)) == ["arsip/a.eml/surat.doc"]


def test_an_attachment_is_read_though_the_letter_says_nothing(read: Read) -> None:
    made = message("\n")
    made.add_attachment(b"LEBAK - Rilis panjang tentang panen.", "text", "plain", filename="rilis.txt")
    items = read("a.eml", made.as_bytes())
    assert list(documents(items)) == ["arsip/a.eml/rilis.txt"]
    assert "no text" in skips(items)["arsip/a.eml"]


def test_each_message_of_an_mbox_is_an_article(read: Read) -> None:
    held = b"".join(
        b"From humas@karangjati.example Tue Feb  6 23:30:00 2024\n"
        + message(f"{TEXT}\n>From sini kabar ke-{number} berasal.\n", f"Kabar {number}")
        .as_bytes()
        .replace(b"kabar-1", b"kabar-%d" % number)
        + b"\n"
        for number in (1, 2, 3)
    )
    found = documents(read("a.mbox", held))

    assert [item.title for item in found.values()] == ["Kabar 1", "Kabar 2", "Kabar 3"]
    assert list(found) == ["arsip/a.mbox:1", "arsip/a.mbox:2", "arsip/a.mbox:3"]
    assert len({item.id for item in found.values()}) == 3
    assert "From sini kabar ke-2" in found["arsip/a.mbox:2"].body
    assert ">From" not in found["arsip/a.mbox:2"].body


def test_a_large_message_of_an_mbox_is_left_and_the_others_are_read(read: Read) -> None:
    long = message(TEXT * 2000, "Panjang").as_bytes()
    held = b"".join(b"From a@b.example x\n" + data + b"\n" for data in (long, message().as_bytes()))
    items = read("a.mbox", held, max_input_mb=0.05)
    assert list(documents(items)) == ["arsip/a.mbox:2"]
    assert "max_input_mb" in skips(items)["arsip/a.mbox:1"]


class TestBadFiles:
    @pytest.mark.parametrize("content", ["\n\nHanya teks.", "Hanya sebaris teks tanpa kepala"])
    def test_what_is_no_mail_is_said(self, skip: ReadSkip, content: str) -> None:
        assert "not a message" in skip("a.eml", content).reason
        assert "mbox" in skip("a.mbox", content).reason

    def test_an_encrypted_one_is_said(self, skip: ReadSkip) -> None:
        locked = "Subject: Rahasia\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nabc\n--x--\n"
        assert "encrypted" in skip("a.eml", locked).reason

    def test_one_that_takes_long_to_take_apart_is_refused(self, skip: ReadSkip) -> None:
        deep = "".join(
            f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(300)
        )
        assert "nested" in skip("a.eml", f"Subject: Dalam\n{deep}").reason
        wide = "Subject: Lebar\nContent-Type: text/plain" + "; a=b" * 10_000 + f"\n\n{TEXT}"
        assert "header" in skip("a.eml", wide).reason
        folded = "Subject: Lebar\nContent-Type: text/plain" + ";\n a=b" * 10_000 + f"\n\n{TEXT}"
        assert "header" in skip("a.eml", folded).reason
        many = "--x\nContent-Type: text/plain\n\na\n" * 5000
        assert "parts" in skip("a.eml", f"Content-Type: multipart/mixed; boundary=x\n\n{many}").reason

    def test_archives_in_mails_in_archives_are_opened_to_a_depth(self, read: Read) -> None:
        inner = message()
        for _ in range(5):
            outer = message("Terlampir surat sebelumnya.\n")
            outer.add_attachment(inner)
            inner = outer
        items = read("a.eml", inner.as_bytes())
        assert len(documents(items)) == 3
        assert "more than 3" in next(iter(skips(items).values()))
