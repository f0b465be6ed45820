"""When and where a person of the agenda is on: session by session, with their own minutes and place in the order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from content.agenda import Agenda, Session, SessionSpeaker, Speaker, SpeakerRole


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker's part in one session (or parts: ``roles`` may be several).

    ``minutes``: their own start and end within it, None where the agenda has none. ``place`` of ``of`` who speak,
    counted from 1: in the order of speaking if ``in_order``, else as they are listed; None: they only moderate.
    """

    session: Session
    speaker: Speaker
    roles: tuple[SpeakerRole, ...]
    minutes: tuple[datetime, datetime] | None = None
    place: int | None = None
    of: int = 0
    in_order: bool = False

    @property
    def starts_at(self) -> datetime:
        """When they are on: by their own minutes, else with the session."""
        return self.minutes[0] if self.minutes else self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        """When they are done: by their own minutes, else with the session."""
        return self.minutes[1] if self.minutes else self.session.ends_at

    @property
    def stands(self) -> bool:
        """Whether it is to happen, at a time that is known."""
        return not self.session.cancelled and "time" not in self.session.unknown


def appearances(agenda: Agenda, handles: Collection[str]) -> tuple[Appearance, ...]:
    """Return where the speakers with these handles are on, in order of their own start."""
    speakers = [speaker for handle in handles if isinstance(speaker := agenda.by_handle.get(handle), Speaker)]
    found = [appearance_in(session, speaker) for speaker in speakers for session in agenda.sessions_of(speaker.id)]
    return tuple(sorted(found, key=lambda each: (each.starts_at.astimezone(UTC), each.session.handle, each.speaker.id)))


def fellows(appearance: Appearance, agenda: Agenda, *roles: SpeakerRole) -> tuple[Speaker, ...]:
    """Return who else has a part in the session, in these roles, each once."""
    ids = dict.fromkeys(part.speaker_id for part in appearance.session.speakers if part.role in roles)
    return tuple(agenda.speaker_by_id[id_] for id_ in ids if id_ != appearance.speaker.id)


def appearance_in(session: Session, speaker: Speaker) -> Appearance:
    """Return this person's part in this session, in which they must have one."""
    mine = [part for part in session.speakers if part.speaker_id == speaker.id]
    own = [(part.starts_at, part.ends_at) for part in mine if part.starts_at and part.ends_at]
    minutes = (min(start for start, _ in own), max(end for _, end in own)) if own else None
    speaking = [part for part in session.speakers if part.role is SpeakerRole.SPEAKER]
    in_order = bool(speaking) and all(part.starts_at for part in speaking)
    if in_order:
        speaking.sort(key=_start_of)
    ids = list(dict.fromkeys(part.speaker_id for part in speaking))
    place = ids.index(speaker.id) + 1 if speaker.id in ids else None
    roles = tuple(dict.fromkeys(part.role for part in mine))
    return Appearance(session, speaker, roles, minutes, place, len(ids), in_order)


def _start_of(part: SessionSpeaker) -> datetime:
    if part.starts_at is None:
        raise ValueError("a part without its own start")
    return part.starts_at.astimezone(UTC)
