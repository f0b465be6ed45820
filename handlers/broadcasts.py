"""Writing a broadcast: its texts, its audience, its preview. Everything is in the dialog's row at every step."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot.broadcasts import Audience, AudienceKind, BroadcastDraft
from bot.context import BotContext
from bot.i18n import LOCALES
from bot.messages import broadcast_buttons as buttons
from bot.messages import broadcast_notes as notes
from bot.messages import broadcasts as messages
from bot.messages.broadcast_speakers import audience_speakers
from bot.messages.lengths import shown_length
from bot.messages.outgoing import MAX_TEXT_LENGTH, OutgoingMessage
from bot.messages.payload import UnknownPayloadError
from bot.messages.screens import TargetGoneError
from bot.models import Dialog, Media, MediaKind
from bot.services.broadcasts import BroadcastTooLongError, EmptyBroadcastError
from content.agenda import Agenda, Session, Speaker
from content.timetable import held
from handlers.broadcast_drafts import AWAITS_TIME, KIND, OpenDraft, draft_of, keep, new_draft
from handlers.broadcast_sending import end_spinner, send_preview, show_confirmation, take_time
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.dialogs import dialog
from handlers.replies import alert, reply, show

_CUT_AT_A_SPACE = 200  # characters that an app may leave out of the first part of a text that it cuts in two

offer(Tool.TELL_EVERYBODY, messages.tell_everybody_button)


@action(buttons.WriteBroadcast)
async def _write(_: buttons.WriteBroadcast, update: Update, context: BotContext) -> None:
    opened = draft_of(context)
    if opened is None or not (opened.draft.texts or opened.draft.media):
        opened = await keep(new_draft(context.attendee.language), context)
    await show(update, context, await _where_it_stands(opened, context))


@action(buttons.TellFollowers)
async def _write_to_followers(payload: buttons.TellFollowers, update: Update, context: BotContext) -> None:
    audience = Audience(AudienceKind.FOLLOWERS, _followed(payload.handle, context).handle)
    opened = draft_of(context)
    if opened is not None and _has_content(opened.draft):
        await keep(replace(opened, awaits=""), context)
        note = notes.draft_in_hand(context.view)
        await reply(context, messages.texts_overview(opened.draft, opened.key, context.view, note=note))
    else:
        opened = await keep(new_draft(context.attendee.language, audience), context)
        await reply(context, await _where_it_stands(opened, context))  # the card stays
    await end_spinner(update, context)


@action(buttons.WriteText)
async def _ask_text(payload: buttons.WriteText, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        opened = await keep(opened.awaiting_text(_language(payload.language)), context)
        await show(update, context, await _where_it_stands(opened, context))


@action(buttons.OpenTexts)
async def _show_texts(payload: buttons.OpenTexts, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        opened = await keep(replace(opened, awaits=""), context)
        await show(update, context, messages.texts_overview(opened.draft, opened.key, context.view))


@action(buttons.DropFile)
async def _drop_file(payload: buttons.DropFile, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None and opened.draft.texts:
        opened = await keep(opened.with_draft(replace(opened.draft, media=None)), context)
        await show(update, context, messages.texts_overview(opened.draft, opened.key, context.view))


@action(buttons.OpenAudience)
async def _show_audience(payload: buttons.OpenAudience, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await keep(replace(opened, awaits=""), context)
        await show(update, context, messages.audience_choice(opened.key, context.view))


@action(buttons.OpenAudienceSessions)
async def _show_sessions(payload: buttons.OpenAudienceSessions, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        sessions = _sessions_of_today(context)
        await show(update, context, messages.audience_sessions(sessions, payload.page, opened.key, context.view))


@action(buttons.OpenAudienceSpeakers)
async def _show_speakers(payload: buttons.OpenAudienceSpeakers, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await show(update, context, audience_speakers(payload.letter, payload.page, opened.key, context.view))


@action(buttons.SendToEverybody)
async def _to_everybody(payload: buttons.SendToEverybody, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Audience(), update, context)


@action(buttons.SendToLanguage)
async def _to_language(payload: buttons.SendToLanguage, update: Update, context: BotContext) -> None:
    audience = Audience(AudienceKind.LANGUAGE, _language(payload.language))
    await _choose(payload.key, audience, update, context)


@action(buttons.SendToFollowers)
async def _to_followers(payload: buttons.SendToFollowers, update: Update, context: BotContext) -> None:
    audience = Audience(AudienceKind.FOLLOWERS, _followed(payload.handle, context).handle)
    await _choose(payload.key, audience, update, context)


@action(buttons.SendToSpeakers)
async def _to_speakers(payload: buttons.SendToSpeakers, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Audience(AudienceKind.SPEAKERS), update, context)


@action(buttons.PreviewBroadcast)
async def _preview(payload: buttons.PreviewBroadcast, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await send_preview(opened, context)
        await end_spinner(update, context)


@action(buttons.TryBroadcast)
async def _try(payload: buttons.TryBroadcast, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await reply(context, context.services.broadcasts.message_in(opened.draft, context.attendee.language))
        await show_confirmation(opened, None, context)
        await end_spinner(update, context)


@action(buttons.SetUrgent)
async def _set_urgent(payload: buttons.SetUrgent, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        changed = opened.with_draft(replace(opened.draft, urgent=bool(payload.on)))
        await show_confirmation(changed, update, context)


@action(buttons.AskTime)
async def _ask_time(payload: buttons.AskTime, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await keep(replace(opened, awaits=AWAITS_TIME), context)
        await show(update, context, messages.time_question(opened.key, context.view))


@action(buttons.SendAtOnce)
async def _at_once(payload: buttons.SendAtOnce, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await show_confirmation(opened.with_draft(replace(opened.draft, send_at=None)), update, context)


@action(buttons.DiscardBroadcast)
async def _discard(payload: buttons.DiscardBroadcast, update: Update, context: BotContext) -> None:
    if await _opened(payload.key, update, context, complete=False) is not None:
        await context.services.dialogs.end(context.attendee.chat_id)
        await show(update, context, messages.discarded(context.view))


@dialog(KIND)
async def take(_: Dialog, update: Update, context: BotContext) -> None:
    """Take what the organiser sent as what the last screen asked for."""
    opened, message = draft_of(context), update.effective_message
    if opened is None or message is None:
        return
    edited = update.edited_message is not None
    corrected = next((each for each, source in opened.sources.items() if edited and source == message.message_id), None)
    if corrected is not None:
        await _take_text(message, corrected, opened, context)
    elif edited:  # an older message is no answer to what was asked last
        await reply(context, await _where_it_stands(opened, context))
    elif opened.awaits == AWAITS_TIME:
        await take_time(message.text or "", opened, context)
    elif (language := opened.awaited_language) is not None:
        await _take_text(message, language, opened, context)
    else:
        note = "" if message.message_id in opened.sources.values() else _not_taken(opened.draft, context)
        await reply(context, messages.texts_overview(opened.draft, opened.key, context.view, note=note))


def _not_taken(draft: BroadcastDraft, context: BotContext) -> str:
    perhaps_cut = any(shown_length(text) > MAX_TEXT_LENGTH - _CUT_AT_A_SPACE for text in draft.texts.values())
    return notes.not_taken(context.view, perhaps_cut=perhaps_cut)


async def _take_text(message: Message, language: str, opened: OpenDraft, context: BotContext) -> None:
    draft, media = opened.draft, _media(message)
    text = message.text_html if message.text else message.caption_html
    if (media is None and not message.text) or message.media_group_id is not None:
        await reply(context, messages.not_sendable(context.view))
        return
    texts = {**draft.texts, language: text} if text else draft.texts
    replaced = media is not None and draft.media is not None and language not in opened.sources
    draft = replace(draft, texts=texts, media=media or draft.media)
    try:
        context.services.broadcasts.check(draft)
    except BroadcastTooLongError as error:
        said = messages.too_long(error.length, error.limit, context.view)
        if error.language != language:
            said = notes.other_too_long(error.language, error.length, error.limit, context.view)
        await reply(context, OutgoingMessage(said))
        return
    except EmptyBroadcastError:
        await reply(context, messages.not_sendable(context.view))
        return
    sources = {**opened.sources, language: message.message_id}
    opened = await keep(replace(opened.with_draft(draft), sources=sources), context)
    note = notes.file_replaced(context.view) if replaced else ""
    await reply(context, messages.texts_overview(draft, opened.key, context.view, note=note))


async def _where_it_stands(opened: OpenDraft, context: BotContext) -> OutgoingMessage:
    """Return the screen that says what is awaited now."""
    language = opened.awaited_language
    if language is not None:
        return messages.text_question(opened.draft, language, opened.key, context.view)
    if opened.awaits == AWAITS_TIME:
        return messages.time_question(opened.key, context.view)
    return messages.texts_overview(opened.draft, opened.key, context.view)


async def _choose(key: str, audience: Audience, update: Update, context: BotContext) -> None:
    """Take the audience, and show what these people will get."""
    opened = await _opened(key, update, context)
    if opened is not None:
        await send_preview(opened.with_draft(replace(opened.draft, audience=audience)), context)
        await end_spinner(update, context)


async def _opened(key: str, update: Update, context: BotContext, *, complete: bool = True) -> OpenDraft | None:
    """Return the open draft if the button is one of its own; else say that its draft is closed.

    ``complete``: it must have something to send already.
    """
    opened = draft_of(context)
    if opened is None or opened.key != key or (complete and not _has_content(opened.draft)):
        await alert(update, context, messages.draft_gone(context.view))
        return None
    return opened


def _has_content(draft: BroadcastDraft) -> bool:
    return bool(draft.texts or draft.media)


def _media(message: Message) -> Media | None:
    if message.photo:
        return Media(MediaKind.PHOTO, message.photo[-1].file_id)
    return Media(MediaKind.DOCUMENT, message.document.file_id) if message.document else None


def _language(language: str) -> str:
    if language not in LOCALES:
        raise UnknownPayloadError(language)
    return language


def _followed(handle: str, context: BotContext) -> Session | Speaker:
    found = context.services.agenda.current.agenda.by_handle.get(handle)
    if not isinstance(found, Session | Speaker):
        raise TargetGoneError
    return found


def _sessions_of_today(context: BotContext) -> tuple[Session, ...]:
    """Return what is held today; on a day without sessions, of the next day that has some, else of the last."""
    agenda: Agenda = context.services.agenda.current.agenda
    sessions = held(agenda.sessions)
    days = sorted({session.starts_at.date() for session in sessions})
    today = context.view.today
    day = next((day for day in days if day >= today), days[-1] if days else today)
    return tuple(session for session in sessions if session.starts_at.date() == day)
