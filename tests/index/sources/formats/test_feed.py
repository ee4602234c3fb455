"""RSS of every version, Atom, and what Blogger exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]


def rss(items: str, attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:media="http://search.yahoo.com/mrss/" {attributes}><channel><title>Kabar</title>'
        "<link>https://kabar.example</link><language>id</language><image><title>Logo</title>"
        f"<link>https://kabar.example/logo</link></image>{items}</channel></rss>"
    )


FULL = "<content:encoded><![CDATA[<p>Pasar baru dibuka.</p><p>Warga senang.</p>]]></content:encoded>"


ENGLISH = (
    "The new market was opened this week by the mayor. It has more than a hundred stalls, and the traders "
    "said that they were happy with the place, which is not far from the old one that was flooded in January."
)
INDONESIAN = (
    "Pasar yang baru dibuka pekan ini oleh wali kota. Di sana ada lebih dari seratus kios, dan para pedagang "
    "mengatakan bahwa mereka senang dengan tempat itu, yang tidak jauh dari pasar lama yang kebanjiran."
)


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (INDONESIAN, "id"), ("Pasar dibuka.", "id")])
def test_a_feed_that_says_english_is_in_the_language_of_its_text(
    document: ReadDocument, text: str, language: str
) -> None:
    item = f"<item><title>Market</title><description>{text}</description></item>"
    read = document("umpan.rss", rss(item).replace("<language>id<", "<language>en-US<"))
    assert read.lang == language


class TestRss:
    def test_the_whole_text_comes_before_the_description(self, document: ReadDocument) -> None:
        read = document(
            "umpan.rss",
            rss(
                "<item><title>Pasar &amp;#8216;Baru&amp;#8217;</title><link>https://kabar.example/1</link>"
                "<description>Ringkas.</description><pubDate>Tue, 06 Feb 2024 10:00:00 +0700</pubDate>"
                f"<author>redaksi@kabar.example (Ana Sari)</author>{FULL}</item>"
            ),
        )
        assert (read.title, read.body) == ("Pasar ‘Baru’", "Pasar baru dibuka.\n\nWarga senang.")
        assert (read.url, read.source) == ("https://kabar.example/1", "kabar.example")
        assert (read.author, read.published) == ("Ana Sari", date(2024, 2, 6))

    def test_dublin_core_names_author_and_day(self, document: ReadDocument) -> None:
        read = document(
            "umpan.xml",
            rss(
                "<item><dc:creator>Ana Sari</dc:creator><dc:date>2024-02-06T10:00:00+07:00</dc:date>"
                f"{FULL}</item>"
            ),
        )
        assert (read.author, read.published) == ("Ana Sari", date(2024, 2, 6))

    @pytest.mark.parametrize(
        ("named", "url"),
        [
            ("<guid>https://kabar.example/2</guid>", "https://kabar.example/2"),
            ('<guid isPermaLink="false">kabar-2</guid>', ""),
            ("<link>/2</link>", "https://kabar.example/2"),
        ],
    )
    def test_an_address_is_a_link_or_a_permanent_guid(
        self, document: ReadDocument, named: str, url: str
    ) -> None:
        assert (
            document("umpan.rss", rss(f"<item>{named}{FULL}</item>", 'xml:base="https://kabar.example/"')).url
            == url
        )

    def test_an_item_without_an_address_is_of_the_site_of_its_feed(self, document: ReadDocument) -> None:
        assert document("umpan.rss", rss(f"<item>{FULL}</item>")).source == "kabar.example"

    def test_what_wordpress_adds_to_each_item_is_not_read(self, document: ReadDocument) -> None:
        footer = '<p>The post <a href="x">Pasar</a> appeared first on <a href="y">Kabar</a>.</p>'
        assert document("umpan.rss", rss(f"<item>{FULL.replace(']]>', footer + ']]>')}</item>")).body == (
            "Pasar baru dibuka.\n\nWarga senang."
        )

    def test_an_item_that_is_cut_short_is_read_and_counted(self, read: Read) -> None:
        item = "<item><title>Pasar</title><description>{}</description></item>"
        article, whole, count = read(
            "umpan.rss",
            rss(
                item.format("&lt;p&gt;Pasar baru dibuka [&amp;hellip;]&lt;/p&gt;")
                + item.format("Warga senang sekali.")
            ),
        )
        assert isinstance(article, Document)
        assert article.body == "Pasar baru dibuka"
        assert isinstance(whole, Document)
        assert isinstance(count, Skip)
        assert count.reason.startswith("1 articles are only summaries")

    def test_a_picture_beside_the_text_is_linked_with_what_it_shows(self, document: ReadDocument) -> None:
        read = document(
            "umpan.rss",
            rss(
                f'<item>{FULL}<media:content url="https://kabar.example/a.jpg" medium="image">'
                "<media:description>Suasana pasar</media:description></media:content></item>"
            ),
        )
        (picture,) = read.layout
        assert (picture.kind, picture.address, picture.text) == (
            "img",
            "https://kabar.example/a.jpg",
            "Suasana pasar",
        )
        assert "Suasana" not in read.body

    def test_entities_that_only_html_knows_are_read_in_xml_too(self, document: ReadDocument) -> None:
        read = document(
            "umpan.rss",
            rss("<item><title>A</title><description>Pasar&nbsp;baru &mdash; ramai.</description></item>"),
        )
        assert read.body == "Pasar baru — ramai."

    def test_plain_text_with_angle_brackets_stays(self, document: ReadDocument) -> None:
        read = document(
            "umpan.rss", rss("<item><title>A</title><description>Harga 3 &lt; 5 ribu.</description></item>")
        )
        assert read.body == "Harga 3 < 5 ribu."

    def test_rss_1_has_its_items_beside_the_channel(self, document: ReadDocument) -> None:
        read = document(
            "umpan.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            '<channel rdf:about="https://kabar.example/"><title>K</title></channel>'
            '<item rdf:about="https://kabar.example/3"><title>Pasar</title>'
            "<link>https://kabar.example/3</link><description>Pasar baru dibuka.</description>"
            "<dc:date>2004-05-06</dc:date></item></rdf:RDF>",
        )
        assert (read.title, read.url, read.published) == (
            "Pasar",
            "https://kabar.example/3",
            date(2004, 5, 6),
        )

    def test_a_feed_without_items_says_so(self, skip: Callable[..., Skip]) -> None:
        assert "without a single article" in skip("umpan.rss", rss("")).reason


def atom(entries: str, attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:app="http://purl.org/atom/app#" xmlns:blogger="http://schemas.google.com/blogger/2018" '
        f"{attributes}>"
        '<title>Blog</title><link rel="self" href="https://blog.example/feed"/>'
        '<link rel="alternate" type="text/html" href="https://blog.example/"/>'
        f"<author><name>Budi Hartono</name></author>{entries}</feed>"
    )


class TestAtom:
    def test_an_entry_of_xhtml_with_relative_addresses(self, document: ReadDocument) -> None:
        read = document(
            "umpan.atom",
            atom(
                '<entry xml:base="2024/"><title type="html">Pasar &amp;amp; Warung</title><id>tag:a,1</id>'
                '<link href="pasar.html"/><link rel="enclosure" href="x.mp3"/>'
                "<published>2024-02-06T01:00:00+07:00</published><updated>2024-03-01T01:00:00Z</updated>"
                '<category term="e" label="Ekonomi"/><content type="xhtml">'
                '<div xmlns="http://www.w3.org/1999/xhtml"><h2>Latar</h2><p>Pasar <b>baru</b> dibuka, lihat '
                '<a href="peta.html">peta</a>.</p></div></content></entry>',
                'xml:base="https://blog.example/"',
            ),
        )
        assert (read.title, read.url) == ("Pasar & Warung", "https://blog.example/2024/pasar.html")
        assert read.body == "Latar\n\nPasar baru dibuka, lihat peta."
        assert (read.published, read.author) == (date(2024, 2, 6), "Budi Hartono")
        assert {(span.kind, span.address) for span in read.layout} == {
            ("h", ""),
            ("a", "https://blog.example/2024/peta.html"),
        }

    def test_without_a_day_of_publication_the_last_change_is_the_day(self, document: ReadDocument) -> None:
        entry = "<entry><updated>2024-03-01T01:00:00Z</updated><content>Pasar dibuka.</content></entry>"
        assert document("umpan.atom", atom(entry)).published == date(2024, 3, 1)

    def test_a_single_entry_may_be_the_file(self, document: ReadDocument) -> None:
        entry = (
            '<entry xmlns="http://www.w3.org/2005/Atom"><title>Pasar</title><author><name>Ana</name></author>'
            '<content type="html">&lt;p&gt;Pasar dibuka.&lt;/p&gt;</content></entry>'
        )
        read = document("satu.atom", entry)
        assert (read.title, read.author, read.body) == ("Pasar", "Ana", "Pasar dibuka.")

    def test_a_summary_is_read_and_counted(self, read: Read) -> None:
        article, count = read(
            "umpan.atom", atom("<entry><title>A</title><summary>Pasar dibuka.</summary></entry>")
        )
        assert isinstance(article, Document)
        assert isinstance(count, Skip)
        assert count.reason.startswith("1 articles are only summaries")


@pytest.mark.parametrize("address", ["http://[x", "//[::1", "javascript:alert(1)", "http://a b"])
def test_an_address_that_is_none_costs_only_itself(document: ReadDocument, address: str) -> None:
    entry = (
        f'<entry><title>A</title><link href="{address}"/><content type="xhtml">'
        "<x:div>Pasar <x:b>dibuka</x:b>.</x:div></content></entry>"
    )
    read = document("umpan.atom", atom(entry, f'xml:base="{address}"'))
    assert read.body == "Pasar dibuka."


KIND = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
LABEL = '<category scheme="http://www.blogger.com/atom/ns#" term="Pasar"/>'


class TestBlogger:
    def test_of_the_older_export_posts_and_pages_are_read_and_the_rest_is_counted(self, read: Read) -> None:
        entries = [
            f"<entry>{KIND.format('post')}{LABEL}<title>Satu</title>"
            "<content type='html'>Pagi.&lt;br /&gt;&lt;br /&gt;Siang.</content>"
            "<link rel='replies' type='application/atom+xml' href='https://blog.example/feeds/1'/>"
            "<link rel='alternate' type='text/html' href='https://blog.example/2012/03/satu.html'/></entry>",
            f"<entry>{KIND.format('page')}<title>Dua</title><content>Tentang kami.</content></entry>",
            f"<entry>{KIND.format('comment')}<title>x</title><content>Setuju.</content></entry>",
            f"<entry>{KIND.format('settings')}<title>x</title><content>id_ID</content></entry>",
            f"<entry>{KIND.format('template')}<title>x</title><content>css</content></entry>",
            f"<entry><app:control><app:draft>yes</app:draft></app:control>{KIND.format('post')}<title>x</title>"
            "<content>Belum jadi.</content></entry>",
        ]
        first, second, *others = read("blog-03-04-2012.xml", atom("".join(entries)))

        assert isinstance(first, Document)
        assert (first.body, first.url) == ("Pagi.\n\nSiang.", "https://blog.example/2012/03/satu.html")
        assert isinstance(second, Document)
        reasons = [other.reason for other in others if isinstance(other, Skip)]
        assert [reason.rpartition(": ")[2] for reason in reasons] == [
            *("comment", "setting of the blog", "theme of the blog", "draft")
        ]

    def test_of_the_export_by_takeout_likewise(self, read: Read) -> None:
        entry = (
            "<entry><blogger:type>{}</blogger:type><blogger:status>{}</blogger:status><title>Satu</title>"
            "<content type='html'>Pagi ini ramai.</content>"
            "<blogger:filename>/2012/03/satu.html</blogger:filename></entry>"
        )
        kinds = (("POST", "LIVE"), ("POST", "DRAFT"), ("POST", "SOFT_TRASHED"), ("COMMENT", "LIVE"))
        article, *others = read("feed.atom", atom("".join(entry.format(*kind) for kind in kinds)))

        assert isinstance(article, Document)
        assert article.url == "https://blog.example/2012/03/satu.html"
        reasons = [other.reason for other in others if isinstance(other, Skip)]
        assert [reason.rpartition(": ")[2] for reason in reasons] == ["draft", "in the trash", "comment"]
