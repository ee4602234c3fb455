"""Pages: what an extractor takes from a saved page, held against the page and what it says of its article.

``trees`` puts its text into paragraphs, ``furniture`` knows what is none of it, ``lines`` lists the rest,
``articles`` finds where the article stands, ``mending`` puts back what is missing and leaves out what does
not belong there, ``claims`` and ``credits`` read title, day and names; ``reading`` does it all.
"""

__all__ = ["reading"]
