"""Telegram's HTML: text and entities, refused in Telegram's own words."""

import re
from dataclasses import dataclass, field

from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal, bad_request

_SPACES = " \t\r\n\v\f"
_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset({*_SIMPLE_TAGS, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_UNTIL_TAG = re.compile(r"[^<]+")
# Most tags are as short as this; the rest is read character by character.
_BARE_TAG = re.compile(r"<([a-z-]+)>")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_NAME_OF_TAG = re.compile(r"[^ \t\r\n\v\f>]*")
_NAME_OF_ATTRIBUTE = re.compile(r"""[^\s=>/"']*""")
_LARGEST_EMOJI_ID = 2**63 - 1


@dataclass(slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    begins_at: int


@dataclass(slots=True)
class HtmlParser:
    """Reads one text from its beginning to its end."""

    source: str
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    offset: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)

    def parse(self) -> tuple[str, list[JsonObject]]:
        """Return the text and its entities in order of their ends. Raises Refusal in Telegram's words."""
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._end_tag() if self.source.startswith("/", self.at + 1) else self._start_tag()
            else:
                run = _matched(_UNTIL_TAG, self.source, self.at)
                self._write(_decoded(run))
                self.at += len(run)
        if self.open_tags:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        return "".join(self.pieces), self.entities

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)

    def _start_tag(self) -> None:
        begin = self.at
        bare = _BARE_TAG.match(self.source, begin)
        if bare and bare[1] in _TAGS and bare[1] != "span":
            self.at = bare.end()
            self.open_tags.append(_OpenTag(bare[1], {}, self.offset, len(self.pieces)))
            return
        self._skip_until_end_of_name()
        if self._is_over():
            raise _cannot(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        name = self.source[begin + 1 : self.at].lower()
        if name not in _TAGS:
            raise _cannot(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(name, begin)
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open_tags.append(_OpenTag(name, attributes, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._is_over():
                raise _cannot(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            if self.source[self.at] == ">":
                return found
            name = _matched(_NAME_OF_ATTRIBUTE, self.source, self.at)
            if not name:
                raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            self.at += len(name)
            self._skip_spaces()
            if self._is_over():
                raise _cannot(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            if self.source[self.at] != "=":
                found[name.lower()] = ""
                continue
            self.at += 1
            self._skip_spaces()
            if self._is_over():
                raise _cannot(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            found[name.lower()] = self._attribute_value()
            if self._is_over():
                raise _cannot(f"Unclosed start tag at byte offset {self._bytes(begin)}")

    def _attribute_value(self) -> str:
        quote = self.source[self.at]
        if quote not in "\"'":
            token = _matched(_NAME_TOKEN, self.source, self.at)
            begin = self.at
            self.at += len(token)
            if not self._is_over() and self.source[self.at] not in _SPACES + ">":
                raise _cannot(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return token.lower()
        end = self.source.find(quote, self.at + 1)
        raw = self.source[self.at + 1 : end if end >= 0 else len(self.source)]
        self.at = end + 1 if end >= 0 else len(self.source)
        return _decoded(raw)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open_tags:
            raise _cannot(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._skip_until_end_of_name()
        name = self.source[begin + 2 : self.at].lower()
        self._skip_spaces()
        if self._is_over() or self.source[self.at] != ">":
            raise _cannot(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.open_tags.pop()
        if name and name != opened.name:
            raise _cannot(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.name}>", found "</{name}>"'
            )
        length = self.offset - opened.offset
        if length > 0:
            self._close(opened, {"offset": opened.offset, "length": length})

    def _close(self, tag: _OpenTag, place: JsonObject) -> None:
        attributes = tag.attributes
        last = self.entities[-1] if self.entities else {}
        same_place = last.get("offset") == place["offset"] and last.get("length") == place["length"]
        match tag.name:
            case "a":
                url = attributes.get("href") or "".join(self.pieces[tag.begins_at :])
                self.entities.append({"type": "text_link", **place, "url": url})
            case "pre" if same_place and last.get("type") == "code" and last.get("language"):
                self.entities[-1] = {**last, "type": "pre"}
            case "code":
                # The language of a lone <code> is dropped at the end; <pre><code> keeps it.
                language = attributes.get("class", "").removeprefix("language-")
                is_named = attributes.get("class", "").startswith("language-") and language
                self.entities.append({"type": "code", **place, **({"language": language} if is_named else {})})
            case "pre":
                self.entities.append({"type": "pre", **place})
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
                self.entities.append({"type": kind, **place})
            case "tg-emoji":
                self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": emoji_id(attributes)})
            case "tg-time":
                self.entities.append({"type": "date_time", **place, **date_time(attributes)})
            case _:
                self.entities.append({"type": _SIMPLE_TAGS[tag.name], **place})

    def _skip_until_end_of_name(self) -> None:
        self.at += len(_matched(_NAME_OF_TAG, self.source, self.at))

    def _skip_spaces(self) -> None:
        while not self._is_over() and self.source[self.at] in _SPACES:
            self.at += 1

    def _is_over(self) -> bool:
        return self.at >= len(self.source)

    def _bytes(self, place: int) -> int:
        return len(self.source[:place].encode())


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Return text and entities of Telegram's HTML. Raises Refusal in Telegram's words."""
    text, entities = HtmlParser(source).parse()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities


def _decoded(text: str) -> str:
    """Return a text with what its references stand for; what is no reference stays."""
    return _CHARACTER.sub(lambda match: (decode_character(match[0], 0) or (match[0], 0))[0], text)


def decode_character(source: str, at: int) -> tuple[str, int] | None:
    """Return the character that a reference at `at` stands for and the place after it; None if it is no reference."""
    match = _CHARACTER.match(source, at)
    if match is None:
        return None
    if match[3]:
        return _NAMED[match[3]], match.end()
    code = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code), match.end()


def emoji_id(attributes: dict[str, str]) -> str:
    """Return a custom emoji's id. Raises Refusal if it is none."""
    value = attributes.get("emoji-id", "")
    if not value.isdigit() or not 0 < int(value) <= _LARGEST_EMOJI_ID:
        raise _cannot("Invalid custom emoji identifier specified")
    return value


def date_time(attributes: dict[str, str]) -> JsonObject:
    """Return a date-time entity's own fields. Raises Refusal if they are none."""
    unix, layout = attributes.get("unix", ""), attributes.get("format", "")
    if not re.fullmatch(r"-?[0-9]{1,12}", unix):
        raise _cannot("Invalid date specified")
    if not re.fullmatch(r"r|w?[dD]?[tT]?", layout):
        raise _cannot("Invalid date format specified")
    return {"unix_time": int(unix), **({"date_time_format": layout} if layout else {})}


def _cannot(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


def _matched(pattern: re.Pattern[str], source: str, at: int) -> str:
    match = pattern.match(source, at)
    return match[0] if match else ""
