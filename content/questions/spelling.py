"""Find the known words that a typed word may have meant, without comparing it to all of them.

A delete index (the idea of SymSpell): two words within two edits share a form that both reach by deleting letters.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from rapidfuzz.distance import OSA

from content.questions.breathing import in_slices
from content.questions.by_ear import as_in_romanian, heard
from content.questions.folding import Forms, loose, stem

_PREFIX = 7  # only so many letters are deleted from: bounds the index and the look-up
_DELETES = 2
_WORD_BITS = 24  # of a key: the place of the word; above it the checksum of its shortened form

SAME_SOUND = 0.97
_BY_EAR = 0.9
SAME_CASE = 0.95  # the word and a case ending after it
SAME_STEM = 0.93
_FAR_STEM = 0.85  # written quite otherwise: "Resche" and "Reza"
_FAR_FROM = 3
_LONG = 6
_SURNAME = re.compile(
    "sk[aeiou][a-z]{0,3}$"
)  # an ending, as it sounds, that tells a name or a nation from a plain word
_ENDING_SHARE = 0.6
_LONGEST_ENDING = 3
_PREFIX_FROM = 4
_SHORT_BEGINNING = (0.72, 0.25)  # what a typed beginning is worth, and how much more if it is all of the word
_LONG_BEGINNING = (0.9, 0.06)
_MOST_PREFIXED = 12
_WORDS_AT_ONCE = 20
_SORTED_AT_ONCE = 4_000


def budget(length: int) -> int:
    """Return how many edits a word of this length may be away: none for short words, so that they fail closed."""
    if length < 4:
        return 0
    if length < 6:
        return 1
    return 2 if length < 10 else 3


def shortened(word: str, deletes: int = _DELETES) -> set[str]:
    """Return the beginning of the word, and it with up to ``deletes`` letters left out."""
    found = {word[:_PREFIX]}
    latest = found
    for _ in range(deletes):
        latest = {form[:at] + form[at + 1 :] for form in latest for at in range(len(form))}
        found = found | latest
    return found


def _deletes_for(length: int) -> int:
    return min(budget(length), _DELETES)


def _inflected(one: str, other: str) -> bool:
    """Tell whether two words of one stem differ by no more than an ending: the ending is the smaller part."""
    alike = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        alike += 1
    longest = max(_ENDING_SHARE * alike, _LONGEST_ENDING if alike > _LONGEST_ENDING else 0)
    return max(len(one), len(other)) - alike <= longest


def _is_written_alike(one: str, other: str) -> bool:
    allowed = max(_FAR_FROM, len(one) // 2)
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _are_both_surnames_or_neither(one: str, other: str) -> bool:
    """Tell what may be one word in two cases: «Зеленського» is nothing green."""
    return bool(_SURNAME.search(one)) == bool(_SURNAME.search(other))


@dataclass(frozen=True, slots=True)
class SpellingIndex:
    """Known words in their three forms, with the ways to reach them. Words are meant by their place."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    by_strict: dict[str, int]
    by_sound: dict[str, tuple[int, ...]]
    by_stem: dict[str, tuple[int, ...]]
    by_ear: dict[str, tuple[int, ...]]
    in_order: tuple[tuple[str, int], ...]
    deletes: array[int]

    def near(self, typed: Forms, *, prefixes: bool = True) -> dict[int, float]:
        """Return the words that ``typed`` may mean, each with its similarity."""
        found = self.same(typed)
        if typed.strict in self.by_strict:
            return found
        if typed.strict.isdigit():
            return found
        if not found:
            for sound in (typed.loose, typed.bare, as_in_romanian(typed.strict)):
                found.update(dict.fromkeys(self.by_ear.get(sound, self.by_sound.get(sound, ())), _BY_EAR))
        self._misspelt(typed, found)
        if prefixes and len(typed.strict) >= _PREFIX_FROM:
            self._begun(typed.strict, found)
        return found

    def same(self, typed: Forms) -> dict[int, float]:
        """Return the words that are the same one: as written, as it sounds, or in another case."""
        found = {
            word: SAME_STEM if _is_written_alike(typed.strict, self.words[word]) else _FAR_STEM
            for word in self.by_stem.get(typed.stem, ())
            if _inflected(typed.loose, self.sounds[word])
            and _are_both_surnames_or_neither(typed.loose, self.sounds[word])
        }
        if typed.bare:  # «Адамса» is Adams, and no Adam
            found.update(dict.fromkeys(self.by_sound.get(typed.bare, ()), SAME_CASE))
        found.update(dict.fromkeys(self.by_sound.get(typed.loose, ()), SAME_SOUND))
        exact = self.by_strict.get(typed.strict)
        if exact is not None:
            found[exact] = 1.0
        return found

    def slips(self, typed: str) -> Iterator[int]:
        """Yield the words of the same length or one letter away that are written with a single slip."""
        for word in self._candidates(loose(typed)):
            if OSA.distance(typed, self.words[word], score_cutoff=1) == 1:
                yield word

    def _misspelt(self, typed: Forms, found: dict[int, float]) -> None:
        sound = typed.loose
        allowed = budget(len(sound)) or int(len(typed.strict) >= _LONG)  # "Schutz" sounds short
        if not allowed:
            return
        for word in self._candidates(sound):
            known = self.sounds[word]
            if word in found or abs(len(known) - len(sound)) > allowed:
                continue
            if abs(len(known) - len(sound)) > 1 and not _are_both_surnames_or_neither(sound, known):
                continue
            limit = min(allowed, budget(len(known)))
            distance = OSA.distance(sound, known, score_cutoff=limit)
            # people seldom miss the first letter of a word: then nothing else may be wrong
            if distance > limit or (distance > 1 and sound[0] != known[0]):
                if self._is_one_slip_away(typed.strict, word):
                    found[word] = 1 - 1 / len(typed.strict)
                continue
            as_written = OSA.distance(typed.strict, self.words[word], score_cutoff=limit + 1)
            length = max(len(sound), len(known))
            # a slip of two letters in six is as good as another word: what is written must then be near as well
            found[word] = 1 - (distance + 0.25 * max(0, min(as_written, limit + 1) - distance)) / length

    def _is_one_slip_away(self, typed: str, word: int) -> bool:
        """Tell a slip that parts letters which sound as one: "heatlh"."""
        written = self.words[word]
        return len(typed) >= _LONG and typed[0] == written[0] and OSA.distance(typed, written, score_cutoff=1) == 1

    def _candidates(self, sound: str) -> Iterator[int]:
        keys = self.deletes
        count = len(keys)
        for form in shortened(sound, _deletes_for(len(sound))):
            checksum = crc32(form.encode()) << _WORD_BITS
            at = bisect_left(keys, checksum)
            until = checksum + (1 << _WORD_BITS)
            while at < count and keys[at] < until:
                yield keys[at] - checksum
                at += 1

    def _begun(self, typed: str, found: dict[int, float]) -> None:
        at = bisect_left(self.in_order, (typed, 0))
        for word, place in self.in_order[at : at + _MOST_PREFIXED]:
            if not word.startswith(typed):
                return
            least, more = _LONG_BEGINNING if len(typed) > _PREFIX_FROM else _SHORT_BEGINNING
            share = least + more * len(typed) / len(word)
            if share > found.get(place, 0.0):
                found[place] = share


