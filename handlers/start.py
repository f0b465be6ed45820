"""/start, alone or from a deep link, and /help."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.messages.answers import card_of
from bot.messages.deep_links import followed_by, target_of
from bot.messages.follows import followed_screen
from bot.messages.menus import help_message, language_choice, start_message
from bot.messages.moments import now_message
from bot.messages.notices import target_gone
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.services.speaker_codes import CLAIM_PREFIX
from content.agenda import Room
from content.answering import in_room_now
from handlers.desk import INVITE_PREFIX, accept_invitation
from handlers.follows import follow
from handlers.replies import reply
from handlers.speaker_claims import open_link


async def start(_: Update, context: BotContext) -> None:
    """Greet, or open what a deep link points at; ask for the language first if it is only a guess."""
    if not context.attendee.language_chosen:
        await reply(context, language_choice(context.view))
    payload = context.args[0] if context.args else ""
    if payload.startswith(INVITE_PREFIX):
        await accept_invitation(payload.removeprefix(INVITE_PREFIX), context)
    elif payload.startswith(CLAIM_PREFIX):
        await open_link(payload.removeprefix(CLAIM_PREFIX), context)
    elif wanted := followed_by(payload, context.view.agenda):
        await follow(wanted, context)
        await reply(context, followed_screen(wanted, context.view))
    elif payload:
        await reply(context, _behind_link(payload, context.view))
        target = target_of(payload, context.view.agenda)
        await context.services.mentions.note(context.attendee.chat_id, target.handle if target else None)
    elif context.attendee.language_chosen:
        await reply(context, start_message(context.view))


async def help_(_: Update, context: BotContext) -> None:
    """Say what can be asked."""
    await reply(context, help_message(context.view))


def _behind_link(payload: str, view: View) -> OutgoingMessage:
    target = target_of(payload, view.agenda)
    match target:
        case None:
            menu = start_message(view)
            return OutgoingMessage(target_gone(view.t), menu.buttons)
        case Room():
            return now_message(in_room_now(view.agenda, target.id, view.now), view)
        case _:
            return card_of(target, view)
