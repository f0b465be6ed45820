"""A speaker sends slides, from their desk or by just sending the file; organisers say yes, or no with a word why."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.context import BotContext
from bot.materials import ChatMaterial, MaterialAudience, MaterialSource, MaterialState
from bot.messages import material_buttons as buttons
from bot.messages import material_desk as messages
from bot.messages import slides_buttons
from bot.messages.answers import card_of
from bot.messages.my_slides import MAX_REASON, my_slides_tool, slides_gone
from bot.messages.screens import TargetGoneError
from bot.models import Dialog
from bot.services.materials import NoSuchMaterialError
from handlers.broadcast_sending import end_spinner
from handlers.desk import action
from handlers.dialogs import dialog
from handlers.material_drafts import (
    AWAITS_CONTENT,
    AWAITS_OWNER,
    AWAITS_TITLE,
    content_of,
    draft_from,
    draft_of,
    keep,
    new_draft,
)
from handlers.material_screens import owner_title, show_awaited
from handlers.replies import alert, reply, show
from handlers.slides_rights import presenter_of, show_slides, speaks_for, targets
from handlers.speaker_desk import TOOLS, Tool
from handlers.speaker_desk import action as speaker_action
from handlers.stored_materials import found_material, is_seen

REFUSAL = "refusal"

TOOLS[Tool.SLIDES] = my_slides_tool


@speaker_action(slides_buttons.OpenMySlides)
async def _show(_: slides_buttons.OpenMySlides, update: Update, context: BotContext) -> None:
    await show_slides(update, context)


@speaker_action(slides_buttons.SendSlides)
async def _send(payload: slides_buttons.SendSlides, update: Update, context: BotContext) -> None:
    if not speaks_for(payload.handle, context):
        raise TargetGoneError
    opened = draft_of(context)
    if opened is not None and opened.by_speaker and opened.awaits == AWAITS_OWNER:  # the file is there already
        opened = replace(opened, awaits=AWAITS_TITLE)
    else:
        opened = new_draft(None, source=MaterialSource.SPEAKER)
    speaker = presenter_of(payload.handle, context)
    draft = replace(opened.draft, belongs_to=payload.handle, speaker=speaker)
    opened = replace(opened, draft=draft, offered=opened.offered or owner_title(draft, context))
    await show_awaited(await keep(opened, context), update, context)


@speaker_action(slides_buttons.ReplaceSlides)
async def _replace(payload: slides_buttons.ReplaceSlides, update: Update, context: BotContext) -> None:
    sent = {each.handle: each for each in await context.services.materials.of_author(context.attendee.chat_id)}
    material = sent.get(payload.handle)
    if material is None or not speaks_for(material.draft.belongs_to, context):
        await alert(update, context, slides_gone(context.view))
        return
    opened = draft_from(material, awaits=AWAITS_CONTENT, source=MaterialSource.SPEAKER)
    await show_awaited(await keep(opened, context), update, context)


async def offer(update: Update, context: BotContext) -> bool:
    """Take a file that a speaker just sent as slides, and ask for which session; False: it is none."""
    message = update.effective_message
    if not context.profiles or message is None or message.document is None or update.edited_message is not None:
        return False
    found, mine = content_of(message), targets(context)
    if found is None or not mine:
        return False
    opened = new_draft(None, awaits=AWAITS_OWNER, source=MaterialSource.SPEAKER)
    opened = replace(opened, draft=replace(opened.draft, content=found[0]), offered=found[1])
    await show_awaited(await keep(opened, context), None, context)
    return True


@action(buttons.SeeAdded)
async def _see(payload: buttons.SeeAdded, update: Update, context: BotContext) -> None:
    material = await found_material(payload.handle, update, context)
    if material is None:
        return
    shown = context.services.materials.sample(material.draft)
    if shown is not None:
        await reply(context, card_of(shown, context.view))
    await reply(context, messages.managed(material, context.view, seen=is_seen(material, context)))
    await end_spinner(update, context)


@action(buttons.ApproveMaterial)
async def _approve(payload: buttons.ApproveMaterial, update: Update, context: BotContext) -> None:
    try:
        material = await context.services.materials.publish(
            payload.handle, context.attendee.chat_id, audience=MaterialAudience.FOLLOWERS
        )
    except NoSuchMaterialError:
        await alert(update, context, messages.material_gone(context.view))
        return
    await _show_decided(material, update, context)


@action(buttons.RefuseMaterial)
async def _ask_why(payload: buttons.RefuseMaterial, update: Update, context: BotContext) -> None:
    material = await found_material(payload.handle, update, context)
    if material is None:
        return
    if material.state is not MaterialState.WAITING:
        await _show_decided(material, update, context)
        return
    await context.services.dialogs.put(context.attendee.chat_id, REFUSAL, {"material": material.handle})
    await show(update, context, messages.refusal_question(material, MAX_REASON, context.view))


@action(buttons.RefuseSilently)
async def _refuse_silently(payload: buttons.RefuseSilently, update: Update, context: BotContext) -> None:
    await _refuse(payload.handle, "", update, context)


@dialog(REFUSAL)
async def _take_why(current: Dialog, update: Update, context: BotContext) -> None:
    """Take the line to the speaker."""
    message = update.effective_message
    why = " ".join(((message.text if message else None) or "").split())
    handle = str(current.state["material"])
    if why and len(why) <= MAX_REASON and update.edited_message is None:
        await _refuse(handle, why, update, context)
        return
    material = await found_material(handle, update, context)
    if material is not None:
        problem = messages.too_long_a_word(context.view)
        await reply(context, messages.refusal_question(material, MAX_REASON, context.view, problem=problem))


async def _refuse(handle: str, why: str, update: Update, context: BotContext) -> None:
    try:
        material = await context.services.materials.refuse(handle, context.attendee.chat_id, why)
    except NoSuchMaterialError:
        await context.services.dialogs.end(context.attendee.chat_id)
        await alert(update, context, messages.material_gone(context.view))
        return
    open_now = context.services.dialogs.of(context.attendee.chat_id)
    if open_now is not None and open_now.kind == REFUSAL:
        await context.services.dialogs.end(context.attendee.chat_id)
    await _show_decided(material, update, context)


async def _show_decided(material: ChatMaterial, update: Update, context: BotContext) -> None:
    """Say what was decided, be it by somebody else before."""
    view = context.view
    note = messages.decided_note(material, view) if material.source is MaterialSource.SPEAKER else ""
    await show(update, context, messages.managed(material, view, note=note, seen=is_seen(material, context)))
