"""The organisers' desk: questions without an answer, and the answers that are known."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages import organiser_answers as answers
from bot.messages import organiser_questions as messages
from bot.messages import question_buttons as buttons
from bot.messages.lengths import shown_text
from bot.messages.outgoing import Button, OutgoingMessage
from bot.open_questions import KnownAnswer, QuestionGroup
from bot.services.organiser_answers import AlreadyAnsweredError, NoSuchAnswerError
from handlers.answer_drafts import AnswerDraft, keep, new_key
from handlers.desk import action
from handlers.desk_tools import Tool, offer_live
from handlers.organiser_answers import where_it_stands
from handlers.replies import alert, show


async def questions_tool(context: BotContext) -> Button:
    """Return the desk's button, which says how many questions wait."""
    return messages.questions_button(len(await context.services.organiser_answers.groups()), context.view)


offer_live(Tool.QUESTIONS, questions_tool)


@action(buttons.OpenQuestions)
async def _show_questions(payload: buttons.OpenQuestions, update: Update, context: BotContext) -> None:
    await show(update, context, await _list(payload.page, context))


@action(buttons.OpenQuestionGroup)
async def _show_group(payload: buttons.OpenQuestionGroup, update: Update, context: BotContext) -> None:
    group = await _group(payload.key, payload.alone, update, context)
    if group is not None:
        await show(update, context, messages.question_group(group, context.view, alone=bool(payload.alone)))


@action(buttons.AnswerQuestions)
async def _begin_answer(payload: buttons.AnswerQuestions, update: Update, context: BotContext) -> None:
    group = await _group(payload.key, payload.alone, update, context)
    if group is not None:
        draft = AnswerDraft(new_key(), group.first.wording, keys=group.keys, awaits=context.attendee.language)
        await show(update, context, where_it_stands(await keep(draft, context), context))


@action(buttons.SetQuestionsAside)
async def _ask_setting_aside(payload: buttons.SetQuestionsAside, update: Update, context: BotContext) -> None:
    group = await _group(payload.key, payload.alone, update, context)
    if group is not None:
        await show(update, context, messages.setting_aside(group, context.view, alone=bool(payload.alone)))


@action(buttons.ConfirmSettingAside)
async def _set_aside(payload: buttons.ConfirmSettingAside, update: Update, context: BotContext) -> None:
    group = await _group(payload.key, payload.alone, update, context)
    if group is None:
        return
    if len(group.questions) != payload.shown:
        note = messages.changed_since_shown(context.view)
        await show(update, context, messages.question_group(group, context.view, alone=bool(payload.alone), note=note))
        return
    try:
        told = await context.services.organiser_answers.set_aside(group.keys, context.attendee.chat_id)
    except AlreadyAnsweredError as error:
        await show(update, context, messages.dealt_with(error.answer, context.view))
    else:
        await show(update, context, messages.was_set_aside(told, context.view))


@action(buttons.OpenKnownAnswers)
async def _show_known(payload: buttons.OpenKnownAnswers, update: Update, context: BotContext) -> None:
    known = await context.services.organiser_answers.known_answers()
    await show(update, context, answers.known_answers(known, payload.page, context.view))


@action(buttons.OpenKnownAnswer)
async def _show_answer(payload: buttons.OpenKnownAnswer, update: Update, context: BotContext) -> None:
    known = await _found(payload.answer, update, context)
    if known is not None:
        await show(update, context, answers.known_answer_card(known, context.view))


@action(buttons.CorrectAnswer)
async def _begin_correction(payload: buttons.CorrectAnswer, update: Update, context: BotContext) -> None:
    known = await _found(payload.answer, update, context)
    if known is None:
        return
    wording = known.questions[0].wording if known.questions else shown_text(next(iter(known.answer.texts.values())))
    draft = AnswerDraft(new_key(), wording, corrects=payload.answer, texts=known.answer.texts, seen=known.answer.mark)
    await show(update, context, where_it_stands(await keep(draft, context), context))


@action(buttons.ForgetAnswer)
async def _ask_forgetting(payload: buttons.ForgetAnswer, update: Update, context: BotContext) -> None:
    known = await _found(payload.answer, update, context)
    if known is not None:
        await show(update, context, answers.forgetting(known, context.view))


@action(buttons.ConfirmForgetting)
async def _forget(payload: buttons.ConfirmForgetting, update: Update, context: BotContext) -> None:
    await context.services.organiser_answers.forget(payload.answer, context.attendee.chat_id)
    known = await context.services.organiser_answers.known_answers()
    await show(
        update,
        context,
        answers.known_answers(known, 0, context.view),
        notice=answers.answer_gone(context.view),
        alert=False,
    )


async def _list(page: int, context: BotContext) -> OutgoingMessage:
    service = context.services.organiser_answers
    groups, known = await service.groups(), len(await service.known_answers())
    return messages.question_list(groups, known, page, context.view)


async def _group(key: str, alone: int, update: Update, context: BotContext) -> QuestionGroup | None:
    """Return the questions that the button is about; None: they wait no more, and the presser has been told why."""
    service = context.services.organiser_answers
    group = await service.group_of(key)
    if group is not None:
        return QuestionGroup(tuple(each for each in group.questions if each.key == key)) if alone else group
    question, answer = await service.question(key), None
    if question is not None and question.answer is not None:
        answer = (await service.get(question.answer)).answer
    await show(update, context, messages.dealt_with(answer, context.view))
    return None


async def _found(answer: int, update: Update, context: BotContext) -> KnownAnswer | None:
    """Return the answer that the button is about; None: it is gone, and the presser has been told."""
    try:
        return await context.services.organiser_answers.get(answer)
    except NoSuchAnswerError:
        await alert(update, context, answers.answer_gone(context.view))
        return None
