"""A text cut into words, each with the forms in which it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.questions.folding import Forms, forms, is_cyrillic
from content.questions.layouts import in_one_alphabet

MOST_WORDS = 60
_LONGEST_WORD = 40
_LONGEST_TEXT = 4096

_WORD = re.compile(
    r"(?P<number>\d{4}-\d\d?-\d\d?|\d{1,2}[.:]\d{2}(?!\d)(?:[.]\d{4})?|\d{1,2}[.]\d(?!\d))"
    r"|[^\W_]+(?:['’‘ʼ`´][^\W_]+)*"
    r"|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_DASH = re.compile(r"\s?[-–—‑]\s?")
_SENTENCE_ENDS = re.compile(r"[.!?:;\n\"«„“(]")
_SHORTENED = re.compile(r"['’‘ʼ`´](?:s|re|ll|d|ve|m)$")
_SAID_ALIKE = str.maketrans(
    {"\u0301": None, "\ufe0f": None, "\u00ad": None, "\u200b": None}
)  # stress marks, invisible signs


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question.

    ``initial``: a single letter that stands for a name ("J. Smith"); ``dashed``: a dash ties it to the word before;
    ``inside``: it stands inside a sentence, so that a capital letter tells a name.
    """

    text: str
    forms: Forms
    cyrillic: bool
    initial: bool = False
    dashed: bool = False
    inside: bool = False

    @property
    def strict(self) -> str:
        """The word in plain Latin small letters."""
        return self.forms.strict


def split(text: str) -> list[str]:
    """Return the words as written, in small letters; hyphens part them, clock times and dates stay whole."""
    return [match[0].casefold() for match in _WORD.finditer(text[:_LONGEST_TEXT].translate(_SAID_ALIKE))]


def read_words(text: str) -> tuple[Word, ...]:
    """Cut a text of any length into at most sixty words."""
    found: list[Word] = []
    clean = text[:_LONGEST_TEXT].translate(_SAID_ALIKE)
    end = 0
    for match in _WORD.finditer(clean):
        between = clean[end : match.start()]
        dashed, end = bool(_DASH.fullmatch(between)), match.end()
        if len(found) == MOST_WORDS:
            break
        written = match[0][:_LONGEST_WORD]
        small = written.casefold()
        if not small.isalnum() and match["number"] is None:
            small = _SHORTENED.sub("", small)
        if not small.isascii():
            small = in_one_alphabet(small)
        folded = forms(small)
        if not folded.strict:
            continue
        initial = (
            len(small) == 1 and small.isalpha() and (written.isupper() or clean[match.end() : match.end() + 1] == ".")
        )
        inside = bool(found) and not _SENTENCE_ENDS.search(between)
        found.append(Word(written, folded, is_cyrillic(small), initial, dashed, inside))
    return tuple(found)
