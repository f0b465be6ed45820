"""For what a speaker may send slides: their own sessions and themselves, as long as the profile is theirs."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages.my_slides import my_slides, target_question
from content.agenda import Session, Speaker
from content.appearances import appearances
from handlers.replies import reply, show


async def speaks(context: BotContext) -> bool:
    """Whether who is speaking is a speaker now."""
    return bool(context.profiles)


def targets(context: BotContext) -> tuple[Session | Speaker, ...]:
    """Return for what the speaking person may send slides: their sessions in order of start, then their profiles."""
    agenda = context.view.agenda
    sessions = dict.fromkeys(each.session.handle for each in appearances(agenda, context.profiles))
    found = (agenda.by_handle.get(handle) for handle in (*sessions, *sorted(context.profiles)))
    return tuple(each for each in found if isinstance(each, Session | Speaker))


def speaks_for(handle: str | None, context: BotContext) -> bool:
    """Whether the speaking person may send slides for this session or speaker."""
    return handle is not None and any(each.handle == handle for each in targets(context))


def presenter_of(handle: str, context: BotContext) -> str | None:
    """Return which profile of the speaking person is on in this session, by handle; None: it is no session."""
    mine = appearances(context.view.agenda, context.profiles)
    return next((each.speaker.handle for each in mine if each.session.handle == handle), None)


async def show_slides(update: Update | None, context: BotContext, *, note: str = "", question: bool = False) -> None:
    """Show a speaker's slides, or only ask for which session: in the pressed button's place, or anew."""
    sent = await context.services.materials.of_author(context.attendee.chat_id)
    message = (
        target_question(targets(context), context.view)
        if question
        else my_slides(sent, targets(context), context.view, note=note)
    )
    if update is None:
        await reply(context, message)
    else:
        await show(update, context, message)
