"""One message to a person, before any of Telegram's classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.models import Media, MediaKind

MAX_TEXT_LENGTH = 4096  # UTF-16 units after the markup is parsed; core.telegram.org/bots/api#sendmessage
MAX_CAPTION_LENGTH = 1024  # likewise; core.telegram.org/bots/api#senddocument
MAX_CALLBACK_BYTES = 64  # core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True, slots=True)
class CallbackButton:
    """A button that comes back to us with ``data`` (1–64 bytes, packed by `bot.messages.buttons`)."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address."""

    text: str
    url: str


Button = CallbackButton | LinkButton
ButtonRows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A text in Telegram's HTML, with its rows of buttons. Every event text in it is already escaped.

    ``media``: a photo or a document that the text stands below; the text may be empty then.
    """

    text: str
    buttons: ButtonRows = ()
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """A file named ``name`` that the bot made, with a caption in Telegram's HTML and rows of buttons below it.

    ``kind``: as what Telegram shows it.
    """

    name: str
    data: bytes = field(repr=False)
    caption: str = ""
    buttons: ButtonRows = ()
    kind: MediaKind = MediaKind.DOCUMENT
