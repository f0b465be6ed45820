"""Slides and documents at the organisers' desk: what was added, and what can be done to it."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages import material_buttons as buttons
from bot.messages import material_desk as messages
from bot.messages.screens import TargetGoneError
from content.agenda import Session, Speaker
from handlers.broadcast_sending import end_spinner
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.material_drafts import (
    AWAITS_CONTENT,
    AWAITS_OWNER,
    AWAITS_TITLE,
    OpenMaterialDraft,
    draft_from,
    keep,
    new_draft,
)
from handlers.material_screens import show_awaited
from handlers.replies import alert, show
from handlers.stored_materials import found_material, is_seen

offer(Tool.MATERIALS, messages.materials_tool)


@action(buttons.OpenAdded)
async def _list(payload: buttons.OpenAdded, update: Update, context: BotContext) -> None:
    await show(update, context, messages.added_page(await context.services.materials.all(), context.view, payload.page))


@action(buttons.AskOwner)
async def _ask_owner(_: buttons.AskOwner, update: Update, context: BotContext) -> None:
    await show_awaited(await keep(new_draft(None, awaits=AWAITS_OWNER), context), update, context)


@action(buttons.AddMaterial)
async def _add(payload: buttons.AddMaterial, update: Update, context: BotContext) -> None:
    owner = context.view.agenda.by_handle.get(payload.handle)
    if not isinstance(owner, Session | Speaker):
        raise TargetGoneError
    await show_awaited(await keep(new_draft(owner.handle), context), None, context)  # the card stays
    await end_spinner(update, context)


@action(buttons.AddToEvent)
async def _add_to_event(_: buttons.AddToEvent, update: Update, context: BotContext) -> None:
    await show_awaited(await keep(new_draft(None), context), update, context)


@action(buttons.ManageMaterial)
async def _manage(payload: buttons.ManageMaterial, update: Update, context: BotContext) -> None:
    material = await found_material(payload.handle, update, context)
    if material is not None:
        await show(update, context, messages.managed(material, context.view, seen=is_seen(material, context)))


@action(buttons.ReplaceMaterial)
async def _replace(payload: buttons.ReplaceMaterial, update: Update, context: BotContext) -> None:
    await _change(payload.handle, AWAITS_CONTENT, update, context)


@action(buttons.RenameMaterial)
async def _rename(payload: buttons.RenameMaterial, update: Update, context: BotContext) -> None:
    await _change(payload.handle, AWAITS_TITLE, update, context)


@action(buttons.RescheduleMaterial)
async def _reschedule(payload: buttons.RescheduleMaterial, update: Update, context: BotContext) -> None:
    await _change(payload.handle, "", update, context)


@action(buttons.AskRemoval)
async def _ask_removal(payload: buttons.AskRemoval, update: Update, context: BotContext) -> None:
    material = await found_material(payload.handle, update, context)
    if material is not None:
        await show(update, context, messages.removal_question(material, context.view))


@action(buttons.RemoveMaterial)
async def _remove(payload: buttons.RemoveMaterial, update: Update, context: BotContext) -> None:
    if await context.services.materials.remove(payload.handle, context.attendee.chat_id):
        notice = messages.removed_note(context.view)
        page = messages.added_page(await context.services.materials.all(), context.view)
        await show(update, context, page, notice=notice, alert=False)
    else:
        await alert(update, context, messages.material_gone(context.view))


async def _change(handle: str, awaits: str, update: Update, context: BotContext) -> None:
    """Open a draft that changes this material."""
    material = await found_material(handle, update, context)
    if material is not None:
        opened: OpenMaterialDraft = draft_from(material, awaits=awaits)
        await show_awaited(await keep(opened, context), update, context)
