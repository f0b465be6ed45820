"""Organisers and the speakers: links and QR codes, who has claimed, and yes or no to who says they are one."""

from __future__ import annotations

from telegram import Update

from bot import sender
from bot.context import BotContext
from bot.messages import speaker_buttons
from bot.messages.screens import TargetGoneError
from bot.messages.speaker_list import (
    access,
    claimed_already,
    code_made,
    code_picture,
    codes_withdrawn,
    decided,
    speakers_list,
    speakers_tool,
    undo_question,
)
from bot.profile import set_chat_menu
from bot.services.speaker_codes import CLAIM_PREFIX
from bot.speakers import Decision, ListOf
from content.agenda import Speaker
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.replies import alert, conclude, show

offer(Tool.SPEAKERS, speakers_tool)


@action(speaker_buttons.ListSpeakers)
async def _list(payload: speaker_buttons.ListSpeakers, update: Update, context: BotContext) -> None:
    claims = {claim.handle: claim for claim in await context.services.speakers.claims.all()}
    which = ListOf(payload.which) if payload.which in set(ListOf) else ListOf.ALL
    await show(update, context, speakers_list(claims, which, payload.page, context.view))


@action(speaker_buttons.OpenAccess)
async def _open(payload: speaker_buttons.OpenAccess, update: Update, context: BotContext) -> None:
    await _show_access(_speaker(payload.handle, context), update, context)


@action(speaker_buttons.MakeCode)
async def _make_code(payload: speaker_buttons.MakeCode, update: Update, context: BotContext) -> None:
    speaker, services = _speaker(payload.handle, context), context.services
    if await services.speakers.claims.find(speaker.handle) is not None:
        await alert(update, context, claimed_already(context.view))
        return
    code = await services.speakers.codes.make(speaker.handle, context.attendee.chat_id)
    link = f"https://t.me/{context.bot.username}?start={CLAIM_PREFIX}{code}"
    codes = await services.speakers.codes.active(speaker.handle)
    picture = code_picture(speaker, link, codes, context.view)
    await conclude(context, await sender.send_document(context.bot, context.attendee.chat_id, picture))
    await _show_access(speaker, update, context, notice=code_made(context.view))


@action(speaker_buttons.RevokeCodes)
async def _revoke(payload: speaker_buttons.RevokeCodes, update: Update, context: BotContext) -> None:
    speaker = _speaker(payload.handle, context)
    count = await context.services.speakers.codes.revoke(speaker.handle, context.attendee.chat_id)
    await _show_access(speaker, update, context, notice=codes_withdrawn(count, context.view))


@action(speaker_buttons.AskUndo)
async def _ask_undo(payload: speaker_buttons.AskUndo, update: Update, context: BotContext) -> None:
    speaker = _speaker(payload.handle, context)
    await show(update, context, undo_question(speaker, payload.chat_id, context.view))


@action(speaker_buttons.UndoClaim)
async def _undo(payload: speaker_buttons.UndoClaim, update: Update, context: BotContext) -> None:
    speaker, services = _speaker(payload.handle, context), context.services
    if await services.speakers.claims.undo(speaker.handle, payload.chat_id, context.attendee.chat_id):
        await _set_menu(payload.chat_id, context)
        services.delivery.wake()
    await _show_access(speaker, update, context)


@action(speaker_buttons.ConfirmRequest)
async def _confirm(payload: speaker_buttons.ConfirmRequest, update: Update, context: BotContext) -> None:
    await _decide(payload.number, update, context, granted=True)


@action(speaker_buttons.RefuseRequest)
async def _refuse(payload: speaker_buttons.RefuseRequest, update: Update, context: BotContext) -> None:
    await _decide(payload.number, update, context, granted=False)


async def _decide(number: int, update: Update, context: BotContext, *, granted: bool) -> None:
    services = context.services
    decision = await services.speakers.requests.decide(number, context.attendee.chat_id, granted=granted)
    request = await services.speakers.requests.find(number)
    speaker = context.view.agenda.by_handle.get(request.handle) if request else None
    if decision is Decision.DONE and request is not None:
        await _set_menu(request.chat_id, context)
        services.delivery.wake()
    known = speaker if isinstance(speaker, Speaker) else None
    await show(update, context, decided(decision, request, known, context.view))


async def _show_access(speaker: Speaker, update: Update, context: BotContext, *, notice: str | None = None) -> None:
    services = context.services
    claim = await services.speakers.claims.find(speaker.handle)
    codes = await services.speakers.codes.active(speaker.handle)
    await show(update, context, access(speaker, claim, codes, context.view), notice=notice, alert=False)


async def _set_menu(chat_id: int, context: BotContext) -> None:
    """Show or take away the speaker's command where a claim began or ended."""
    services = context.services
    person = await services.attendees.find(chat_id)
    if person is not None:
        await set_chat_menu(
            context.bot,
            chat_id,
            person.language,
            organiser=await services.organisers.is_organiser(chat_id),
            speaker=bool(services.speakers.claims.profiles_of(chat_id)),
        )


def _speaker(handle: str, context: BotContext) -> Speaker:
    speaker = context.view.agenda.by_handle.get(handle)
    if not isinstance(speaker, Speaker):
        raise TargetGoneError
    return speaker
