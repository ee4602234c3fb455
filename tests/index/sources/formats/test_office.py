"""Documents of word processors: their structure is kept, and their properties are believed where they fit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document
from index.sources.base import Skip
from index.sources.names import why_of_no_kind

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]
Made = Callable[..., bytes]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("meta", "meta"),
        ("manifest", "manifest"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip

SENTENCE = "Sumur bor di balai desa mulai mengalirkan air bersih ke empat puluh rumah warga."


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """A Word document of a body as WordprocessingML."""
    types = f"{PACKAGE}/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="{main}"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="r9" Type="{OFFICE}/hyperlink" Target="https://desa.example/air" TargetMode="External"/>'
            "</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body>'
            "</w:document>",
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}">'
            + "".join(
                f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
                for style, name in (("Judul", "Title"), ("Judul2", "heading 2"), ("TOC1", "toc 1"))
            )
            + "</w:styles>",
            "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl '
            'w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1">'
            '<w:abstractNumId w:val="0"/></w:num></w:numbering>',
            "docProps/core.xml": f'<c:coreProperties xmlns:c="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{core}</c:coreProperties>",
            **parts,
        }
    )


def odt(body: str, meta: str = "", **parts: str) -> bytes:
    """An OpenDocument text of a body."""
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/><text:list-style style:name="L1">'
        "<text:list-level-style-number/></text:list-style>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            **parts,
        }
    )


def word_paragraph(text: str, style: str = "", inside: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{inside}</w:pPr>' if style or inside else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


WORD_ARTICLE = (
    word_paragraph("Air Bersih Mengalir", "Judul")
    + word_paragraph("GUNUNGKIDUL - " + SENTENCE)
    + word_paragraph("Latar", "Judul2")
    + "".join(
        word_paragraph(item, inside='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        for item in ("Dua pompa dipasang", "Satu tandon dibangun")
    )
    + '<w:p><w:r><w:t xml:space="preserve">Rinciannya di </w:t></w:r><w:hyperlink r:id="r9"><w:r>'
    "<w:t>laman desa</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>"
    + "<w:tbl>"
    + 2 * f"<w:tr><w:tc>{word_paragraph('Dusun')}</w:tc><w:tc>{word_paragraph('Rumah')}</w:tc></w:tr>"
    + "</w:tbl>"
)
ODT_ARTICLE = (
    '<text:p text:style-name="P1">Air Bersih Mengalir</text:p>'
    f"<text:p>GUNUNGKIDUL - {SENTENCE}</text:p>"
    '<text:h text:outline-level="2">Latar</text:h>'
    "<text:list><text:list-item><text:p>Dua pompa dipasang</text:p></text:list-item>"
    "<text:list-item><text:p>Satu tandon dibangun</text:p></text:list-item></text:list>"
    '<text:p>Rinciannya<text:s/>di <text:a xlink:href="https://desa.example/air">laman desa</text:a>.'
    "</text:p><table:table>"
    + 2
    * (
        "<table:table-row><table:table-cell><text:p>Dusun</text:p></table:table-cell>"
        "<table:table-cell><text:p>Rumah</text:p></table:table-cell></table:table-row>"
    )
    + "</table:table>"
)


@pytest.mark.parametrize(("name", "content"), [("a.docx", docx(WORD_ARTICLE)), ("a.odt", odt(ODT_ARTICLE))])
def test_text_comes_with_its_structure(document: ReadDocument, name: str, content: bytes) -> None:
    read = document(name, content)

    assert (read.title, read.place) == ("Air Bersih Mengalir", "Gunungkidul")
    assert read.body.split("\n\n")[:2] == [SENTENCE, "Latar"]
    kinds = [(span.kind, read.body[span.start : span.end]) for span in read.layout]
    assert ("h", "Latar") in kinds
    assert ("li", "Dua pompa dipasang") in kinds
    assert ("td", "Rumah") in kinds or ("th", "Rumah") in kinds
    assert [span.address for span in read.layout if span.kind == "a"] == ["https://desa.example/air"]


def test_a_flat_document_is_one_xml_file(document: ReadDocument) -> None:
    text = f"<office:body><office:text>{ODT_ARTICLE}</office:text></office:body>"
    flat = f"<office:document {ODF}>{text}</office:document>"
    assert document("a.fodt", flat).body.startswith(SENTENCE)


def test_a_numbered_list_of_opendocument_is_one(document: ReadDocument) -> None:
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    steps = "".join(map(item.format, ("Pipa disambung lebih dulu", "Keran dibuka kemudian")))
    read = document(
        "a.odt", odt(f'<text:p>{SENTENCE}</text:p><text:list text:style-name="L1">{steps}</text:list>')
    )
    assert [span.kind for span in read.layout] == ["ol", "li", "li"]


def test_what_is_not_seen_is_not_read(document: ReadDocument) -> None:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>tersembunyi</w:t></w:r>"
    word = (
        word_paragraph("Daftar isi 1", "TOC1")
        + f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r>{run}<w:del><w:r><w:delText>terhapus</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t> Disisipkan.</w:t></w:r></w:ins></w:p>"
    )
    open_document = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>terhapus</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:table-of-content><text:p>Daftar isi 1</text:p>"
        f"</text:table-of-content><text:p>{SENTENCE} Disisipkan.<office:annotation><text:p>tersembunyi"
        "</text:p></office:annotation></text:p>"
    )
    for name, content in (("a.docx", docx(word)), ("a.odt", odt(open_document))):
        assert document(name, content).body == f"{SENTENCE} Disisipkan."


def test_notes_stand_behind_the_text(document: ReadDocument) -> None:
    body = (
        '<text:p>Sumur bor<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Milik '
        "kelompok tani.</text:p></text:note-body></text:note> mengalir lagi di desa itu.</text:p>"
    )  # fmt: skip
    assert document("a.odt", odt(body)).body == "Sumur bor mengalir lagi di desa itu.\n\nMilik kelompok tani."


PLAIN = word_paragraph(SENTENCE) + word_paragraph("Pompa dijaga bergiliran oleh pemuda setempat.")


def core(title: str = "", author: str = "", created: str = "", modified: str = "") -> str:
    return (
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<dcterms:created>{created}</dcterms:created><dcterms:modified>{modified}</dcterms:modified>"
    )


class TestProperties:
    @pytest.mark.parametrize(
        "title",
        [
            "Microsoft Word - berita.docx",
            "berita final.doc",
            "Document1",
            "Undangan Rapat Koordinasi Guru",
            "42",
        ],
    )
    def test_a_title_that_is_not_the_articles_is_none(self, document: ReadDocument, title: str) -> None:
        assert document("a.docx", docx(PLAIN, core(title))).title == SENTENCE.removesuffix(".")

    @pytest.mark.parametrize(
        "title", ["Sumur Bor Alirkan Air Bersih", "Air Bersih bagi Warga", "Warga Desa Jaga Pompa Bergiliran"]
    )
    def test_a_title_that_speaks_of_the_same_is_believed(self, document: ReadDocument, title: str) -> None:
        assert document("a.docx", docx(PLAIN, core(title))).title == title

    @pytest.mark.parametrize(
        "author", ["ASUS", "Admin Kantor", "HP", "user01", "Windows User", "Humas Pemda"]
    )
    def test_a_machine_or_an_office_is_no_author(self, document: ReadDocument, author: str) -> None:
        assert document("a.docx", docx(PLAIN, core(author=author))).author == ""

    def test_a_person_is_unless_the_text_names_another(self, document: ReadDocument) -> None:
        made = core(author="Laras Kinanti")
        signed = PLAIN + word_paragraph("Penulis: Danu Wirya")
        assert document("a.docx", docx(PLAIN, made)).author == "Laras Kinanti"
        assert document("b.docx", docx(signed, made)).author == "Danu Wirya"

    @pytest.mark.parametrize(
        ("body", "created", "modified", "day"),
        [
            (PLAIN, "2024-02-06T03:00:00Z", "2024-02-07T03:00:00Z", date(2024, 2, 6)),
            (PLAIN, "2013-12-23T23:15:00Z", "2013-12-23T23:15:00Z", None),  # of a template
            (PLAIN, "2999-02-06T03:00:00Z", "2999-02-07T03:00:00Z", None),  # to come
            (PLAIN, "2019-02-06T03:00:00Z", "2024-02-07T03:00:00Z", None),  # written over an old one
            (PLAIN + word_paragraph("Sensus 1998 mencatat lebih sedikit."), "2024-02-06", "2024-02-06", None),
            (
                word_paragraph(SENTENCE + " Pompanya tiba Selasa (6/2/2024)."),
                "2024-03-01",
                "2024-03-01",
                date(2024, 2, 6),
            ),
        ],
    )
    def test_a_day_that_the_text_does_not_gainsay_is_believed(
        self, document: ReadDocument, body: str, created: str, modified: str, day: date | None
    ) -> None:
        read = document("a.docx", docx(body, core(created=created, modified=modified)))
        assert read.published == day

    def test_those_of_opendocument_likewise(self, document: ReadDocument) -> None:
        meta = (
            "<dc:title>Sumur Bor Alirkan Air</dc:title>"
            "<meta:initial-creator>Laras Kinanti</meta:initial-creator>"
            "<meta:creation-date>2024-02-06T10:00:00</meta:creation-date>"
            "<dc:date>2024-02-06T11:00:00</dc:date>"
        )
        read = document("a.odt", odt(f"<text:p>{SENTENCE}</text:p>", meta))
        assert (read.title, read.author) == ("Sumur Bor Alirkan Air", "Laras Kinanti")
        assert read.published == date(2024, 2, 6)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "banyak"><!ENTITY b "&a;&a;&a;&a;">]>'


class TestBadFiles:
    def test_entities_are_refused(self, skip: ReadSkip) -> None:
        article = f'<w:document xmlns:w="{WORD}"><w:body>{word_paragraph("&b;")}</w:body></w:document>'
        for encoding in ("utf-8", "utf-16"):
            declared = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES}{article}'.encode(encoding)
            assert "entities" in skip("a.docx", docx(PLAIN, **{"word/document.xml": declared})).reason
        content = f"{ENTITIES}<office:document-content {ODF}>&b;</office:document-content>"
        assert "entities" in skip("a.odt", odt("", **{"content.xml": content})).reason

    @pytest.mark.parametrize("name", ["a.docx", "a.odt"])
    def test_what_is_no_such_document_is_said(self, skip: ReadSkip, name: str) -> None:
        assert "ZIP" in skip(name, b"bukan dokumen").reason
        assert "locked" in skip(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).reason
        assert skip(name, packed({"kosong.txt": "tanpa isi"})).reason.startswith("not a")
        assert skip(name, packed({"word/document.xml": "<a>", "content.xml": "<a>"})).reason.startswith(
            "not "
        )

    def test_a_locked_one_is_said(self, skip: ReadSkip) -> None:
        manifest = f"<manifest:manifest {ODF}><manifest:encryption-data/></manifest:manifest>"
        assert "locked" in skip("a.odt", odt("", **{"META-INF/manifest.xml": manifest})).reason

    def test_one_that_unpacks_too_large_is_refused(self, skip: ReadSkip) -> None:
        assert "max_input_mb" in skip("a.docx", docx(PLAIN * 300), max_input_mb=0.02).reason
        assert "max_input_mb" in skip("a.odt", odt("<text:p>air</text:p>" * 3000), max_input_mb=0.02).reason

    def test_one_nested_beyond_belief_is_refused(self, skip: ReadSkip) -> None:
        assert skip("a.odt", odt("<text:span>" * 3000 + "air" + "</text:span>" * 3000)).reason
        nested = "<w:sdt><w:sdtContent>" * 2000 + PLAIN + "</w:sdtContent></w:sdt>" * 2000
        assert "not valid XML" in skip("a.docx", docx(nested)).reason

    def test_an_empty_one_is_said(self, skip: ReadSkip) -> None:
        for name, content in (("a.docx", docx("<w:p/>")), ("a.odt", odt("<text:p/>"))):
            assert skip(name, content).reason


def test_kinds_that_are_not_read_say_what_to_save_them_as() -> None:
    assert ".docx" in why_of_no_kind("berita.doc")
    assert ".zip" in why_of_no_kind("berita.RAR")
