"""What a page says of its article: title, names, day, language."""

# ruff: noqa: E501  # pages stand here as they are sent, a box a line

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document

ReadDocument = Callable[..., Document]

TEXT = (
    "Kelompok tani di lereng bukit memanen jagung lebih awal karena kemarau datang sebelum waktunya.",
    "Ketua kelompok menjelaskan bahwa hasil panen turun seperempat, tetapi mutunya lebih baik dari dahulu.",
    "Penyuluh menyarankan petani menanam kacang sampai hujan turun kembali, agar tanah tidak kehilangan hara.",
)
COMPANY = '<meta name="author" content="PT Panen Raya Media">'
HOST = '<link rel="canonical" href="https://www.panenraya.example/tani/2024/jagung">'


def page(
    head: str = "",
    before: str = "",
    behind: str = "",
    title: str = "Panen Jagung Lebih Awal",
    lang: str = "id",
) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{HOST}{head}</head><body>'
        f"<article><h1>Panen Jagung Lebih Awal</h1>{before}<div>{text}</div>{behind}</article>"
        '<aside><div class="kartu"><a href="/x" rel="author">Orang Lain</a></div></aside></body></html>'
    )


def json_ld(*things: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(things[0] if len(things) == 1 else list(things))}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": "Panen Jagung Lebih Awal"}
PERSON = {"@type": "Person", "name": "Nadia Putri"}


