"""Saved answers of OAI-PMH."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:title xml:lang="en">Floods downstream</dc:title>'
    '<dc:title xml:lang="id-ID">Banjir di hilir</dc:title>'
    "<dc:creator>Sari, Ana</dc:creator><dc:creator>Hartono, Budi</dc:creator>"
    "<dc:subject>banjir; sungai</dc:subject>"
    '<dc:description xml:lang="en">A study of floods.</dc:description>'
    '<dc:description xml:lang="id-ID">Penelitian tentang banjir di hilir sungai.</dc:description>'
    "<dc:publisher>Jurnal Air</dc:publisher><dc:date>2019</dc:date><dc:date>2019-05-06</dc:date>"
    "<dc:identifier>10.1/x</dc:identifier><dc:identifier>https://jurnal.example/artikel/1</dc:identifier>"
    "<dc:language>ind</dc:language></oai_dc:dc>"
)


def answer(records: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2024-01-01T00:00:00Z</responseDate><ListRecords>{records}"
        "<resumptionToken>abc</resumptionToken></ListRecords></OAI-PMH>"
    )


def record(metadata: str = DC, header: str = "<header>") -> str:
    return (
        f"<record>{header}<identifier>oai:jurnal.example:1</identifier><datestamp>2020-01-01</datestamp></header>"
        f"<metadata>{metadata}</metadata></record>"
    )


def check(found: Document | Skip) -> None:
    assert isinstance(found, Document)
    assert found.title == "Banjir di hilir"
    assert found.body == "Penelitian tentang banjir di hilir sungai.\n\nA study of floods."
    assert (found.author, found.source) == ("Sari, Ana; Hartono, Budi", "Jurnal Air")
    assert (found.url, found.published) == ("https://jurnal.example/artikel/1", date(2019, 5, 6))


def test_the_abstract_is_the_text_indonesian_first(read: Read) -> None:
    (found,) = read("oai.xml", answer(record()))
    check(found)


def test_a_record_may_have_been_saved_without_its_envelope(read: Read) -> None:
    for text in (record().replace("<record>", '<record xmlns="http://www.openarchives.org/OAI/2.0/">'), DC):
        (found,) = read("satu.xml", text)
        check(found)


def test_abstracts_may_be_html(read: Read) -> None:
    marked = DC.replace("A study of floods.", "&lt;p&gt;A &lt;i&gt;study&lt;/i&gt; of floods.&lt;/p&gt;")
    (found,) = read("oai.xml", answer(record(marked)))
    check(found)


def test_deleted_records_are_counted_and_other_metadata_is_named(read: Read) -> None:
    deleted = record("", '<header status="deleted">')
    other = record('<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo/></mods>')
    article, strange, count = read("oai.xml", answer(deleted + record() + deleted + other))

    check(article)
    assert isinstance(strange, Skip)
    assert (strange.source, "has metadata mods; expected oai_dc" in strange.reason) == (
        "arsip/oai.xml:4",
        True,
    )
    assert isinstance(count, Skip)
    assert count.reason == "2 items left out: deleted from the repository"


def test_an_error_of_the_repository_is_told(read: Read) -> None:
    text = answer("").replace("<ListRecords>", '<error code="noRecordsMatch">kosong</error><ListRecords>')
    first, _second = read("oai.xml", text)
    assert isinstance(first, Skip)
    assert "noRecordsMatch kosong" in first.reason


def test_a_record_without_abstract_has_no_text(read: Read) -> None:
    without = "".join(part for part in DC.split("<dc:description xml")[:1]) + "</oai_dc:dc>"
    (found,) = read("oai.xml", answer(record(without)))
    assert isinstance(found, Skip)
