"""WARC and WACZ: the newest copy of each page of a crawl, once."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadSkip = Callable[..., Skip]

PDF = "application/pdf"


class Fetched(NamedTuple):
    """One record of a crawl."""

    path: str
    body: bytes = b""
    day: int = 1
    status: str = "200 OK"
    kind: str = "text/html; charset=utf-8"
    type: str = "response"
    encoding: str = ""


def page(title: str, encoding: str = "utf-8") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{title}: pasar baru “dibuka” pekan ini di alun-alun kota yang ramai itu.</p>"
        "<p>Pedagang senang sekali karena warga datang sejak pagi untuk membeli sayur.</p></article>"
        "</body></html>"
    ).encode(encoding)


def warc(*fetched: Fetched, packed: bool = False) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for each in fetched:
        address, day = f"https://kabar.example/{each.path}", f"2024-01-{each.day:02}T00:00:00Z"
        fields = [("Content-Type", each.kind)] if each.kind else []
        fields += [("Content-Encoding", each.encoding)] if each.encoding else []
        http = StatusAndHeaders(each.status, fields, protocol="HTTP/1.1")
        if each.type == "revisit":
            record = writer.create_revisit_record(address, "sha1:A", address, day, http_headers=http)
        else:
            record = writer.create_warc_record(
                address,
                each.type,
                payload=io.BytesIO(each.body),
                length=len(each.body),
                http_headers=http if each.type == "response" else None,
                warc_content_type=each.kind if each.type == "resource" else "",
                warc_headers_dict={"WARC-Date": day},
            )
        writer.write_record(record)
    return file.getvalue()


def wacz(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def told(found: list[Any]) -> tuple[list[str], list[str]]:
    """Titles of articles, and reasons."""
    return (
        [each.title for each in found if isinstance(each, Document)],
        [each.reason for each in found if isinstance(each, Skip)],
    )


CRAWL = (
    Fetched("a", page("Lama"), day=1),
    Fetched("a?utm_source=surel", page("Baru"), day=9),
    Fetched("a", page("Tengah"), day=5),
    Fetched("b", page("Dua")),
    Fetched("hilang", b"x", status="404 Not Found"),
    Fetched("pindah", b"x", status="301 Moved Permanently"),
    Fetched("laporan", b"%PDF-1.5", kind=PDF),
    Fetched("a.png", b"x", kind="image/png"),
    Fetched("a.js", b"x", kind="text/javascript"),
    Fetched("b", type="revisit", day=9),
    Fetched("tak-ada", type="revisit", day=9),
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", warc(*CRAWL)),
        ("a.warc.gz", warc(*CRAWL, packed=True)),
        ("a.wacz", wacz({"datapackage.json": b"{}", "archive/a.warc.gz": warc(*CRAWL, packed=True)})),
        (
            "b.wacz",
            wacz({"archive/1.warc": warc(*CRAWL[:2]), "archive/2.warc.gz": warc(*CRAWL[2:], packed=True)}),
        ),
    ],
)
def test_each_page_is_read_once_in_its_newest_copy_and_the_rest_is_counted(
    read: Read, name: str, content: bytes
) -> None:
    titles, reasons = told(read(name, content))

    assert titles == ["Baru", "Dua"]
    assert sorted(reasons) == [
        "1 items left out: no HTML page (application/pdf)",
        "1 items left out: page with HTTP status 301",
        "1 items left out: page with HTTP status 404",
        "1 items left out: revisit without content, whose first copy is not in this file",
        "2 items left out: older copy of the same page",
    ]


def test_the_address_is_that_of_the_request(read: Read) -> None:
    (found,) = read("a.warc", warc(Fetched("2024/pasar", page("Pasar"))))
    assert isinstance(found, Document)
    assert (found.url, found.source) == ("https://kabar.example/2024/pasar", "kabar.example")
    assert found.body.startswith("Pasar: pasar baru “dibuka” pekan ini")


@pytest.mark.parametrize(
    "fetched",
    [
        Fetched("a", page("Pasar", "cp1252"), kind="text/html; charset=windows-1252"),
        Fetched("a", page("Pasar", "cp1252"), kind='text/html;charset="ISO-8859-1"'),
        Fetched("a", page("Pasar"), kind="application/xhtml+xml"),
        Fetched("a", page("Pasar"), kind=""),
        Fetched("a", gzip.compress(page("Pasar")), encoding="gzip"),
        Fetched("a", page("Pasar"), type="resource", kind="text/html"),
    ],
)
def test_a_page_is_decoded_as_the_server_says(read: Read, fetched: Fetched) -> None:
    (found,) = read("a.warc", warc(fetched))
    assert isinstance(found, Document)
    assert found.title == "Pasar"
    if "ISO" not in fetched.kind:
        assert "“dibuka”" in found.body


def test_a_page_without_text_is_skipped_by_its_number(read: Read) -> None:
    found = read("a.warc", warc(Fetched("a", b"<html><body></body></html>"), Fetched("b", page("Dua"))))
    assert [each.source for each in found if isinstance(each, Skip)] == ["arsip/a.warc:2"]
    assert told(found)[0] == ["Dua"]


def test_a_page_over_the_limit_is_skipped_alone(read: Read) -> None:
    long = Fetched("a", page("Panjang") + b" " * 50_000)
    titles, reasons = told(read("a.warc", warc(long, Fetched("b", page("Dua"))), max_input_mb=0.02))
    assert titles == ["Dua"]
    assert "max_input_mb" in reasons[0]


def test_a_page_that_swells_when_unpacked_is_read_no_further_than_the_limit(read: Read) -> None:
    swollen = Fetched("a", gzip.compress(b"<p>" + b" " * 5_000_000), encoding="gzip")
    _titles, reasons = told(read("a.warc", warc(swollen), max_input_mb=0.1))
    assert "max_input_mb" in reasons[0]


class TestDamage:
    def test_what_is_no_warc_says_so(self, skip: ReadSkip) -> None:
        assert "no WARC" in skip("a.warc", b"Pasar baru dibuka.\n").reason
        assert "damaged ZIP" in skip("a.wacz", b"Pasar baru dibuka.\n").reason
        assert "no WACZ" in skip("b.wacz", wacz({"a.txt": b"Pasar"})).reason

    def test_data_that_were_packed_twice_are_not_unpacked_twice(self, skip: ReadSkip) -> None:
        assert "no WARC" in skip("a.warc.gz", gzip.compress(warc(*CRAWL, packed=True))).reason

    def test_a_file_that_ends_in_the_middle_keeps_what_came_before(self, read: Read) -> None:
        first = warc(Fetched("a", page("Pasar")))
        titles, reasons = told(read("a.warc", first + warc(Fetched("b", page("Dua")))[:-900]))
        assert titles[0] == "Pasar"
        assert reasons

    def test_a_record_whose_length_is_wrong_is_told(self, read: Read) -> None:
        content = warc(Fetched("a", page("Pasar")), Fetched("b", page("Dua")))
        length = content.rindex(b"Content-Length: ") + len("Content-Length: ")
        _titles, reasons = told(read("a.warc", content[:length] + b"1" + content[length + 1 :]))
        assert any("does not fit" in reason or "damaged WARC" in reason for reason in reasons)

    def test_a_member_that_swells_beyond_belief_is_refused(
        self, skip: ReadSkip, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.sources.formats.warc._SMALLEST_BOMB", 10_000)
        long = wacz({"archive/a.warc": warc(Fetched("a", page("Pasar"))) + b"\n" * 3_000_000})
        assert "swells more than 200 times" in skip("a.wacz", long).reason
