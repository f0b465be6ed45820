"""Days, parts of days and clock times that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from content.questions.clock_words import ClockReader
from content.questions.event_days import EventDays, date_or_none
from content.questions.lexicon import Meaning
from content.questions.question import DayPart, RelativeDay, TimeWords
from content.questions.words import Word

_ISO_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)$")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_DATE_FORM = re.compile("(?:[^рв][еє]|[ое]го)$")  # «на двадцять друге», «на двадцять третього»: an hour is «на другу»
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY_KEYS = {f"weekdays.{name}": at for at, name in enumerate(_WEEKDAYS)}
_SHORT_KEYS = {f"short_{key}": at for key, at in _WEEKDAY_KEYS.items()}
_MONTH_KEYS = {f"months.{name}": at + 1 for at, name in enumerate(_MONTHS)}
_TIME_SECTIONS = ("time.", "weekdays.", "short_weekdays.", "months.", "numbers.", "half_before.")
_RARE = ("less", "minus", "to_hour", "past", "of", "minute", "ahead", "of_units")
_PREPOSITIONS = frozenset(
    f"time.{word}"
    for word in ("at", "on", "from", "until", "between", "after", "and", "about", "ordinal", "am", "pm", *_RARE)
)
_RELATIVE = {f"time.{day}": day for day in RelativeDay}
_PARTS = {f"time.{part}": part for part in DayPart}


@dataclass(slots=True)
class _Found:
    day: date | RelativeDay | None = None
    part: DayPart | None = None
    starts: time | None = None
    ends: time | None = None
    day_number: int | None = None
    ahead: timedelta | None = None
    places: set[int] = field(default_factory=set)

    def take(self, first: int, after: int) -> None:
        self.places.update(range(first, after))


def read_time(
    words: Sequence[Word], meanings: Sequence[Meaning], days: Sequence[date]
) -> tuple[TimeWords | None, frozenset[int]]:
    """Return what the time words mean (None: there are none) and the places of those words.

    ``days``: the event's dates, by which weekdays and bare dates ("the 22nd") are understood.
    """
    if not any(_may_be_time(word, meaning) for word, meaning in zip(words, meanings, strict=True)):
        return None, frozenset()
    reader = _TimeReader(words, meanings, days)
    found = reader.read()
    told = TimeWords(found.day, found.part, found.starts, found.ends, found.day_number, found.ahead)
    return (None if told == TimeWords() else told), frozenset(found.places)


def _may_be_time(word: Word, meaning: Meaning) -> bool:
    """Tell whether a word names a time; prepositions alone do not, and most questions name none."""
    if any(map(str.isdigit, word.forms.strict)):
        return True
    return any(key.startswith(_TIME_SECTIONS) and key not in _PREPOSITIONS for key in meaning.keys)


class _TimeReader:
    def __init__(self, words: Sequence[Word], meanings: Sequence[Meaning], days: Sequence[date]) -> None:
        self._words = words
        self._meanings = meanings
        self._days = days
        self._calendar = EventDays(days)
        self._clock = ClockReader(words, meanings)
        self._found = _Found()

    def read(self) -> _Found:
        at = 0
        while at < len(self._words):
            after = self._day(at) or self._part(at) or self._hours(at) or self._ahead(at) or self._minutes(at)
            if after:
                self._found.take(at, after)
            at = after or at + 1
        return self._found

    # Each reader below looks at one place, notes what it found and returns the place after it; None: nothing.

    def _day(self, at: int) -> int | None:
        keys = self._meanings[at].keys
        for key in keys:
            if key in _RELATIVE:
                self._found.day = self._found.day or _RELATIVE[key]
                return at + 1
            if key in _WEEKDAY_KEYS and not ("time.and" in keys or self._found.day):
                self._found.day = self._calendar.weekday(_WEEKDAY_KEYS[key])
                return at + 1
            if key in _SHORT_KEYS and not self._found.day and self._is_day_alone(at):
                self._found.day = self._calendar.weekday(_SHORT_KEYS[key])
                return at + 1
        if "time.tonight" in keys:
            self._found.day, self._found.part = RelativeDay.TODAY, DayPart.EVENING
            return at + 1
        for part in DayPart:
            if f"time.this_{part}" in keys:
                self._found.day, self._found.part = RelativeDay.TODAY, part
                return at + 1
        return self._written_date(at) or self._date(at) or self._numbered_day(at)

    def _is_day_alone(self, at: int) -> bool:
        """Tell whether a short word can only be a weekday: it is all that was said, or a date comes after it."""
        return len(self._words) == 1 or (self._ordinal(at + 1)[0] is not None and self._month(at + 2) is not None)

    def _written_date(self, at: int) -> int | None:
        text = self._words[at].strict
        iso = _ISO_DATE.match(text)
        if iso:
            return self._set_date(int(iso[1]), int(iso[2]), int(iso[3]), at + 1)
        dotted = _DOTTED_DATE.match(text)
        if dotted:
            known = self._calendar.of_event(int(dotted[1]), int(dotted[2]))
            if known:
                self._found.day = known
                return at + 1
            if dotted[3]:
                return self._set_date(int(dotted[3]), int(dotted[2]), int(dotted[1]), at + 1)
        return None

    def _date(self, at: int) -> int | None:
        """Read "22 November", "November 22nd", "the 22nd", "22-го", "pe 22"."""
        month = None if "fillers.joiners" in self._meanings[at].keys else self._month(at)  # "mai 2 …": two more
        if month:
            day, after = self._ordinal(at + 1)
            return self._set_date(None, month, day, self._skip_year(after)) if day else None
        due = self._clock.has(at, "on")
        start = self._clock.skip(at, "on", "date") if due or self._clock.has(at, "date") else at
        day, after = self._ordinal(start)
        if not day or self._clock.has(self._clock.skip(after, "of_units"), "minute"):
            return None
        place = self._clock.skip(after, "of")
        month = self._month(place)
        if month:
            return self._set_date(None, month, day, self._skip_year(place + 1))
        said_as_date = (
            self._words[after - 1].dashed
            or (due and _DATE_FORM.search(self._words[after - 1].text.casefold()))
            or self._clock.has(after, "date")
            or bool(_ORDINAL.match(self._words[start].strict))
            or self._clock.has(start - 1, "date")
        )
        in_event = self._calendar.of_event(day, None)
        # "в восемь" is an hour: only figures are a date after a word that also leads to hours
        due = due and (self._words[start].strict.isdecimal() or not self._clock.has(start - 1, "at"))
        if said_as_date or (due and in_event and not self._clock.has(after, "hour")):
            if self._clock.has(after, "day"):
                return None
            self._found.day = in_event or self._calendar.in_event_month(day)
            return self._clock.skip(after, "date") if self._found.day else None
        return None

    def _ordinal(self, at: int) -> tuple[int | None, int]:
        """Return the day of the month at this place, and the place after it and after its ending."""
        if not at < len(self._words):
            return None, at
        glued = _ORDINAL.match(self._words[at].strict)
        said = int(glued[1]) if glued else self._clock.number(at)
        if not said or said > 31:
            return None, at
        ending = at + 1 < len(self._words) and self._words[at + 1].dashed and self._clock.has(at + 1, "ordinal")
        return said, at + 2 if ending else self._clock.after_number(at)

    def _numbered_day(self, at: int) -> int | None:
        """Read "day 1", "the first day", "last day"."""
        if self._clock.has(at, "day"):
            said = self._clock.number(at + 1)
            if said and said <= max(9, len(self._days)) and not self._month(at + 2):
                self._found.day_number = said
                return at + 2
            if self._clock.has(at + 1, "last") and self._days:
                self._found.day = self._days[-1]
                return at + 2
            return None
        if self._clock.has(at, "last") and self._clock.has(at + 1, "day") and self._days:
            self._found.day = self._days[-1]
            return at + 2
        glued = _ORDINAL.match(self._words[at].strict)
        said = int(glued[1]) if glued else self._clock.number(at)
        if said and said <= max(9, len(self._days)) and self._clock.has(at + 1, "day"):
            self._found.day_number = said
            return at + 2
        return None

    def _ahead(self, at: int) -> int | None:
        """Read "in an hour", "через пів години", "peste 20 de minute"."""
        if not self._clock.has(at, "ahead"):
            return None
        read = self._clock.span(self._clock.skip(at, "ahead"))
        if not read:
            return None
        self._found.ahead, after = read
        return after

    def _minutes(self, at: int) -> int | None:
        """Pass over a number of minutes that names no time: "remind me 10 minutes before"."""
        if self._clock.number(at) is None:
            return None
        after = self._clock.skip(self._clock.after_number(at), "of_units")
        return after + 1 if self._clock.has(after, "minute") else None

    def _part(self, at: int) -> int | None:
        for key in self._meanings[at].keys:
            if key in _PARTS:
                self._found.part = _PARTS[key]
                return at + 1
        return None

    def _hours(self, at: int) -> int | None:
        """Read "10:30", "at ten", "between 9 and 11", "from 9 to 11", "9-11", "after 15:00", "until noon"."""
        if self._found.starts:
            return None
        if self._clock.has(at, "between", "from", "after"):
            in_span = not self._clock.has(at, "after")
            first = self._clock.after_preposition(self._clock.skip(at + 1, "at"), in_span=in_span)
            if not first:
                return None
            self._found.starts, after = first
            return self._until(after)
        if self._clock.has(at, "until") and not self._clock.has(at, "at"):
            last = self._clock.after_preposition(self._clock.skip(at + 1, "at"))
            if not last:
                return None
            self._found.starts, self._found.ends = time(0), last[0]
            return last[1]
        due = self._clock.has(at, "at", "hour")
        place = self._clock.skip(at, "at", "hour", "on")
        read = self._clock.after_preposition(place) if due else self._clock.written(at) or self._dashed(at)
        if not read:
            return None
        self._found.starts, after = read
        return self._until(after)

    def _dashed(self, at: int) -> tuple[time, int] | None:
        """Read the first hour of "9-11"."""
        tied = at + 1 < len(self._words) and self._words[at + 1].dashed and self._clock.number(at + 1) is not None
        return self._clock.after_preposition(at) if tied and self._clock.number(at) is not None else None

    def _until(self, at: int) -> int:
        """Read the end of a stretch of time, if one is said."""
        tied = at < len(self._words) and self._words[at].dashed
        if not (tied or self._clock.has(at, "until", "and")):
            return at
        last = self._clock.after_preposition(self._clock.skip(at, "until", "and", "at"))
        if not last or (self._found.starts and last[0] <= self._found.starts):
            return at
        self._found.ends = last[0]
        return last[1]

    def _month(self, at: int) -> int | None:
        if not 0 <= at < len(self._words):
            return None
        keys = self._meanings[at].keys
        month = next((_MONTH_KEYS[key] for key in keys if key in _MONTH_KEYS), None)
        also_a_word = any(key.startswith("fillers.") for key in keys)  # "mai", "may"
        return None if also_a_word and all(each.month != month for each in self._days) else month

    def _skip_year(self, at: int) -> int:
        if at < len(self._words) and re.fullmatch(r"20\d\d", self._words[at].strict):
            at += 1
        return at

    def _set_date(self, year: int | None, month: int, day: int, after: int) -> int | None:
        known = self._calendar.of_event(day, month) if year is None else None
        if year is None and not self._days:
            return None
        self._found.day = known or date_or_none(year or self._days[0].year, month, day)
        return after if self._found.day else None
