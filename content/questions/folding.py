"""One comparable form of a word: transliterated, without marks, and as it sounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

# Cyrillic letters must be replaced before marks are stripped: NFKD would turn й into и and ї into і.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "e", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "iu", "я": "ia", "ў": "u", "ђ": "d", "ј": "i", "љ": "l", "њ": "n", "ћ": "ch", "џ": "dzh",
}  # fmt: skip
_LATIN = {"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_APOSTROPHES = "'’‘ʼ`´′"
_LETTERS = str.maketrans({**_CYRILLIC, **_LATIN, **dict.fromkeys(_APOSTROPHES, "")})
_MARK = re.compile("[\u0300-\u036f]+")

# Spelled differently, said alike. Alternatives are tried from the left, so the longest stand first.
_SOUNDS = {
    "shch": "s", "tch": "k", "dzh": "h", "sch": "s", "sh": "s", "ch": "k", "ck": "k", "kh": "h", "zh": "i", "ts": "t",
    "tz": "t", "ph": "f", "th": "t", "c": "k", "g": "h", "w": "v", "y": "i", "j": "i", "z": "s", "x": "ks", "q": "k",
}  # fmt: skip
# "ts" at the end of a word is mostly a plural ("projects"), elsewhere the sound of ц and ț.
_SOUND = re.compile("|".join(_SOUNDS).replace("|ts|", "|ts(?!$)|"))
_DOUBLE = re.compile(r"(.)\1+")

# Endings of cases, numbers and articles in the four languages, written as they sound; the longest first.
_ENDING = re.compile(
    "(?:"
    "urilor|urile|iami|ului|ilor|elor|skoho|skomu|skoi|skii|skih|ska|sku|ski"
    "|oho|omu|ami|iah|ovi|evi|uri|lui|oiu|eiu|iei|lor|oi|ei|om|em|am|ah|ih|im|ov|iv|ul|le|es|s"
    ")$"
)
_VOWELS_LAST = re.compile("[aeiou]+$")
_SHORTEST_STEM = 3
_CASE = re.compile("(?<=....)(?:ом|ем|ові|еві|[аяуюеі])$")  # of a name, in Ukrainian and Russian


def strict(text: str) -> str:
    """Return the text in plain Latin small letters: transliterated, then folded. Folding twice changes nothing."""
    small = text.casefold()
    if not small.isascii():
        plain = _without_marks(small).casefold()
        # NFKD may have uncovered letters of the table (compatibility forms); the rest is for anyascii
        small = plain if plain.isascii() else anyascii(_without_marks(plain)).casefold()
    return small.replace("'", "").replace("`", "")


def _without_marks(text: str) -> str:
    return _MARK.sub("", unicodedata.normalize("NFKD", text.translate(_LETTERS)))


def loose(folded: str) -> str:
    """Return how a strictly folded word sounds: spellings of one name in two scripts become alike."""
    once = _DOUBLE.sub(r"\1", folded)
    return _DOUBLE.sub(r"\1", _SOUND.sub(lambda sound: _SOUNDS[sound[0]], once))


def stem(sound: str) -> str:
    """Return a loose form without its case ending; at least three letters remain."""
    if len(sound) <= _SHORTEST_STEM:
        return sound
    ending = _ENDING.search(sound, _SHORTEST_STEM)
    short = sound[: ending.start()] if ending else sound
    vowels = _VOWELS_LAST.search(short, _SHORTEST_STEM)
    return short[: vowels.start()] if vowels else short


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms in which a word is compared. ``bare``: of a Cyrillic one, as it sounds without a vowel of its case."""

    strict: str
    loose: str
    stem: str
    bare: str = ""


@lru_cache(maxsize=8_192)
def forms(word: str) -> Forms:
    """Return all forms of one word; those of words that many people use are remembered."""
    folded = strict(word)
    sound = loose(folded)
    short = sound if folded.endswith("z") else stem(sound)  # "Carrez" is no plural
    if not is_cyrillic(word):
        return Forms(folded, sound, short)
    bare = _CASE.sub("", word)
    return Forms(folded, sound, short, "" if bare == word else loose(strict(bare)))


def is_cyrillic(word: str) -> bool:
    """Tell whether the word holds a Cyrillic letter."""
    return not word.isascii() and any("\u0400" <= letter <= "\u052f" for letter in word)
