"""How names sound to those who only heard them: "Meeks" is «Мікс», "Jean" is «Жан», "Ćosić" is "Ciosici"."""

from __future__ import annotations

import re

from content.questions.folding import loose

_ENGLISH = {
    "ough": "o", "igh": "ai", "tion": "shen", "eigh": "ei", "ee": "i", "ea": "i", "oo": "u", "ou": "u", "ow": "ou",
    "ew": "iu", "ay": "ei", "ai": "ei", "ey": "i", "aw": "o", "au": "o", "wh": "v", "wr": "r", "kn": "n", "gh": "",
    "ce": "se", "ci": "si", "cy": "si", "j": "dzh",
}  # fmt: skip
_FRENCH = {
    "guill": "hii", "eau": "o", "eux": "e", "au": "o", "oui": "ui", "ou": "u", "oi": "ua", "ai": "e", "eu": "e",
    "ch": "sh", "gn": "n", "ill": "ii", "ce": "se", "ci": "si", "qu": "k",
}  # fmt: skip
_SILENT_H = re.compile("(?<=[aeiou])h(?=[^aeiou]|$)")  # "John", "Behrens"
_SILENT_E = re.compile("(?<=[^aeiou])es?$")
_SILENT_LAST = re.compile("(?<=[aeioun])[tdsxp]$")  # French
_ROMANIAN = {"ci": "ch", "ce": "che", "gi": "dzh", "ge": "dzhe", "chi": "ki", "che": "ke", "ghi": "gi", "ghe": "ge"}
_VOWELS = re.compile("[aeiouyh]")


def _replacing(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


_AS_ENGLISH, _AS_FRENCH, _AS_ROMANIAN = map(_replacing, (_ENGLISH, _FRENCH, _ROMANIAN))


def heard(name: str) -> set[str]:
    """Return how a strictly folded name may sound, where that is more than its letters say."""
    if len(name) < 4:
        return set()
    plain = _SILENT_H.sub("", name)
    english = _AS_ENGLISH.sub(lambda sound: _ENGLISH[sound[0]], plain)
    french = _AS_FRENCH.sub(lambda sound: _FRENCH[sound[0]], plain)
    written = {plain, english, _SILENT_E.sub("", english), french, _SILENT_LAST.sub("", _SILENT_E.sub("", french))}
    return {loose(each) for each in written if len(each) > 2} - {loose(name)}


def as_in_romanian(word: str) -> str:
    """Return how a strictly folded word that follows Romanian spelling sounds: "ciosici"."""
    return loose(_AS_ROMANIAN.sub(lambda sound: _ROMANIAN[sound[0]], word))


def consonants(sound: str) -> str:
    """Return the consonants of a word as it sounds: what is left when vowels are misheard."""
    return _VOWELS.sub("", sound)
