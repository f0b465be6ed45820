"""Clock times in words and figures: "10:30", "half past two", "о пів на третю", "la două și jumătate"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time, timedelta

from content.questions.lexicon import Meaning
from content.questions.words import Word

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})$")
_HOUR_AND_HALF_OF_DAY = re.compile(r"(\d{1,2})(am|pm|h)$")
_SAID_MINUTES = frozenset({5, 10, 15, 20, 25})  # beside an hour: "ten past two", "две без пяти"
_EVERY_FIVE = frozenset(range(0, 60, 5))
_NOT_HOURS = ("nouns.", "kinds.")  # counted by a number in words: "la două sesiuni"
_AFTERNOON_UNTIL = 7  # a bare hour from 1 to 7 is in the afternoon


def number(word: Word, meaning: Meaning) -> int | None:
    """Return the whole number that a word says, in figures or as a word."""
    if word.strict.isdecimal() and len(word.strict) <= 2:
        return int(word.strict)
    return next((int(key[8:]) for key in meaning.keys if key.startswith("numbers.")), None)


class ClockReader:
    """Reads clock times off the words of one question, from a given place on."""

    def __init__(self, words: Sequence[Word], meanings: Sequence[Meaning]) -> None:
        self._words = words
        self._meanings = meanings

    def has(self, at: int, *keys: str) -> bool:
        """Tell whether the word at this place means one of the keys of the vocabulary's section ``time``."""
        return 0 <= at < len(self._words) and any(f"time.{key}" in self._meanings[at].keys for key in keys)

    def number(self, at: int) -> int | None:
        """Return the number at this place."""
        return number(self._words[at], self._meanings[at]) if 0 <= at < len(self._words) else None

    def after_number(self, at: int) -> int:
        """Return the place after the number at this place, which may take several words ("двадцять друге")."""
        said, after = self.number(at), at + 1
        while said is not None and said > 20 and self.number(after) == said and not self._words[at].strict.isdecimal():
            after += 1
        return after

    def skip(self, at: int, *keys: str) -> int:
        """Return the first place from ``at`` on whose word means none of the keys."""
        while self.has(at, *keys):
            at += 1
        return at

    def written(self, at: int) -> tuple[time, int] | None:
        """Read what cannot be but a clock time: "10:30", "5pm", "9 o'clock"; with the place after it."""
        if not 0 <= at < len(self._words):
            return None
        text = self._words[at].strict
        clock = _CLOCK.match(text)
        if clock:
            return self._moment(int(clock[1]), int(clock[2]), at + 1)
        glued = _HOUR_AND_HALF_OF_DAY.match(text)
        if glued:
            hour = int(glued[1]) % 12 + (12 if glued[2] == "pm" else 0) if glued[2] != "h" else int(glued[1])
            return self._exact(hour, 0, at + 1)
        said = self.number(at)
        if said is not None and self.has(at + 1, "am", "pm"):
            return self._exact(said % 12 + (12 if self.has(at + 1, "pm") else 0), 0, at + 2)
        if said is not None and said <= 24 and self.has(at + 1, "hour"):
            return self._with_minutes(said, at + 2)
        if self.has(at, "noon"):
            return time(12), self.skip(at, "noon")
        return self._half(at) or self._minutes_first(at)

    def span(self, at: int) -> tuple[timedelta, int] | None:
        """Read a stretch of time: "an hour", "half an hour", "two and a half hours", "20 de minute"."""
        if self.has(at, "half_hour"):
            return timedelta(minutes=30), self.skip(at, "half_hour")
        if self.has(at, "hour_and_half"):
            return timedelta(minutes=90), self.skip(at, "hour_and_half")
        if self.has(at, "one_hour"):
            return self._hours_and_half(1, self.skip(at, "one_hour"))
        said = self.number(at)
        if said is None:
            return None
        after = self.after_number(at)
        half = self.has(after, "and_half")
        after = self.skip(after, "and_half", "of_units")
        if self.has(after, "minute"):
            return timedelta(minutes=said), after + 1
        if self.has(after, "hour"):
            return (timedelta(hours=said, minutes=30), after + 1) if half else self._hours_and_half(said, after + 1)
        return None

    def _hours_and_half(self, hours: int, after: int) -> tuple[timedelta, int]:
        if self.has(after, "and_half"):
            return timedelta(hours=hours, minutes=30), self.skip(after, "and_half")
        return timedelta(hours=hours), after

    def after_preposition(self, at: int, *, in_span: bool = False) -> tuple[time, int] | None:
        """Read a clock time where one is due ("at …", "between …"): a bare number is an hour there.

        ``in_span``: another time follows, so that "and", "to" lead to it and not to minutes.
        """
        at = self.skip(at, "hour", "about")
        sure = self.written(at) or (None if in_span else self._minutes_to(at))
        if sure:
            return sure
        said = self.number(at)
        after = self.after_number(at)
        if said is None or said > 24 or self._names_a_day(after) or self._counts(after - 1):
            return None
        return self._with_minutes(said, after, in_span=in_span)

    def _counts(self, at: int) -> bool:
        """Tell a number in words that counts what follows."""
        after = self._meanings[at + 1].keys if at + 1 < len(self._words) else frozenset[str]()
        return not self._words[at].strict.isdecimal() and any(key.startswith(_NOT_HOURS) for key in after)

    def _names_a_day(self, at: int) -> bool:
        ordinal = self.has(at, "ordinal") and not self.has(at, "and")  # «між 14 і 16»
        return (
            ordinal
            or self.has(at, "day", "date")
            or (0 <= at < len(self._words) and any(key.startswith("months.") for key in self._meanings[at].keys))
        )

    def _half(self, at: int) -> tuple[time, int] | None:
        keys = self._meanings[at].keys if 0 <= at < len(self._words) else frozenset[str]()
        said = next((int(key[12:]) for key in keys if key.startswith("half_before.")), None)
        if said:
            return self._moment(said - 1 or 12, 30, at + 1)
        if self.has(at, "quarter_before"):
            at = self.skip(at, "quarter_before")
            said = self.number(at)
            return self._moment(said - 1 or 12, 15, at + 1) if said else None
        if self.has(at, "half_past", "quarter_past"):
            minute = 30 if self.has(at, "half_past") else 15
            at = self.skip(at, "half_past", "quarter_past")
            said = self.number(at)
            return self._moment(said, minute, at + 1) if said is not None else None
        if self.has(at, "half_to", "quarter_to"):
            minute = 30 if self.has(at, "half_to") else 45
            at = self.skip(at, "half_to", "quarter_to")
            said = self.number(at)
            return self._moment(said - 1 or 12, minute, at + 1) if said else None
        return None

    def _minutes_first(self, at: int) -> tuple[time, int] | None:
        """Read "ten past two", "без пяти три", "за п’ять третя"."""
        if self.has(at, "minus"):
            minutes, place = self.number(at + 1), self.skip(self.after_number(at + 1), "minute")
            said = self.number(place)
            if minutes in _SAID_MINUTES and said and said <= 24 and not self._names_a_day(place + 1):
                return self._moment(said - 1 or 12, 60 - minutes, place + 1)
            return None
        minutes, place = self.number(at), self.skip(self.after_number(at), "minute")
        said = self.number(place + 1)
        if minutes in _SAID_MINUTES and self.has(place, "past") and said:
            return self._moment(said, minutes, place + 2)
        return None

    def _minutes_to(self, at: int) -> tuple[time, int] | None:
        """Read "ten to three", after "at" alone: elsewhere it is a span."""
        minutes, place = self.number(at), self.skip(self.after_number(at), "minute")
        said = self.number(place + 1)
        in_words = 0 <= at < len(self._words) and not self._words[at].strict.isdecimal()
        if in_words and minutes in _SAID_MINUTES and self.has(place, "to_hour") and said:
            return self._moment(said - 1 or 12, 60 - minutes, place + 2)
        return None

    def _with_minutes(self, hour: int, at: int, *, in_span: bool = False) -> tuple[time, int] | None:
        """Read "… și jumătate", "… fără zece", "… thirty", "… 30" after an hour."""
        if self.has(at, "and_half", "and_quarter"):
            return self._moment(hour, 30 if self.has(at, "and_half") else 15, self.skip(at, "and_half", "and_quarter"))
        if self.has(at, "less_quarter"):
            return self._moment(hour - 1 or 12, 45, self.skip(at, "less_quarter"))
        said = self.number(at + 1)
        if said in _SAID_MINUTES and self.has(at, "less"):
            return self._moment(hour - 1 or 12, 60 - said, at + 2)
        if said in _EVERY_FIVE and self.has(at, "and") and not in_span and not self._words[at + 1].strict.isdecimal():
            return self._moment(hour, said, at + 2)
        minutes = self.number(at)
        if minutes is not None and minutes in _EVERY_FIVE and not self._words[at].dashed:
            return self._moment(hour, minutes, at + 1)
        return self._moment(hour, 0, at)

    def _moment(self, hour: int, minute: int, after: int) -> tuple[time, int] | None:
        if self.has(after, "am", "pm"):
            hour = hour % 12 + (12 if self.has(after, "pm") else 0)
            after += 1
        elif (1 <= hour <= _AFTERNOON_UNTIL and not self._in_the_morning()) or (hour < 12 and self._in_the_evening()):
            hour += 12
        return self._exact(hour, minute, self.skip(after, "hour"))

    def _exact(self, hour: int, minute: int, after: int) -> tuple[time, int] | None:
        return (time(hour % 24, minute), after) if hour <= 24 and minute < 60 else None

    def _in_the_morning(self) -> bool:
        return any(self.has(at, "morning", "am") for at in range(len(self._words)))

    def _in_the_evening(self) -> bool:
        return any(self.has(at, "evening", "tonight") for at in range(len(self._words)))
