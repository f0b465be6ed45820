"""Preparing a material: the link or the file, its title, from when people get it, and the yes."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot.context import BotContext
from bot.materials import Embargo, MaterialContent, MaterialDraft, owner_of
from bot.messages import material_buttons as buttons
from bot.messages import material_desk as desk_messages
from bot.messages import material_drafts as messages
from bot.messages.answers import card_of
from bot.messages.outgoing import OutgoingMessage
from bot.models import Dialog
from bot.services.materials import MAX_LINK, MAX_TITLE, NoSuchMaterialError, UnusableDraftError
from content.agenda import Session, Speaker
from content.questions.question import EntityKind
from content.questions.understand import understand
from handlers.broadcast_sending import end_spinner
from handlers.desk import action
from handlers.dialogs import dialog
from handlers.material_drafts import (
    AWAITS_CONTENT,
    AWAITS_OWNER,
    AWAITS_TIME,
    AWAITS_TITLE,
    KIND,
    OpenMaterialDraft,
    content_of,
    draft_of,
    keep,
)
from handlers.replies import alert, reply, show
from handlers.typed_times import read_time


@action(buttons.AskContent)
async def _ask_content(payload: buttons.AskContent, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await show_awaited(await keep(replace(opened, awaits=AWAITS_CONTENT), context), update, context)


@action(buttons.AskTitle)
async def _ask_title(payload: buttons.AskTitle, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=True)
    if opened is not None:
        await show_awaited(await keep(replace(opened, awaits=AWAITS_TITLE), context), update, context)


@action(buttons.AskOpening)
async def _ask_opening(payload: buttons.AskOpening, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=True)
    if opened is not None:
        await show_awaited(await keep(replace(opened, awaits=AWAITS_TIME), context), update, context)


@action(buttons.TakeTitle)
async def _take_offered(payload: buttons.TakeTitle, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None and opened.offered:
        await _changed(opened, replace(opened.draft, title=opened.offered), update, context)
    elif opened is not None:
        await show_awaited(opened, update, context)


@action(buttons.OpenAtOnce)
async def _open_at_once(payload: buttons.OpenAtOnce, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Embargo(), update, context)


@action(buttons.OpenAfterSession)
async def _open_after_session(payload: buttons.OpenAfterSession, update: Update, context: BotContext) -> None:
    await _choose(payload.key, Embargo(after_session=True), update, context)


@action(buttons.SeeMaterial)
async def _see(payload: buttons.SeeMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=True)
    if opened is not None:
        material = context.services.materials.sample(opened.draft)
        if material is not None:
            await reply(context, card_of(material, context.view))
        await _show_confirmation(opened, None, context)
        await end_spinner(update, context)


@action(buttons.DiscardMaterial)
async def _discard(payload: buttons.DiscardMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context)
    if opened is not None:
        await context.services.dialogs.end(context.attendee.chat_id)
        await show(update, context, messages.discarded(context.view, new=not opened.material))


@action(buttons.SaveMaterial)
async def _save(payload: buttons.SaveMaterial, update: Update, context: BotContext) -> None:
    opened = await _opened(payload.key, update, context, complete=True)
    if opened is None:
        return
    view, chat_id, materials = context.view, context.attendee.chat_id, context.services.materials
    if not opened.was_shown(payload.revision, view.now):
        await _show_confirmation(opened, update, context, notice=messages.look_again(view))
        return
    waiting = await _waiting(opened.draft, context)
    try:
        if opened.material:
            saved = await materials.change(opened.material, opened.draft, chat_id)
        else:
            saved = await materials.add(opened.draft, chat_id, draft_key=opened.key)
    except UnusableDraftError:
        await _show_confirmation(opened, update, context, problem=messages.not_usable(view))
        return
    except NoSuchMaterialError:
        await context.services.dialogs.end(chat_id)
        await alert(update, context, desk_messages.material_gone(view))
        return
    await context.services.dialogs.end(chat_id)
    view = context.view  # as it is now
    found = view.agenda.by_handle.get(saved.handle)
    at_once = found is not None and materials.is_open(saved.draft)
    note = desk_messages.saved_note(waiting, view, new=not opened.material, at_once=at_once)
    await show(update, context, desk_messages.managed(saved, view, note=note, seen=found is not None))


@dialog(KIND)
async def take(_: Dialog, update: Update, context: BotContext) -> None:
    """Take what the organiser sent as what the last screen asked for."""
    opened, message = draft_of(context), update.effective_message
    if opened is None or message is None:
        return
    if update.edited_message is not None:  # an older message is no answer to what was asked last
        await show_awaited(opened, None, context)
        return
    match opened.awaits:
        case "owner":
            await _take_owner(message.text or "", context)
        case "content":
            await _take_content(message, opened, context)
        case "title":
            await _take_title(" ".join((message.text or "").split()), opened, context)
        case "time":
            await _take_time(message.text or "", opened, context)
        case _:
            await show_awaited(opened, None, context)


async def show_awaited(
    opened: OpenMaterialDraft, update: Update | None, context: BotContext, *, problem: str = ""
) -> None:
    """Show the screen that says what is awaited: in the pressed button's place, or anew without ``update``."""
    draft, view = opened.draft, context.view
    match opened.awaits:
        case "owner":
            message = desk_messages.owner_question(view)
        case "content":
            message = messages.content_question(draft, opened.key, MAX_LINK, view, problem=problem)
        case "title":
            message = messages.title_question(draft, opened.key, opened.offered, MAX_TITLE, view, problem=problem)
        case "time":
            message = messages.time_question(draft, opened.key, view, problem=problem)
        case _:
            await _show_confirmation(opened, update, context, problem=problem)
            return
    await _put(message, update, context)


