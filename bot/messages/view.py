"""What every message is written from: a language, the agenda and the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.i18n import Html, Localizer, escaped
from bot.messages.formatting import beside, capitalised, cut, instant
from bot.models import Follows
from content.agenda import Agenda, Room, Session, SessionSpeaker, Speaker
from content.localized_text import LocalizedText
from content.timetable import local

MAX_SHORT_TEXT = 160  # of a role, an organisation, a theme: ten of them fit into a message
MAX_NAME = 80
NEAR = timedelta(hours=12)  # how far ahead a start is said as "in 25 minutes" too


@dataclass(frozen=True, slots=True)
class View:
    """A reader's language, the agenda as it stands, the moment (aware) of reading, and what the reader follows.

    ``organiser``: show the buttons of organisers too; their rights are checked when they press one. ``waits``: the
    handles of the sessions and speakers whose materials the reader asked to be told of. ``profiles``: the handles of
    the speakers that the reader is; ``claimed``: of those whom somebody is.
    """

    t: Localizer
    agenda: Agenda
    now: datetime
    follows: Follows = field(default_factory=Follows)
    organiser: bool = False
    waits: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    claimed: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The date on the event's clock."""
        return local(self.agenda.event, self.now).date()

    def text(self, text: LocalizedText, length: int = MAX_SHORT_TEXT) -> Html:
        """Return a short text of the event in the reader's language, escaped; one longer than ``length`` is cut."""
        return escaped(cut(self.words(text), length))

    def words(self, text: LocalizedText) -> str:
        """Return an event's text in the reader's language, whole and plain: for a button, or to be cut to length."""
        return text.pick(self.t.language, self.agenda.event.default_language)

    def name(self, speaker: Speaker) -> str:
        """Return a person's name, plain, shortened if it is longer than any name should be."""
        return cut(speaker.name, MAX_NAME)

    def room_of(self, session: Session) -> Room | None:
        """Return the session's room, if it has one."""
        return self.agenda.room_by_id.get(session.room_id or "")

    def speaker_of(self, part: SessionSpeaker) -> Speaker:
        """Return the person who has this part."""
        return self.agenda.speaker_by_id[part.speaker_id]

    def day(self, day: date) -> str:
        """Return "Wednesday, 22 November", with the year when it is not this year."""
        return self.t.day(day, year=day.year != self.today.year)

    def moment(self, at: datetime) -> Html:
        """Return "today, 11:00" or "Wednesday, 22 November, 11:00", carrying its instant."""
        on_site = local(self.agenda.event, at)
        clock = instant(self.t.clock(on_site), at)
        if on_site.date() == self.today:
            return self.t.gettext("today, %(time)s", time=clock)
        return Html(f"{escaped(self.day(on_site.date()))}, {clock}")

    def hours(self, starts_at: datetime, ends_at: datetime) -> Html:
        """Return "10:15–11:00", each end carrying its instant."""
        return Html(f"{instant(self.t.clock(starts_at), starts_at)}–{instant(self.t.clock(ends_at), ends_at)}")

    def when(self, session: Session) -> Html:
        """Return the session's day and hours, and how near it is."""
        return beside(self.date_and_hours(session), self.nearness(session))

    def date_and_hours(self, session: Session) -> Html:
        """Return "Today, 10:15–11:00" or "Thursday, 23 November, 09:15–11:00"."""
        hours = self.hours(session.starts_at, session.ends_at)
        day = session.starts_at.date()
        if day == self.today:
            return self.t.gettext("Today, %(hours)s", hours=hours)
        if day == self.today + timedelta(days=1):
            return self.t.gettext("Tomorrow, %(date)s, %(hours)s", date=self.day(day), hours=hours)
        # Translators: a day with its weekday, then the hours: "Wednesday, 22 November, 10:15–11:00".
        return self.t.gettext("%(day)s, %(hours)s", day=capitalised(self.day(day)), hours=hours)

    def planned_for(self, session: Session) -> Html:
        """Return "today, 10:15–11:00" or "Thursday, 23 November, 09:15–11:00", as it stands within a sentence."""
        hours, day = self.hours(session.starts_at, session.ends_at), session.starts_at.date()
        if day == self.today:
            return self.t.gettext("today, %(time)s", time=hours)
        return self.t.gettext("%(day)s, %(hours)s", day=self.day(day), hours=hours)

    def nearness(self, session: Session) -> Html:
        """Return "in 25 minutes", "on now" or "over"; empty while it is far."""
        if session.cancelled:
            return self.t.pgettext("of a session", "cancelled")
        if session.ends_at <= self.now:
            return self.t.pgettext("of a session", "over")
        if session.starts_at <= self.now:
            return self.t.pgettext("of a session", "on now")
        left = session.starts_at - self.now
        return Html(self.t.distance(left)) if left <= NEAR else Html("")
