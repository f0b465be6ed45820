"""Writing, previewing and giving an organiser's answer. Everything is in the dialog's row at every step."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot.context import BotContext
from bot.i18n import LOCALES, localizer
from bot.messages import organiser_answers as messages
from bot.messages import question_buttons as buttons
from bot.messages.open_questions import answer_notice
from bot.messages.organiser_questions import dealt_with
from bot.messages.outgoing import OutgoingMessage
from bot.messages.payload import UnknownPayloadError
from bot.models import Dialog
from bot.open_questions import OpenQuestion, OrganiserAnswer
from bot.services.organiser_answers import (
    MAX_ANSWER_LENGTH,
    AlreadyAnsweredError,
    AnswerMovedError,
    AnswerTooLongError,
    EmptyAnswerError,
    NoSuchAnswerError,
)
from handlers.answer_drafts import KIND, AnswerDraft, draft_of, keep
from handlers.broadcast_sending import end_spinner
from handlers.desk import action
from handlers.dialogs import dialog
from handlers.replies import alert, reply, show


def where_it_stands(draft: AnswerDraft, context: BotContext, *, note: str = "") -> OutgoingMessage:
    """Return the screen that says what a typed text means now."""
    if draft.awaits:
        correction = draft.corrects is not None
        return messages.answer_request(
            draft.question, draft.awaits, draft.key, context.view, correction=correction, note=note
        )
    return messages.answer_texts(draft.question, draft.texts, draft.key, context.view)


@action(buttons.WriteAnswer)
async def _ask_text(payload: buttons.WriteAnswer, update: Update, context: BotContext) -> None:
    if payload.language not in LOCALES:
        raise UnknownPayloadError(payload.language)
    draft = await _opened(payload.draft, update, context)
    if draft is not None:
        draft = await keep(replace(draft, awaits=payload.language), context)
        await show(update, context, where_it_stands(draft, context))


@action(buttons.OpenAnswerTexts)
async def _show_texts(payload: buttons.OpenAnswerTexts, update: Update, context: BotContext) -> None:
    draft = await _opened(payload.draft, update, context)
    if draft is not None:
        draft = await keep(replace(draft, awaits=""), context)
        await show(update, context, where_it_stands(draft, context))


@action(buttons.PreviewAnswer)
async def _preview(payload: buttons.PreviewAnswer, update: Update, context: BotContext) -> None:
    draft = await _opened(payload.draft, update, context)
    if draft is None or not draft.texts:
        return
    await _send_preview(draft, context)
    await end_spinner(update, context)


@action(buttons.ConfirmAnswer)
async def _confirm(payload: buttons.ConfirmAnswer, update: Update, context: BotContext) -> None:
    draft = await _opened(payload.draft, update, context)
    if draft is None:
        return
    if payload.revision != draft.revision or draft.shown != draft.revision:
        await _send_preview(draft, context)
        await alert(update, context, messages.look_again(context.view))
        return
    service, by = context.services.organiser_answers, context.attendee.chat_id
    correction = draft.corrects is not None
    try:
        if draft.corrects is None:
            answer, told = await service.answer(draft.keys, draft.texts, by, draft_key=draft.key)
        else:
            answer, told = await service.correct(draft.corrects, draft.texts, by, draft_key=draft.key, seen=draft.seen)
    except AnswerMovedError as error:
        await reply(context, messages.corrected_meanwhile(error.answer, context.view))
        await _send_preview(replace(draft, seen=error.answer.mark), context)
        await end_spinner(update, context)
        return
    except AlreadyAnsweredError as error:
        shown = dealt_with(error.answer, context.view)
    except NoSuchAnswerError:
        shown = dealt_with(None, context.view)
    else:
        shown = messages.given(told, answer.id, context.view, correction=correction)
    await show(update, context, shown)
    await context.services.dialogs.end(by)


@action(buttons.DiscardAnswer)
async def _discard(payload: buttons.DiscardAnswer, update: Update, context: BotContext) -> None:
    if await _opened(payload.draft, update, context) is not None:
        await context.services.dialogs.end(context.attendee.chat_id)
        await show(update, context, messages.discarded(context.view))


@dialog(KIND)
async def take(_: Dialog, update: Update, context: BotContext) -> None:
    """Take what was written as the text that the last screen asked for, or as a correction of an earlier one."""
    draft, message = draft_of(context), update.effective_message
    if draft is None or message is None:
        return
    edited = update.edited_message is not None
    corrected = next((each for each, source in draft.sources.items() if edited and source == message.message_id), None)
    language = corrected or ("" if edited else draft.awaits)
    if language:
        await _take_text(message, language, draft, context)
    else:
        await reply(context, where_it_stands(draft, context))


async def _take_text(message: Message, language: str, draft: AnswerDraft, context: BotContext) -> None:
    text = message.text_html if message.text else ""
    try:
        context.services.organiser_answers.check({language: text})
    except EmptyAnswerError:
        note = messages.only_text(context.view)
        await reply(context, where_it_stands(replace(draft, awaits=language), context, note=note))
    except AnswerTooLongError as error:
        note = messages.too_long(error.length, MAX_ANSWER_LENGTH, context.view)
        await reply(context, where_it_stands(replace(draft, awaits=language), context, note=note))
    else:
        draft = await keep(draft.with_text(language, text, message.message_id), context)
        await reply(context, where_it_stands(draft, context))


async def _send_preview(draft: AnswerDraft, context: BotContext) -> None:
    """Send the answer as it will arrive in each language, then ask for the yes."""
    service, view, now = context.services.organiser_answers, context.view, context.services.clock()
    answer = OrganiserAnswer(0, draft.texts, context.attendee.chat_id, now)
    question = OpenQuestion("", "", draft.question, 1, now.date())
    for language in LOCALES:
        reader = replace(view, t=localizer(language))
        await reply(context, messages.sample_heading((language,), view))
        await reply(context, answer_notice(question, answer, reader, corrected=draft.corrects is not None))
    draft = await keep(replace(draft, awaits="", shown=draft.revision), context)
    if draft.corrects is None:
        waiting = sum(each.waiting for each in [await service.question(key) for key in draft.keys] if each)
    else:
        waiting = await service.told(draft.corrects)
    correction = draft.corrects is not None
    await reply(context, messages.confirmation(waiting, draft.key, draft.revision, view, correction=correction))


async def _opened(key: str, update: Update, context: BotContext) -> AnswerDraft | None:
    """Return the open draft if the button is one of its own; else say that its draft is closed."""
    draft = draft_of(context)
    if draft is None or draft.key != key:
        await alert(update, context, messages.draft_gone(context.view))
        return None
    return draft
