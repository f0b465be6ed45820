"""Ukrainian and Russian typed in Latin letters: "o kotrij", "rozklad na siohodni"."""

from __future__ import annotations

import re

from content.questions.everyday import BEGUN, PASSING, THING
from content.questions.lexicon import lexicon
from content.questions.words import read_words, split

_LETTERS = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "yu": "ю", "ye": "є", "yo": "йо",
    "ja": "я", "ju": "ю", "je": "є", "jo": "йо", "ia": "я", "iu": "ю", "ie": "є", "io": "ьо", "yj": "ий", "ij": "ій",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "г", "i": "і", "j": "й", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "х", "y": "и", "z": "з", "'": "ь",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_Y_AND_I = re.compile("(?<=[^aeiou])yi")  # "yakyi" is «який», "yizha" is «їжа»
_EVERYDAY = frozenset({THING, BEGUN, PASSING})
_TELLING = 4  # letters of a word that shows the language
_LEAST_SHARE = 0.6  # of the words that must be known in the other script


def in_cyrillic(word: str) -> str:
    """Return a small-letter word of Latin letters as it would be written in Ukrainian."""
    if word.startswith("yi"):
        word = "ї" + word[2:]
    return _SOUND.sub(lambda sound: _LETTERS[sound[0]], _Y_AND_I.sub("yj", word))


def as_cyrillic_text(text: str) -> str | None:
    """Return a text as it would be in Cyrillic letters; None: too few of its words mean anything there."""
    written = split(text)
    known = lexicon()
    other = [in_cyrillic(word) if word.isascii() and word.isalpha() else word for word in written]
    meanings = known.read(read_words(" ".join(other)))
    if len(meanings) != len(other):
        return None
    meant = [bool(meaning.keys) and not meaning.foreign for meaning in meanings]
    telling = any(
        len(word) >= _TELLING and is_known and not meaning.keys <= _EVERYDAY and not known.latin.of_word(word)
        for word, is_known, meaning in zip(written, meant, meanings, strict=True)
    )
    if not telling or sum(meant) < _LEAST_SHARE * len(meant):
        return None
    return " ".join(new if is_known else old for old, new, is_known in zip(written, other, meant, strict=True))
