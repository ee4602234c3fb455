"""Collect every text marked for translation, from Python code and templates.

``python -m search.i18n.collect`` brings the catalogues up to date: new texts are added without a
translation, which a test then asks for; texts that are no longer used are dropped.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from search.i18n.translator import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE

PACKAGE = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "_n": (1, 2),
    "ngettext": (1, 2),
}
HEADER = "# Texts of the interface; the keys are the Indonesian texts of code and templates.\n"


def collect(package: Path = PACKAGE) -> Catalog:
    """Every marked text under a folder, with the files that use it."""
    found = Catalog()
    for path in sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.*ml")]):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _line, message, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
            if message:
                found.add(message, locations=[(path.relative_to(package.parent).as_posix(), 0)])
    return found


def update(path: Path, language: str) -> None:
    """Write the catalogue of one language anew: the texts of now, with the translations it has."""
    catalog = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)


def main() -> None:
    """Update every catalogue."""
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            update(CATALOGUES / language / "LC_MESSAGES" / "messages.po", language)


if __name__ == "__main__":
    main()
