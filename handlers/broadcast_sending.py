"""Previewing and confirming a broadcast, and what can be done to it after that."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot import sender
from bot.broadcasts import Broadcast, BroadcastState
from bot.context import BotContext
from bot.i18n import LOCALES
from bot.messages import broadcast_buttons as buttons
from bot.messages import broadcast_progress as progress_messages
from bot.messages import broadcasts as messages
from bot.messages.outgoing import OutgoingMessage
from bot.services.broadcasts import NoSuchBroadcastError, RepeatedBroadcastError
from handlers.broadcast_drafts import AWAITS_TIME, OpenDraft, draft_of, keep
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.replies import alert, reply, show
from handlers.typed_times import read_time

offer(Tool.BROADCASTS, progress_messages.broadcasts_button)


async def send_preview(opened: OpenDraft, context: BotContext) -> None:
    """Send each text exactly as it will arrive, with who reads it, then ask for the yes."""
    counts = await context.services.broadcasts.head_count(opened.draft.audience)
    readers: dict[str, list[str]] = {}
    samples: dict[str, OutgoingMessage] = {}
    for language in LOCALES:
        if counts.get(language):
            sample = context.services.broadcasts.message_in(opened.draft, language)
            samples.setdefault(sample.text, sample)
            readers.setdefault(sample.text, []).append(language)
    for text, languages in readers.items():
        await reply(context, messages.sample_heading(counts, languages, context.view))
        await reply(context, samples[text])
    await show_confirmation(opened, None, context)


async def show_confirmation(
    opened: OpenDraft, update: Update | None, context: BotContext, *, notice: str | None = None
) -> None:
    """Ask for the yes: in the place of the pressed button's message, or as a new message without ``update``."""
    opened = await keep(replace(opened, awaits="", shown_at=context.services.clock()), context)
    counts = await context.services.broadcasts.head_count(opened.draft.audience)
    message = messages.confirmation(opened.draft, counts, opened.key, opened.revision, context.view)
    if update is None:
        await reply(context, message)
    else:
        await show(update, context, message, notice=notice)


async def take_time(text: str, opened: OpenDraft, context: BotContext) -> None:
    """Take a typed time of sending, or say what is wrong with it and ask again."""
    send_at, view = read_time(text, context), context.view
    if send_at is None or send_at <= view.now:
        problem = messages.bad_time(view) if send_at is None else messages.past_time(view)
        await reply(context, messages.time_question(opened.key, view, problem=problem))
        return
    await show_confirmation(opened.with_draft(replace(opened.draft, send_at=send_at)), None, context)


@action(buttons.ConfirmBroadcast)
async def _confirm(payload: buttons.ConfirmBroadcast, update: Update, context: BotContext) -> None:
    opened, view = draft_of(context), context.view
    if opened is None or opened.key != payload.key:  # a second tap, mostly: the first one is under way
        await alert(update, context, messages.draft_gone(view))
        return
    if not opened.was_shown(payload.revision, view.now):
        await end_spinner(update, context, messages.look_again(view))
        await send_preview(opened, context)
        return
    if opened.draft.send_at is not None and opened.draft.send_at <= view.now:
        await keep(replace(opened, awaits=AWAITS_TIME), context)
        await show(update, context, messages.time_question(opened.key, view, problem=messages.past_time(view)))
        return
    try:
        broadcast = await context.services.broadcasts.confirm(
            opened.draft, context.attendee.chat_id, draft_key=opened.key, allow_repeat=bool(payload.repeat)
        )
    except RepeatedBroadcastError as error:
        await show(update, context, messages.repeated(error.earlier, opened.key, opened.revision, view))
        return
    await context.services.dialogs.end(context.attendee.chat_id)
    await _show_progress(broadcast, update, context)


@action(buttons.OpenBroadcasts)
async def _list(_: buttons.OpenBroadcasts, update: Update, context: BotContext) -> None:
    latest = await context.services.broadcasts.latest(10)
    await show(update, context, progress_messages.broadcasts_list(latest, context.view))


@action(buttons.OpenBroadcast)
async def _open(payload: buttons.OpenBroadcast, update: Update, context: BotContext) -> None:
    broadcast = await _found(payload.id, update, context)
    if broadcast is not None:
        await _show_progress(broadcast, update, context)


@action(buttons.PauseBroadcast)
async def _pause(payload: buttons.PauseBroadcast, update: Update, context: BotContext) -> None:
    if await _found(payload.id, update, context):
        broadcast = await context.services.broadcasts.pause(payload.id, context.attendee.chat_id)
        await _show_progress(broadcast, update, context)


@action(buttons.ResumeBroadcast)
async def _resume(payload: buttons.ResumeBroadcast, update: Update, context: BotContext) -> None:
    if await _found(payload.id, update, context):
        broadcast = await context.services.broadcasts.resume(payload.id, context.attendee.chat_id)
        await _show_progress(broadcast, update, context)


@action(buttons.AskCancelBroadcast)
async def _ask_cancel(payload: buttons.AskCancelBroadcast, update: Update, context: BotContext) -> None:
    broadcast = await _found(payload.id, update, context)
    if broadcast is not None:
        progress = await context.services.broadcasts.progress(broadcast.id)
        # A message of its own: the one with the progress is written anew every few seconds.
        await reply(context, progress_messages.cancel_question(broadcast, progress, context.view))
        await end_spinner(update, context)


@action(buttons.CancelBroadcast)
async def _cancel(payload: buttons.CancelBroadcast, update: Update, context: BotContext) -> None:
    if await _found(payload.id, update, context):
        broadcast = await context.services.broadcasts.cancel(payload.id, context.attendee.chat_id)
        await _show_progress(broadcast, update, context)


async def end_spinner(update: Update, context: BotContext, text: str | None = None) -> None:
    """End the button's spinner, perhaps with a window; what comes in messages says the same."""
    if update.callback_query is not None:
        await sender.answer_callback(context.bot, update.callback_query.id, text, alert=text is not None)


async def _show_progress(broadcast: Broadcast, update: Update, context: BotContext) -> None:
    """Show how far it is; its author's message is kept up to date from then on."""
    query = update.callback_query
    under_way = broadcast.state in {BroadcastState.SENDING, BroadcastState.PAUSED}
    if under_way and broadcast.author == context.attendee.chat_id and query is not None and query.message is not None:
        await context.services.broadcasts.set_progress_message(broadcast.id, query.message.message_id)
    progress = await context.services.broadcasts.progress(broadcast.id)
    await show(update, context, progress_messages.progress_message(broadcast, progress, context.view))


async def _found(id_: int, update: Update, context: BotContext) -> Broadcast | None:
    try:
        return await context.services.broadcasts.get(id_)
    except NoSuchBroadcastError:
        await alert(update, context, progress_messages.broadcast_gone(context.view))
        return None
