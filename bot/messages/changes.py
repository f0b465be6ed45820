"""Changes of the agenda as people read them: the notice that comes unasked, and the list for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.follows import mute_button
from bot.messages.formatting import bold, italic, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.session_news import MAX_INSTEAD, MAX_NAME_LENGTH, cut_name, few_named, news_lines
from bot.messages.sessions import illustrative_note, menu_button, session_buttons
from bot.messages.view import View
from bot.models import COMMAND_LINE, FROM_THE_CHAT, RecentChange, RecentChanges, VersionEntry
from content.notices import PersonalNews, SessionNews
from content.timetable import local

MAX_LINES = 10
MAX_SESSIONS = 5
CHANGES_A_PAGE = 4


def change_notice(notice: Sequence[PersonalNews], view: View) -> OutgoingMessage:
    """Return what changed in what one person follows, old and new, why they are told, and how to stop it.

    ``notice`` holds at least one session.
    """
    t = view.t.plain
    shown, blocks = _fitting(notice, view)
    left = len(notice) - len(shown)
    more = (
        view.t.ngettext("and %(num)s more changed session", "and %(num)s more changed sessions", left) if left else None
    )
    sessions = [each.news.session for each in shown]
    text = paragraphs(
        *blocks, more, lines(italic(_why(notice, view)), illustrative_note(sessions, view, one=len(sessions) == 1))
    )
    around: list[Button] = _session_buttons([each.news for each in shown], view)
    if left:
        around.append(buttons.OpenChanges().button(t.pgettext("button", "All changes")))
    if len(notice) == 1 and notice[0].news.new and not notice[0].news.new.cancelled:
        around.append(mute_button(notice[0].news.new, view))
    stop = buttons.SetChanges(0).button(t.pgettext("button", "Do not tell me of changes"))
    settings = buttons.OpenReminders().button(t.pgettext("button", "Reminders and notices"))
    return OutgoingMessage(text, (*rows(around), (stop,), (settings,)))


def changes_page(changes: RecentChanges, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of what differs in the agenda from some versions ago, what is still to come first."""
    t = view.t
    heading = bold(t.gettext("What changed in the agenda"))
    agenda = buttons.OpenAgenda().button(t.plain.pgettext("button", "Agenda"))
    last: tuple[Button, ...] = (agenda, menu_button(view))
    if not changes.changes or changes.since is None:
        said = t.gettext("Nothing changed so far: times, rooms and speakers are as they were first published.")
        return OutgoingMessage(paragraphs(heading, said), (last,))
    shown = Page.of(changes.changes, CHANGES_A_PAGE, page)
    since = local(view.agenda.event, changes.since.created_at)
    text = paragraphs(
        lines(
            heading,
            t.gettext("Compared with the agenda of %(day)s, %(time)s", day=view.day(since.date()), time=t.clock(since)),
            shown.note(view),
        ),
        *(lines(*news_lines(change.news, view), _version(change, view)) for change in shown.items),
        illustrative_note([change.news.session for change in shown.items], view),
    )
    choices = _session_buttons([change.news for change in shown.items], view, with_instead=False)
    return OutgoingMessage(text, (*rows(choices), *shown.buttons(view, buttons.OpenChanges), last))


def _fitting(notice: Sequence[PersonalNews], view: View) -> tuple[list[PersonalNews], list[Html]]:
    """Return as many sessions as a phone's screen holds, the first one in any case, with their blocks."""
    shown, blocks, used = list[PersonalNews](), list[Html](), 0
    for each in notice[:MAX_SESSIONS]:
        said = news_lines(each.news, view, each)
        used += len(said)
        if blocks and used > MAX_LINES:
            break
        shown.append(each)
        blocks.append(lines(*said))
    return shown, blocks


def _why(notice: Sequence[PersonalNews], view: View) -> Html:
    """Say what the reader follows that this is about."""
    t = view.t
    followed = [each for each in notice if each.followed]
    speakers = {
        speaker.handle: cut_name(speaker.name, MAX_NAME_LENGTH)
        for each in notice
        if not each.followed
        for speaker in each.speakers
    }
    if not speakers:
        if len(followed) == 1:
            return t.gettext("You get this because you follow this session.")
        return t.gettext("You get this because you follow these sessions.")
    titles = [cut_name(view.words(each.news.session.title), MAX_NAME_LENGTH) for each in followed]
    return t.gettext("You get this because you follow: %(names)s", names=few_named([*speakers.values(), *titles], view))


def _version(change: RecentChange, view: View) -> Html:
    """Say when the agenda was changed last in this respect, and by whom."""
    moment = local(view.agenda.event, change.version.created_at)
    return italic(
        view.t.gettext(
            "Changed on %(day)s, %(time)s, by: %(author)s",
            day=view.day(moment.date()),
            time=view.t.clock(moment),
            author=_author(change.version, view),
        )
    )


def _author(version: VersionEntry, view: View) -> str:
    if version.author in {COMMAND_LINE, FROM_THE_CHAT}:
        # Translators: who changed the agenda, after a colon; nobody knows which of them.
        return view.t.plain.pgettext("author", "the organisers")
    return cut_name(version.author, MAX_NAME_LENGTH)


def _session_buttons(news: Iterable[SessionNews], view: View, *, with_instead: bool = True) -> list[Button]:
    """Return buttons to the sessions that are still in the agenda, and to what is on instead of a cancelled one."""
    listed = list(news)
    found = {each.session.handle: each.session for each in listed if each.new}
    if with_instead and len(listed) == 1 and listed[0].session.ends_at > view.now:
        found.update({session.handle: session for session in listed[0].instead[:MAX_INSTEAD]})
    return session_buttons(found.values(), view)
