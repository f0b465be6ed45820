"""The agenda with what people added in the chat: composed for readers, taken out again before it becomes a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.materials import ChatMaterial, belongs_nowhere, opens_at, owner_of
from bot.models import MediaKind
from content.agenda import Addition, Agenda, KeptFile, Material, MaterialKind, Session, Speaker, SpeakerRole
from content.localized_text import LocalizedText


def source_id(handle: str) -> str:
    """Return the id by which an added material stands among the agenda's: no file has such ids."""
    return f"added in the chat: {handle}"


def with_added(agenda: Agenda, added: Iterable[ChatMaterial]) -> Agenda:
    """Return the agenda with these among its materials, but for those whose session or speaker it lacks."""
    bare = without_added(agenda)
    materials = [found for each in added if (found := material_of(each, bare)) is not None]
    return replace(bare, materials=(*bare.materials, *materials)) if materials else bare


def without_added(agenda: Agenda) -> Agenda:
    """Return the agenda as a version of it is kept."""
    if not any(material.added for material in agenda.materials):
        return agenda
    return replace(agenda, materials=tuple(each for each in agenda.materials if each.added is None))


def material_of(added: ChatMaterial, agenda: Agenda) -> Material | None:
    """Return it as the agenda shows it; None: what it belongs to left the agenda."""
    draft = added.draft
    if belongs_nowhere(draft, agenda):
        return None
    media, owner = draft.content.media, owner_of(draft, agenda)
    speakers, sessions = _owners(owner, agenda)
    presenter = agenda.by_handle.get(draft.speaker or "")
    if isinstance(presenter, Speaker):
        speakers = (presenter.id,)
    file = KeptFile(media.file_id, photo=media.kind is MediaKind.PHOTO) if media else None
    kind = MaterialKind.PRESENTATION if owner else MaterialKind.DOCUMENT if media else MaterialKind.PAGE
    return Material(
        id=source_id(added.handle),
        title=LocalizedText({agenda.event.default_language: draft.title}),
        kind=kind,
        url=draft.content.url,
        speaker_ids=speakers,
        session_ids=sessions,
        handle=added.handle,
        added=Addition(file, opens_at(draft, agenda), draft.embargo.after_session),
    )


def _owners(owner: Session | Speaker | None, agenda: Agenda) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of speakers and sessions: a session's only speaker, and a speaker's only session, go with it."""
    match owner:
        case Session():
            speakers = tuple(dict.fromkeys(_speaking(owner)))
            return (speakers if len(speakers) == 1 else ()), (owner.id,)
        case Speaker():
            sessions = [each.id for each in agenda.sessions_of(owner.id) if owner.id in _speaking(each)]
            return (owner.id,), (tuple(sessions) if len(sessions) == 1 else ())
        case _:
            return (), ()


def _speaking(session: Session) -> list[str]:
    return [part.speaker_id for part in session.speakers if part.role is SpeakerRole.SPEAKER]
