"""A broadcast while it is written: its texts, its audience, its preview. Each screen says what a typed line means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.broadcasts import Audience, AudienceKind, Broadcast, BroadcastDraft
from bot.i18n import LOCALES, Html, language_name
from bot.messages import broadcast_buttons as buttons
from bot.messages.formatting import beside, bold, distinct_labels, label, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.texts_by_language import who_reads_what, write_buttons
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.agenda import Session, Speaker
from content.timetable import local

SESSIONS_PER_PAGE = 8
MAX_TITLE = 120


def tell_everybody_button(view: View) -> Button:
    """Return the desk's way to write to many people."""
    return buttons.WriteBroadcast().button(view.t.plain.pgettext("button", "Tell everybody"))


def text_question(draft: BroadcastDraft, language: str, key: str, view: View) -> OutgoingMessage:
    """Ask for the text in a language; the first one may bring a photo or a document."""
    t = view.t
    if draft.texts:
        asked = t.gettext("Write the text for those who read: %(language)s", language=language_name(language))
        meant = t.gettext("What you send next is this text. Any command ends all of it.")
    else:
        asked = t.gettext(
            "Write the message as people shall read it: text with its formatting, or one photo or document"
            " with a caption."
        )
        meant = t.gettext(
            "What you send next is the message; nobody gets it before you have seen and confirmed it."
            " Any command ends this."
        )
    text = paragraphs(bold(t.pgettext("heading", "Tell everybody")), _audience_line(draft.audience, view), asked, meant)
    return OutgoingMessage(text, ((_discard(key, view),),))


def texts_overview(draft: BroadcastDraft, key: str, view: View, *, note: str = "") -> OutgoingMessage:
    """Show who reads which text, with a way to write more of them. ``note``: put in front, plain."""
    t = view.t
    said = who_reads_what(draft.texts, view)
    photo = t.gettext("With a photo or a document.") if draft.media else None
    text = paragraphs(
        note or None,
        lines(bold(t.pgettext("heading", "The message")), *said, photo),
        t.gettext("Is one text enough for all? Then go on."),
        _typing_means_nothing(view),
    )
    write = write_buttons(draft.texts, lambda language: buttons.WriteText(key, language), view)
    go_on = buttons.OpenAudience(key).button(t.plain.pgettext("button", "Next: who gets it"))
    if draft.audience.kind is AudienceKind.FOLLOWERS:  # chosen on a card, mostly
        go_on = buttons.PreviewBroadcast(key).button(t.plain.pgettext("button", "Next: preview"))
    drop = buttons.DropFile(key).button(t.plain.pgettext("button", "Without photo or document"))
    without = ((drop,),) if draft.media and draft.texts else ()
    return OutgoingMessage(text, (*write, *without, (go_on,), (_discard(key, view),)))


def audience_choice(key: str, view: View) -> OutgoingMessage:
    """Ask who gets it."""
    t = view.t
    text = paragraphs(bold(t.pgettext("heading", "Who gets it?")), _typing_means_nothing(view))
    everybody = buttons.SendToEverybody(key).button(t.plain.pgettext("button", "Everybody"))
    languages = [
        buttons.SendToLanguage(key, each).button(
            t.plain.gettext("Those who read: %(language)s", language=language_name(each))
        )
        for each in LOCALES
    ]
    followers = buttons.OpenAudienceSessions(key).button(t.plain.pgettext("button", "Followers of a session"))
    fans = buttons.OpenAudienceSpeakers(key).button(t.plain.pgettext("button", "Followers of a speaker"))
    speakers = buttons.SendToSpeakers(key).button(t.plain.pgettext("button", "Speakers"))
    back = buttons.OpenTexts(key).button(t.plain.pgettext("button", "Back to the text"))
    return OutgoingMessage(
        text, ((everybody,), *rows(languages), (followers,), (fans,), (speakers,), (back, _discard(key, view)))
    )


