"""Buttons that change what a person follows and how they are told. Each names a state: pressed twice, it holds once."""

from __future__ import annotations

from bot.context import BotContext
from bot.messages import buttons
from bot.messages.buttons import Payload
from bot.messages.follows import followed_notice, unfollowed_notice
from bot.messages.screens import TargetGoneError
from bot.models import LEADS
from content.agenda import Session, Speaker


async def apply(payload: Payload, context: BotContext) -> str | None:
    """Do what the button asks, if it is one of these, and return the short notice to show over it.

    Raises:
        TargetGoneError: what it names is no longer in the agenda, or its value is none that we offer.
    """
    chat_id, follows = context.attendee.chat_id, context.services.follows
    match payload:
        case buttons.Follow(handle):
            target = _target(handle, context)
            await follow(target, context)
            return followed_notice(target, context.view)
        case buttons.Unfollow(handle):
            # Be it in the agenda or not: who wants to hear no more of it shall not, if it comes back.
            await follows.unfollow(chat_id, handle)
            await _told(context)
            return unfollowed_notice(context.view)
        case buttons.Mute(handle):
            await follows.mute(chat_id, _session(handle, context).handle, muted=True)
        case buttons.Unmute(handle):
            await follows.mute(chat_id, _session(handle, context).handle, muted=False)
        case buttons.SetLead(minutes):
            await follows.set_lead(chat_id, _offered(minutes))
        case buttons.SetSessionLead(handle, minutes):
            await follows.set_session_lead(chat_id, _session(handle, context).handle, _offered(minutes))
        case buttons.SessionLeadAsAll(handle):
            await follows.set_session_lead(chat_id, _session(handle, context).handle, None)
        case buttons.SetChanges(on):
            await follows.set_changes(chat_id, on=bool(on))
        case buttons.SetQuietHours(on):
            await follows.set_quiet_hours(chat_id, on=bool(on))
        case _:
            return None
    await _told(context)
    return None


async def follow(target: Session | Speaker, context: BotContext) -> None:
    """Follow this with the person who is speaking."""
    await context.services.follows.follow(context.attendee.chat_id, target)
    await _told(context)


async def unfollow(target: Session | Speaker, context: BotContext) -> None:
    """Follow this no more with the person who is speaking."""
    await context.services.follows.unfollow(context.attendee.chat_id, target.handle)
    await _told(context)


async def _told(context: BotContext) -> None:
    """Let the cards and the planning know."""
    await context.load_follows()
    context.services.notices.soon()


def _target(handle: str, context: BotContext) -> Session | Speaker:
    target = context.services.agenda.current.agenda.by_handle.get(handle)
    if not isinstance(target, Session | Speaker):
        raise TargetGoneError
    return target


def _session(handle: str, context: BotContext) -> Session:
    target = _target(handle, context)
    if not isinstance(target, Session):
        raise TargetGoneError
    return target


def _offered(minutes: int) -> int:
    if minutes not in {0, *LEADS}:
        raise TargetGoneError
    return minutes
