"""A call's parameters: read from query, form, multipart or JSON, and brought to the types the Bot API names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import BodyPartReader, web

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal, bad_request

Kind = Literal["integer", "boolean", "string", "chat", "object", "array", "file"]

UPLOAD_BYTES = 50 * 1024 * 1024
_FIELDS_BYTES = 1024 * 1024
# How Telegram names a parameter in its complaint, where it is not the name with spaces.
_NAMES = {"reply_markup": "reply keyboard markup", "caption_entities": "entities"}


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it came in a multipart body."""

    name: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Parameters:
    """Named values of the right types, files apart. `warnings` holds what Telegram would ignore in silence."""

    values: JsonObject = field(default_factory=dict)
    files: dict[str, UploadedFile] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """Return a string parameter."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer parameter."""
        value = self.values.get(name)
        return default if value is None else int(value)

    def boolean(self, name: str) -> bool:
        """Return a boolean parameter, False if absent."""
        return bool(self.values.get(name))

    def object(self, name: str) -> JsonObject | None:
        """Return an object parameter, None if absent."""
        value: JsonObject | None = self.values.get(name)
        return value

    def array(self, name: str) -> list[Any] | None:
        """Return an array parameter, None if absent."""
        value: list[Any] | None = self.values.get(name)
        return value


async def read_parameters(request: web.Request) -> Parameters:
    """Read what the request carries, untyped yet. Raises Refusal 413 if the body is too large, 400 if unreadable."""
    given = Parameters(values=dict(request.query))
    if not request.can_read_body:
        return given
    try:
        if request.content_type == "application/json":
            body = json.loads(await request.text())
            if not isinstance(body, dict):
                raise bad_request("can't parse request JSON object")
            given.values.update(body)
        elif request.content_type == "application/x-www-form-urlencoded":
            given.values.update({name: str(value) for name, value in (await request.post()).items()})
        elif request.content_type == "multipart/form-data":
            await _read_multipart(request, given)
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse request body") from None
    return given


async def _read_multipart(request: web.Request, given: Parameters) -> None:
    total = fields = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("nested multipart bodies are not read")
        content = bytearray()
        while chunk := await part.read_chunk(65536):
            total += len(chunk)
            fields += 0 if part.filename is not None else len(chunk)
            if total > UPLOAD_BYTES + _FIELDS_BYTES or fields > _FIELDS_BYTES:
                raise Refusal(413, "Request Entity Too Large")
            content += chunk
        if part.filename is not None:
            content_type = part.headers.get("Content-Type", "")
            given.files[part.name] = UploadedFile(part.filename, bytes(content), content_type)
        else:
            given.values[part.name] = content.decode()


def coerce(given: Parameters, kinds: Mapping[str, Kind]) -> Parameters:
    """Bring every known parameter to its type; note the unknown ones. Raises Refusal if a value cannot be read."""
    typed = Parameters(files=given.files)
    for name, value in given.values.items():
        kind = kinds.get(name)
        if kind is None:
            typed.warnings.append(f"unknown parameter {name}")
        elif value is not None:
            typed.values[name] = _coerce(name, value, kind)
    return typed


def _coerce(name: str, value: Any, kind: Kind) -> Any:
    match kind:
        case "integer":
            return _integer(name, value)
        case "boolean":
            # Telegram reads anything else as false; a bot that sends "yes please" means something else.
            if isinstance(value, str) and value.lower() in {"true", "false", "yes", "no", "1", "0", ""}:
                return value.lower() in {"true", "yes", "1"}
            if isinstance(value, bool):
                return value
            raise bad_request(f'parameter "{name}" must be of type Boolean')
        case "chat":
            return value if isinstance(value, int) and not isinstance(value, bool) else str(value)
        case "object" | "array":
            return _structure(name, value, dict if kind == "object" else list)
        case "string" | "file":
            if isinstance(value, dict | list | bool):
                raise bad_request(f'parameter "{name}" must be of type String')
            return str(value)


def _integer(name: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(str(value))
    except ValueError:
        raise bad_request(f'parameter "{name}" must be of type Integer') from None


def _structure(name: str, value: Any, wanted: type) -> Any:
    words = _NAMES.get(name, name.replace("_", " "))
    if isinstance(value, str):
        if not value:
            return wanted()
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {words} JSON object") from None
    if not isinstance(value, wanted):
        if name == "reply_markup":
            raise bad_request("object expected as reply markup")
        raise bad_request(f"can't parse {words} JSON object")
    return value
