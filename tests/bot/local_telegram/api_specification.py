"""The Bot API's own list of methods, types and fields, read from beside the checkout."""

import json
from pathlib import Path
from typing import Any

API_JSON = Path(__file__).parents[3] / ".." / "shared" / "botapi" / "api.json"
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
}


class Specification:
    """Tells what is wrong with a value that should be of a type."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.methods: dict[str, Any] = document["methods"]
        self.types: dict[str, Any] = document["types"]

    def parameters(self, method: str) -> dict[str, list[str]]:
        return {field["name"]: field["types"] for field in self.methods[method].get("fields", [])}

    def problems(self, value: Any, types: list[str], where: str = "result") -> list[str]:
        """Return what does not fit; nothing if the value fits one of the types."""
        attempts = [self._problems(value, name, where) for name in types]
        return min(attempts, key=len)

    def _problems(self, value: Any, name: str, where: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: not an array"]
            inner = name.removeprefix("Array of ")
            return [problem for i, item in enumerate(value) for problem in self._problems(item, inner, f"{where}[{i}]")]
        if name in _PLAIN:
            is_boolean = isinstance(value, bool)
            fits = isinstance(value, _PLAIN[name]) and is_boolean == (name == "Boolean")
            return [] if fits else [f"{where}: {value!r} is no {name}"]
        described = self.types[name]
        if subtypes := described.get("subtypes"):
            return min((self._problems(value, subtype, where) for subtype in subtypes), key=len)
        if not isinstance(value, dict):
            return [f"{where}: not a {name}"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        problems = [f"{where}: {name} has no field {field}" for field in value.keys() - fields.keys()]
        for field in fields.values():
            if field["name"] in value:
                problems += self.problems(value[field["name"]], field["types"], f"{where}.{field['name']}")
            elif field["required"]:
                problems.append(f"{where}: {name} lacks {field['name']}")
        return problems


def read_specification() -> Specification | None:
    """Return the specification, None if it is not there."""
    return Specification(json.loads(API_JSON.read_text("utf-8"))) if API_JSON.exists() else None
