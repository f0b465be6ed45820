"""From what a bot writes to what a phone shows: a text and its entities, in UTF-16 units."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.formatting.detection import detect_entities
from bot.local_telegram.formatting.entities import read_entities, settle_entities
from bot.local_telegram.formatting.html import parse_html
from bot.local_telegram.formatting.markdown import parse_markdown_v2
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import bad_request

__all__ = ["FormattedText", "format_text"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as it is shown, and its entities in order."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)

    def fields(self, text_name: str = "text", entities_name: str = "entities") -> JsonObject:
        """Return the two as fields of a Message; no entities, no field."""
        return {text_name: self.text, **({entities_name: self.entities} if self.entities else {})}


def format_text(source: str, parse_mode: str = "", explicit: list[Any] | None = None) -> FormattedText:
    """Parse by mode ("HTML", "MarkdownV2", "" for none), add what Telegram finds itself. Raises Refusal."""
    source = _CONTROL.sub(" ", source.replace("\r", ""))
    match parse_mode.lower():
        case "html":
            text, entities = parse_html(source)
        case "markdownv2":
            text, entities = parse_markdown_v2(source)
        case "":
            text, entities = source, read_entities(explicit or [], source)
        case "markdown":
            raise bad_request("legacy Markdown is not read by the local Telegram, use HTML or MarkdownV2")
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = settle_entities(text, entities)
    detected = detect_entities(text, entities)
    if detected:
        text, entities = settle_entities(text, entities + detected)
    return FormattedText(text, entities)
