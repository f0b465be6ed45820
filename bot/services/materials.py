"""Slides and documents that people add in the chat: added, approved, changed, removed; and who waits for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.materials import (
    ChatMaterial,
    Embargo,
    MaterialAudience,
    MaterialDraft,
    MaterialSource,
    MaterialState,
    belongs_nowhere,
    end_of,
    opens_at,
    owner_of,
)
from bot.models import NoticeKind, Priority
from bot.services.added_materials import material_of, source_id
from bot.services.agenda import AgendaService
from bot.services.handles import new_handle
from bot.storage import chat_materials
from bot.storage.attendees import find_attendee
from bot.storage.database import Connection, Database
from bot.storage.handles import read_handles
from bot.storage.organisers import add_audit_entry
from bot.storage.outbox import add_row
from content.agenda import Material
from content.questions.question import EntityKind
from content.web_addresses import can_be_on_a_button

OUTCOME_LASTS = timedelta(days=7)
MAX_TITLE = 120
MAX_LINK = 1_000


class NoSuchMaterialError(LookupError):
    """Nobody added this, or it was removed."""


class MaterialMovedError(Exception):
    """Somebody else changed it meanwhile: it is ``material`` now."""

    def __init__(self, material: ChatMaterial) -> None:
        super().__init__(f"{material.handle} was changed meanwhile")
        self.material = material


class UnusableDraftError(ValueError):
    """It cannot be kept so: no title, no address that Telegram takes, or nothing that it belongs to."""


class MaterialService:
    """The only writer of added materials; each change is seen by everybody as soon as it is written."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call this whenever somebody may have to be told."""
        self._listeners.append(listener)

    async def all(self) -> tuple[ChatMaterial, ...]:
        """Return everything that was added, what waits or was refused too, the oldest first."""
        return await chat_materials.read_materials(self._database.reader)

    async def waiting(self) -> tuple[ChatMaterial, ...]:
        """Return what waits for an organiser's yes, the oldest first."""
        return await chat_materials.read_materials(self._database.reader, MaterialState.WAITING)

    async def of_author(self, chat_id: int) -> tuple[ChatMaterial, ...]:
        """Return what this person added, the oldest first."""
        return await chat_materials.read_materials(self._database.reader, added_by=chat_id)

    async def find(self, handle: str) -> ChatMaterial:
        """Return one material.

        Raises:
            NoSuchMaterialError: there is none.
        """
        return await _existing(self._database.reader, handle)

    def is_open(self, draft: MaterialDraft) -> bool:
        """Whether people may have it now."""
        moment = opens_at(draft, self._agenda.current.agenda)
        return moment is None or moment <= self._clock()

    def sample(self, draft: MaterialDraft) -> Material | None:
        """Return what people get of this once they may have it; None: what it belongs to left the agenda."""
        shown = replace(draft, embargo=Embargo())
        material = ChatMaterial(0, "", shown, MaterialState.PUBLISHED, MaterialSource.ORGANISER, 0, self._clock())
        return material_of(material, self._agenda.current.agenda)

    def check(self, draft: MaterialDraft) -> None:
        """Raise what `add` and `change` would raise about the draft.

        Raises:
            UnusableDraftError: it cannot be kept so.
        """
        title, content, agenda = draft.title, draft.content, self._agenda.current.published
        if not title.strip() or len(title) > MAX_TITLE:
            raise UnusableDraftError(f"a title has 1 to {MAX_TITLE} characters")
        if (content.url is None) == (content.media is None):
            raise UnusableDraftError("it is either a link or a file")
        if content.url is not None and not usable_link(content.url):
            raise UnusableDraftError("this is no address that Telegram takes")
        if belongs_nowhere(draft, agenda):
            raise UnusableDraftError("what it belongs to left the agenda")
        if draft.embargo.after_session and end_of(owner_of(draft, agenda), agenda) is None:
            raise UnusableDraftError("there is no session whose end could be waited for")

    async def add(
        self,
        draft: MaterialDraft,
        by: int,
        *,
        draft_key: str,
        source: MaterialSource = MaterialSource.ORGANISER,
        audience: MaterialAudience = MaterialAudience.WAITING,
        replaces: str | None = None,
    ) -> ChatMaterial:
        """Add this: an organiser's is published at once, a speaker's waits. The same ``draft_key`` adds it once.

        ``replaces``: the handle of what the same person sent before: what is published stays until the new one is,
        what was not is withdrawn at once.

        Raises:
            UnusableDraftError: as `check`.
            NoSuchMaterialError: what it is to replace is gone, or another's.
        """
        self.check(draft)
        now, event_id = self._clock(), self._agenda.current.agenda.event.id
        organiser = source is MaterialSource.ORGANISER
        async with self._database.transaction() as connection:
            known = await chat_materials.find_material(connection, draft_key=draft_key)
            if known is not None:
                return known
            replaced = await _withdrawn(connection, replaces, by) if replaces else None
            taken = set((await read_handles(connection)).values())
            handle = new_handle(event_id, (EntityKind.MATERIAL, source_id(draft_key)), taken)
            await chat_materials.add_material(
                connection,
                draft,
                draft_key=draft_key,
                handle=handle,
                source_id=source_id(handle),
                state=MaterialState.PUBLISHED if organiser else MaterialState.WAITING,
                source=source,
                added_by=by,
                added_at=now,
                replaces=replaced,
                audience=audience,
            )
            await add_audit_entry(connection, now, by, "add material" if organiser else "send material", _of(handle))
            added = await _existing(connection, handle)
        return await self._changed(added)

    async def publish(
        self, handle: str, by: int, *, audience: MaterialAudience = MaterialAudience.FOLLOWERS
    ) -> ChatMaterial:
        """Publish what waits, for everybody to see, and let the audience be told; done twice it is done once.

        What takes another's place goes on under that one's handle, and its embargo and audience are not asked again.

        Raises:
            NoSuchMaterialError: it was removed meanwhile.
        """
        now = self._clock()
        async with self._database.transaction() as connection:
            material = await _existing(connection, handle)
            if not await chat_materials.save_decision(
                connection, material.id, MaterialState.PUBLISHED, by=by, at=now, audience=audience
            ):
                return material
            await add_audit_entry(connection, now, by, "publish material", _of(handle))
            await _tell_author(connection, material, MaterialState.PUBLISHED, "", now)
            if material.replaces is not None:
                await chat_materials.save_draft(connection, material.replaces, material.draft)
                await chat_materials.delete_material(connection, material.id)
            published = await chat_materials.find_material(connection, id_=material.replaces or material.id)
        return await self._changed(published or material)

    async def refuse(self, handle: str, by: int, why: str) -> ChatMaterial:
        """Refuse what waits, and keep why; a decision made before stands.

        Raises:
            NoSuchMaterialError: it was removed meanwhile.
        """
        now = self._clock()
        async with self._database.transaction() as connection:
            material = await _existing(connection, handle)
            if await chat_materials.save_decision(
                connection,
                material.id,
                MaterialState.REFUSED,
                by=by,
                at=now,
                refusal=why,
                audience=material.audience,
            ):
                await add_audit_entry(connection, now, by, "refuse material", _of(handle))
                await _tell_author(connection, material, MaterialState.REFUSED, why, now)
            refused = await _existing(connection, handle)
        for listener in self._listeners:
            listener()
        return refused

    async def change(self, handle: str, draft: MaterialDraft, by: int, *, seen: str = "") -> ChatMaterial:
        """Make it what the draft says; whoever has its link or button finds the new one.

        ``seen``: the mark of what it was when the change was begun; empty: whatever it is now.

        Raises:
            UnusableDraftError: as `check`.
            MaterialMovedError: it is neither what was seen nor what is wanted.
            NoSuchMaterialError: it was removed meanwhile.
        """
        self.check(draft)
        now = self._clock()
        async with self._database.transaction() as connection:
            material = await _existing(connection, handle)
            if material.draft != draft:
                if seen and seen != material.draft.mark:
                    raise MaterialMovedError(material)
                await chat_materials.save_draft(connection, material.id, draft)
                await add_audit_entry(connection, now, by, "change material", _of(handle))
            changed = await _existing(connection, handle)
        return await self._changed(changed)

    async def remove(self, handle: str, by: int) -> bool:
        """Take it away from everybody; False: it was gone already."""
        async with self._database.transaction() as connection:
            material = await chat_materials.find_material(connection, handle=handle)
            removed = material is not None and await chat_materials.delete_material(connection, material.id)
            if removed:
                await add_audit_entry(connection, self._clock(), by, "remove material", _of(handle))
        await self._agenda.take_up_added()
        return removed

    async def _changed(self, material: ChatMaterial) -> ChatMaterial:
        await self._agenda.take_up_added()
        for listener in self._listeners:
            listener()
        return material


