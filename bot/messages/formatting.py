"""Small pieces of Telegram's HTML, and cutting texts to length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.i18n import Html, escaped
from bot.messages.outgoing import Button, ButtonRows

MAX_LABEL_LENGTH = 44  # characters; a longer label does not fit between a phone's edges
SEEN_LABEL_LENGTH = 30  # what a narrow phone surely shows of it
HALF_A_ROW = 14  # what it surely shows of one of two labels side by side
MAX_DESCRIPTION_LENGTH = 700
ELLIPSIS = "…"


def bold(text: str) -> Html:
    """Return the text in bold."""
    return Html(f"<b>{escaped(text)}</b>")


def italic(text: str) -> Html:
    """Return the text in italics."""
    return Html(f"<i>{escaped(text)}</i>")


def profile_link(text: str, chat_id: int) -> Html:
    """Return the text as a link to somebody's Telegram profile; it works for whoever has written to the bot."""
    return Html(f'<a href="tg://user?id={chat_id}">{escaped(text)}</a>')


def instant(text: str, moment: datetime) -> Html:
    """Return the text as a date-time entity: our words stay, a tap shows the moment in the phone's own zone."""
    return Html(f'<tg-time unix="{int(moment.timestamp())}">{escaped(text)}</tg-time>')


def lines(*parts: str | None) -> Html:
    """Put each part that is not empty on its own line."""
    return Html("\n".join(escaped(part) for part in parts if part))


def paragraphs(*parts: str | None) -> Html:
    """Put an empty line between the parts that are not empty."""
    return Html("\n\n".join(escaped(part) for part in parts if part))


def beside(*parts: str | None) -> Html:
    """Put facts side by side, with a middle dot between them."""
    return Html(" · ".join(escaped(part) for part in parts if part))


def cut(text: str, length: int) -> str:
    """Shorten plain text to at most ``length`` characters, at a space if one is near, with an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ", length // 2)
    return (head[:space] if space > 0 else head).rstrip(" ,;:–-") + ELLIPSIS


def capitalised(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def label(text: str) -> str:
    """Shorten a button's label."""
    return cut(" ".join(text.split()), MAX_LABEL_LENGTH)


def distinct_labels(texts: Sequence[str], room_for: int = 0) -> list[str]:
    """Shorten the labels of one list; those that would begin alike lose their middle instead of their end.

    ``room_for``: characters to leave free for what is put in front of each.
    """
    seen = SEEN_LABEL_LENGTH - room_for
    plain = [" ".join(text.split()) for text in texts]
    begins = [text[:seen] for text in plain]
    return [
        _without_middle(text, seen) if begins.count(begin) > 1 else cut(text, MAX_LABEL_LENGTH - room_for)
        for text, begin in zip(plain, begins, strict=True)
    ]


def _without_middle(text: str, length: int) -> str:
    """Keep the beginning and, from the start of a word on, the end, which may be a few characters longer."""
    if len(text) <= length:
        return text
    kept = length // 2
    space = text.rfind(" ", 0, len(text) - kept)
    tail = text[space + 1 :] if len(text) - space <= length else text[-kept:]
    head = text[: max(6, length - len(tail))].rstrip()
    return f"{head}{ELLIPSIS}{tail}"


def rows(buttons: Iterable[Button], width: int = 1) -> ButtonRows:
    """Lay buttons in rows of ``width``."""
    listed = tuple(buttons)
    return tuple(listed[start : start + width] for start in range(0, len(listed), width))


def paired(buttons: Iterable[Button]) -> ButtonRows:
    """Lay buttons in their order: two neighbours share a row if half of a phone's width shows both labels whole."""
    laid: list[tuple[Button, ...]] = []
    for button in buttons:
        short = len(button.text) <= HALF_A_ROW
        if short and laid and len(laid[-1]) == 1 and len(laid[-1][0].text) <= HALF_A_ROW:
            laid[-1] = (*laid[-1], button)
        else:
            laid.append((button,))
    return tuple(laid)