def audience_sessions(sessions: Sequence[Session], page: int, key: str, view: View) -> OutgoingMessage:
    """Offer the sessions of a day, a page of them: the followers of the one that is pressed get it."""
    t = view.t
    shown = Page.of(sessions, SESSIONS_PER_PAGE, page)
    text = paragraphs(
        bold(t.pgettext("heading", "The followers of which session?")),
        shown.note(view) or None,
        t.gettext("For a session of another day open its card: it has a button to tell its followers."),
        _typing_means_nothing(view),
    )
    titles = distinct_labels([view.words(session.title) for session in shown.items], room_for=6)
    choices = [
        buttons.SendToFollowers(key, session.handle).button(f"{t.clock(session.starts_at)} {title}")
        for session, title in zip(shown.items, titles, strict=True)
    ]
    others = shown.buttons(view, lambda number: buttons.OpenAudienceSessions(key, number))
    back = buttons.OpenAudience(key).button(t.plain.pgettext("button", "Back"))
    return OutgoingMessage(text, (*rows(choices), *others, (back, _discard(key, view))))


def sample_heading(counts: Mapping[str, int], languages: Sequence[str], view: View) -> OutgoingMessage:
    """Say who reads the message that stands right below."""
    said = [beside(language_name(each), people(counts.get(each, 0), view)) for each in languages]
    return OutgoingMessage(paragraphs(view.t.gettext("This is how it looks for:"), lines(*said)))


def confirmation(
    draft: BroadcastDraft, counts: Mapping[str, int], key: str, revision: int, view: View
) -> OutgoingMessage:
    """Show what is about to happen, with the buttons that change it and the one that does it."""
    t, total = view.t, sum(counts.values())
    by_language = beside(*(f"{language_name(each)} {number}" for each, number in counts.items() if number))
    urgent = (
        t.gettext("Urgent: it comes during quiet hours too.")
        if draft.urgent
        else t.gettext("Not urgent: whoever keeps quiet hours (22:00–07:00) gets it in the morning.")
    )
    text = paragraphs(
        bold(t.pgettext("heading", "Send this message?")),
        lines(
            _audience_line(draft.audience, view, always=True),
            beside(bold(people(total, view)), by_language),
            _not_reached(draft.audience, view),
        ),
        lines(urgent, _when_line(draft.send_at, view)),
        _typing_means_nothing(view),
    )
    send: tuple[Button, ...] = ()
    if total:
        send = (buttons.ConfirmBroadcast(key, revision).button(_send_label(draft.send_at, total, view)),)
    switch = buttons.SetUrgent(key, 0 if draft.urgent else 1).button(
        t.plain.pgettext("button", "Make it not urgent")
        if draft.urgent
        else t.plain.pgettext("button", "Make it urgent")
    )
    time = buttons.AskTime(key).button(t.plain.pgettext("button", "Send at a time"))
    if draft.send_at:
        time = buttons.SendAtOnce(key).button(t.plain.pgettext("button", "Send at once instead"))
    test = buttons.TryBroadcast(key).button(t.plain.pgettext("button", "Send to me alone"))
    texts = buttons.OpenTexts(key).button(t.plain.pgettext("button", "Change the text"))
    audience = buttons.OpenAudience(key).button(t.plain.pgettext("button", "Who gets it"))
    choices = ((test, switch), (time,), (texts, audience), (_discard(key, view),))
    return OutgoingMessage(text, (send, *choices) if send else choices)


def time_question(key: str, view: View, *, problem: str = "") -> OutgoingMessage:
    """Ask when to send. ``problem``: what was wrong with the time just typed."""
    t = view.t
    now = local(view.agenda.event, view.now)
    text = paragraphs(
        problem or None,
        t.gettext("When shall it go out? Write 14:30, or with the day: 23.11 08:00"),
        t.gettext("By the event’s clock it is %(time)s now.", time=f"{t.short_day(now.date())}, {t.clock(now)}"),
        t.gettext("What you type next is the time. Any command ends all of it."),
    )
    back = buttons.SendAtOnce(key).button(t.plain.pgettext("button", "Back: send at once"))
    return OutgoingMessage(text, ((back,), (_discard(key, view),)))


def repeated(earlier: Broadcast, key: str, revision: int, view: View) -> OutgoingMessage:
    """Say that the same went out a moment ago, and ask."""
    t = view.t
    at = t.clock(local(view.agenda.event, earlier.created_at))
    text = paragraphs(
        t.gettext("The same message was confirmed at %(time)s. Send it once more?", time=at),
        _typing_means_nothing(view),
    )
    again = buttons.ConfirmBroadcast(key, revision, 1).button(t.plain.pgettext("button", "Yes, send it again"))
    look = buttons.OpenBroadcast(earlier.id).button(t.plain.pgettext("button", "See the first one"))
    return OutgoingMessage(text, ((again,), (look,), (_discard(key, view),)))


