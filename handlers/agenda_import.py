"""A new agenda from the chat: the file, what it would change, yes or no, and the way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram import Document, Update
from telegram.error import BadRequest

from bot.alarms import AlarmKind
from bot.context import BotContext
from bot.i18n import Html
from bot.messages import agenda_import as messages
from bot.messages import agenda_import_buttons as buttons
from bot.messages import content_problems
from bot.messages.agenda_versions import MAX_VERSIONS, versions
from bot.messages.outgoing import OutgoingDocument, OutgoingMessage
from bot.models import FROM_THE_CHAT, Dialog
from bot.services.agenda_imports import MassRemovalError, NothingChanged, OtherEventError, VersionMovedError
from bot.services.stored_versions import NoSuchVersionError
from bot.services.upload_reading import ReadUpload, UnreadableUploadError, shown_name
from content.formats.detect import MAX_BYTES
from content.formats.problems import ContentError
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.dialogs import dialog
from handlers.questions import not_text
from handlers.reading_progress import ReadingProgress
from handlers.replies import alert, attach, reply, show

KIND = "agenda_import"
LIMIT_MB = MAX_BYTES // 1_000_000
ASKS_AGAIN_AFTER = timedelta(minutes=10)
_SHOWN_SHA = 16
_BETWEEN_DIGITS = re.compile(r"[\s.,’']")
_NO_AGENDAS = (
    *(".pdf", ".ppt", ".pptx", ".odp", ".key", ".doc", ".docx", ".odt", ".rtf", ".html", ".zip", ".rar", ".7z", ".gz"),
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".svg", ".mp3", ".mp4", ".mov", ".webm", ".ogg", ".m4a"),
)
"""Not fetched at all. What a file with any other name is, its content tells."""

offer(Tool.NEW_AGENDA, messages.import_tool)
offer(Tool.CHECK_AGENDA, messages.check_tool)


async def receive(update: Update, context: BotContext) -> None:
    """Take an organiser's file; everybody else's, and one that belongs to another dialog, is not for here."""
    chat_id, message = context.attendee.chat_id, update.effective_message
    open_now = context.services.dialogs.of(chat_id)
    is_ours = open_now is None or open_now.kind == KIND
    if message is None or message.document is None or not is_ours or not await _organises(context):
        await not_text(update, context)
        return
    name = shown_name(message.document.file_name or "")
    if name.lower().endswith(_NO_AGENDAS):
        await reply(context, content_problems.not_an_agenda_file(context.view))
        return
    await _close(context)  # a new file takes the place of one that waits
    data = await _downloaded(message.document, context)
    if data is None:
        await reply(context, content_problems.too_large(LIMIT_MB, context.view))
        return
    if read := await _read(data, name, update, context):
        sha = await context.services.uploads.keep(chat_id, data)
        await _preview(read, {"name": name, "sha256": sha}, update, context)


@dialog(KIND)
async def take(current: Dialog, update: Update, context: BotContext) -> None:
    """Take the number of sessions that would go; anything else is no answer to what was asked."""
    message = update.effective_message
    state = current.state
    if "number" not in state:
        await _preview_again(state, messages.still_waiting(context.view), update, context)
        return
    written = (message.text if message else None) or ""
    if _BETWEEN_DIGITS.sub("", written) == str(state["number"]):
        await _publish(current, update, context, allow_mass_removal=True)
        return
    await reply(context, messages.number_question(state["number"], state["total"], context.view, again=True))


@action(buttons.OpenImport)
async def _show_help(_: buttons.OpenImport, update: Update, context: BotContext) -> None:
    version = context.services.agenda.current.version
    await show(update, context, messages.import_help(version, LIMIT_MB, context.view))


@action(buttons.PublishImport)
async def _press_publish(payload: buttons.PublishImport, update: Update, context: BotContext) -> None:
    current = context.services.dialogs.of(context.attendee.chat_id)
    if current is None or current.kind != KIND or not current.state["sha256"].startswith(payload.sha):
        await show(update, context, content_problems.preview_over(context.view))
        return
    if context.services.clock() - current.updated_at > ASKS_AGAIN_AFTER:
        await _preview_again(current.state, messages.waited_long(context.view), update, context)
        return
    if payload.version != current.state["version"]:
        await _preview_again(current.state, messages.came_meanwhile(context.view), update, context)
        return
    await _publish(current, update, context, allow_mass_removal=False)


@action(buttons.OpenUndone)
async def _show_undone(payload: buttons.OpenUndone, update: Update, context: BotContext) -> None:
    current = context.services.dialogs.of(context.attendee.chat_id)
    if current is None or current.kind != KIND or not current.state["sha256"].startswith(payload.sha):
        await show(update, context, content_problems.preview_over(context.view))
        return
    if read := await _read_kept(current.state, update, context):
        shown = await context.services.uploads.preview(read, current.state["name"])
        if not isinstance(shown, NothingChanged):
            await attach(update, context, messages.undone_file(shown, context.view))


@action(buttons.DiscardImport)
async def _discard(_: buttons.DiscardImport, update: Update, context: BotContext) -> None:
    await _close(context)
    await show(update, context, messages.discarded(context.view))


@action(buttons.UndoImport)
async def _undo(payload: buttons.UndoImport, update: Update, context: BotContext) -> None:
    services = context.services
    if services.agenda.current.version != payload.version:
        await alert(update, context, content_problems.no_undo(context.view))
        return
    try:
        undone = await services.versions.undo(author=FROM_THE_CHAT, note="")
    except (NoSuchVersionError, VersionMovedError):
        await alert(update, context, content_problems.no_undo(context.view))
        return
    await _recorded(AlarmKind.AGENDA_UNDONE, undone.version, context)
    done = messages.put_back if payload.again else messages.undone
    await show(update, context, done(undone.version, context.view))


@action(buttons.OpenVersions)
async def _show_versions(_: buttons.OpenVersions, update: Update, context: BotContext) -> None:
    history = await context.services.versions.history(MAX_VERSIONS)
    edits = await context.services.edits.by_version()
    await show(update, context, versions(history, edits, context.view))


@action(buttons.CheckAgenda)
async def _check(_: buttons.CheckAgenda, update: Update, context: BotContext) -> None:
    doubts = await context.services.uploads.doubts()
    await _show_either(content_problems.checked_agenda(doubts, context.view), update, context)


async def _publish(current: Dialog, update: Update, context: BotContext, *, allow_mass_removal: bool) -> None:
    """Publish what was previewed, or show it anew, or ask for the number."""
    state = current.state
    read = await _read_kept(state, update, context)
    if read is None:
        return
    try:
        result = await context.services.uploads.publish(
            read.agenda,
            note=state["name"],
            expected_version=state["version"],
            allow_mass_removal=allow_mass_removal,
        )
    except VersionMovedError:
        await _preview(read, state, update, context, messages.came_meanwhile(context.view))
    except MassRemovalError as error:
        await _ask_number(error, state, update, context)
    except OtherEventError as error:
        await _refuse(content_problems.other_event(error.current, error.given, context.view), update, context)
    else:
        await _close(context)
        if isinstance(result, NothingChanged):
            await show(update, context, content_problems.nothing_new(result.version, context.view))
            return
        await _recorded(AlarmKind.AGENDA_PUBLISHED, result.version, context)
        await show(update, context, messages.published(result.version, context.view))


async def _preview(
    read: ReadUpload, state: Mapping[str, Any], update: Update, context: BotContext, note: str = ""
) -> None:
    """Show what publishing would do, and remember against which version."""
    try:
        shown = await context.services.uploads.preview(read, state["name"])
    except OtherEventError as error:
        await _refuse(content_problems.other_event(error.current, error.given, context.view), update, context)
        return
    if isinstance(shown, NothingChanged):
        await _refuse(content_problems.nothing_new(shown.version, context.view), update, context)
        return
    kept = {"name": state["name"], "sha256": state["sha256"], "version": shown.version}
    await context.services.dialogs.put(context.attendee.chat_id, KIND, kept)
    await show(update, context, messages.preview(shown, context.view, state["sha256"][:_SHOWN_SHA], note))


async def _preview_again(state: Mapping[str, Any], note: Html, update: Update, context: BotContext) -> None:
    if read := await _read_kept(state, update, context):
        await _preview(read, state, update, context, note)


async def _ask_number(error: MassRemovalError, state: Mapping[str, Any], update: Update, context: BotContext) -> None:
    """Ask for the number of sessions that would go."""
    asked = {**state, "number": error.removed, "total": error.total}
    await context.services.dialogs.put(context.attendee.chat_id, KIND, asked)
    await show(update, context, messages.number_question(error.removed, error.total, context.view))


async def _read(data: bytes, name: str, update: Update, context: BotContext) -> ReadUpload | None:
    """Read the file; None: it cannot be used, and its sender was told why."""
    progress = ReadingProgress(name, context)
    try:
        return await progress.watch(context.services.uploads.read(data, name, progress))
    except ContentError as error:
        await _show_either(content_problems.broken_file(error.problems, context.view), update, context)
    except UnreadableUploadError:
        await _refuse(content_problems.unreadable_file(context.view), update, context)
    return None


async def _read_kept(state: Mapping[str, Any], update: Update, context: BotContext) -> ReadUpload | None:
    """Read the file that waits; None: it is gone, and the organiser was told."""
    data = await context.services.uploads.kept(context.attendee.chat_id, state["sha256"])
    if data is None:
        await _refuse(content_problems.preview_over(context.view), update, context)
        return None
    return await _read(data, state["name"], update, context)


async def _downloaded(document: Document, context: BotContext) -> bytes | None:
    """Return the file's bytes; None: it is larger than we read, as Telegram says before anything is fetched."""
    if (document.file_size or 0) > MAX_BYTES:
        return None
    try:
        file = await context.bot.get_file(document.file_id)
    except BadRequest as error:
        if "file is too big" in error.message.lower():
            return None
        raise
    if (file.file_size or 0) > MAX_BYTES:
        return None
    data = bytes(await file.download_as_bytearray())
    return data if len(data) <= MAX_BYTES else None


async def _recorded(done: AlarmKind, version: int, context: BotContext) -> None:
    """Write it down, and let the other organisers and followers be told."""
    services, chat_id = context.services, context.attendee.chat_id
    action = "undo agenda" if done is AlarmKind.AGENDA_UNDONE else "import agenda"
    await services.organisers.record(chat_id, action, version=version)
    await services.organiser_alarm.tell(done, version, but_not=chat_id, version=version, by=chat_id)
    services.notices.soon()


async def _refuse(message: OutgoingMessage, update: Update, context: BotContext) -> None:
    await _close(context)
    await show(update, context, message)


async def _close(context: BotContext) -> None:
    await context.services.dialogs.end(context.attendee.chat_id)
    await context.services.uploads.forget(context.attendee.chat_id)


async def _show_either(message: OutgoingMessage | OutgoingDocument, update: Update, context: BotContext) -> None:
    if isinstance(message, OutgoingDocument):
        await attach(update, context, message)
    else:
        await show(update, context, message)


async def _organises(context: BotContext) -> bool:
    return await context.services.organisers.is_organiser(context.attendee.chat_id)
