"""What of a new agenda concerns whoever follows a session or a speaker: session by session, old and new.

`content.changes` tells an organiser everything that differs. Here only that counts which changes where people go and
when: a corrected translation or a longer description is nobody's notice. Agendas carry handles: these outlive ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from content.agenda import Agenda, Room, Session, SessionSpeaker, Speaker
from content.localized_text import LocalizedText
from content.timetable import held

SOON = timedelta(hours=3)
"""A change of what starts within this time is told at once, and at night."""


class NewsKind(StrEnum):
    """What happened to a session."""

    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    ADDED = "added"


class ChangedField(StrEnum):
    """What of a session is told when it changes, in the order of telling."""

    DAY = "day"
    TIME = "time"
    DURATION = "duration"
    ROOM = "room"
    TITLE = "title"
    SPEAKERS = "speakers"
    MINUTES = "minutes"  # a speaker's own within the session


@dataclass(frozen=True, slots=True)
class OwnMinutes:
    """A speaker's own time within a session moved otherwise than the session. All four moments are there."""

    speaker: Speaker
    old: SessionSpeaker
    new: SessionSpeaker


@dataclass(frozen=True, slots=True)
class SessionNews:
    """One session between two versions. ``old`` or ``new`` None: that version does not have it; never both.

    ``joined`` and ``left``: people. ``instead``: for a cancelled one, what else is on then, nearest start first.
    """

    kind: NewsKind
    old: Session | None
    new: Session | None
    fields: tuple[ChangedField, ...] = ()
    old_room: Room | None = None
    new_room: Room | None = None
    old_speakers: tuple[Speaker, ...] = ()
    new_speakers: tuple[Speaker, ...] = ()
    minutes: tuple[OwnMinutes, ...] = ()
    instead: tuple[Session, ...] = ()

    @property
    def session(self) -> Session:
        """The session as it is now, or as it last was."""
        session = self.new or self.old
        if session is None:
            raise ValueError("news about no session")
        return session

    @property
    def joined(self) -> tuple[Speaker, ...]:
        """Who has a part now and had none."""
        before = {speaker.handle for speaker in self.old_speakers}
        return tuple(speaker for speaker in self.new_speakers if speaker.handle not in before)

    @property
    def left(self) -> tuple[Speaker, ...]:
        """Who had a part and has none now."""
        now = {speaker.handle for speaker in self.new_speakers}
        return tuple(speaker for speaker in self.old_speakers if speaker.handle not in now)

    @property
    def _times(self) -> tuple[Session, ...]:
        """The session at each time at which somebody may come for it."""
        return tuple(session for session in (self.old, self.new) if session and not session.cancelled)

    @property
    def over_at(self) -> datetime:
        """When nobody can come too early or too late any more, in UTC."""
        return max(session.ends_at.astimezone(UTC) for session in self._times)

    def starts_at(self, now: datetime) -> datetime:
        """Return the earlier of the old and the new start, of those times that are not over; in UTC."""
        # In one zone's clock times hours before would be counted wrong in the night of a clock change.
        starts = [session.starts_at.astimezone(UTC) for session in self._times if session.ends_at > now]
        return min(starts, default=self.session.starts_at.astimezone(UTC))

    def urgent(self, now: datetime) -> bool:
        """Whether it is on, or starts within `SOON`, by the old time or by the new."""
        return self.over_at > now and self.starts_at(now) <= now + SOON


