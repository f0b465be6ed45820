"""Documents, photos and albums: sent by upload or by file id, and fetched again."""

import secrets
from collections.abc import Mapping
from typing import Any, Literal

from bot.local_telegram.files import DOWNLOAD_BYTES, StoredFile
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.method import (
    CAPTION,
    SENDING,
    Method,
    caption_fields,
    chat_of,
    read_caption,
    sending_fields,
)
from bot.local_telegram.parameters import UPLOAD_BYTES, Kind, Parameters
from bot.local_telegram.refusals import Refusal, bad_request
from bot.local_telegram.state import TelegramState

MediaKind = Literal["document", "photo"]
_MOST_IN_AN_ALBUM = 10


def send_document(state: TelegramState, given: Parameters) -> JsonObject:
    """Send a file."""
    return _send(state, given, "document")


def send_photo(state: TelegramState, given: Parameters) -> JsonObject:
    """Send a photo."""
    return _send(state, given, "photo")


def send_media_group(state: TelegramState, given: Parameters) -> list[JsonObject]:
    """Send an album: all its messages or none."""
    media = given.array("media") or []
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) == 1:
        raise bad_request("too few messages to send as an album")
    if len(media) > _MOST_IN_AN_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type")) if isinstance(item, dict) else "" for item in media}
    if not kinds <= {"document", "photo"}:
        raise bad_request("can't parse InputMedia: type must be one of document, photo in the local Telegram")
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    chat = state.open_chat(chat_of(given))
    common = {**sending_fields(chat, given), "media_group_id": str(secrets.randbits(53))}
    contents = [_album_item(state, given, item) for item in media]
    return [state.add_message(chat, {**content, **common}, from_bot=True) for content in contents]


def get_file(state: TelegramState, given: Parameters) -> JsonObject:
    """Return where a file can be fetched from."""
    if not given.text("file_id"):
        raise bad_request("file_id not specified")
    stored = state.files.by_id(given.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return stored.file()


def media_fields(stored: StoredFile) -> JsonObject:
    """Return a stored file as the field of a Message."""
    return {"document": stored.document()} if stored.kind == "documents" else {"photo": stored.photo()}


def _send(state: TelegramState, given: Parameters, kind: MediaKind) -> JsonObject:
    caption = read_caption(given)
    chat = state.open_chat(chat_of(given))
    stored = _find_or_keep(state, given, kind, given.text(kind) or f"attach://{kind}")
    content = {**media_fields(stored), **caption_fields(caption), **sending_fields(chat, given)}
    if kind == "photo":
        content |= _photo_fields(given.values)
    return state.add_message(chat, content, from_bot=True)


def _album_item(state: TelegramState, given: Parameters, item: JsonObject) -> JsonObject:
    kind: MediaKind = "document" if item["type"] == "document" else "photo"
    caption = read_caption(Parameters(values=item))
    stored = _find_or_keep(state, given, kind, str(item.get("media", "")))
    content = {**media_fields(stored), **caption_fields(caption)}
    return {**content, **_photo_fields(item)} if kind == "photo" else content


def _photo_fields(values: Mapping[str, Any]) -> JsonObject:
    named = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    return {field: True for name, field in named.items() if values.get(name)}


def _find_or_keep(state: TelegramState, given: Parameters, kind: MediaKind, source: str) -> StoredFile:
    if source.startswith("attach://"):
        upload = given.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        if len(upload.content) > UPLOAD_BYTES:
            raise Refusal(413, "Request Entity Too Large")
        keep = state.files.keep_document if kind == "document" else state.files.keep_photo
        return keep(upload.name, upload.content)
    if source.startswith(("http://", "https://")):
        # Telegram would fetch it; a local demo asks the web for nothing.
        raise bad_request("failed to get HTTP URL content")
    stored = state.files.by_id(source)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != f"{kind}s":
        raise bad_request(f"can't use file of type {stored.kind[:-1].capitalize()} as {kind.capitalize()}")
    return stored


_PHOTO: Mapping[str, Kind] = {"photo": "file", "show_caption_above_media": "boolean", "has_spoiler": "boolean"}
_DOCUMENT: Mapping[str, Kind] = {
    "document": "file",
    "thumbnail": "file",
    "disable_content_type_detection": "boolean",
}
_NOT_IN_ALBUMS = frozenset({"suggested_post_parameters", "reply_markup"})

METHODS = {
    "sendDocument": Method(send_document, {**SENDING, **CAPTION, **_DOCUMENT}),
    "sendPhoto": Method(send_photo, {**SENDING, **CAPTION, **_PHOTO}),
    "sendMediaGroup": Method(
        send_media_group,
        {**{name: kind for name, kind in SENDING.items() if name not in _NOT_IN_ALBUMS}, "media": "array"},
    ),
    "getFile": Method(get_file, {"file_id": "string"}),
}
