"""Templates and blocks of the owner that no page shows: mostly a name that was misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from index.config.values import nearest
from index.messages import _
from search.web.branding import OURS
from search.web.overrides import loader_of


def idle_templates(sources: Mapping[str, str]) -> Iterator[str]:
    """One line for each.

    :param sources: name of a template of the owner -> its text.
    """
    environment = Environment(autoescape=True, loader=loader_of(Path(), sources))
    parsed = {}
    for name, source in sources.items():
        try:
            parsed[name] = environment.parse(source)
        except TemplateSyntaxError:
            continue  # told by broken_templates
    used = {name for tree in parsed.values() for name in find_referenced_templates(tree)}
    ours = [path.name for path in (OURS / "telusur").iterdir()]
    pages = {Path(name).stem: name for name in ours if not name.startswith("_")}
    for name, tree in parsed.items():
        if name not in ours and not used & {f"telusur/{name}", None}:
            told = _("templat {name} tidak dipakai halaman mana pun", name=name)
            yield _meant(told, pages.get(nearest(Path(name).stem, pages), ""))
        extended = tree.find(nodes.Extends)
        if extended is None:
            continue
        known = _blocks(environment, extended)
        for block in tree.body:
            if isinstance(block, nodes.Block) and known and block.name not in known:
                told = _("blok {block} pada {name} tidak dipakai", block=block.name, name=name)
                yield _meant(told, nearest(block.name, known))


def _meant(told: str, near: str) -> str:
    return _("{told}; maksud Anda `{near}`?", told=told, near=near) if near else told


def _blocks(environment: Environment, extended: nodes.Extends) -> set[str]:
    """The blocks of a template that another one extends, and of those that it extends; none if one of them is
    not known before a page is made."""
    blocks: set[str] = set()
    seen: set[str] = set()
    parent: nodes.Extends | None = extended
    while parent is not None:
        if not isinstance(parent.template, nodes.Const) or parent.template.value in seen:
            return set()
        seen.add(name := parent.template.value)
        try:
            assert environment.loader is not None
            tree = environment.parse(environment.loader.get_source(environment, name)[0])
        except (TemplateNotFound, TemplateSyntaxError):
            return set()
        blocks |= {block.name for block in tree.find_all(nodes.Block)}
        parent = tree.find(nodes.Extends)
    return blocks
