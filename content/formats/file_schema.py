"""The JSON Schema of the content file, as editors want it: words for every key, and keys may stay empty."""

from __future__ import annotations

from typing import Any

from content.formats.content_file import ContentFile
from content.formats.limits import ID_PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) by which editors complete and check a content file."""
    schema = ContentFile.model_json_schema()
    definitions = schema["$defs"]
    for owner in (schema, *definitions.values()):
        required = owner.get("required", [])
        owner["properties"] = {
            name: _key(name, key, is_required=name in required) for name, key in owner["properties"].items()
        }
    part = definitions["SessionSpeakerEntry"]
    definitions["SessionSpeakerEntry"] = {
        "title": part["title"],
        "description": part["description"],
        "anyOf": [{"type": "string", "pattern": ID_PATTERN}, {"$ref": "#/$defs/SessionSpeakerKeys"}],
    }
    definitions["SessionSpeakerKeys"] = part | {"title": "SessionSpeakerKeys"}
    return {"$schema": DIALECT, **schema, "title": "Ghid content file"}


def _key(name: str, key: dict[str, Any], *, is_required: bool) -> dict[str, Any]:
    """Give a key a title; show its example if it is a plain text; let it be empty if it may be left out."""
    key.setdefault("title", name.replace("_", " ").capitalize())
    examples = [example.strip('"') for example in key.pop("examples", [])]
    described = key if is_required else _or_null(key)
    is_text = described.get("type") in ("string", ["string", "null"]) or "anyOf" in described
    return described | {"examples": examples} if examples and is_text else described


def _or_null(key: dict[str, Any]) -> dict[str, Any]:
    """Allow null beside what a key may hold; one schema with two types reads better to an editor than two schemas."""
    if key.get("default") is None:
        key.pop("default", None)
    ways = [way for way in key.pop("anyOf", []) if way != _NULL]
    if len(ways) > 1:
        return key | {"anyOf": [*ways, _NULL]}
    key |= ways[0] if ways else {}
    if "enum" in key:
        key["enum"] = [*key["enum"], None]
    return key | {"type": [key["type"], "null"]}
