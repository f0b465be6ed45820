"""Languages as other programs name them."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError

_NAMES = {
    "english": "en", "englisch": "en", "deutsch": "de", "german": "de", "română": "ro", "romanian": "ro",
    "українська": "uk", "ukrainian": "uk", "русский": "ru", "russian": "ru", "français": "fr", "french": "fr",
    "italiano": "it", "italian": "it", "español": "es", "spanish": "es",
}  # fmt: skip


def read_language(text: str) -> str | None:
    """Return the code of ``de``, ``de-formal``, ``en_GB`` or ``Deutsch``; None: it names none, or more than one."""
    text = text.strip().casefold()
    if name := _NAMES.get(text):
        return name
    if not (found := re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", text)):
        return None
    code = found[1]
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    return "ro" if code == "mo" else code
