"""Lengths as Telegram counts them: in UTF-16 code units."""

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units; a character beyond the basic plane counts two."""
    if text.isascii():
        return len(text)
    return len(text) + len(_BEYOND.findall(text))
