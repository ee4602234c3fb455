"""Situs sebuah koran dengan dua arsip: ``flask --app app reindex``, lalu ``flask --app app run``."""

from pathlib import Path

from flask import Flask, render_template

from index.settings import Settings
from search import Site, register

HERE = Path(__file__).parent


def create_app() -> Flask:
    app = Flask(__name__)
    for name, title in (("berita", "Arsip Berita"), ("warta", "Warta Desa")):
        settings = Settings(
            {
                "index": str(Path(app.instance_path) / name),
                "sources": (str(HERE / "arsip" / f"{name}.jsonl"),),
                "site_name": title,
            }
        )
        register(app, Site.of(settings), url_prefix=f"/{name}", name=name)

    @app.get("/")
    def front() -> str:
        return render_template("depan.html")

    return app
