"""Free text: what the person asks in their own words."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.i18n import LOCALES
from bot.messages.answers import answer_message
from bot.messages.buttons import OpenChanges
from bot.messages.notices import only_text
from bot.messages.outgoing import OutgoingMessage
from content.answering import answer, is_unanswered
from content.answers import ChangesAnswer, FollowAnswer, LanguageAnswer, OwnAppearancesAnswer
from content.mentioning import mentioned
from content.questions.understand import understand
from handlers import dialogs, slides
from handlers.follows import follow, unfollow
from handlers.language import choose
from handlers.open_questions import without_answer
from handlers.replies import reply
from handlers.screens import shown
from handlers.speaker_desk import desk_of


async def ask(update: Update, context: BotContext) -> None:
    """Answer a question, or go on with the dialog that is open."""
    if await dialogs.take(update, context):
        return
    message = update.effective_message
    text = ((message.text if message else None) or "").removeprefix("/")
    current = context.services.agenda.current
    chat_id, mentions = context.attendee.chat_id, context.services.mentions
    question = understand(text, current.index, mentions.recall(chat_id))
    found = answer(question, current.agenda, context.services.clock())
    unanswered = is_unanswered(found)
    context.services.numbers.count(question.intent, context.attendee.language, answered=not unanswered)
    if (shown_now := mentioned(found)) is not None:
        await mentions.note(chat_id, shown_now.handle, question.intent)
    if isinstance(found, LanguageAnswer) and found.language:
        if found.language in LOCALES:
            await choose(found.language, context)
        else:
            found = LanguageAnswer(None)
    if isinstance(found, FollowAnswer) and found.about is not None:
        await (unfollow if found.unfollow else follow)(found.about, context)
    if unanswered:
        await reply(context, await without_answer(text, found, context))
    elif isinstance(found, OwnAppearancesAnswer) and context.profiles:
        await reply(context, await desk_of(context))
    elif isinstance(found, ChangesAnswer):
        await reply(context, await shown(OpenChanges(), context))
    else:
        await reply(context, answer_message(found, context.view))


async def not_text(update: Update, context: BotContext) -> None:
    """Say that only text can be read so far, unless a dialog is open that takes more."""
    if await dialogs.take(update, context) or await slides.offer(update, context):
        return
    await reply(context, OutgoingMessage(only_text(context.t)))
