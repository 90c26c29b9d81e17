"""Writes docs/openapi.json and the generated part of docs/api.md: `python -m scripts.docs.api_reference`.

Both match what the running companion accepts, because they are made from the types that decode and encode it.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec

from companion import API_VERSION, __version__
from companion.access.gate import PAIR_PATHS
from companion.access.wire import SEALED
from companion.api import pair
from companion.api.resources import Described, resources_of
from companion.server.application import EVERYDAY
from companion.server.flask_apps import lazy_modules
from scripts.docs.type_words import Schema, link_to, type_words

BEGIN, END = "<!-- generated -->", "<!-- end of generated -->"
REF = "#/components/schemas/{name}"
AGAIN = "Run `python -m scripts.docs.api_reference` to write it again."


PROOF = {
    "type": "apiKey",
    "in": "header",
    "name": "X-Mutuals-Proof",
    "description": "HMAC of the request's own facts; bodies of application/octet-stream hold the JSON encrypted. "
    "See docs/api.md, The sealed wire.",
}


def resources() -> list[Described]:
    """Return every resource under /v1: pairing, what is asked on every page, and the rest."""
    modules = (*EVERYDAY, *lazy_modules())
    listed = [*pair.described, *(resource for module in modules for resource in resources_of(module))]
    return [replace(resource, words=inspect.cleandoc(resource.words)) for resource in listed]


def openapi() -> dict[str, object]:
    """Return the description of the API in OpenAPI 3.1."""
    listed = resources()
    schemas = _schemas(listed)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mutuals companion", "version": __version__, "x-api": API_VERSION},
        "servers": [{"url": "http://127.0.0.1:17653"}],
        "security": [{"proof": []}],
        "paths": {resource.path: {"post": _operation(resource, schemas)} for resource in listed},
        "components": {
            "securitySchemes": {"proof": PROOF},
            "schemas": schemas,
        },
    }


def _schemas(listed: list[Described]) -> dict[str, Schema]:
    types = [kind for resource in listed for kind in (resource.request, resource.response)]
    _, schemas = msgspec.json.schema_components(types, ref_template=REF, schema_hook=_anything)
    for kind in _structs(types):
        schema = schemas.get(name_of(kind, schemas), {})
        for name, words in _field_words(kind).items():
            schema.get("properties", {}).get(name, {}).setdefault("description", words)
    return dict(sorted(schemas.items()))


def name_of(kind: type, schemas: Container[str]) -> str:
    """Return a type's name among the schemas: its own, or the qualified one where two types share it."""
    long = f"{kind.__module__}.{kind.__qualname__}"
    return long if long in schemas else kind.__name__


def _anything(kind: type) -> dict[str, object]:
    """Describe a value not checked by its type (but by `companion.sources.dom_readings` or the notebook's kinds)."""
    return {"description": "any JSON"}


def _operation(resource: Described, schemas: Container[str]) -> dict[str, object]:
    strangers = resource.path in PAIR_PATHS

    def body(kind: type[msgspec.Struct]) -> dict[str, object]:
        content = {"schema": {"$ref": REF.format(name=name_of(kind, schemas))}}
        return {"content": {"application/json" if strangers else SEALED: content}}

    return {
        **({"security": []} if strangers else {}),
        "operationId": resource.path.rsplit("/", 1)[-1],
        "summary": resource.words.splitlines()[0],
        "requestBody": {"required": True, **body(resource.request)},
        "responses": {
            "200": {"description": inspect.getdoc(resource.response) or "", **body(resource.response)},
            "default": {"description": "An error; see the tables of docs/api.md."},
        },
    }


def _structs(types: list[type[msgspec.Struct]]) -> Iterator[type[msgspec.Struct]]:
    """Yield every struct of the loaded modules, base classes included."""
    waiting, visited = list(msgspec.Struct.__subclasses__()), set[type]()
    while waiting:
        kind = waiting.pop()
        if kind not in visited:
            visited.add(kind)
            waiting += kind.__subclasses__()
            if kind in types or kind.__module__.startswith("companion."):
                yield kind


def _field_words(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return field -> the docstring below it in the source, base classes first."""
    words: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not (isinstance(base, type) and issubclass(base, msgspec.Struct)) or base is msgspec.Struct:
            continue
        fields = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        body = fields.body if isinstance(fields, ast.ClassDef) else []
        for field, below in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(field.target, ast.Name):
                text = below.value.value if isinstance(below.value, ast.Constant) else None
                words[field.target.id] = " ".join(str(text).split())
    return words


def markdown() -> str:
    """Return the resources and their schemas as the generated part of docs/api.md."""
    schemas = _schemas(resources())
    lines = [BEGIN, "", "## Resources", ""]
    for resource in resources():
        ask, answer = (link_to(name_of(kind, schemas)) for kind in (resource.request, resource.response))
        lines += [f"### POST {resource.path}", "", resource.words, "", f"Takes {ask}, gives {answer}.", ""]
    lines += ["## Schemas", ""]
    for name, schema in schemas.items():
        lines += [f"### {name}", "", schema.get("description", ""), ""]
        lines += list(_fields(schema)) if schema.get("properties") else []
    return "\n".join([*lines, END])


def _fields(schema: Schema) -> Iterator[str]:
    """Yield the table of a schema's fields."""
    yield "| field | type | |"
    yield "|---|---|---|"
    for name, kind in schema["properties"].items():
        needed = "" if name in schema.get("required", ()) else "optional. "
        words = f"{needed}{kind.get('description', '')}".strip().replace("|", "\\|")
        yield f"| `{name}` | {type_words(kind)} | {words} |"
    yield ""


def renewed(text: str, part: str) -> str:
    """Return a document with its generated part replaced."""
    before, _, rest = text.partition(BEGIN)
    return before + part + rest.partition(END)[2]


def main(folder: Path) -> None:
    """Write both documents into the folder ``docs``."""
    described = msgspec.json.format(msgspec.json.encode(openapi()), indent=1)
    (folder / "openapi.json").write_bytes(described + b"\n")
    page = folder / "api.md"
    page.write_text(renewed(page.read_text("utf-8"), markdown()), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
