"""Lengths and places as Telegram counts them: in UTF-16 code units."""

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units; a character beyond the basic plane counts two."""
    if text.isascii():
        return len(text)
    return len(text) + len(_BEYOND.findall(text))


def cut_utf16(text: str, offset: int, length: int) -> str:
    """Return the part of `text` at a UTF-16 offset."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
