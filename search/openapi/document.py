"""The OpenAPI document (https://spec.openapis.org/oas/v3.1.0): operations, and schemas of their models."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, get_type_hints, is_typeddict

import msgspec

from index.messages import N_, Translator
from index.settings import Settings
from search.openapi import answers, parameters
from search.openapi.operations import OPERATIONS, Operation

OPENAPI = "3.1.0"

_SCHEMAS = "#/components/schemas/{name}"

_STATUSES = {
    400: N_("Parameter atau isi permintaan tidak dapat dipakai."),
    404: N_("Tidak ada di alamat ini."),
    413: N_("Isi permintaan terlalu besar."),
    414: N_("Alamat terlalu panjang."),
    500: N_("Kesalahan di server."),
    503: N_("Belum ada indeks, atau server sedang sibuk; Retry-After menyebut kapan mencoba lagi."),
}
_ANYWHERE = (414, 500, 503)

_HEADERS = {
    "ETag": N_("Tanda jawaban; dengan If-None-Match dijawab 304 selama tetap sama."),
    "Link": N_("Halaman sebelumnya dan berikutnya (RFC 8288), rel prev dan next."),
    "X-Request-ID": N_("Tanda permintaan."),
    "X-Total-Count": N_("Banyaknya artikel yang ditemukan."),
    "X-Export-Count": N_("Banyaknya artikel dalam berkas."),
}


def document(settings: Settings, translator: Translator, server: str) -> dict[str, Any]:
    """The description of the API.

    :param settings: those that bound parameters.
    :param translator: tells descriptions in the reader's language.
    :param server: address of the root of the API.
    """
    schemas = _bounded(_schemas(), settings)
    described = {
        "openapi": OPENAPI,
        "info": {
            "title": f"{settings.text('site_name')}: API",
            "version": version("telusur"),
            "description": N_(
                "Jawaban hanya bertambah: ruas tidak diganti nama atau dihapus sebelum /api/v2. Parameter "
                "yang tidak dikenal diabaikan; nilai yang tidak dapat dipakai dijawab 400 (RFC 9457)."
            ),
        },
        "servers": [{"url": server}],
        "paths": _paths(schemas),
        "components": {
            "schemas": {name: schema for name, schema in schemas.items() if name not in _READ},
            "responses": {f"Problem{status}": _problem(status) for status in _STATUSES},
            "headers": {name: _header(name) for name in _HEADERS},
        },
    }
    told: dict[str, Any] = _told(described, translator)
    return told


_READ = frozenset(
    model.__name__ for each in OPERATIONS for model in (each.reads, each.place) if model is not None
) - {parameters.SearchParameters.__name__}
"""Models that stand in the document as lists of parameters only; a search is sent in a body too."""


def _models() -> Iterator[type]:
    for module in (answers, parameters):
        for model in vars(module).values():
            if is_typeddict(model):
                yield model


def _schemas() -> dict[str, Any]:
    """The JSON Schema of every model, its members in the order in which they are declared."""
    models = {model.__name__: model for model in _models()}
    used = [
        model
        for each in OPERATIONS
        for model in (each.reads, each.place, each.body, *each.gives.values())
        if model is not None
    ]
    _references, schemas = msgspec.json.schema_components([*used, answers.Problem], ref_template=_SCHEMAS)
    for name, schema in schemas.items():
        order = list(get_type_hints(models[name]))
        schema["properties"] = {member: schema["properties"][member] for member in order}
        if "required" in schema:
            schema["required"].sort(key=order.index)
        schema.pop("description", None)  # the docstring, which is for developers of ours
    return schemas


def _bounded(schemas: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The schemas with the bounds that the owner set."""
    results = schemas["SearchParameters"]["properties"]["per_page"]
    results.update(maximum=settings.whole("max_per_page"), default=settings.whole("per_page"))
    schemas["FacetParameters"]["properties"]["per_page"].update(maximum=1000, default=100)
    if most := settings.whole("max_export"):
        schemas["ExportParameters"]["properties"]["limit"].update(maximum=most, default=most)
    schemas["Queries"]["properties"]["queries"]["maxItems"] = settings.whole("max_queries")
    return schemas


def _paths(schemas: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = _operation(each, schemas)
    return paths


def _operation(each: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"operationId": each.name, "summary": each.summary}
    if each.description:
        described["description"] = each.description
    read = [
        *_parameters(each.place, "path", schemas),
        *_parameters(each.reads, "query", schemas),
    ]
    if read:
        described["parameters"] = read
    if each.body:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _reference(each.body)}},
        }
    described["responses"] = {
        "200": _answer(each),
        **({"304": {"description": N_("Tetap sama.")}} if each.is_kept else {}),
        **{
            str(status): {"$ref": f"#/components/responses/Problem{status}"}
            for status in sorted({*each.failures, *_ANYWHERE})
        },
    }
    return described


def _parameters(model: type | None, place: str, schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if model is None:
        return
    for name, schema in schemas[model.__name__]["properties"].items():
        schema = dict(schema)
        described: dict[str, Any] = {"name": name, "in": place}
        if place == "path":
            described["required"] = True
        if description := schema.pop("description", None):
            described["description"] = description
        yield {**described, "schema": schema}


def _answer(each: Operation) -> dict[str, Any]:
    names = ["X-Request-ID"]
    names += ["ETag"] * each.is_kept + ["Link"] * each.is_paged
    names += ["X-Total-Count", "X-Export-Count"] * (each.name == "export")
    return {
        "description": N_("Jawabannya."),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {kind: {"schema": _content(kind, model)} for kind, model in each.gives.items()},
    }


def _content(kind: str, model: type | None) -> dict[str, Any]:
    if model is None:
        return {"type": "string"}
    if kind == "application/json":
        return _reference(model)
    return {"type": "string", "description": N_("Satu objek Export tiap baris.")}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": _STATUSES[status],
        "content": {"application/problem+json": {"schema": _reference(answers.Problem)}},
    }


def _header(name: str) -> dict[str, Any]:
    return {"description": _HEADERS[name], "schema": {"type": "string"}}


def _reference(model: type) -> dict[str, str]:
    return {"$ref": _SCHEMAS.format(name=model.__name__)}


def _told(described: Any, translator: Translator) -> Any:
    """The same with its texts in the reader's language."""
    if isinstance(described, list):
        return [_told(each, translator) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        key: translator.gettext(value)
        if key in ("description", "summary") and isinstance(value, str)
        else _told(value, translator)
        for key, value in described.items()
    }
