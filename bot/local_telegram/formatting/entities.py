"""Entities as Telegram keeps them: within the text, in order, nothing inside code, nothing twice."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal, bad_request

MOST_ENTITIES = 100
_PLAIN = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
    ]
)
_OWN_FIELDS = {
    "pre": (),
    "text_link": ("url",),
    "text_mention": ("user",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time",),
}
# These are found by Telegram itself; where a bot names them, they are looked for anew.
_DETECTED = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
_SEALED = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})


def read_entities(given: list[Any], text: str) -> list[JsonObject]:
    """Return the explicit entities of a call, checked. Raises Refusal in Telegram's words."""
    size = utf16_length(text)
    return [entity for value in given if (entity := _read_entity(value, size))["type"] not in _DETECTED]


def _read_entity(value: Any, size: int) -> JsonObject:
    if not isinstance(value, dict):
        raise bad_request("expected an Object as MessageEntity")
    kind = value.get("type")
    if kind not in _PLAIN and kind not in _OWN_FIELDS:
        raise _cannot("Unsupported type specified")
    for name in ("offset", "length", *_OWN_FIELDS.get(kind, ())):
        if name not in value:
            raise _cannot(f'Can\'t find field "{name}"')
    offset, length = value["offset"], value["length"]
    for name, number in (("offset", offset), ("length", length)):
        if not isinstance(number, int):
            raise _cannot(f'Field "{name}" must be of type Number')
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
    if kind == "text_link" and (problem := url_problem(value["url"])):
        raise bad_request(f"entity URL '{value['url']}' is invalid: {problem}")
    if kind == "custom_emoji" and not re.fullmatch(r"[0-9]{1,18}", str(value["custom_emoji_id"])):
        raise _cannot('Field "custom_emoji_id" must be a valid Number')
    kept = ("type", "offset", "length", *_OWN_FIELDS.get(kind, ()), "language", "date_time_format")
    return {name: value[name] for name in kept if name in value}


def settle_entities(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Trim the text and return it with its entities in Telegram's order, cut and merged as Telegram does."""
    trimmed = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(trimmed))
    leading = min(len(trimmed) - len(trimmed.lstrip()), first)
    trimmed = trimmed[leading:]
    size = utf16_length(trimmed)
    moved = []
    for entity in entities:
        offset = entity["offset"] - leading
        length = min(entity["length"], size - offset)
        if length > 0:
            moved.append({**entity, "offset": offset, "length": length})
    moved.sort(key=_rank)
    kept: list[JsonObject] = []
    around: list[JsonObject] = []
    for entity in moved:
        linked = _linked(entity)
        around = [other for other in around if entity["offset"] < other["offset"] + other["length"]]
        if linked is not None and not any(_swallows(other, linked) for other in around):
            kept.append(linked)
            around.append(linked)
    return trimmed, _without_contents_of_code(kept)[:MOST_ENTITIES]


def _swallows(outer: JsonObject, inner: JsonObject) -> bool:
    if outer["type"] in _QUOTES and inner["type"] in _QUOTES:
        return True
    return bool(outer["type"] == inner["type"])


def _without_contents_of_code(entities: list[JsonObject]) -> list[JsonObject]:
    sealed = [entity for entity in entities if entity["type"] in _SEALED]
    if not sealed:
        return entities
    return [
        entity
        for entity in entities
        if entity["type"] in _QUOTES
        or not any(other is not entity and _overlap(other, entity) and _outranks(other, entity) for other in sealed)
    ]


def _overlap(one: JsonObject, other: JsonObject) -> bool:
    begins_before_end: bool = one["offset"] < other["offset"] + other["length"]
    return begins_before_end and bool(other["offset"] < one["offset"] + one["length"])


def _outranks(code: JsonObject, entity: JsonObject) -> bool:
    if entity["type"] not in _SEALED:
        return True
    return _rank(code) < _rank(entity)


def _rank(entity: JsonObject) -> tuple[int, int, bool]:
    """Sort from the outside in; of <pre><code> around the same text, pre is the outer one."""
    return entity["offset"], -entity["length"], entity["type"] == "code"


def _linked(entity: JsonObject) -> JsonObject | None:
    if entity["type"] != "text_link":
        return entity
    url = entity["url"]
    parts = urlsplit(url)
    if parts.scheme == "tg" and parts.netloc == "user":
        user_id = parse_qs(parts.query).get("id", [""])[0]
        if user_id.isdigit():
            return {
                "type": "text_mention",
                "offset": entity["offset"],
                "length": entity["length"],
                "user": {"id": int(user_id), "is_bot": False, "first_name": ""},
            }
    # Telegram drops a link it cannot follow, without a word.
    return None if url_problem(url) else {**entity, "url": followed_url(url)}


def url_problem(url: object) -> str:
    """Return what Telegram finds wrong with an address, "" if nothing."""
    if not isinstance(url, str) or not url.strip():
        return "URL host is empty"
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port
    except ValueError:
        return "Wrong port number specified in the URL"
    if port == 0:
        return "Wrong port number specified in the URL"
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return ""
    if parts.scheme not in {"http", "https"}:
        return "Unsupported URL protocol"
    host = parts.hostname or ""
    if not host:
        return "URL host is empty"
    return (
        ""
        if re.fullmatch(r"(?:[^\s.]+\.)+(?:[^\s.\d]{2,}|xn--[a-z\d-]+)\.?|[\d.]+|[\da-f:]+", host)
        else "Wrong HTTP URL"
    )


def followed_url(url: str) -> str:
    """Return an address as Telegram shows it back: with a scheme, and a slash after a bare host."""
    whole = url if "://" in url else f"http://{url}"
    parts = urlsplit(whole)
    is_bare = parts.scheme in {"http", "https"} and not parts.path and not parts.query and not parts.fragment
    return f"{whole}/" if is_bare else whole


def _cannot(reason: str) -> Refusal:
    return bad_request(f"can't parse MessageEntity: {reason}")