def usable_link(url: str) -> bool:
    """Whether this is an http or https address, of a length that fits everywhere, that can stand on a button."""
    return len(url) <= MAX_LINK and can_be_on_a_button(url)


async def _withdrawn(connection: Connection, handle: str, by: int) -> int | None:
    """Return the id of what a newer one replaces; None: nothing that was published."""
    earlier = await _existing(connection, handle)
    if earlier.added_by != by:
        raise NoSuchMaterialError(handle)
    if earlier.state is MaterialState.PUBLISHED:
        return earlier.id
    await chat_materials.delete_material(connection, earlier.id)
    return earlier.replaces


async def _tell_author(
    connection: Connection, material: ChatMaterial, outcome: MaterialState, why: str, now: datetime
) -> None:
    """Queue what became of it for the speaker who sent it, if they are still there."""
    if material.source is not MaterialSource.SPEAKER or await find_attendee(connection, material.added_by) is None:
        return
    await add_row(
        connection,
        key=f"material outcome:{material.handle}",
        chat_id=material.added_by,
        kind=NoticeKind.MATERIAL,
        priority=Priority.MATERIAL,
        payload={"outcome": outcome.value, "title": material.draft.title, "why": why},
        not_before=now,
        expires_at=now + OUTCOME_LASTS,
        created_at=now,
    )


def _of(handle: str) -> dict[str, object]:
    return {"material": handle}


async def _existing(connection: Connection, handle: str) -> ChatMaterial:
    material = await chat_materials.find_material(connection, handle=handle)
    if material is None:
        raise NoSuchMaterialError(handle)
    return material
