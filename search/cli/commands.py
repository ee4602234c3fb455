"""The command ``telusur``: serve, search, and look into an archive from a terminal."""

from __future__ import annotations

import click

from index.commands import Group, Option
from index.messages import N_

_ELSEWHERE = {
    "analyze": "search.cli.asking:analyze",
    "check": "search.cli.check:check",
    "generations": "search.cli.generations:generations",
    "keys": "search.cli.keys:keys",
    "lexicon": "search.cli.lexicon:lexicon",
    "queries": "search.cli.queries:queries",
    "reindex": "index.cli:reindex",
    "search": "search.cli.asking:search",
    "serve": "search.cli.serve:serve",
    "stats": "search.cli.asking:stats",
}


@click.group(
    cls=Group, elsewhere=_ELSEWHERE, help=N_("Mesin telusur untuk arsip artikel berbahasa Indonesia.")
)
@click.version_option(package_name="telusur", message="%(version)s", help=N_("Tampilkan versi."), cls=Option)
def telusur() -> None:
    pass
