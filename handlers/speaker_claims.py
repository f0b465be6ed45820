"""Becoming a speaker of the agenda: a one-time link and its "are you …?", or asking the organisers."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages import speaker_buttons
from bot.messages.outgoing import OutgoingMessage
from bot.messages.screens import TargetGoneError
from bot.messages.speaker_claiming import (
    claim_declined,
    claim_question,
    code_not_good,
    request_question,
    request_said,
)
from bot.profile import set_chat_menu
from bot.speakers import CodeFound, CodeState, RequestState
from content.agenda import Speaker
from handlers.replies import reply, show
from handlers.speaker_desk import desk_of, open_action

MAX_TELEGRAM_NAME = 100


async def open_link(code: str, context: BotContext) -> None:
    """Ask whoever opened a one-time link whether it is for them, or say why it does not work."""
    found = await context.services.speakers.claims.look_up(code, context.attendee.chat_id)
    speaker = context.view.agenda.by_handle.get(found.handle)
    if found.state is CodeState.GOOD and isinstance(speaker, Speaker):
        await reply(context, claim_question(speaker, code, context.view))
    else:
        await reply(context, await _without_question(found, context))


@open_action(speaker_buttons.ConfirmClaim)
async def _claim(payload: speaker_buttons.ConfirmClaim, update: Update, context: BotContext) -> None:
    found = await context.services.speakers.claims.claim(payload.secret, context.attendee.chat_id)
    if found.state is CodeState.GOOD:
        await welcome(context)
        found = CodeFound(CodeState.YOURS, found.handle)
    await show(update, context, await _without_question(found, context))


@open_action(speaker_buttons.DeclineClaim)
async def _decline(_: speaker_buttons.DeclineClaim, update: Update, context: BotContext) -> None:
    await show(update, context, claim_declined(context.view))


@open_action(speaker_buttons.AskToSpeak)
async def _ask(payload: speaker_buttons.AskToSpeak, update: Update, context: BotContext) -> None:
    if payload.handle in context.profiles:
        await show(update, context, await desk_of(context))
        return
    name = _telegram_name(update)
    await show(update, context, request_question(_speaker(payload.handle, context), name, context.view))


@open_action(speaker_buttons.SendRequest)
async def _request(payload: speaker_buttons.SendRequest, update: Update, context: BotContext) -> None:
    speaker = _speaker(payload.handle, context)
    chat_id = context.attendee.chat_id
    state = await context.services.speakers.requests.ask(chat_id, speaker.handle, _telegram_name(update))
    if state is RequestState.ASKED:
        context.services.delivery.wake()
    if state is RequestState.YOURS:
        await show(update, context, await desk_of(context))
    else:
        await show(update, context, request_said(state, context.view))


async def welcome(context: BotContext) -> None:
    """Show a new speaker the command of their desk."""
    organiser = await context.services.organisers.is_organiser(context.attendee.chat_id)
    await set_chat_menu(
        context.bot, context.attendee.chat_id, context.attendee.language, organiser=organiser, speaker=True
    )


async def _without_question(found: CodeFound, context: BotContext) -> OutgoingMessage:
    if found.state is CodeState.YOURS:
        return await desk_of(context)
    return code_not_good(found, context.view)


def _speaker(handle: str, context: BotContext) -> Speaker:
    speaker = context.view.agenda.by_handle.get(handle)
    if not isinstance(speaker, Speaker):
        raise TargetGoneError
    return speaker


def _telegram_name(update: Update) -> str:
    """Return what Telegram calls who is speaking: "Taras Shevchenko (@taras)"."""
    user = update.effective_user
    if user is None:
        return ""
    name = user.full_name[:MAX_TELEGRAM_NAME]
    return f"{name} (@{user.username})" if user.username else name
