"""What a speaker does at their desk: the calendar file, reminders, "seen", and calling the organisers."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot import sender
from bot.context import BotContext
from bot.messages import speaker_buttons
from bot.messages.buttons import UnknownPayloadError
from bot.messages.calendar import speaker_calendar
from bot.messages.outgoing import Button
from bot.messages.speaker_calls import absence_question, call_buttons, call_gone, call_notice, call_said
from bot.messages.speaker_claiming import desk_button
from bot.messages.speaker_desk import no_slots
from bot.messages.speaker_list import nobody_asked, speakers_asked
from bot.messages.speaker_notices import not_the_latest, reminder_wishes, seen_notice
from bot.messages.view import View
from bot.models import Follows
from bot.speakers import CallAnswer, CallKind, SpeakerReminder
from handlers import desk
from handlers.replies import alert, attach, show
from handlers.speaker_desk import TOOLS, Tool, action


def _calendar_and_reminders(view: View) -> list[Button]:
    t = view.t.plain
    return [
        speaker_buttons.SendSlots().button(t.pgettext("button", "Into my calendar")),
        speaker_buttons.OpenSpeakerReminders().button(t.pgettext("button", "My speaker reminders")),
    ]


TOOLS[Tool.CALLS] = call_buttons
TOOLS[Tool.CALENDAR_AND_REMINDERS] = _calendar_and_reminders


@action(speaker_buttons.SendSlots)
async def _send_slots(_: speaker_buttons.SendSlots, update: Update, context: BotContext) -> None:
    view = context.view
    shown = await context.services.calendar.sessions_of(Follows(speakers=context.profiles))
    if not shown:
        await alert(update, context, no_slots(view))
        return
    await attach(update, context, await asyncio.to_thread(speaker_calendar, shown, view, context.bot.username))


@action(speaker_buttons.OpenSpeakerReminders)
async def _open_reminders(_: speaker_buttons.OpenSpeakerReminders, update: Update, context: BotContext) -> None:
    wishes = await context.services.speakers.reminders.wishes_of(context.attendee.chat_id)
    await show(update, context, reminder_wishes(wishes, context.view))


@action(speaker_buttons.SetSpeakerReminder)
async def _set_reminder(payload: speaker_buttons.SetSpeakerReminder, update: Update, context: BotContext) -> None:
    if payload.reminder not in set(SpeakerReminder):
        raise UnknownPayloadError(payload.reminder)
    wishes = await context.services.speakers.reminders.set_wish(
        context.attendee.chat_id, SpeakerReminder(payload.reminder), on=bool(payload.on)
    )
    context.services.notices.soon()
    await show(update, context, reminder_wishes(wishes, context.view))


@action(speaker_buttons.SeenChange)
async def _seen(payload: speaker_buttons.SeenChange, update: Update, context: BotContext) -> None:
    if not await context.services.speakers.changes.seen(context.attendee.chat_id, payload.version):
        await alert(update, context, not_the_latest(context.view))
        return
    query, view = update.callback_query, context.view
    if query is not None and query.message is not None:
        # What changed stays to be read; only the button goes.
        await sender.edit_buttons(
            context.bot, context.attendee.chat_id, query.message.message_id, ((desk_button(view),),)
        )
        await sender.answer_callback(context.bot, query.id, seen_notice(view))


@action(speaker_buttons.AskCall)
async def _ask_absence(_: speaker_buttons.AskCall, update: Update, context: BotContext) -> None:
    await show(update, context, absence_question(context.view))


@action(speaker_buttons.CallOrganisers)
async def _call(payload: speaker_buttons.CallOrganisers, update: Update, context: BotContext) -> None:
    if payload.kind not in set(CallKind):
        raise UnknownPayloadError(payload.kind)
    state = await context.services.speakers.calls.call(context.attendee.chat_id, CallKind(payload.kind))
    context.services.delivery.wake()
    await show(update, context, call_said(state, context.view))


@desk.action(speaker_buttons.AnswerCall)
async def _answer(payload: speaker_buttons.AnswerCall, update: Update, context: BotContext) -> None:
    if payload.answer not in set(CallAnswer):
        raise UnknownPayloadError(payload.answer)
    calls = context.services.speakers.calls
    if await calls.answer(payload.number, context.attendee.chat_id, CallAnswer(payload.answer)):
        context.services.delivery.wake()
    call = await calls.find(payload.number)
    await show(update, context, call_notice(call, context.view) if call else call_gone(context.view))


@desk.action(speaker_buttons.RemindUnseen)
async def _remind(_: speaker_buttons.RemindUnseen, update: Update, context: BotContext) -> None:
    asked = await context.services.speakers.changes.remind_unseen(context.attendee.chat_id)
    context.services.delivery.wake()
    await alert(update, context, speakers_asked(asked, context.view) if asked else nobody_asked(context.view))
