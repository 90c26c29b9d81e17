"""Describes the type of a JSON schema in a few words, for the tables of docs/api.md."""

from __future__ import annotations

from typing import TypedDict


class Schema(TypedDict, total=False):
    """The parts of a JSON schema that msgspec writes and the tables show."""

    type: str
    description: str
    properties: dict[str, Schema]
    required: list[str]
    anyOf: list[Schema]
    items: Schema
    prefixItems: list[Schema]
    additionalProperties: Schema
    enum: list[str]
    minLength: int
    maxLength: int
    maxItems: int
    minimum: int
    maximum: int
    pattern: str


NAMES = {"integer": "int", "boolean": "bool", "string": "text", "number": "number", "null": "null"}


def type_words(schema: Schema) -> str:
    """Return a type in words.

    >>> type_words({"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 40})
    'list of text (up to 5 characters), up to 40'
    >>> type_words({"anyOf": [{"type": "integer"}, {"type": "null"}]})
    'int or null'
    """
    reference = dict(schema).get("$ref")
    if isinstance(reference, str):
        return link_to(reference.rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_words(option) for option in schema["anyOf"]))
    if schema.get("type") == "array":
        return _list_words(schema)
    if schema.get("type") == "object":
        return f"object of {type_words(schema['additionalProperties'])}" if _named(schema) else "object"
    return NAMES.get(schema.get("type", ""), "anything") + _limits(schema)


def link_to(name: str) -> str:
    """Return a link to a schema's heading on the same page."""
    return f"[{name}](#{name.lower().replace('.', '')})"


def _named(schema: Schema) -> bool:
    return bool(schema.get("additionalProperties")) and isinstance(schema.get("additionalProperties"), dict)


def _list_words(schema: Schema) -> str:
    if "prefixItems" in schema:
        return "[" + ", ".join(type_words(item) for item in schema["prefixItems"]) + "]"
    most = f", up to {schema['maxItems']}" if "maxItems" in schema else ""
    return f"list of {type_words(schema.get('items', {}))}{most}"


def _limits(schema: Schema) -> str:
    if "pattern" in schema:
        return f" like `{schema['pattern']}`"
    if "maxLength" in schema:
        return f" (up to {schema['maxLength']} characters)"
    if "maximum" in schema and "minimum" in schema:
        return f" ({schema['minimum']} to {schema['maximum']})"
    return ""