def build_spelling_index(words: Iterable[str]) -> SpellingIndex:
    """Index strictly folded words, each once."""
    listed = tuple(dict.fromkeys(words))
    sounds = tuple(loose(word) for word in in_slices(listed, _WORDS_AT_ONCE))
    by_sound: dict[str, list[int]] = {}
    by_stem: dict[str, list[int]] = {}
    by_ear: dict[str, list[int]] = {}
    keys: list[int] = []
    run: list[int] = []
    for place, sound in in_slices(enumerate(sounds), _WORDS_AT_ONCE):
        by_sound.setdefault(sound, []).append(place)
        by_stem.setdefault(sound if listed[place].endswith("z") else stem(sound), []).append(place)
        for other in heard(listed[place]):
            by_ear.setdefault(other, []).append(place)
        if listed[place][0] == "j":  # «Джеймс» as well as «Якуб»
            by_sound.setdefault(loose("dzh" + listed[place][1:]), []).append(place)
        allowed = _deletes_for(len(sound))
        if allowed:
            run.extend((crc32(form.encode()) << _WORD_BITS) + place for form in shortened(sound, allowed))
        if len(run) >= _SORTED_AT_ONCE:
            run.sort()  # sorting holds the interpreter: runs in order are merged in a fraction of the time
            keys += run
            run.clear()
    keys += sorted(run)
    keys.sort()
    return SpellingIndex(
        listed,
        sounds,
        {word: place for place, word in enumerate(listed)},
        {sound: tuple(places) for sound, places in by_sound.items()},
        {form: tuple(places) for form, places in by_stem.items()},
        {sound: tuple(places) for sound, places in by_ear.items()},
        tuple(sorted((word, place) for place, word in enumerate(listed))),
        array("Q", keys),
    )
