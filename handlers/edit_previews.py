"""An edit of the agenda from its preview to the yes or no. What waits stands in the dialog's row."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.alarms import AlarmKind
from bot.context import BotContext
from bot.i18n import LOCALES, localizer
from bot.messages import edit_buttons as buttons
from bot.messages import edit_preview as messages
from bot.messages.agenda_import import came_meanwhile, waited_long
from bot.messages.edit_words import edit_words
from bot.messages.view import View
from bot.models import Dialog
from bot.publishing import ConfirmedEdit
from bot.services.agenda_imports import NothingChanged, VersionMovedError
from content.edit_effects import edit_document, edit_of
from content.edits import AgendaEdit, EditTargetGoneError
from handlers.desk import action
from handlers.replies import alert, show

KIND = "agenda_edit"
ASKS_AGAIN_AFTER = timedelta(minutes=10)
_TOKEN_BYTES = 9


async def preview(edit: AgendaEdit, update: Update, context: BotContext, note: str = "") -> None:
    """Show what the edit would do, and let it wait for the yes. ``note``: why it is shown again."""
    try:
        shown = await context.services.edits.preview(edit)
    except EditTargetGoneError:
        await _end(context)
        await alert(update, context, messages.edit_target_gone(context.view))
        return
    if isinstance(shown, NothingChanged):
        await _end(context)
        await show(update, context, messages.nothing_to_change(edit, context.view))
        return
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    state = {"edit": edit_document(edit), "version": shown.version, "token": token}
    await context.services.dialogs.put(context.attendee.chat_id, KIND, state)
    await show(update, context, messages.edit_preview(shown, token, context.view, note))


async def preview_again(waiting: Mapping[str, Any], update: Update, context: BotContext) -> None:
    """Show an edit that waits once more, since something else came than a decision."""
    await preview(edit_of(waiting["edit"]), update, context, messages.edit_still_waiting(context.view))


def open_edit(context: BotContext) -> Dialog | None:
    """Return what the speaking person is in the middle of, if it is an edit of the agenda."""
    current = context.services.dialogs.of(context.attendee.chat_id)
    return current if current is not None and current.kind == KIND else None


@action(buttons.ConfirmEdit)
async def _confirm(payload: buttons.ConfirmEdit, update: Update, context: BotContext) -> None:
    services, view = context.services, context.view
    made, current = await services.edits.made(payload.token), open_edit(context)
    if current is not None and current.state.get("token") != payload.token:
        current = None
    if made is not None:  # a second tap, or the first one again after a crash
        if current is not None:
            await _made(made.edit, made.version, context)
        if made.version == services.agenda.current.version:
            await show(update, context, messages.edit_made(made.edit, made.version, view))
            return
        current = None
    if current is None:
        await alert(update, context, messages.edit_over(view))
        return
    edit = edit_of(current.state["edit"])
    if services.clock() - current.updated_at > ASKS_AGAIN_AFTER:
        await preview(edit, update, context, waited_long(view))
        return
    try:
        result = await services.edits.confirm(
            ConfirmedEdit(edit, payload.token),
            note=str(edit_words(edit, _view_of_the_event(context))),
            expected_version=current.state["version"],
        )
    except (VersionMovedError, EditTargetGoneError):
        await preview(edit, update, context, came_meanwhile(view))
        return
    if isinstance(result, NothingChanged):
        await _end(context)
        await show(update, context, messages.nothing_to_change(edit, context.view))
        return
    await _made(edit, result.version, context)
    await show(update, context, messages.edit_made(edit, result.version, context.view))


async def _made(edit: AgendaEdit, version: int, context: BotContext) -> None:
    """Write down who made it, tell the others, and last end the dialog: as long as it is open, this was not done."""
    services, chat_id, document = context.services, context.attendee.chat_id, edit_document(edit)
    await services.organisers.record(chat_id, "edit agenda", version=version, edit=document)
    await services.organiser_alarm.tell(
        AlarmKind.AGENDA_EDITED, version, but_not=chat_id, version=version, by=chat_id, edit=document
    )
    await _end(context)
    services.notices.soon()


@action(buttons.DiscardEdit)
async def _discard(_: buttons.DiscardEdit, update: Update, context: BotContext) -> None:
    current = open_edit(context)
    edit = edit_of(current.state["edit"]) if current and "edit" in current.state else None
    await _end(context)
    await show(update, context, messages.edit_discarded(edit, context.view))


async def _end(context: BotContext) -> None:
    if open_edit(context):
        await context.services.dialogs.end(context.attendee.chat_id)


def _view_of_the_event(context: BotContext) -> View:
    """Return the view in whose language the history is written: the event's own, if Ghid speaks it."""
    agenda = context.services.agenda.current.agenda
    language = agenda.event.default_language
    return View(localizer(language if language in LOCALES else "en").plain, agenda, context.services.clock())
