"""MarkdownV2: text and entities, refused in Telegram's own words."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from bot.local_telegram.formatting.html import date_time, emoji_id
from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal, bad_request

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
# Longest first: a double sign is not twice a single one.
_SIGNS = ("```", "||", "__", "![", "*", "_", "~", "`", "[")
_KINDS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
    "[": "text_link",
    "![": "custom_emoji",
}
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
}
_LANGUAGE = re.compile(r"[^\s`]*")


@dataclass(slots=True)
class _Opened:
    sign: str
    offset: int
    at: int
    language: str = ""


@dataclass(slots=True)
class MarkdownParser:
    """Reads one text from its beginning to its end."""

    source: str
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    offset: int = 0
    opened: list[_Opened] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)
    quote_offset: int | None = None

    def parse(self) -> tuple[str, list[JsonObject]]:
        """Return the text and its entities. Raises Refusal in Telegram's words."""
        while self.at < len(self.source):
            self._step()
        self._end_quote()
        if self.opened:
            last = self.opened[-1]
            raise _cannot(f"Can't find end of {_NAMES[_KINDS[last.sign]]} entity at byte offset {self._bytes(last.at)}")
        return "".join(self.pieces), self.entities

    def _step(self) -> None:
        character = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        inside = self.opened[-1].sign if self.opened else ""
        if character == "\\" and following and ord(following) <= 126:
            self._write(following)
            self.at += 2
        elif inside in {"`", "```"}:
            self._inside_code(inside, character)
        elif character == ">" and self._starts_line():
            if self.quote_offset is None:
                self.quote_offset = self.offset
            self.at += 1
        elif character == "\n":
            self._write("\n")
            self.at += 1
            if self.quote_offset is not None and not self.source.startswith(">", self.at):
                self._end_quote()
        elif character in _RESERVED:
            self._sign(inside, character)
        else:
            self._write(character)
            self.at += 1

    def _inside_code(self, inside: str, character: str) -> None:
        if self.source.startswith(inside, self.at):
            self._close(inside)
        else:
            self._write(character)
            self.at += 1

    def _sign(self, inside: str, character: str) -> None:
        if character == "|" and self.quote_offset is not None and self._is_end_of_expandable(inside):
            self.at += 2
            self._end_quote(expandable=True)
            return
        if character == "]" and inside in {"[", "!["}:
            self._close(inside)
            return
        sign = next((sign for sign in _SIGNS if self.source.startswith(sign, self.at)), "")
        if not sign:
            raise _reserved(character)
        if sign == inside:
            self._close(inside)
        elif sign in {"[", "!["} and any(opened.sign in {"[", "!["} for opened in self.opened):
            raise _reserved(character)
        else:
            self._open(sign)

    def _open(self, sign: str) -> None:
        opened = _Opened(sign, self.offset, self.at)
        self.at += len(sign)
        if sign == "```":
            match = _LANGUAGE.match(self.source, self.at)
            language = match[0] if match else ""
            if language and self.source[self.at + len(language) : self.at + len(language) + 1].isspace():
                opened.language = language
                self.at += len(language)
            if self.source.startswith("\n", self.at):
                self.at += 1
        self.opened.append(opened)

    def _close(self, sign: str) -> None:
        opened = self.opened.pop()
        self.at += 1 if sign in {"[", "!["} else len(sign)
        place = {"offset": opened.offset, "length": self.offset - opened.offset}
        entity: JsonObject | None = {"type": _KINDS[sign], **place}
        if sign == "```" and opened.language and entity:
            entity["language"] = opened.language
        elif sign == "[":
            url = self._target() if self.source.startswith("(", self.at) else self._covered(opened)
            entity = {"type": "text_link", **place, "url": url}
        elif sign == "![":
            entity = self._custom(place)
        if place["length"] and entity:
            self.entities.append(entity)

    def _custom(self, place: JsonObject) -> JsonObject:
        if not self.source.startswith("(", self.at):
            raise _cannot("Custom emoji entity must contain a tg://emoji URL")
        parts = urlsplit(self._target())
        query = dict(parse_qsl(parts.query))
        if parts.scheme == "tg" and parts.netloc == "time":
            return {"type": "date_time", **place, **date_time(query)}
        if parts.scheme != "tg" or parts.netloc != "emoji":
            raise _cannot("Custom emoji URL must have scheme tg")
        return {"type": "custom_emoji", **place, "custom_emoji_id": emoji_id({"emoji-id": query.get("id", "")})}

    def _target(self) -> str:
        begin = self.at
        self.at += 1
        target: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            target.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            raise _cannot(f"Can't find end of a URL at byte offset {self._bytes(begin)}")
        self.at += 1
        return "".join(target)

    def _covered(self, opened: _Opened) -> str:
        return "".join(self.pieces).encode("utf-16-le")[2 * opened.offset :].decode("utf-16-le")

    def _starts_line(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] == "\n"

    def _is_end_of_expandable(self, inside: str) -> bool:
        ends_line = self.source.startswith("||", self.at) and self.source[self.at + 2 : self.at + 3] in {"", "\n"}
        return ends_line and inside != "||"

    def _end_quote(self, *, expandable: bool = False) -> None:
        if self.quote_offset is None:
            return
        length = self.offset - self.quote_offset
        if length:
            kind = "expandable_blockquote" if expandable else "blockquote"
            self.entities.append({"type": kind, "offset": self.quote_offset, "length": length})
        self.quote_offset = None

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)

    def _bytes(self, place: int) -> int:
        return len(self.source[:place].encode())


def parse_markdown_v2(source: str) -> tuple[str, list[JsonObject]]:
    """Return text and entities of MarkdownV2. Raises Refusal in Telegram's words."""
    return MarkdownParser(source).parse()


def _reserved(character: str) -> Refusal:
    return _cannot(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")


def _cannot(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
