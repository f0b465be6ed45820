"""What is kept of a question without who asked it: its words, tidied, bounded, and no way to reach anybody."""

from __future__ import annotations

import re
import unicodedata

from content.questions.folding import strict
from content.questions.lexicon import lexicon
from content.questions.words import read_words

MOST_KEPT = 500
"""Characters of a question that are kept."""

_ELLIPSIS = "…"
_MOST_MARKS = 2  # on one letter; piled higher they only hide what is written
_FEWEST_LETTERS = 3
_VOWEL = re.compile("[aeiouy]")
_REPEATED = re.compile(r"(.)\1+")
# Asked of any bot for fun, and nothing else beside it; no organiser can help.
_IDLE = frozenset({"elsewhere.fun", "elsewhere.sport"})
_FUNCTIONS = ("fillers.", "grammar.", "asks.", "verbs.")

_DATE = r"(?!\d{1,2}[.]\d{1,2}[.]\d{4})"
_CONTACTS = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+"
    r"|[^\s@]+@[^\s@]+\.\w+"
    r"|(?<!\w)@\w{3,}"
    rf"|(?<!\w){_DATE}(?:\+\s?|00?)\(?\d(?:[\s().-]*\d){{6,}}"
    r"|(?<!\w)\d{9,}(?!\w)"
)


def kept_wording(text: str) -> str | None:
    """Return a question as it may be kept; None: it is empty, idle, or says nothing that a person could answer.

    Addresses, telephone numbers and user names become "…".
    """
    tidy = _CONTACTS.sub(_ELLIPSIS, _tidied(text))
    if len(tidy) > MOST_KEPT:
        head = tidy[: MOST_KEPT - 1]
        tidy = head[: max(head.rfind(" "), MOST_KEPT // 2)].rstrip() + _ELLIPSIS
    return tidy if _says_something(tidy) else None


def _tidied(text: str) -> str:
    """Put it on one line, without what is not seen (control and direction signs) and without heaps of marks."""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        marks = marks + 1 if category.startswith("M") else 0
        if category in ("Zs", "Zl", "Zp") or letter in "\t\n\r":
            kept.append(" ")
        elif category[0] != "C" and marks <= _MOST_MARKS:
            kept.append(letter)
    return " ".join("".join(kept).split())


def _says_something(text: str) -> bool:
    words = read_words(text)
    telling = [
        (word, meaning.keys)
        for word, meaning in zip(words, lexicon().read(words), strict=True)
        if len(word.strict) >= _FEWEST_LETTERS and not (meaning.keys and all(map(_is_function, meaning.keys)))
    ]
    if telling and all(keys & _IDLE for _, keys in telling):
        return False
    return any(_is_word(word.text) for word in words)


def _is_function(key: str) -> bool:
    return key.startswith(_FUNCTIONS)


def _is_word(text: str) -> bool:
    letters = _REPEATED.sub(r"\1", strict("".join(filter(str.isalpha, text))))
    return len(letters) >= _FEWEST_LETTERS and _VOWEL.search(letters) is not None
