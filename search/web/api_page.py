"""``/docs``: the API for people who read, made of the same document that programs read."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from flask import Response, abort, current_app, url_for
from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from index.engines.base import EngineError
from index.query import Sort
from search.answer import Question
from search.http.cache import keep
from search.http.site import Site
from search.web.examples import Examples, examples_of
from search.web.templating import render_template


class Member(Struct, frozen=True):
    """A parameter, or a member of an object.

    :param kind: what it may be, as TypeScript would write it.
    :param default: what it is where nobody says, as JSON; ``""`` if nothing.
    """

    name: str
    kind: Markup
    description: str
    is_required: bool
    default: str = ""


class Shape(Struct, frozen=True):
    """An object of the API."""

    name: str
    members: tuple[Member, ...]


class Call(Struct, frozen=True):
    """One address.

    :param path: as it is on this site; its variable parts stand in braces.
    :param shared: names of the parameters that it has in common with a search; ``members`` are the others.
    :param tries: addresses to open.
    :param command: what asks it in a shell, if it cannot be opened.
    :param gives: what it answers, by media type.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    members: tuple[Member, ...]
    shared: tuple[str, ...]
    body: Markup
    tries: tuple[str, ...]
    command: str
    gives: tuple[tuple[str, Markup], ...]


def api_page(site: Site) -> Callable[[], Response]:
    """``/docs``: every address with its parameters, what it answers, and examples from the archive."""
    examples_now, api = examples_of(site.service), f"{site.name}_api"

    def view() -> Response:
        if f"{api}.search" not in current_app.view_functions:
            abort(404)  # a host application may do without the API
        # Not before: most processes are never asked for it.
        from search.openapi.document import document

        root = url_for(f"{api}.search").removesuffix("/search")
        tries = _tries(examples_now(), _newest(site))
        described = document(site.settings, site.translator, root)
        calls = [
            _call(api, root, path, method, operation, tries, site.base_address)
            for path, operations in described["paths"].items()
            for method, operation in operations.items()
        ]
        page = render_template(
            "telusur/api.html",
            about=described["info"]["description"],
            calls=_without_repeats(calls),
            shapes=[Shape(name, _members(schema)) for name, schema in _objects(described)],
            description_url=url_for(f"{site.name}_description.openapi"),
        ).encode()
        return keep(Response(page, mimetype="text/html"), page)

    return view


_ELSEWHERE = {"SearchParameters": "search"}
"""Objects that the page tells under another name."""


def kind_of(schema: dict[str, Any]) -> Markup:
    """What a value may be, as TypeScript would write it; objects that have a name are links to it."""
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        return Markup('<a href="#{}">{}</a>').format(_ELSEWHERE.get(name, name), name)
    if choices := schema.get("anyOf"):
        return Markup(" | ").join(map(kind_of, choices))
    if "enum" in schema:
        return escape(" | ".join(orjson.dumps(value).decode() for value in schema["enum"]))
    kind = schema.get("type", "")
    if kind == "array":
        inner = kind_of(schema.get("items", {}))
        return Markup("({})[]").format(inner) if "|" in inner else inner + "[]"
    if kind == "object" and "additionalProperties" in schema:
        return Markup("{{string: {}}}").format(kind_of(schema["additionalProperties"]))
    return escape(schema.get("format") or kind)


def _objects(described: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    schemas: dict[str, dict[str, Any]] = described["components"]["schemas"]
    return ((name, schema) for name, schema in schemas.items() if name not in _ELSEWHERE)


def _members(schema: dict[str, Any]) -> tuple[Member, ...]:
    required = schema.get("required", ())
    return tuple(
        Member(name, kind_of(member), member.get("description", ""), name in required)
        for name, member in schema["properties"].items()
    )


def _call(
    api: str, root: str, path: str, method: str, operation: dict[str, Any], tries: dict[str, Any], base: str
) -> Call:
    name = operation["operationId"]
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    asked = tries.get(name, ())
    sent = orjson.dumps(asked).decode() if body else ""
    address = shlex.quote(f"{base}{root}{path}")
    return Call(
        name=name,
        method=method.upper(),
        path=root + path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        members=tuple(_parameter(each) for each in operation.get("parameters", ())),
        shared=(),
        body=kind_of(body) if body else Markup(),
        tries=() if body else tuple(url_for(f"{api}.{name}", **values) for values in asked),
        command=f"curl {address} -H 'Content-Type: application/json' -d {shlex.quote(sent)}" if sent else "",
        gives=tuple(
            (kind, kind_of(each["schema"])) for kind, each in operation["responses"]["200"]["content"].items()
        ),
    )


def _without_repeats(calls: list[Call]) -> list[Call]:
    """The same, those parameters told once that the first call, a search, has too."""
    search = calls[0]
    told = [search]
    for call in calls[1:]:
        own = tuple(each for each in call.members if each not in search.members)
        shared = tuple(each.name for each in call.members if each in search.members)
        told.append(replace(call, members=own, shared=shared))
    return told


def _parameter(described: dict[str, Any]) -> Member:
    schema = described["schema"]
    default = orjson.dumps(schema["default"]).decode() if "default" in schema else ""
    required = described.get("required", False)
    return Member(described["name"], kind_of(schema), described.get("description", ""), required, default)


def _tries(examples: Examples, newest: str) -> dict[str, Any]:
    """What is asked for an example of each address: parameters, or a body."""
    words = examples.queries.get("words", ("",))[0]
    inflected = examples.queries.get("inflected", (words,))[0]
    some = {"facets": "none", "fields": "id,title,published", "per_page": "3"}
    tries: dict[str, Any] = {
        "search": ({"q": words}, {"q": words, "sort": "newest", **some}),
        "multi_search": {
            "queries": [{"q": words, "per_page": 3}, {"sort": "newest", "fields": ["id", "title"]}]
        },
        "facet": ({"name": "source", "q": words}, {"name": "year"}),
        "suggest": ({"q": words[:4]},),
        "export": tuple({"q": words, "format": kind} for kind in ("csv", "jsonl", "atom")),
        "analyze": ({"text": inflected},),
        "stats": ({},),
    }
    if newest:
        tries |= {"document": ({"id": newest},), "similar": ({"id": newest},)}
    return tries


def _newest(site: Site) -> str:
    """The id of the newest article; ``""`` if there is none."""
    question = Question("", per_page=1, sort=Sort.NEWEST, facets=(), histogram=False)
    try:
        return next((result.id for result in site.service.search(question).results), "")
    except EngineError:
        return ""  # the page is of use before there is an index
