"""Preparing a material: the link or the file, its title, from when people get it, and the yes.

Organisers do it at their desk and speakers at theirs: the buttons are the same, the draft says whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from telegram import Update

from bot.alarms import AlarmKind
from bot.context import BotContext
from bot.materials import ChatMaterial, Embargo, MaterialAudience, MaterialSource
from bot.messages import material_buttons as buttons
from bot.messages import material_desk as desk_messages
from bot.messages import material_drafts as messages
from bot.messages.answers import card_of
from bot.messages.payload import Payload
from bot.services.materials import MaterialMovedError, NoSuchMaterialError, UnusableDraftError
from handlers import desk, speaker_desk
from handlers.broadcast_sending import end_spinner
from handlers.desk import Action
from handlers.dialogs import organises
from handlers.material_drafts import (
    AWAITS_CONTENT,
    AWAITS_OWNER,
    AWAITS_TIME,
    AWAITS_TITLE,
    OpenMaterialDraft,
    draft_of,
    keep,
)
from handlers.material_screens import count_waiting, show_awaited, show_changed, show_confirmation
from handlers.replies import alert, reply, show
from handlers.slides_rights import show_slides, speaks_for


def _action(payload: type[Payload]) -> Callable[[Action], Action]:
    """Register what a button of a draft does, at both desks."""

    def register(function: Action) -> Action:
        desk.SHARED.add(payload)
        speaker_desk.action(payload)(function)
        return desk.action(payload)(function)

    return register


@_action(buttons.AskContent)
async def _ask_content(payload: buttons.AskContent, update: Update, context: BotContext) -> None:
    await _ask(payload.key, AWAITS_CONTENT, update, context)


@_action(buttons.AskTitle)
async def _ask_title(payload: buttons.AskTitle, update: Update, context: BotContext) -> None:
    await _ask(payload.key, AWAITS_TITLE, update, context)


@_action(buttons.AskOpening)
async def _ask_opening(payload: buttons.AskOpening, update: Update, context: BotContext) -> None:
    await _ask(payload.key, AWAITS_TIME, update, context)


@_action(buttons.TakeTitle)
async def _take_offered(payload: buttons.TakeTitle, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=False)
    if opened is not None and opened.offered:
        await show_changed(opened, replace(opened.draft, title=opened.offered), update, context)
    elif opened is not None:
        await show_awaited(opened, update, context)


@_action(buttons.OpenAtOnce)
async def _open_at_once(payload: buttons.OpenAtOnce, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Embargo(), update, context)


@_action(buttons.OpenAfterSession)
async def _open_after_session(payload: buttons.OpenAfterSession, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Embargo(after_session=True), update, context)


@_action(buttons.SeeMaterial)
async def _see(payload: buttons.SeeMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        material = context.services.materials.sample(opened.draft)
        if material is not None:
            await reply(context, card_of(material, context.view))
        await show_confirmation(opened, None, context)
        await end_spinner(update, context)


@_action(buttons.DiscardMaterial)
async def _discard(payload: buttons.DiscardMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=False)
    if opened is None:
        return
    await context.services.dialogs.end(context.attendee.chat_id)
    note = messages.discarded_note(context.view, new=not opened.material)
    if opened.by_speaker:
        await show_slides(update, context, note=note)
    else:
        await show(update, context, messages.discarded(note, context.view))


@_action(buttons.SaveMaterial)
async def _save(payload: buttons.SaveMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is None:
        return
    view, chat_id = context.view, context.attendee.chat_id
    if not opened.was_shown(payload.revision, view.now):
        await show_confirmation(opened, update, context, notice=messages.look_again(view))
        return
    waiting = await count_waiting(opened.draft, context)
    try:
        saved = await _saved(opened, context)
    except UnusableDraftError:
        await show_confirmation(opened, update, context, problem=messages.not_usable(view))
        return
    except MaterialMovedError as error:
        opened = replace(opened, seen=error.material.draft.mark)
        note = messages.changed_meanwhile(error.material.draft, view)
        await show_confirmation(opened, update, context, problem=note)
        return
    except NoSuchMaterialError:
        await context.services.dialogs.end(chat_id)
        await alert(update, context, desk_messages.material_gone(view))
        return
    await context.services.dialogs.end(chat_id)
    if opened.by_speaker:
        await show_slides(update, context, note=messages.sent_note(context.view))
        return
    view = context.view  # as it is now
    found = view.agenda.by_handle.get(saved.handle)
    at_once = found is not None and context.services.materials.is_open(saved.draft)
    note = desk_messages.saved_note(waiting, view, new=not opened.material, at_once=at_once)
    await show(update, context, desk_messages.managed(saved, view, note=note, seen=found is not None))


async def _saved(opened: OpenMaterialDraft, context: BotContext) -> ChatMaterial:
    """Publish or change it; what a speaker sends waits, and all organisers hear of it."""
    materials, chat_id = context.services.materials, context.attendee.chat_id
    if not opened.by_speaker:
        if opened.material:
            return await materials.change(opened.material, opened.draft, chat_id, seen=opened.seen)
        return await materials.add(opened.draft, chat_id, draft_key=opened.key)
    sent = await materials.add(
        opened.draft,
        chat_id,
        draft_key=opened.key,
        source=MaterialSource.SPEAKER,
        audience=MaterialAudience.FOLLOWERS,
        replaces=opened.material or None,
    )
    await context.services.organiser_alarm.tell(
        AlarmKind.SLIDES_WAIT, sent.handle, material=sent.handle, belongs_to=sent.draft.belongs_to or ""
    )
    return sent


async def _ask(key: str, awaits: str, update: Update, context: BotContext) -> None:
    opened = await _opened(key, update, context)
    if opened is not None:
        await show_awaited(await keep(replace(opened, awaits=awaits), context), update, context)


async def _choose(key: str, embargo: Embargo, update: Update, context: BotContext) -> None:
    opened = await _opened(key, update, context)
    if opened is not None:
        await show_changed(opened, replace(opened.draft, embargo=embargo), update, context)


async def _opened(key: str, update: Update, context: BotContext, *, complete: bool = True) -> OpenMaterialDraft | None:
    """Return the open draft if the button is one of its own, and its author still may; else say that it is closed.

    ``complete``: it must have its title and the thing itself already.
    """
    opened = draft_of(context)
    if opened is not None and opened.key == key and opened.awaits != AWAITS_OWNER and await _may(opened, context):
        content = opened.draft.content
        if not complete or (bool(content.url or content.media) and bool(opened.draft.title)):
            return opened
    await alert(update, context, messages.draft_gone(context.view))
    return None


async def _may(opened: OpenMaterialDraft, context: BotContext) -> bool:
    if opened.by_speaker:
        return speaks_for(opened.draft.belongs_to, context)
    return await organises(context)
