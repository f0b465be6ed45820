"""Changing the agenda on the day: which session, what about it; buttons and typed words lead to one preview."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update

from bot.context import BotContext
from bot.messages import edit_buttons as buttons
from bot.messages import edit_lists as lists
from bot.messages import edits as messages
from bot.messages.broadcasts import bad_time
from bot.messages.payload import UnknownPayloadError
from bot.messages.screens import TargetGoneError
from bot.models import Dialog
from content.agenda import Room, Session, Speaker
from content.delays import later, room_of
from content.edits import Cancel, ChangePerson, ChangeRoom, Move, Restore, RunLate
from content.person_search import people_like
from content.typed_moments import typed_moment
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.dialogs import dialog
from handlers.edit_previews import KIND, open_edit, preview, preview_again
from handlers.replies import reply, show

offer(Tool.CHANGE_AGENDA, messages.edit_tool)

Item = TypeVar("Item", Session, Room, Speaker)
MAX_NAME = 100


@action(buttons.EditNow)
async def _show_now(_: buttons.EditNow, update: Update, context: BotContext) -> None:
    view = context.view
    await show(update, context, lists.edit_day(lists.day_to_edit(view.agenda, view.today), view))


@action(buttons.EditDay)
async def _show_day(payload: buttons.EditDay, update: Update, context: BotContext) -> None:
    await show(update, context, lists.edit_day(payload.day, context.view, payload.page))


@action(buttons.EditRooms)
async def _show_rooms(payload: buttons.EditRooms, update: Update, context: BotContext) -> None:
    await show(update, context, lists.edit_rooms(payload.day, context.view, payload.page))


@action(buttons.EditRoom)
async def _show_room(payload: buttons.EditRoom, update: Update, context: BotContext) -> None:
    room = _found(Room, payload.handle, context)
    await show(update, context, lists.edit_room(room, payload.day, context.view, payload.page))


@action(buttons.EditSession)
async def _show_menu(payload: buttons.EditSession, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    if open_edit(context):  # whoever goes back means nothing by what they type
        await context.services.dialogs.end(context.attendee.chat_id)
    await show(update, context, messages.edit_menu(session, context.view))


@action(buttons.ChooseDelay)
async def _choose_delay(payload: buttons.ChooseDelay, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    screen = messages.delay_choice(session, context.view, rest=bool(payload.rest), begun=bool(payload.begun))
    await show(update, context, screen)


@action(buttons.PreviewDelay)
async def _preview_delay(payload: buttons.PreviewDelay, update: Update, context: BotContext) -> None:
    session, agenda = _found(Session, payload.handle, context), context.view.agenda
    room = agenda.room_by_id.get(room_of(agenda, session) or "") if payload.rest else None
    edit = RunLate(session.handle, _minutes(payload.minutes), room.handle if room else "", bool(payload.begun))
    await preview(edit, update, context)


@action(buttons.ChooseTime)
async def _choose_time(payload: buttons.ChooseTime, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    await _ask("time", session, context)
    await show(update, context, messages.time_choice(session, context.view))


@action(buttons.PreviewShift)
async def _preview_shift(payload: buttons.PreviewShift, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    starts_at = later(session.starts_at, timedelta(minutes=_minutes(payload.minutes)))
    await preview(Move(session.handle, starts_at), update, context)


@action(buttons.ChooseRoom)
async def _choose_room(payload: buttons.ChooseRoom, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    await _ask("room", session, context)
    await show(update, context, messages.room_choice(session, context.view, payload.page))


@action(buttons.PreviewRoom)
async def _preview_room(payload: buttons.PreviewRoom, update: Update, context: BotContext) -> None:
    room = _found(Room, payload.room, context)
    await preview(ChangeRoom(payload.handle, room=room.handle), update, context)


@action(buttons.PreviewCancel)
async def _preview_cancel(payload: buttons.PreviewCancel, update: Update, context: BotContext) -> None:
    await preview(Cancel(payload.handle), update, context)


@action(buttons.PreviewRestore)
async def _preview_restore(payload: buttons.PreviewRestore, update: Update, context: BotContext) -> None:
    await preview(Restore(payload.handle), update, context)


@action(buttons.EditPeople)
async def _show_people(payload: buttons.EditPeople, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    await show(update, context, messages.people_menu(session, context.view, payload.page))


@action(buttons.EditPerson)
async def _show_person(payload: buttons.EditPerson, update: Update, context: BotContext) -> None:
    session, person = _found(Session, payload.handle, context), _found(Speaker, payload.person, context)
    await show(update, context, messages.person_menu(session, person, context.view))


@action(buttons.ChoosePerson)
async def _choose_person(payload: buttons.ChoosePerson, update: Update, context: BotContext) -> None:
    session = _found(Session, payload.handle, context)
    out = _found(Speaker, payload.out, context) if payload.out else None
    await _ask("person", session, context, out=payload.out)
    await show(update, context, messages.person_choice(session, out, context.view, payload.page))


@action(buttons.PreviewPerson)
async def _preview_person(payload: buttons.PreviewPerson, update: Update, context: BotContext) -> None:
    await preview(ChangePerson(payload.handle, out=payload.out, into=payload.into), update, context)


@action(buttons.PreviewTyped)
async def _preview_typed(_: buttons.PreviewTyped, update: Update, context: BotContext) -> None:
    current = open_edit(context)
    if current is None or "typed" not in current.state:
        raise TargetGoneError
    state = current.state
    await preview(ChangePerson(state["session"], out=state["out"], name=state["typed"]), update, context)


@dialog(KIND)
async def take(current: Dialog, update: Update, context: BotContext) -> None:
    """Take a typed time, room or name, as the last screen asked; anything else is no answer to a preview."""
    state, message = current.state, update.effective_message
    if "edit" in state:
        await preview_again(state, update, context)
        return
    text = " ".join(((message.text if message else None) or "").split())
    session = context.services.agenda.current.agenda.by_handle.get(state["session"])
    if not isinstance(session, Session):
        await context.services.dialogs.end(context.attendee.chat_id)
        raise TargetGoneError
    if state["asks"] == "time":
        await _take_time(text, session, update, context)
    elif not 0 < len(text) <= MAX_NAME:
        await reply(context, messages.not_a_name(MAX_NAME, context.view))
    elif state["asks"] == "room":
        await preview(ChangeRoom(session.handle, name=text), update, context)
    else:
        found = people_like(text, context.view.agenda, context.services.agenda.current.index)
        await _ask("person", session, context, out=state["out"], typed=text)
        await reply(context, messages.name_choice(session, state["out"], text, found, context.view))


async def _take_time(text: str, session: Session, update: Update, context: BotContext) -> None:
    starts_at = typed_moment(text, session.starts_at)
    if starts_at is None:
        await reply(context, messages.time_choice(session, context.view, note=bad_time(context.view)))
        return
    await preview(Move(session.handle, starts_at), update, context)


async def _ask(what: str, session: Session, context: BotContext, **more: Any) -> None:
    """Take what is typed next as the answer."""
    state = {"asks": what, "session": session.handle, **more}
    await context.services.dialogs.put(context.attendee.chat_id, KIND, state)


def _minutes(minutes: int) -> int:
    if minutes not in messages.DELAYS:
        raise UnknownPayloadError(str(minutes))
    return minutes


def _found(kind: type[Item], handle: str, context: BotContext) -> Item:
    found = context.services.agenda.current.agenda.by_handle.get(handle)
    if not isinstance(found, kind):
        raise TargetGoneError
    return found
