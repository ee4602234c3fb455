"""A document: what counts as its headline."""

from __future__ import annotations

import pytest

from index.documents import Document

BODY = "Pasar baru dibuka pekan ini. Pedagang senang."


@pytest.mark.parametrize(
    ("title", "body", "headline"),
    [
        ("Pedagang Senang", BODY, "Pedagang Senang"),
        ("Pasar Ramai", BODY, "Pasar Ramai"),
        ("Pasar baru dibuka pekan ini", BODY, ""),
        ("Pasar baru dibuka…", BODY, ""),
        ("Pasar baru", f"\n  Pasar\u00a0 baru{BODY}", ""),
        ("…", BODY, ""),
        ("Pasar", "", "Pasar"),
    ],
)
def test_a_title_that_repeats_how_the_body_begins_is_no_headline(
    title: str, body: str, headline: str
) -> None:
    assert Document("1", title, body).headline == headline
