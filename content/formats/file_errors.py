"""What pydantic holds against a content file, with the place of each fault and the parameters of its text."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from content.formats.content_file import (
    ContentFile,
    EventEntry,
    FactEntry,
    LinkEntry,
    MaterialEntry,
    RoomEntry,
    SessionEntry,
    SessionSpeakerEntry,
    SpeakerEntry,
    TrackEntry,
)
from content.formats.file_values import meant
from content.formats.places import Location, Places
from content.formats.problem_texts import shown
from content.formats.yaml_reader import MAX_FINDINGS, Finding

_NOUNS = MappingProxyType(
    {
        ContentFile: "a content file",
        EventEntry: "an event",
        RoomEntry: "a room",
        TrackEntry: "a track",
        SpeakerEntry: "a speaker",
        SessionEntry: "a session",
        SessionSpeakerEntry: "a speaker's part in a session",
        MaterialEntry: "a material",
        FactEntry: "a fact",
        LinkEntry: "a link",
    }
)

_OTHER_WORDS = MappingProxyType(
    {
        "abstract": ("description",),
        "address": ("url", "link", "website"),
        "affiliation": ("organisation",),
        "begin": ("starts",),
        "company": ("organisation",),
        "content": ("text", "description"),
        "date": ("starts",),
        "finish": ("ends",),
        "from": ("starts",),
        "job": ("role",),
        "link": ("url", "website"),
        "location": ("room", "place"),
        "moderator": ("speakers",),
        "name": ("title",),
        "people": ("speakers",),
        "place": ("room",),
        "position": ("role",),
        "summary": ("description",),
        "talks": ("sessions",),
        "time": ("starts",),
        "title": ("name", "role"),
        "to": ("ends",),
        "type": ("kind",),
        "until": ("ends",),
        "url": ("link", "website"),
    }
)


def findings_of(error: ValidationError, places: Places) -> list[Finding]:
    """Return every fault once; what follows from a value that could not be read is left out."""
    found = []
    for fault in islice(error.errors(include_url=False), MAX_FINDINGS):
        location: Location = fault["loc"]
        if not places.is_spoilt(location):
            found.append(_finding(fault["type"], location, fault["input"], fault.get("ctx") or {}, places))
    return found


def _finding(kind: str, location: Location, value: Any, context: dict[str, Any], places: Places) -> Finding:
    parameters = {name: str(parameter) for name, parameter in context.items() if name != "code"}
    if location[-1:] == ("[key]",):
        return places.of_key(location[:-1]), kind, parameters
    if kind == "missing":
        if location in places.keys:
            return (
                places.keys[location],
                "nothing_after_colon",
                {"key": str(location[-1]), "example": _example(location)},
            )
        owner = _NOUNS[_model_at(location[:-1])].split(" ", 1)[1]
        names = {"owner": f"This {owner}", "key": str(location[-1]), "example": _example(location)}
        return places.of(location[:-1]), "missing", names
    if kind == "extra_forbidden":
        return _unknown_key(location, places)
    if value is None and kind in {"model_type", "list_type", "empty_entry"}:
        return places.of(location), "empty_entry", {}
    expected = {"model_type": "not_a_mapping", "list_type": "not_a_list", "not_a_text": "not_a_text"}
    if code := expected.get(kind):
        dash = "- " if kind == "list_type" and _is_entry(location) else ""
        found = {"found": _kind_of(value), "value": shown(value)}
        return places.of(location), code, {**found, "example": dash + _example(location)}
    return places.of(location), kind, parameters


def _unknown_key(location: Location, places: Places) -> Finding:
    model = _model_at(location[:-1])
    key, allowed = str(location[-1]), list(model.model_fields)
    other_words = [word for word in _OTHER_WORDS.get(key.casefold(), ()) if word in allowed]
    suggestion = other_words[0] if other_words else meant(key, allowed)
    parameters = {"key": shown(key), "owner": _NOUNS[model]}
    if suggestion:
        return places.of_key(location), "unknown_key_meant", parameters | {"suggestion": suggestion}
    return places.of_key(location), "unknown_key", parameters | {"allowed": ", ".join(allowed)}


def _kind_of(value: Any) -> str:
    """Return what stands there, as `PARTS` has it."""
    if isinstance(value, dict):
        return "A group of keys"
    if isinstance(value, list):
        return "A list"
    return "Nothing" if value is None else "The text “{value}”"


def _model_at(location: Location) -> type[BaseModel]:
    model: type[BaseModel] = ContentFile
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _key_of(location: Location) -> tuple[str, FieldInfo] | None:
    """Return the key that holds this location, with its description; None for the whole file."""
    for length in range(len(location), 0, -1):
        step, keys = location[length - 1], _model_at(location[: length - 1]).model_fields
        if isinstance(step, str) and step in keys:
            return step, keys[step]
    return None


def _is_entry(location: Location) -> bool:
    """Tell whether the key that holds this location holds entries, which have keys of their own."""
    key = _key_of(location)
    return key is None or _model_in(key[1].annotation) is not None


def _example(location: Location) -> str:
    """The line to write for this key; for an entry, the first line of it."""
    key = None if _is_entry(location) else _key_of(location)
    name, field = key or next(iter(_model_at(location).model_fields.items()))
    return f"{name}: {field.examples[0]}" if field.examples else f"{name}: …"
