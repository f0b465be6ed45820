"""What can be read and used, but asks for a second look before people see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from content.agenda import Agenda, Session
from content.bookings import Clash, room_clashes, speaker_clashes
from content.formats.problem_dates import written_moment, written_span
from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.localized_text import LocalizedText
from content.web_addresses import can_be_on_a_button

MAX_TITLE = 200
MAX_QUOTED = 80
MAX_LENGTH = timedelta(hours=12)
NIGHT_ENDS = 6  # o'clock

_PLACEHOLDER_HOSTS = re.compile(r"(^|\.)(example\.(com|org|net)|test|invalid|localhost)$")
_MACHINE = re.compile(r"^[\d.]+$|^\[?[0-9a-f:]+\]?$|^[^.]+$")


def check_agenda(agenda: Agenda) -> tuple[Problem, ...]:
    """Return every doubt; ``where`` is the id of the session, speaker, room, … or event, or the topic of the fact."""
    return tuple(_Checker(agenda).doubts())


class _Checker:
    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.language = agenda.event.default_language

    def doubts(self) -> Iterator[Problem]:
        agenda = self.agenda
        if not agenda.sessions:
            yield doubt(agenda.event.id, "no_sessions")
        for session in agenda.sessions:
            yield from self._session(session)
        for room_id, clash in room_clashes(agenda):
            yield self._room_clash(room_id, clash)
        for speaker_id, clash in speaker_clashes(agenda):
            yield self._speaker_clash(speaker_id, clash)
        yield from self._speakers()
        for material in agenda.materials:
            if not material.url and not material.found_at:
                yield doubt(material.id, "no_address", name=self._quoted(material.title))
        yield from self._titles()
        yield from self._names()
        yield from self._links()
        yield from self._translations()

    def _session(self, session: Session) -> Iterator[Problem]:
        event, name = self.agenda.event, self._quoted(session.title)
        start, end = session.starts_at, session.ends_at
        # What starts in the small hours after the last day is its night.
        last = event.ends_on + timedelta(days=start.hour < NIGHT_ENDS)
        if not event.starts_on <= start.date() <= last or end.date() > event.ends_on + timedelta(days=1):
            day = start.date() if not event.starts_on <= start.date() <= last else end.date()
            yield doubt(session.id, "outside_event", name=name, day=day, first=event.starts_on, last=event.ends_on)
        length = timedelta(seconds=end.timestamp() - start.timestamp())
        if not length:
            yield doubt(session.id, "no_length", name=name, time=written_moment(start))
        if length > MAX_LENGTH:
            yield doubt(session.id, "very_long", name=name, hours=f"{length / timedelta(hours=1):.3g}")
        umbrella = self.agenda.session_by_id.get(session.part_of or "")
        if umbrella and not _within(start, end, umbrella):
            names = {"name": name, "umbrella": self._quoted(umbrella.title)}
            times = {
                "time": written_span(start, end),
                "umbrella_time": written_span(umbrella.starts_at, umbrella.ends_at),
            }
            yield doubt(session.id, "outside_umbrella", **names, **times)
        for part in session.speakers:
            own_start, own_end = part.starts_at or start, part.ends_at or end
            if not _within(own_start, own_end, session):
                names = {"name": name, "speaker": self._speaker_name(part.speaker_id)}
                times = {"time": written_span(own_start, own_end), "session_time": written_span(start, end)}
                yield doubt(session.id, "outside_session", **names, **times)

    def _room_clash(self, room_id: str, clash: Clash) -> Problem:
        session = clash.booking.session
        room = self.agenda.room_by_id.get(room_id)
        name = self._quoted(room.name) if room else room_id
        time = written_span(clash.booking.starts_at, clash.booking.ends_at)
        return doubt(
            session.id,
            "room_booked_twice",
            name=self._quoted(session.title),
            others=self._others(clash),
            room=name,
            time=time,
        )

    def _speaker_clash(self, speaker_id: str, clash: Clash) -> Problem:
        session = clash.booking.session
        names = {"speaker": self._speaker_name(speaker_id), "name": self._quoted(session.title)}
        time = written_span(clash.booking.starts_at, clash.booking.ends_at)
        return doubt(session.id, "speaker_booked_twice", **names, others=self._others(clash), time=time)

    def _speakers(self) -> Iterator[Problem]:
        same_name: dict[str, list[str]] = {}
        for speaker in self.agenda.speakers:
            same_name.setdefault(" ".join(speaker.name.casefold().split()), []).append(speaker.id)
            if not self.agenda.sessions_of(speaker.id) and "sessions" not in speaker.unknown:
                yield doubt(speaker.id, "no_session", name=speaker.name)
        for ids in same_name.values():
            if len(ids) > 1:
                yield doubt(ids[0], "same_name", name=self._speaker_name(ids[0]), ids=", ".join(ids))

    def _titles(self) -> Iterator[Problem]:
        agenda = self.agenda
        titles = [(session.id, session.title) for session in agenda.sessions]
        titles += [(material.id, material.title) for material in agenda.materials]
        for id_, title in titles:
            if (length := _longest(title)) > MAX_TITLE:
                yield doubt(id_, "title_too_long", name=self._quoted(title), length=length, limit=MAX_TITLE)

    def _names(self) -> Iterator[Problem]:
        agenda = self.agenda
        names = [(speaker.id, LocalizedText.of(en=speaker.name)) for speaker in agenda.speakers]
        names += [(speaker.id, speaker.organisation) for speaker in agenda.speakers]
        names += [(room.id, room.name) for room in agenda.rooms] + [(track.id, track.name) for track in agenda.tracks]
        for id_, name in names:
            if (length := _longest(name)) > MAX_TITLE:
                yield doubt(id_, "name_too_long", name=self._quoted(name), length=length, limit=MAX_TITLE)

    def _links(self) -> Iterator[Problem]:
        agenda = self.agenda
        links = [(agenda.event.id, agenda.event.name, agenda.event.website)]
        links += [(session.id, session.title, session.website) for session in agenda.sessions]
        links += [(each.id, each.title, url) for each in agenda.materials for url in (each.url, each.found_at)]
        links += [(fact.topic, fact.title, link.url) for fact in agenda.facts for link in fact.links]
        for where, title, url in links:
            if url is not None and (code := link_doubt(url)):
                yield doubt(where, code, name=self._quoted(title), link=url)

    def _translations(self) -> Iterator[Problem]:
        for where, title, texts in _texts(self.agenda):
            for language in self.agenda.event.languages:
                missing = [part for part, text in texts if text and not text.texts.get(language)]
                if missing:
                    parts = ", ".join(dict.fromkeys(missing))
                    name = title if isinstance(title, str) else self._quoted(title)
                    yield doubt(where, "not_translated", name=name, language=language, parts=parts)

    def _others(self, clash: Clash) -> str:
        return ", ".join(self._quoted(other.session.title) for other in clash.others)

    def _speaker_name(self, speaker_id: str) -> str:
        speaker = self.agenda.speaker_by_id.get(speaker_id)
        return speaker.name if speaker else speaker_id

    def _quoted(self, text: LocalizedText) -> str:
        return f"“{shortened(text.pick(self.language, self.language))}”"


def shortened(name: str) -> str:
    """Return a title or a name as long as a doubt quotes it."""
    return name if len(name) <= MAX_QUOTED else f"{name[: MAX_QUOTED - 1]}…"


def link_doubt(url: str) -> str | None:
    """Return the code of what is doubtful about an address, or None."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return "link_malformed"
    if parts.scheme not in {"http", "https"} or not host or re.search(r"\s", url) or "://" in parts.netloc + parts.path:
        return "link_malformed"
    if "@" in parts.netloc:
        return "link_with_credentials"
    if _PLACEHOLDER_HOSTS.search(host):
        return "link_placeholder"
    if _MACHINE.match(host):
        return "link_to_machine"
    if not can_be_on_a_button(url):
        return "link_not_on_button"
    return "link_ending" if url.endswith((".", ",", ";", ":", "!", "'", '"', ">")) else None


