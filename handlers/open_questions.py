"""A question without an answer in the agenda: what the organisers said to it, or the way to ask them."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages import open_questions as messages
from bot.messages.answers import answer_message
from bot.messages.outgoing import OutgoingMessage
from bot.messages.payload import Payload
from bot.messages.question_buttons import AskOrganisers, TakeQuestionBack
from bot.open_questions import OpenQuestion
from bot.services.open_questions import ASKED_A_DAY, NoSuchQuestionError, TooManyQuestionsError
from bot.services.organiser_answers import NoSuchAnswerError
from content.answers import Answer, UnknownAnswer
from handlers.replies import alert, show


async def without_answer(text: str, found: Answer, context: BotContext) -> OutgoingMessage:
    """Return the organisers' answer to this question, or else that there is none, with the way to ask them."""
    attendee, view = context.attendee, context.view
    known = context.services.organiser_answers.find_known(text, attendee.language)
    if known is not None:
        return messages.known_answer(known, view)
    message = answer_message(found, view)
    key = await context.services.open_questions.keep(text, attendee.chat_id, attendee.language)
    if key is None:
        return message
    return messages.with_offer(message, key, view, leads_to_buttons=isinstance(found, UnknownAnswer))


async def press(payload: Payload, update: Update, context: BotContext) -> bool:
    """Pass a question on to the organisers, or take it back; False: the button is about something else."""
    questions = context.services.open_questions
    try:
        match payload:
            case AskOrganisers(key):
                question = await questions.ask(key, context.attendee.chat_id)
                await show(update, context, await _asked(question, context))
            case TakeQuestionBack(key):
                question = await questions.take_back(key, context.attendee.chat_id)
                await show(update, context, await _taken_back(question, context))
            case _:
                return False
    except NoSuchQuestionError:
        await alert(update, context, messages.question_gone(context.view))
    except TooManyQuestionsError:
        await alert(update, context, messages.asked_enough(ASKED_A_DAY, context.view))
    return True


async def _taken_back(question: OpenQuestion, context: BotContext) -> OutgoingMessage:
    """Say that no answer will come, or what it was: it came before the button was pressed."""
    if question.answer is None:
        return messages.taken_back(question, context.view)
    return await _asked(question, context)


async def _asked(question: OpenQuestion, context: BotContext) -> OutgoingMessage:
    """Say that the organisers have it, or what they answered before it came to them."""
    if question.answer is None:
        return messages.passed_on(question, context.view)
    try:
        known = await context.services.organiser_answers.get(question.answer)
    except NoSuchAnswerError:  # forgotten since the question was read
        raise NoSuchQuestionError(question.key) from None
    return messages.answered_meanwhile(question, known.answer, context.view)
