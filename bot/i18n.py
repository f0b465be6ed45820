"""Language: the registry of locales, and the `Localizer` that speaks one of them."""

from __future__ import annotations

import gettext as gettext_module
import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from content.localized_text import LocalizedText

LOCALES: dict[str, Locale] = {
    "en": Locale("en", "GB"),
    "ro": Locale("ro"),
    "uk": Locale("uk"),
}
"""Every language that Ghid speaks, by the code that Telegram and content files use."""

CATALOGS = Path(__file__).parent.parent / "locales"
DOMAIN = "ghid"
_ONE_IN_WORDS = {
    "peste 1 minut": "peste un minut",
    "peste 1 oră": "peste o oră",
    "через 1 хвилину": "через хвилину",
    "через 1 годину": "через годину",
}
"""Distances that Babel says with a figure and people say without."""


class Html(str):
    """A text that is already markup: what comes from outside was escaped on its way in."""

    __slots__ = ()


def escaped(value: object) -> Html:
    """Return the value as markup: as it is if it already was, else with ``& < > "`` escaped."""
    return value if isinstance(value, Html) else Html(escape(str(value)))


class Localizer:
    """Speaks one language. Messages are literals with ``%(name)s`` places; values are escaped on the way in.

    The results are markup (`Html`). For button labels, command descriptions and other plain texts take ``plain``,
    which speaks the same language and escapes nothing.
    """

    def __init__(self, language: str, translations: gettext_module.NullTranslations, *, markup: bool = True) -> None:
        self.language = language
        self.locale = LOCALES[language]
        self._translations = translations
        self._markup = markup
        self.plain = Localizer(language, translations, markup=False) if markup else self

    def gettext(self, message: str, **values: object) -> Html:
        """Return the message in this language with the values in their places."""
        return self._filled(self._translations.gettext(message), values)

    def ngettext(self, singular: str, plural: str, num: int, **values: object) -> Html:
        """Return the form that suits ``num``, which also stands as ``%(num)s``."""
        return self._filled(self._translations.ngettext(singular, plural, num), {**values, "num": self.number(num)})

    def pgettext(self, context: str, message: str, **values: object) -> Html:
        """Return a short message whose meaning the ``context`` tells to translators."""
        return self._filled(self._translations.pgettext(context, message), values)

    def npgettext(self, context: str, singular: str, plural: str, num: int, **values: object) -> Html:
        """Return the form of a message with ``context`` that suits ``num``."""
        return self._filled(
            self._translations.npgettext(context, singular, plural, num),
            {**values, "num": self.number(num)},
        )

    def sentence(self, context: str, sentence: str) -> str:
        """Return one of the sentences that `content` has in tables of its own; its places, in braces, stay."""
        return self._translations.pgettext(context, sentence)

    def _filled(self, message: str, values: dict[str, object]) -> Html:
        if not values:
            return Html(message.replace("%%", "%"))
        shown = {name: escaped(value) if self._markup else value for name, value in values.items()}
        return Html(message % shown)

    def text(self, text: LocalizedText, default_language: str) -> Html:
        """Return an event's text in this language, else in the event's default, else whatever there is."""
        picked = text.pick(self.language, default_language)
        return escaped(picked) if self._markup else Html(picked)

    def number(self, number: float) -> str:
        """Return "1,547" with the language's own marks: "1.547", "1 547"."""
        return str(format_decimal(number, locale=self.locale))

    def day(self, day: date, *, year: bool = False) -> str:
        """Return "Wednesday, 22 November", with the year if it needs saying."""
        return _date(day, "EEEE, d MMMM y" if year else "EEEE, d MMMM", self.locale)

    def short_day(self, day: date) -> str:
        """Return "Wed 22 Nov", for a button."""
        return _date(day, "EEE d MMM", self.locale)

    def clock(self, moment: datetime | time) -> str:
        """Return "10:15", the way all three languages write a time of day."""
        return f"{moment:%H:%M}"

    def distance(self, length: timedelta) -> str:
        """Return how far ahead a moment is: "in 25 minutes", "in 1 h 25 min", "in 3 weeks"."""
        hours, minutes = divmod(round(length.total_seconds() / 60), 60)
        if 0 < hours < 12 and minutes:
            # Translators: how far ahead a moment is, in hours and minutes, abbreviated as usual.
            return self.plain.gettext("in %(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
        threshold = 1 if hours < 24 else 2  # "in 1 hour", but "in 36 hours"
        return self._ahead(length, "minute", threshold)

    def days_ahead(self, days: int) -> str:
        """Return how far ahead a day is, in whole days, weeks or months: "in 5 days"."""
        return self._ahead(timedelta(days=days), "day", 2)

    def _ahead(self, length: timedelta, granularity: Literal["day", "minute"], threshold: float) -> str:
        said = format_timedelta(
            length, locale=self.locale, granularity=granularity, threshold=threshold, add_direction=True
        )
        return _ONE_IN_WORDS.get(said, said)

    def listed(self, items: Iterable[str]) -> Html:
        """Join into "a, b and c"."""
        parts = [escaped(item) if self._markup else item for item in items]
        return Html(format_list(parts, locale=self.locale)) if parts else Html("")


@lru_cache(maxsize=2_000)
def _date(day: date, pattern: str, locale: Locale) -> str:
    """Return a date in words; an event has few, and each message several of them."""
    # One apostrophe in all that is said, the catalogs’ own: Babel has another in «п’ятниця».
    return format_date(day, pattern, locale=locale).replace("\u02bc", "’")


@cache
def localizer(language: str) -> Localizer:
    """Return the localizer of one of `LOCALES`, its catalog read and compiled in memory (about 10 ms, once).

    Raises:
        FileNotFoundError: the language has no catalog: the installation is broken.
    """
    path = CATALOGS / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Localizer(language, gettext_module.GNUTranslations(compiled))


def language_name(language: str) -> str:
    """Return the language's own name for itself: "Română"."""
    name = LOCALES[language].get_language_name(language) or language
    return name[:1].upper() + name[1:]
