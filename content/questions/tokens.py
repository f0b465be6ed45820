"""The single words of the vocabulary and of its phrases, to be found in spite of one slip."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

_SHORTEST = 3
_LONGEST = 14
_SHORT = 5  # a word of so few letters that the vocabulary uses but once is not meant by another


@dataclass(slots=True)
class Tokens:
    """Words with how often the vocabulary uses them in each language, and by what is left of them without a letter."""

    uses: dict[str, dict[str, int]] = field(default_factory=dict)
    _without_one: dict[str, list[str]] = field(default_factory=dict)

    def add(self, word: str, language: str) -> None:
        """Count one use of a folded word."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return
        uses = self.uses.get(word)
        if uses is None:
            uses = self.uses[word] = {}
        uses[language] = uses.get(language, 0) + 1

    def one_slip_away(self, typed: str, languages: frozenset[str]) -> str | None:
        """Return the word most used in these languages that one letter more, less, other or two turned would give."""
        if not self._without_one:  # a start is faster without it
            without_one: dict[str, list[str]] = {}
            for word in self.uses:
                for form in _shortened(word):
                    without_one.setdefault(form, []).append(word)
            self._without_one = without_one
        best, most = None, 0
        for form in (typed, *_shortened(typed)):
            for word in self._without_one.get(form, ()):
                uses = sum(count for language, count in self.uses[word].items() if language in languages)
                if uses > most and (uses > 1 or len(word) > _SHORT) and _is_one_slip(typed, word):
                    best, most = word, uses
        return best


def _shortened(word: str) -> set[str]:
    """Return the word, and it with each letter left out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_one_slip(typed: str, word: str) -> bool:
    """Tell one slip; people seldom miss the first letter of a word."""
    if typed[0] != word[0] and typed[:2] != word[1::-1]:
        return False
    if typed[:-1] == word and typed[-1] != word[-1]:
        return False  # a word and an ending: another one
    return OSA.distance(typed, word, score_cutoff=1) == 1
