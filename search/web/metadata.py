"""What machines read of an article page: ``NewsArticle`` of schema.org, and a summary to share."""

from __future__ import annotations

import re
from typing import Any

from index.documents import Document

SUMMARY = 200
"""Characters of a summary, at most."""


def summary(document: Document) -> str:
    """How the body begins, cut between two words."""
    text = " ".join(document.body[: 4 * SUMMARY].split())
    return text if len(text) <= SUMMARY else re.sub(r"\W*\s\S*$", "", text[:SUMMARY]) + "…"


def news_article(document: Document, permanent_url: str, original_url: str) -> dict[str, Any]:
    """The article as JSON-LD (https://schema.org/NewsArticle), without what is not known.

    :param permanent_url: where it can be read here; ``original_url`` where it comes from, or ``""``.
    """
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": document.title,
        "description": summary(document),
        "datePublished": document.published.isoformat() if document.published else "",
        "author": _named("Person", document.author),
        "editor": _named("Person", document.editor),
        "publisher": _named("Organization", document.source),
        "contentLocation": _named("Place", document.place),
        # Which of them is the section (articleSection) an archive does not know.
        "keywords": list(document.topics),
        "inLanguage": document.lang,
        "isAccessibleForFree": True,
        "url": permanent_url,
        "mainEntityOfPage": permanent_url,
        "sameAs": original_url,
    }
    return {name: value for name, value in record.items() if value}


def _named(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name} if name else {}