@dataclass(frozen=True, slots=True)
class AgendaNews:
    """All news between two versions: by the session's handle, and by what people follow (speakers too)."""

    by_session: Mapping[str, SessionNews] = field(default_factory=dict)
    by_follow: Mapping[str, tuple[SessionNews, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonalNews:
    """News for one person. ``followed``: the session itself; ``speakers``: those followed who make it concern them."""

    news: SessionNews
    followed: bool
    speakers: tuple[Speaker, ...] = ()


def agenda_news(old: Agenda, new: Agenda) -> AgendaNews:
    """Compare two versions of one agenda. Takes a while for a large one: in a thread, not in the loop."""
    before = {session.handle: session for session in old.sessions if session.handle}
    after = {session.handle: session for session in new.sessions if session.handle}
    by_session, by_follow = dict[str, SessionNews](), dict[str, list[SessionNews]]()
    for handle in before | after:
        if news := _session_news(before.get(handle), after.get(handle), old, new):
            by_session[handle] = news
            speakers = {speaker.handle for speaker in _concerned(news)}
            for follow in (handle, *speakers):
                by_follow.setdefault(follow, []).append(news)
    return AgendaNews(by_session, {follow: tuple(news) for follow, news in by_follow.items()})


def personal_news(
    told: Mapping[str, int], news_since: Mapping[int, AgendaNews], *, muted: Iterable[str], now: datetime
) -> tuple[PersonalNews, ...]:
    """Return what to tell one person, each session once, the soonest first; nothing of what is over.

    ``told``: by handle of what they follow, the version they were last told of; ``news_since``: for each of these
    versions what differs from it now. Of several such versions the latest counts in which what they follow led to the
    session: they saw it then, while a speaker who had no part yet showed them nothing.
    """
    candidates = dict.fromkeys(
        news.session.handle
        for follow, version in told.items()
        for news in news_since[version].by_follow.get(follow, ())
    )
    found = []
    for handle in candidates.keys() - set(muted):
        seen, missed = [told[handle]] if handle in told else [], list[int]()
        for version in set(told.values()):
            if news := news_since[version].by_session.get(handle):
                for speaker in _concerned(news):
                    if (known := told.get(speaker.handle)) is not None:
                        since = news_since[known].by_session.get(handle)
                        there = {each.handle for each in (since.old_speakers if since else news.new_speakers)}
                        (seen if speaker.handle in there else missed).append(known)
        versions = seen or missed
        latest = news_since[max(versions)].by_session.get(handle)
        if latest and latest.over_at > now and (personal := _for_person(latest, told)):
            found.append(personal)
    return tuple(sorted(found, key=lambda each: (each.news.starts_at(now), each.news.session.handle)))


def _session_news(was: Session | None, is_: Session | None, old: Agenda, new: Agenda) -> SessionNews | None:
    old_on, new_on = was is not None and not was.cancelled, is_ is not None and not is_.cancelled
    news = SessionNews(
        NewsKind.CHANGED,
        was,
        is_,
        old_room=old.room_by_id.get(was.room_id or "") if was else None,
        new_room=new.room_by_id.get(is_.room_id or "") if is_ else None,
        old_speakers=_speakers(was, old),
        new_speakers=_speakers(is_, new),
    )
    if was is not None and is_ is not None and old_on and new_on:
        news = replace(news, minutes=_own_minutes(was, is_, old, new))
        fields = _changed_fields(was, is_, news, new.event.default_language)
        return replace(news, fields=fields) if fields else None
    if was is not None and old_on:
        return replace(news, kind=NewsKind.CANCELLED, instead=_instead(was, new))
    if new_on:
        return replace(news, kind=NewsKind.RESTORED if was else NewsKind.ADDED)
    return None


def _changed_fields(was: Session, is_: Session, news: SessionNews, language: str) -> tuple[ChangedField, ...]:
    moved = was.starts_at.timestamp() != is_.starts_at.timestamp()
    other_day = was.starts_at.date() != is_.starts_at.date()
    rooms = [room.name if room else LocalizedText() for room in (news.old_room, news.new_room)]
    found = {
        ChangedField.DAY: other_day,
        ChangedField.TIME: moved and not other_day,
        ChangedField.DURATION: was.duration != is_.duration,
        ChangedField.ROOM: _reads_otherwise(rooms[0], rooms[1], language),
        ChangedField.TITLE: _reads_otherwise(was.title, is_.title, language),
        ChangedField.SPEAKERS: bool(news.joined or news.left),
        ChangedField.MINUTES: bool(news.minutes),
    }
    return tuple(name for name, changed in found.items() if changed)


def _reads_otherwise(old: LocalizedText, new: LocalizedText, language: str) -> bool:
    """Whether people read something else, in a language that both have; a new translation is nothing else."""
    both = [code for code, text in old.texts.items() if text and new.texts.get(code)]
    if not both:
        return bool(old) or bool(new)
    code = language if language in both else both[0]
    return old.texts[code].casefold().split() != new.texts[code].casefold().split()


def _speakers(session: Session | None, agenda: Agenda) -> tuple[Speaker, ...]:
    ids = dict.fromkeys(part.speaker_id for part in session.speakers) if session else ()
    return tuple(agenda.speaker_by_id[speaker_id] for speaker_id in ids)


def _own_minutes(was: Session, is_: Session, old: Agenda, new: Agenda) -> tuple[OwnMinutes, ...]:
    """Return whose own minutes moved, otherwise than the session itself did."""
    shift = is_.starts_at.timestamp() - was.starts_at.timestamp()
    before = {old.speaker_by_id[part.speaker_id].handle: part for part in was.speakers if part.starts_at}
    found = []
    for part in is_.speakers:
        speaker = new.speaker_by_id[part.speaker_id]
        earlier = before.get(speaker.handle)
        if (
            earlier
            and earlier.starts_at
            and earlier.ends_at
            and part.starts_at
            and part.ends_at
            and part.starts_at.timestamp() - earlier.starts_at.timestamp() not in (0, shift)
        ):
            found.append(OwnMinutes(speaker, earlier, part))
    return tuple(found)


def _instead(cancelled: Session, agenda: Agenda) -> tuple[Session, ...]:
    """Return what else is on at the time of a cancelled session, innermost only, without what it is part of."""
    together = [
        session
        for session in held(agenda.sessions)
        if session.starts_at < cancelled.ends_at and session.ends_at > cancelled.starts_at
    ]
    wholes = {session.part_of for session in together} | {cancelled.part_of, cancelled.id}
    others = [session for session in together if session.id not in wholes and session.part_of != cancelled.id]
    return tuple(sorted(others, key=lambda session: abs(session.starts_at - cancelled.starts_at)))


def _concerned(news: SessionNews) -> tuple[Speaker, ...]:
    """Return the speakers whose followers the news concern."""
    match news.kind:
        case NewsKind.CANCELLED:
            return news.old_speakers
        case NewsKind.ADDED | NewsKind.RESTORED:
            return news.new_speakers
        case NewsKind.CHANGED:
            return (*news.old_speakers, *news.joined)


def _for_person(news: SessionNews, told: Mapping[str, int]) -> PersonalNews | None:
    """Return the news as they are for somebody who follows these; None: not worth a word to them."""
    speakers = tuple(speaker for speaker in _concerned(news) if speaker.handle in told)
    if news.session.handle in told:
        # Whoever follows it knew it before it was gone.
        own = replace(news, kind=NewsKind.RESTORED) if news.kind is NewsKind.ADDED else news
        return PersonalNews(own, followed=True, speakers=speakers)
    if news.kind is not NewsKind.CHANGED:
        return PersonalNews(news, followed=False, speakers=speakers)
    handles = {speaker.handle for speaker in speakers}
    if not any(speaker.handle in handles for speaker in news.old_speakers):
        return PersonalNews(replace(news, kind=NewsKind.ADDED, fields=()), followed=False, speakers=speakers)
    minutes = tuple(own for own in news.minutes if own.speaker.handle in handles)
    fields = tuple(name for name in news.fields if name is not ChangedField.MINUTES or minutes)
    return (
        PersonalNews(replace(news, fields=fields, minutes=minutes), followed=False, speakers=speakers)
        if fields
        else None
    )