class TestAuthors:
    @pytest.mark.parametrize(
        "said",
        [
            {"head": json_ld({**ARTICLE, "author": PERSON})},
            {"head": json_ld({**ARTICLE, "author": "Nadia Putri"})},
            {"head": json_ld({**ARTICLE, "author": [{"@type": "Organization", "name": "Panen Raya"}, PERSON]})},
            {"head": json_ld({"@graph": [{**ARTICLE, "author": {"@id": "#n"}}, {**PERSON, "@id": "#n"}]})},
            {"head": json_ld({"@type": "WebSite", "name": "Panen Raya"}, {**ARTICLE, "author": PERSON})},
            {"head": '<script type="application/ld+json"><!--\n{"@type": "NewsArticle", "author": "Nadia Putri",}\n--></script>'},
            {"head": '<meta property="article:author" content="Nadia Putri">'},
            {"before": '<div itemprop="author" itemscope>Oleh : <b itemprop="name">Nadia Putri</b></div>'},
            {"before": '<span itemprop="author">Pewarta Nadia Putri</span>'},
            {"before": '<span itemprop="author">Kontributor Nadia Putri</span>'},
            {"before": '<span itemprop="author">Laporan jurnalis Nadia Putri</span>'},
            {"before": '<a rel="author" href="/penulis/nadia">Nadia Putri</a>'},
            {"before": '<div class="jdl"><b>Nadia Putri</b> - panenNews</div>'},
            {"behind": '<div class="post-footer">Diposting oleh <span class="fn">Nadia Putri</span> di 10.15</div>'},
            {"before": '<div class="author"><strong>Nadia Putri</strong> - panenrayanet</div>'},
            {"before": '<p class="entry-byline">Diposting oleh Nadia Putri | Selasa, 6 Februari 2024</p>'},
            {"behind": "<p>Pewarta: Nadia Putri</p><p>Editor: Yoga Wibowo</p>"},
            {"behind": "<table><tr><td>Reporter</td><td>:</td><td>Nadia Putri</td></tr></table>"},
            {"behind": "<dl><dt>Penulis</dt><dd>Nadia Putri</dd><dt>Penyunting</dt><dd>Yoga Wibowo</dd></dl>"},
            {"behind": "<div><div>Jurnalis</div><div>: Nadia Putri</div></div>"},
            {"before": '<div class="meta">Oleh: Nadia Putri - Selasa, 6 Februari 2024 | 10:00 WIB</div>'},
            {"before": '<div class="reporter">Reporter <b>Nadia Putri</b></div><div class="editor">Editor <b>Yoga Wibowo</b></div>'},
            {"behind": "<table><tr><th>Penulis</th><th>Editor</th></tr><tr><td>Nadia Putri</td><td>Yoga Wibowo</td></tr></table>"},
            {"before": '<div><div class="credit-title">Penulis</div><div class="credit-name"><a href="/n">Nadia Putri</a></div><div class="credit-title">Editor</div><div class="credit-name"><a href="/y">Yoga Wibowo</a></div></div>'},
            {"behind": "<ul><li>Kontributor : Nadia Putri</li><li>Redaktur : Yoga Wibowo</li></ul>"},
        ],
    )  # fmt: skip
    def test_what_is_said_of_the_article_comes_before_the_company(
        self, document: ReadDocument, said: dict[str, str]
    ) -> None:
        read = document("a.html", page(**{**said, "head": COMPANY + said.get("head", "")}))

        assert read.author == "Nadia Putri"
        assert read.editor in ("", "Yoga Wibowo")
        assert read.body == "\n\n".join(TEXT)

    @pytest.mark.parametrize(
        "name",
        ["Kontributor Ciamis, Nadia Putri", "Koresponden Kota Banjar, Nadia Putri", "Nadia Putri, S.Pd."],
    )
    def test_where_a_correspondent_writes_from_stays_with_the_name(
        self, document: ReadDocument, name: str
    ) -> None:
        rows = f"<table><tr><td>Penulis</td><td>:</td><td>{name}</td></tr></table>"

        assert document("a.html", page(head=COMPANY, behind=rows)).author == name

    @pytest.mark.parametrize(
        "name",
        [
            "PT Panen Raya Media", "Web Design & Development", "admin", "Admin Panen Raya", "Panen Raya",
            "panenraya.example", "Tim Panen Raya", "Tim IT Panen Raya", "Themeforest", "Panen Raya Developer", "Redaksi", "Panen Raya Cyber Media", "https://x.example/nadia",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "said", ['<meta name="author" content="{}">', '<script type="application/ld+json">{{"@type":"NewsArticle","author":"{}"}}</script>']
    )  # fmt: skip
    def test_the_site_and_its_makers_are_no_authors(
        self, document: ReadDocument, name: str, said: str
    ) -> None:
        site = '<meta property="og:site_name" content="Panen Raya">'

        assert document("a.html", page(site + said.format(name))).author == ""

    def test_the_meta_author_counts_where_nothing_else_names_one(self, document: ReadDocument) -> None:
        assert document("a.html", page('<meta name="author" content="Nadia Putri">')).author == "Nadia Putri"

    @pytest.mark.parametrize(
        "name", ["Dr. Nadia Putri, S.H., M.Si", "Prof. Ir. Yoga W., M.Sc., Ph.D.", "Hj. Siti Aminah, S.Pd.I"]
    )
    def test_degrees_stay_with_the_name(self, document: ReadDocument, name: str) -> None:
        told = page(json_ld({**ARTICLE, "author": {"@type": "Person", "name": name}}))
        shown = page(behind=f"<p>Penulis: {name}</p><p>Editor: {name}</p>")

        assert document("a.html", told).author == name
        assert document("a.html", shown).author.rstrip(".") == name.rstrip(".")
        assert document("a.html", shown).editor.rstrip(".") == name.rstrip(".")
        assert (
            document("a.csv", f'isi,penulis\nJagung dipanen lebih awal.,"Penulis: {name}"\n').author == name
        )

    def test_several_authors_are_named_in_order(self, document: ReadDocument) -> None:
        told = json_ld({**ARTICLE, "author": [PERSON, {"@type": "Person", "name": "Yoga Wibowo"}]})

        assert document("a.html", page(told)).author == "Nadia Putri, Yoga Wibowo"


class TestTitles:
    @pytest.mark.parametrize(
        "written",
        [
            "Panen Jagung Lebih Awal - Panen Raya",
            "Panen Jagung Lebih Awal | panenraya.example",
            "PanenRaya.example: Panen Jagung Lebih Awal",
            "Panen Raya Online » Panen Jagung Lebih Awal",
            "Panen Jagung Lebih Awal :: Tani :: Panen Raya",
            "Panen Jagung Lebih Awal – Halaman 2 – Panen Raya",
        ],
    )
    def test_a_title_has_no_site_on_either_side(self, document: ReadDocument, written: str) -> None:
        head = f'<meta property="og:site_name" content="Panen Raya"><meta property="og:title" content="{written}">'

        assert document("a.html", page(head, title=written)).title == "Panen Jagung Lebih Awal"

    @pytest.mark.parametrize(
        "title", ["Harga Naik - Petani Senang", "Jagung: Panen Lebih Awal", "Beras | Jagung | Kedelai"]
    )
    def test_a_dash_of_the_title_stays(self, document: ReadDocument, title: str) -> None:
        head = f'<meta property="og:title" content="{title}">'

        assert (
            document(
                "a.html",
                page(head, title=f"{title} - panenraya.example").replace("Panen Jagung Lebih Awal", title),
            ).title
            == title
        )

    def test_a_title_that_is_the_site_alone_gives_way_to_the_headline(self, document: ReadDocument) -> None:
        head = '<meta property="og:site_name" content="Panen Raya"><meta property="og:title" content="Panen Raya">'

        assert document("a.html", page(head, title="Panen Raya")).title == "Panen Jagung Lebih Awal"

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("Jagung dipanen | panenraya.example", "Jagung dipanen"),
            ("Jagung dipanen - PanenRaya", "Jagung dipanen"),
            ("Panenraya.example - Jagung dipanen", "Jagung dipanen"),
            ("Jagung dipanen - Tani - Panen Raya", "Jagung dipanen"),
            ("Jagung dipanen - petani senang", "Jagung dipanen - petani senang"),
            ("Panen raya: jagung melimpah", "jagung melimpah"),
        ],
    )
    def test_titles_of_records_are_told_by_their_address(
        self, document: ReadDocument, written: str, expected: str
    ) -> None:
        record = {"judul": written, "isi": TEXT[0], "url": "https://www.panenraya.example/tani/1"}

        assert document("a.json", json.dumps(record)).title == expected


