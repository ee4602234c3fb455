"""Make every page once, of an archive that is made up, to find what is wrong with an owner's templates before
visitors do.

In a process of its own: the one that minds a server has neither the pages nor an index in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from index.messages import _
from index.reindex.sync import sync
from index.settings import Settings
from search.http.site import Site
from search.opened.searcher import Searcher
from search.web.blueprint import create_blueprint
from search.web.branding import Branding
from search.web.overrides import fault_of
from search.web.rendering import Pages

_FULL = {
    "id": "lengkap",
    "title": "Banjir surut di Kota Contoh",
    "body": "KOTA CONTOH - Banjir di Kota Contoh mulai surut.\n\nWarga kembali sesudah banjir surut.",
    "url": "https://berita.example/banjir",
    "source": "berita.example",
    "place": "Kota Contoh",
    "author": "Penulis Contoh",
    "editor": "Penyunting Contoh",
    "topics": ["Banjir", "Cuaca"],
    "edisi": "pagi",
    "published": "2024-02-06",
}
_ARTICLES = (
    _FULL,
    {**_FULL, "id": "lain", "title": "Banjir lain", "body": "Banjir lain datang.", "published": "2023-11-05"},
    {"id": "sederhana", "body": "Banjir."},
)
_PAGES = (
    "/",
    "/?q=banjir&per_page=1",
    "/?q=bnajir+contoh&source=berita.example",
    "/?q=qwertyzxcv",
    "/dokumen/lengkap?q=banjir",
    "/dokumen/sederhana",
    "/saringan/source?q=banjir",
    "/saringan/topic?q=banjir",
    "/bantuan",
    "/tentang",
    "/dokumen/tiada",
    "/feed.atom?q=banjir",
    "/opensearch.xml",
)
"""Every kind of page, with much and with little to show."""


class _Rehearsed(Pages):
    """Pages that keep the errors instead of logging them."""

    def __init__(self, site: Site, branding: Branding) -> None:
        super().__init__(site, branding)
        self.errors: list[Exception] = []

    def report(self, status: int, error: Exception) -> None:
        self.errors.append(error)


def faults(settings: Settings, branding: Branding) -> list[str]:
    """One line for each place in a template of the owner where making a page fails."""
    try:
        with TemporaryDirectory(prefix="telusur-") as folder:
            return list(dict.fromkeys(_told(settings, branding, Path(folder))))
    except OSError:  # no place for it, which says nothing about the templates
        return []


def _told(settings: Settings, branding: Branding, folder: Path) -> Iterator[str]:
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(map(json.dumps, _ARTICLES)), encoding="utf-8")
    made_up = Settings({"index": str(folder / "index"), "sources": (str(archive),)})
    sync(made_up, jobs=1)
    settings = settings.replace(**{name: made_up[name] for name in ("index", "engine", "lexicon", "sources")})
    searcher = Searcher(settings)
    pages = _Rehearsed(Site(settings, searcher), branding)
    app = Flask("telusur", static_folder=None, template_folder=None)
    app.register_blueprint(create_blueprint(pages))
    client = app.test_client()
    for language in pages.site.languages.offered:
        for address in _PAGES:
            client.get(address, headers={"Accept-Language": language})
    searcher.close()
    for error in pages.errors:
        if fault := fault_of(error, branding.templates):
            path = (branding.templates or Path()) / fault.name
            yield _("{path} baris {line}: {why}", path=path, line=fault.line, why=fault.why)