_Texts = list[tuple[str, LocalizedText]]


def _texts(agenda: Agenda) -> Iterator[tuple[str, LocalizedText | str, _Texts]]:
    """Yield every entry's id, its name, and its texts by what they are."""
    event = agenda.event
    yield event.id, event.name, [("the name", event.name), ("the theme", event.theme), ("the place", event.place)]
    for session in agenda.sessions:
        parts = [("the title", session.title), ("the description", session.description)]
        yield session.id, session.title, [*parts, *(("a topic", topic) for topic in session.topics)]
    for person in agenda.speakers:
        texts = [("the organisation", person.organisation), ("the role", person.role), ("the biography", person.bio)]
        yield person.id, person.name, texts
    for room in agenda.rooms:
        yield room.id, room.name, [("the name", room.name)]
    for track in agenda.tracks:
        yield track.id, track.name, [("the name", track.name)]
    for material in agenda.materials:
        yield material.id, material.title, [("the title", material.title)]
    for fact in agenda.facts:
        links = [("a link's title", link.title) for link in fact.links]
        yield fact.topic, fact.title, [("the title", fact.title), ("the text", fact.text), *links]


def _longest(text: LocalizedText) -> int:
    return max(map(len, text.texts.values()), default=0)


def _within(start: datetime, end: datetime, session: Session) -> bool:
    starts, ends = session.starts_at.timestamp(), session.ends_at.timestamp()
    return starts <= start.timestamp() and end.timestamp() <= ends
