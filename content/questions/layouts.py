"""What fingers meant: letters of another alphabet inside a word, and words typed on another keyboard layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_UKRAINIAN_KEYS = "'йцукенгшщзхїфівапролджєячсмитьбю."
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю."
_ROMANIAN_KEYS = {"[": "ă", "]": "î", "\\": "â", ";": "ș", "'": "ț"}

_TO_UKRAINIAN = str.maketrans(_LATIN_KEYS, _UKRAINIAN_KEYS)
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_FROM_CYRILLIC = str.maketrans(_UKRAINIAN_KEYS + _RUSSIAN_KEYS + "ґ", _LATIN_KEYS + _LATIN_KEYS + "u")
_TO_ROMANIAN = str.maketrans(_ROMANIAN_KEYS)
_CYRILLIC_TO_ROMANIAN = str.maketrans({"х": "ă", "ї": "î", "ъ": "î", "ж": "ș", "є": "ț", "э": "ț"})

_WITHOUT_SHIFT = str.maketrans('~{}:"<>', "`[];',.")

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z\u00c0-\u024f]")
_LOOKS_LATIN = str.maketrans("авекмнорстухіјѕһ", "abekmhopctyxijsh")
_LOOKS_CYRILLIC = str.maketrans("abekmhopctyxi", "авекмнорстухі")


def in_one_alphabet(word: str) -> str:
    """Return a small-letter word of mixed alphabets in the one it was meant in, if its letters look alike there."""
    if word.isascii() or not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    latin = word.translate(_LOOKS_LATIN)
    if not _CYRILLIC.search(latin):
        return latin
    cyrillic = word.translate(_LOOKS_CYRILLIC)
    return word if _LATIN.search(cyrillic) else cyrillic


def other_layouts(text: str) -> Iterator[str]:
    """Yield what the same keys give on the other layouts in use: Ukrainian, Russian, English, Romanian."""
    small = text.casefold().translate(_WITHOUT_SHIFT)
    if _CYRILLIC.search(small):
        if not _LATIN.search(small):
            yield small.translate(_FROM_CYRILLIC)
            yield small.translate(_CYRILLIC_TO_ROMANIAN).translate(_FROM_CYRILLIC)
        return
    if _LATIN.search(small):
        yield small.translate(_TO_UKRAINIAN)
        yield small.translate(_TO_RUSSIAN)
        if any(key in small for key in _ROMANIAN_KEYS):
            yield small.translate(_TO_ROMANIAN)
