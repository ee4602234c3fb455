"""Collect every text marked for translation, from Python code and templates.

``python -m index.translations.collect`` brings the catalogue up to date: new texts are added without a
translation, which a test then asks for; texts that are no longer used are dropped. ``click.po``, our words
for click's own, is kept by hand; of it only the compiled file is made, which gettext reads.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from index.messages import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "index", ROOT / "search")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "_n": (1, 2),
    "ngettext": (1, 2),
}


def collect() -> Catalog:
    """Every marked text, with the files that use it."""
    found = Catalog()
    paths = [path for folder in FOLDERS for path in folder.rglob("*")]
    for path in sorted(path for path in paths if path.suffix == ".py" or "templates" in path.parts):
        if path.is_dir():
            continue
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _line, message, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
            if message:
                found.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return found


def update(path: Path, language: str) -> None:
    """Write the catalogue of one language anew: the texts of now, with the translations it has."""
    catalog = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)


def compile_for_gettext(source: Path) -> None:
    """Write beside a catalogue what gettext reads instead of it."""
    with source.open("rb") as file, source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(file))


def main() -> None:
    """Update every catalogue."""
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            update(CATALOGUES / language / "LC_MESSAGES" / "messages.po", language)
    for source in CATALOGUES.rglob("click.po"):
        compile_for_gettext(source)


if __name__ == "__main__":
    main()