def too_long(length: int, limit: int, view: View) -> str:
    """Say that Telegram does not take so long a text."""
    return view.t.gettext(
        "This is too long: %(length)s characters; %(limit)s fit. Please send a shorter one.", length=length, limit=limit
    )


def not_sendable(view: View) -> OutgoingMessage:
    """Say what a broadcast can be made of."""
    return OutgoingMessage(
        view.t.gettext("I can pass on a text, one photo or one document, no album. Please send one of these.")
    )


def discarded(view: View) -> OutgoingMessage:
    """Say that nothing is sent."""
    return OutgoingMessage(
        view.t.gettext("Discarded: nobody gets it."), ((tell_everybody_button(view),), desk_and_menu(view))
    )


def draft_gone(view: View) -> str:
    """Return the alert for a button of a draft that was sent, discarded or replaced."""
    return view.t.plain.gettext(
        "This draft is closed: it was sent or discarded. The organisers’ desk shows what went out."
    )


def look_again(view: View) -> str:
    """Return the alert for a confirmation that is too old, or of another text than was shown."""
    return view.t.plain.gettext("Nothing is sent yet: this screen is not up to date. Please look again, then confirm.")


def bad_time(view: View) -> str:
    """Say that no time was understood."""
    return view.t.gettext("I do not understand this time.")


def past_time(view: View) -> str:
    """Say that this time is past."""
    return view.t.gettext("This time is already past.")


def audience_name(audience: Audience, view: View) -> Html:
    """Return who gets it, in words."""
    t = view.t
    match audience.kind:
        case AudienceKind.LANGUAGE:
            return t.gettext("those who read: %(language)s", language=language_name(audience.value))
        case AudienceKind.FOLLOWERS:
            followed = view.agenda.by_handle.get(audience.value)
            if isinstance(followed, Session):
                return t.gettext("those who follow: %(title)s", title=view.text(followed.title, MAX_TITLE))
            if isinstance(followed, Speaker):
                return t.gettext("those who follow the speaker: %(name)s", name=view.name(followed))
            return t.gettext("the followers of what is no longer in the agenda")
        case AudienceKind.SPEAKERS:
            return t.pgettext("who gets a message", "the speakers who have claimed their profile")
        case _:
            return t.pgettext("who gets a message", "everybody")


def people(number: int, view: View) -> Html:
    """Return "250 people"."""
    return view.t.ngettext("%(num)s person", "%(num)s people", number)


def _audience_line(audience: Audience, view: View, *, always: bool = False) -> Html | None:
    if audience.kind is AudienceKind.EVERYONE and not always:
        return None
    return view.t.gettext("Who gets it: %(audience)s", audience=audience_name(audience, view))


def _not_reached(audience: Audience, view: View) -> Html | None:
    """Say how many speakers will not hear it, since nobody has claimed their profile."""
    unclaimed = sum(speaker.handle not in view.claimed for speaker in view.agenda.speakers)
    if audience.kind is not AudienceKind.SPEAKERS or not unclaimed:
        return None
    return view.t.ngettext(
        "%(num)s speaker has not claimed the profile and will not hear it.",
        "%(num)s speakers have not claimed their profile and will not hear it.",
        unclaimed,
    )


def _send_label(send_at: datetime | None, total: int, view: View) -> str:
    t = view.t.plain
    if send_at is None:
        return t.ngettext("Send now to %(num)s person", "Send now to %(num)s people", total)
    at = local(view.agenda.event, send_at)
    return label(t.gettext("Send on %(day)s at %(time)s", day=t.short_day(at.date()), time=t.clock(at)))


def _when_line(send_at: datetime | None, view: View) -> Html:
    if send_at is None:
        return view.t.gettext("When: at once")
    at = local(view.agenda.event, send_at)
    return view.t.gettext("When: %(day)s, %(time)s", day=view.day(at.date()), time=view.t.clock(at))


def _typing_means_nothing(view: View) -> Html:
    return view.t.gettext("What you type here changes nothing; any command ends all of it.")


def _discard(key: str, view: View) -> Button:
    return buttons.DiscardBroadcast(key).button(view.t.plain.pgettext("button", "Discard"))
