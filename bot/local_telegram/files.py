"""Files people and the bot sent: kept in memory, found by their ids, the oldest dropped when there is too much."""

import hashlib
import mimetypes
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePath

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import bad_request

PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
_KEPT_BYTES = 256 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
# What conference people send, and Python's own table does not hold on every machine.
_CONTENT_TYPES = {
    ".ics": "text/calendar",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".md": "text/markdown",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
# Of Python itself, not of the machine it runs on.
_TYPES = mimetypes.MimeTypes()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file. `path` is what getFile answers; `size` is width and height in pixels, of a photo only."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    content_type: str
    content: bytes
    path: str
    size: tuple[int, int] | None = None

    def document(self) -> JsonObject:
        """Return the Bot API's Document."""
        return {
            "file_name": self.name,
            "mime_type": self.content_type,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def photo(self) -> list[JsonObject]:
        """Return the Bot API's list of PhotoSize, here with one size."""
        width, height = self.size or (0, 0)
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "file_size": len(self.content),
                "width": width,
                "height": height,
            }
        ]

    def file(self) -> JsonObject:
        """Return the Bot API's File."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


class FileStore:
    """All files, by id and by path."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._bytes = 0
        self._numbers = {"documents": 0, "photos": 0}

    def keep_document(self, name: str, content: bytes) -> StoredFile:
        """Keep a document. Raises Refusal if it is empty."""
        if not content:
            raise bad_request("file must be non-empty")
        clean = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "file"
        content_type = _CONTENT_TYPES.get(PurePath(clean).suffix.lower()) or _TYPES.guess_type(clean)[0]
        return self._keep("documents", clean, content, content_type=content_type or "application/octet-stream")

    def keep_photo(self, name: str, content: bytes) -> StoredFile:
        """Keep a photo. Raises Refusal if it is empty, over 10 MB, or no picture."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > PHOTO_BYTES:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
            )
        size = picture_size(content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        content_type = "image/png" if content[:4] == b"\x89PNG" else "image/jpeg"
        return self._keep("photos", name, content, content_type=content_type, size=size)

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return a file by its id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Return a file by the path getFile answered."""
        return next((stored for stored in self._by_id.values() if stored.path == path), None)

    def _keep(
        self, kind: str, name: str, content: bytes, *, content_type: str, size: tuple[int, int] | None = None
    ) -> StoredFile:
        self._numbers[kind] += 1
        ending = name.rsplit(".", 1)[-1].lower() if "." in name else ("jpg" if kind == "photos" else "bin")
        ending = "".join(character for character in ending if character.isascii() and character.isalnum())[:8] or "bin"
        stored = StoredFile(
            file_id=("AgAC" if kind == "photos" else "BQAC") + secrets.token_urlsafe(40),
            unique_id="Ag" + hashlib.blake2b(content, digest_size=9).hexdigest()[:14],
            kind=kind,
            name=name,
            content_type=content_type,
            content=content,
            path=f"{kind}/file_{self._numbers[kind]}.{ending}",
            size=size,
        )
        self._by_id[stored.file_id] = stored
        self._bytes += len(content)
        while self._bytes > _KEPT_BYTES and len(self._by_id) > 1:
            _, oldest = self._by_id.popitem(last=False)
            self._bytes -= len(oldest.content)
        return stored


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG picture; None if it is none of them."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    if content[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        # The frame headers hold the size; C4, C8 and CC lie in their range and are something else.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
