"""WXR, what WordPress exports: articles with the names of their authors, and a count of all else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Kabar Ujung</title><link>https://kabarujung.example</link><language>id</language>
<wp:author><wp:author_login><![CDATA[sari]]></wp:author_login>
  <wp:author_display_name><![CDATA[Sari Melati]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>budi</wp:author_login><wp:author_display_name></wp:author_display_name>
  <wp:author_first_name>Budi</wp:author_first_name><wp:author_last_name>Hartono</wp:author_last_name></wp:author>
<wp:category><wp:cat_name><![CDATA[Ekonomi]]></wp:cat_name></wp:category>
"""
TAIL = "</channel></rss>\n"


def item(
    content: str = "CIAMIS &#8211; Pasar <b>baru</b> dibuka.\n\nWarga senang.",
    *,
    number: int = 7,
    kind: str = "post",
    status: str = "publish",
    creator: str = "sari",
    password: str = "",
    more: str = "",
) -> str:
    return (
        f"<item><title><![CDATA[Pasar &amp; Warung {number}]]></title>"
        f"<link>https://kabarujung.example/2024/pasar-{number}/</link>"
        "<pubDate>Mon, 05 Feb 2024 20:00:00 +0000</pubDate>"
        f"<dc:creator><![CDATA[{creator}]]></dc:creator>"
        f'<guid isPermaLink="false">https://kabarujung.example/?p={number}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[2024-02-06 03:00:00]]></wp:post_date>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_password>{password}</wp:post_password>{more}</item>\n"
    )


def test_a_post_has_the_name_of_its_author_and_the_day_where_the_site_is(read: Read) -> None:
    (post,) = read("situs.xml", HEAD + item() + TAIL)

    assert isinstance(post, Document)
    assert (post.title, post.author) == ("Pasar & Warung 7", "Sari Melati")
    assert post.published == date(2024, 2, 6)
    assert post.url == "https://kabarujung.example/2024/pasar-7/"
    assert (post.place, post.body) == ("Ciamis", "Pasar baru dibuka.\n\nWarga senang.")


def test_that_a_site_says_english_is_only_what_wordpress_says_by_default(read: Read) -> None:
    (post,) = read("situs.xml", HEAD.replace("<language>id", "<language>en-US") + item() + TAIL)
    assert isinstance(post, Document)
    assert post.lang == "id"


def test_names_are_put_together_where_no_display_name_is(read: Read) -> None:
    (post,) = read("situs.xml", HEAD + item(creator="budi") + TAIL)
    assert isinstance(post, Document)
    assert post.author == "Budi Hartono"


def test_several_authors_of_a_plugin_come_before_the_login(read: Read) -> None:
    several = "".join(
        f'<category domain="author" nicename="cap-{name}"><![CDATA[{name}]]></category>'
        for name in ("Ana", "Tono")
    )
    (post,) = read("situs.xml", HEAD + item(more=several) + TAIL)
    assert isinstance(post, Document)
    assert post.author == "Ana, Tono"


def test_what_is_no_article_is_counted_by_what_it_is(read: Read) -> None:
    items = [
        item(),
        item(number=8, status="draft"),
        item(number=9, status="draft"),
        item(number=10, status="private"),
        item(number=11, status="trash"),
        item(number=12, status="future"),
        item(number=13, kind="attachment", status="inherit"),
        item(number=14, kind="nav_menu_item"),
        item(number=15, kind="wp_navigation"),
        item(number=16, password="rahasia"),
        item(number=17, kind="page"),
        item(number=18, kind="berita"),
    ]
    found = read("situs.xml", HEAD + "".join(items) + TAIL)

    assert [each.url[-4:] for each in found if isinstance(each, Document)] == ["r-7/", "-17/", "-18/"]
    reasons = [each.reason for each in found if isinstance(each, Skip)]
    assert len(reasons) == 8
    assert "2 items left out: draft" in reasons
    assert all("1 items" in reason for reason in reasons if "draft" not in reason)
    assert not any("rahasia" in reason for reason in reasons)


def test_comments_of_readers_are_no_part_of_a_post(read: Read) -> None:
    comments = "<wp:comment><wp:comment_content>Setuju sekali</wp:comment_content></wp:comment>" * 50
    (post,) = read("situs.xml", HEAD + item(more=comments) + TAIL)
    assert isinstance(post, Document)
    assert "Setuju" not in post.body


def test_blocks_and_shortcodes_are_read_as_in_any_text_of_wordpress(read: Read) -> None:
    content = (
        "<!-- wp:paragraph -->\n<p>SERANG - Pasar dibuka.</p>\n<!-- /wp:paragraph -->\n"
        '<!-- wp:shortcode -->[gallery ids="1"]<!-- /wp:shortcode -->'
    )
    (post,) = read("situs.xml", HEAD + item(content) + TAIL)
    assert isinstance(post, Document)
    assert (post.place, post.body) == ("Serang", "Pasar dibuka.")


def test_a_shortcode_that_is_only_shown_stays(read: Read) -> None:
    (post,) = read("situs.xml", HEAD + item("Tulislah [[gallery]] di tengah <b>teks</b>.") + TAIL)
    assert isinstance(post, Document)
    assert post.body == "Tulislah [gallery] di tengah teks."


def test_control_characters_that_editors_paste_cost_no_text(read: Read) -> None:
    (post,) = read("situs.xml", HEAD + item("Pasar\x0bbaru \x08dibuka pekan ini.") + TAIL)
    assert isinstance(post, Document)
    assert post.body.split() == ["Pasar", "baru", "dibuka", "pekan", "ini."]


def test_a_post_without_words_is_skipped_by_its_number(read: Read) -> None:
    found = read("situs.xml", HEAD + item() + item('[gallery ids="1"]', number=8) + TAIL)
    assert [each.source for each in found if isinstance(each, Skip)] == ["arsip/situs.xml:2"]


def test_a_file_that_ends_in_the_middle_keeps_what_came_before_and_says_so(read: Read) -> None:
    post, *_rest, cut = read("situs.xml", HEAD + item() + item(number=8)[:300])
    assert isinstance(post, Document)
    assert isinstance(cut, Skip)
    assert "does not end with </rss>" in cut.reason


def test_an_article_over_the_limit_is_skipped_and_the_next_is_read(read: Read) -> None:
    found = read("situs.xml", HEAD + item("kata " * 60_000) + item(number=8) + TAIL, max_article_kb=20)
    first, second = found
    assert isinstance(first, Skip)
    assert "max_article_kb" in first.reason
    assert isinstance(second, Document)
