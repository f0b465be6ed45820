"""Where the preparing of a material stands: the screen that says what is awaited, and what was sent as the answer."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot.context import BotContext
from bot.materials import Embargo, MaterialDraft, owner_of
from bot.messages import material_desk as desk_messages
from bot.messages import material_drafts as messages
from bot.messages.outgoing import OutgoingMessage
from bot.models import Dialog
from bot.services.materials import MAX_LINK, MAX_TITLE
from content.agenda import Session, Speaker
from content.questions.question import EntityKind
from content.questions.understand import understand
from handlers.dialogs import dialog
from handlers.material_drafts import (
    AWAITS_TITLE,
    KIND,
    KIND_OF_SPEAKERS,
    OpenMaterialDraft,
    content_of,
    draft_of,
    keep,
)
from handlers.replies import reply, show
from handlers.slides_rights import show_slides, speaks
from handlers.typed_times import read_time


@dialog(KIND)
@dialog(KIND_OF_SPEAKERS, may=speaks)
async def take(_: Dialog, update: Update, context: BotContext) -> None:
    """Take what was sent as what the last screen asked for."""
    opened, message = draft_of(context), update.effective_message
    if opened is None or message is None:
        return
    if update.edited_message is not None:  # an older message is no answer to what was asked last
        await show_awaited(opened, None, context)
        return
    match opened.awaits:
        case "owner" if not opened.by_speaker:
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
    draft, view, speaker = opened.draft, context.view, opened.by_speaker
    match opened.awaits:
        case "owner" if speaker:
            await show_slides(update, context, question=True)
            return
        case "owner":
            message = desk_messages.owner_question(view)
        case "content":
            message = messages.content_question(draft, opened.key, MAX_LINK, view, problem=problem, speaker=speaker)
        case "title":
            message = messages.title_question(draft, opened.key, opened.offered, MAX_TITLE, view, problem=problem)
        case "time":
            message = messages.time_question(draft, opened.key, view, problem=problem)
        case _:
            await show_confirmation(opened, update, context, problem=problem)
            return
    await _put(message, update, context)


async def show_changed(
    opened: OpenMaterialDraft, draft: MaterialDraft, update: Update | None, context: BotContext
) -> None:
    """Take the change, and ask for the yes."""
    await show_confirmation(opened.with_draft(draft), update, context)


async def show_confirmation(
    opened: OpenMaterialDraft,
    update: Update | None,
    context: BotContext,
    *,
    problem: str = "",
    notice: str | None = None,
) -> None:
    """Ask for the yes. ``notice``: said in a window over it."""
    opened = await keep(replace(opened, awaits="", shown_at=context.services.clock()), context)
    message = messages.confirmation(
        opened.draft,
        opened.key,
        opened.revision,
        await count_waiting(opened.draft, context),
        context.view,
        new=not opened.material,
        speaker=opened.by_speaker,
        problem=problem,
    )
    await _put(message, update, context, notice)


async def count_waiting(draft: MaterialDraft, context: BotContext) -> int:
    """Return how many people asked to be told of what this belongs to."""
    owner = owner_of(draft, context.view.agenda)
    return await context.services.material_notices.count_waiting(owner) if owner else 0


async def _put(message: OutgoingMessage, update: Update | None, context: BotContext, notice: str | None = None) -> None:
    if update is None:
        await reply(context, message)
    else:
        await show(update, context, message, notice=notice)


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
    """Keep the link or file; what has its title already is ready, all else is asked for it."""
    if message.media_group_id is not None:
        await show_awaited(opened, None, context, problem=messages.no_album(context.view))
        return
    found = content_of(message)
    if found is None:
        await show_awaited(opened, None, context, problem=messages.no_link(context.view))
        return
    content, offered = found
    changed = opened.with_draft(replace(opened.draft, content=content))
    changed = replace(changed, offered=offered or owner_title(opened.draft, context))
    if not changed.draft.title:
        changed = replace(changed, awaits=AWAITS_TITLE)
    await show_awaited(await keep(changed, context), None, context)


async def _take_title(title: str, opened: OpenMaterialDraft, context: BotContext) -> None:
    if not title or len(title) > MAX_TITLE:
        await show_awaited(opened, None, context, problem=messages.no_title(context.view))
        return
    await show_changed(opened, replace(opened.draft, title=title), None, context)


async def _take_time(text: str, opened: OpenMaterialDraft, context: BotContext) -> None:
    until, view = read_time(text, context), context.view
    if until is None or until <= view.now:
        problem = messages.bad_time(view) if until is None else messages.past_time(view)
        await show_awaited(opened, None, context, problem=problem)
        return
    await show_changed(opened, replace(opened.draft, embargo=Embargo(until=until)), None, context)


def owner_title(draft: MaterialDraft, context: BotContext) -> str:
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