async def _take_owner(text: str, context: BotContext) -> None:
    """Offer the sessions and speakers that a typed name may mean."""
    current = context.services.agenda.current
    question = understand(text, current.index)
    found = list[Session | Speaker]()
    for entity in (*question.entities, *question.suggestions):
        thing: Session | Speaker | None = None
        if entity.kind is EntityKind.SESSION:
            thing = current.agenda.session_by_id.get(entity.id)
        elif entity.kind is EntityKind.SPEAKER:
            thing = current.agenda.speaker_by_id.get(entity.id)
        if thing is not None and thing not in found:
            found.append(thing)
    await reply(context, desk_messages.owner_question(context.view, found=found, asked=text or "?"))


async def _take_content(message: Message, opened: OpenMaterialDraft, context: BotContext) -> None:
    if message.media_group_id is not None:
        await show_awaited(opened, None, context, problem=messages.no_album(context.view))
        return
    content = content_of(message)
    if content is None:
        await show_awaited(opened, None, context, problem=messages.no_link(context.view))
        return
    await _take(content[0], content[1] or _owner_title(opened.draft, context), opened, context)


async def _take(content: MaterialContent, offered: str, opened: OpenMaterialDraft, context: BotContext) -> None:
    """Keep the link or file; what has its title already is ready, all else is asked for it."""
    changed = replace(opened.with_draft(replace(opened.draft, content=content)), offered=offered)
    if not changed.draft.title:
        changed = replace(changed, awaits=AWAITS_TITLE)
    await show_awaited(await keep(changed, context), None, context)


async def _take_title(title: str, opened: OpenMaterialDraft, context: BotContext) -> None:
    if not title or len(title) > MAX_TITLE:
        await show_awaited(opened, None, context, problem=messages.no_title(context.view))
        return
    await _changed(opened, replace(opened.draft, title=title), None, context)


async def _take_time(text: str, opened: OpenMaterialDraft, context: BotContext) -> None:
    until, view = read_time(text, context), context.view
    if until is None or until <= view.now:
        problem = messages.bad_time(view) if until is None else messages.past_time(view)
        await show_awaited(opened, None, context, problem=problem)
        return
    await _changed(opened, replace(opened.draft, embargo=Embargo(until=until)), None, context)


async def _choose(key: str, embargo: Embargo, update: Update, context: BotContext) -> None:
    opened = await _opened(key, update, context, complete=True)
    if opened is not None:
        await _changed(opened, replace(opened.draft, embargo=embargo), update, context)


async def _changed(opened: OpenMaterialDraft, draft: MaterialDraft, update: Update | None, context: BotContext) -> None:
    await _show_confirmation(opened.with_draft(draft), update, context)


async def _show_confirmation(
    opened: OpenMaterialDraft,
    update: Update | None,
    context: BotContext,
    *,
    problem: str = "",
    notice: str | None = None,
) -> None:
    """Ask for the yes. ``notice``: said in a window over it."""
    opened = await keep(replace(opened, awaits="", shown_at=context.services.clock()), context)
    waiting = await _waiting(opened.draft, context)
    message = messages.confirmation(
        opened.draft, opened.key, opened.revision, waiting, context.view, new=not opened.material, problem=problem
    )
    await _put(message, update, context, notice)


async def _put(message: OutgoingMessage, update: Update | None, context: BotContext, notice: str | None = None) -> None:
    if update is None:
        await reply(context, message)
    else:
        await show(update, context, message, notice=notice)


async def _opened(key: str, update: Update, context: BotContext, *, complete: bool = False) -> OpenMaterialDraft | None:
    """Return the open draft if the button is one of its own; else say that it is closed.

    ``complete``: it must have its title and the thing itself already.
    """
    opened = draft_of(context)
    content = opened.draft.content if opened else None
    has_all = content is not None and bool(content.url or content.media) and bool(opened and opened.draft.title)
    if opened is None or opened.key != key or opened.awaits == AWAITS_OWNER or (complete and not has_all):
        await alert(update, context, messages.draft_gone(context.view))
        return None
    return opened


async def _waiting(draft: MaterialDraft, context: BotContext) -> int:
    owner = owner_of(draft, context.view.agenda)
    return await context.services.material_notices.count_waiting(owner) if owner else 0


def _owner_title(draft: MaterialDraft, context: BotContext) -> str:
    """Return the title of the session, or the name, in the event's language: readers of all languages see it."""
    agenda = context.view.agenda
    match owner_of(draft, agenda):
        case Session() as session:
            title = session.title.pick(agenda.event.default_language)
        case Speaker() as speaker:
            title = speaker.name
        case _:
            title = ""
    return title if len(title) <= MAX_TITLE else ""