class TestLanguages:
    ENGLISH = (
        "The farmers of the hills have harvested their maize early this year because the dry season came before "
        "it was expected, and they were told by the officers that the soil would need beans until the rain is back. "
        "Their leader said that the harvest was smaller, but it was better than what they had in the years before."
    )

    @pytest.mark.parametrize("tag", ["en", "en-US", "in", "nl", ""])
    def test_an_indonesian_text_is_indonesian_whatever_its_page_says(
        self, document: ReadDocument, tag: str
    ) -> None:
        assert document("a.html", page(lang=tag)).lang.split("-")[0] in ("id", "in")

    @pytest.mark.parametrize("tag", ["ms", "jv", "su-ID", "id-ID"])
    def test_a_tag_that_may_be_right_stays(self, document: ReadDocument, tag: str) -> None:
        assert document("a.html", page(lang=tag)).lang == tag

    def test_an_english_text_under_an_indonesian_tag_is_english(self, document: ReadDocument) -> None:
        assert document("a.json", json.dumps({"isi": self.ENGLISH, "bahasa": "id"})).lang == "en"
        assert document("a.json", json.dumps({"isi": " ".join(TEXT), "lang": "en"})).lang == "id"

    def test_a_text_too_short_to_tell_keeps_its_tag(self, document: ReadDocument) -> None:
        assert document("a.json", json.dumps({"isi": "Panen jagung.", "lang": "en"})).lang == "en"


def test_the_day_in_json_ld_is_read(document: ReadDocument) -> None:
    told = json_ld({**ARTICLE, "datePublished": "2024-02-06T08:00:00+07:00"})

    assert document("a.html", page(told)).published == date(2024, 2, 6)
