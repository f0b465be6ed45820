"""What a person follows, as it shows on cards and in the settings: the state in words, the buttons that change it."""

from __future__ import annotations

from datetime import timedelta

from bot.i18n import Html, Localizer
from bot.messages import buttons
from bot.messages.formatting import bold, capitalised, label, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.sessions import cut_title, menu_button, session_card
from bot.messages.speaker_claiming import card_rows
from bot.messages.speakers import speaker_card
from bot.messages.view import View
from bot.models import JUST_TOLD, LEADS
from content.agenda import Session, Speaker
from content.answers import SessionFocus, SpeakerFocus


def session_screen(
    session: Session, view: View, focus: SessionFocus = SessionFocus.INFO, *, just_followed: bool = False
) -> OutgoingMessage:
    """Return a session's card with what the reader's following makes of it; that stands first if it is news."""
    card = session_card(session, view, focus)
    text = (
        _below_news(card.text, session, view) if just_followed else _after_head(card.text, _follow_line(session, view))
    )
    return OutgoingMessage(text, (*_session_buttons(session, view), *card.buttons))


def speaker_screen(
    speaker: Speaker, view: View, focus: SpeakerFocus = SpeakerFocus.INFO, *, just_followed: bool = False
) -> OutgoingMessage:
    """Return a speaker's card with what the reader's following makes of it; that stands first if it is news."""
    card = speaker_card(speaker, view, focus)
    followed = speaker.handle in view.follows.speakers
    # What few readers need stands last, above the ways back: whoever has a desk, or is an organiser, finds it first.
    own, ask = card_rows(speaker, view), not (view.organiser or speaker.handle in view.profiles)
    around = (*card.buttons[:-1], *own, card.buttons[-1]) if ask else (*own, *card.buttons)
    if not followed and not view.agenda.sessions_of(speaker.id):
        return OutgoingMessage(card.text, around)
    said = _followed_with_all(view.t) if followed else None
    text = _below_news(card.text, speaker, view) if just_followed else _after_head(card.text, said)
    return OutgoingMessage(text, ((_speaker_button(speaker, view),), *around))


def followed_screen(target: Session | Speaker, view: View) -> OutgoingMessage:
    """Return the card of what was followed in words or by a link: that it is done stands first.

    What is not followed, as on the terminal, has its card alone.
    """
    if isinstance(target, Session):
        followed = target.handle in view.follows.sessions
        return session_screen(target, view, SessionFocus.TIME, just_followed=followed)
    followed = target.handle in view.follows.speakers
    return speaker_screen(target, view, SpeakerFocus.SESSIONS, just_followed=followed)


def _below_news(text: str, target: Session | Speaker, view: View) -> Html:
    return paragraphs(bold(_followed_now(target, view)), Html(text))


def _followed_now(target: Session | Speaker, view: View) -> str:
    if isinstance(target, Session) or not _has_more(target, view):
        return followed_notice(target, view)
    t, minutes = view.t.plain, view.follows.wishes.lead_minutes
    remind = t.gettext("No reminder.") if minutes == 0 else _remind_before(timedelta(minutes=minutes), t)
    return f"{_followed_with_all(t)} {remind}"


def _followed_with_all(t: Localizer) -> str:
    return t.gettext("You follow this speaker: all their sessions are in your agenda.")


def _has_more(speaker: Speaker, view: View) -> bool:
    return any(
        session.starts_at > view.now and not session.cancelled for session in view.agenda.sessions_of(speaker.id)
    )


def _after_head(text: str, said: str | None) -> Html:
    """Put a line behind the first paragraph, which answers what was asked."""
    head, gap, rest = text.partition("\n\n")
    return Html(f"{lines(Html(head), said)}{gap}{rest}")


def _follow_line(session: Session, view: View) -> Html:
    """Say on a session's card that it is in the reader's agenda, and when they are reminded; empty if it is not."""
    t, follows = view.t, view.follows
    if session.handle in follows.sessions:
        said = t.gettext("You follow this session.")
    elif names := followed_speakers(session, view):
        said = t.ngettext(
            "You follow one of its speakers: %(names)s.",
            "You follow several of its speakers: %(names)s.",
            len(names),
            names=t.listed(names),
        )
    else:
        return Html("")
    return Html(" ".join(filter(None, (said, _reminder_said(session, view)))))


def followed_speakers(session: Session, view: View) -> list[str]:
    """Return the names of the session's speakers whom the reader follows."""
    speakers = dict.fromkeys(view.speaker_of(part) for part in session.speakers)
    return [speaker.name for speaker in speakers if speaker.handle in view.follows.speakers]


def _session_buttons(session: Session, view: View) -> ButtonRows:
    """Return the buttons of a session's card that follow it, and that say when to remind of it."""
    t = view.t.plain
    if session.handle in view.follows.sessions:
        follow = buttons.Unfollow(session.handle).button(t.pgettext("button", "Unfollow"))
    elif session.cancelled or session.ends_at <= view.now:
        return ()
    else:
        follow = buttons.Follow(session.handle).button(t.pgettext("button", "Follow"))
    if session.cancelled or session.starts_at <= view.now:
        return ((follow,),)
    if session.handle not in view.follows.sessions and not followed_speakers(session, view):
        return ((follow, _calendar_button(session, view)),)
    if view.follows.muted(session.handle):
        remind = buttons.Unmute(session.handle).button(t.pgettext("button", "Unmute"))
    else:
        remind = buttons.OpenSessionLead(session.handle).button(_lead_label(session, view))
    return ((follow, _calendar_button(session, view)), (remind,))


def _speaker_button(speaker: Speaker, view: View) -> Button:
    """Return the button of a speaker's card that follows all of their sessions."""
    t = view.t.plain
    if speaker.handle in view.follows.speakers:
        return buttons.Unfollow(speaker.handle).button(t.pgettext("button", "Unfollow"))
    return buttons.Follow(speaker.handle).button(t.pgettext("button", "Follow all sessions"))


def session_lead_choice(session: Session, view: View) -> OutgoingMessage:
    """Return the choice of a lead for one session."""
    t = view.t
    text = paragraphs(
        lines(bold(cut_title(session, view)), view.when(session)),
        t.gettext("When shall I remind you of this session?"),
    )
    choices = [
        buttons.SetSessionLead(session.handle, minutes).button(capitalised(lead_words(minutes, t.plain)))
        for minutes in (*LEADS, 0)
    ]
    as_all = buttons.SessionLeadAsAll(session.handle).button(
        t.plain.gettext("As for all: %(lead)s", lead=lead_words(view.follows.wishes.lead_minutes, t.plain))
    )
    back = buttons.OpenSession(session.handle).button(t.plain.pgettext("button", "Back to the session"))
    return OutgoingMessage(text, (*rows(choices, 2), (as_all,), (mute_button(session, view),), (back,)))


def mute_button(session: Session, view: View) -> Button:
    """Return the button that stops every notice about this session."""
    return buttons.Mute(session.handle).button(view.t.plain.pgettext("button", "Say nothing about this session"))


def reminder_settings(view: View) -> OutgoingMessage:
    """Return how and when the reader is told, with a button for each choice; the present one is named in the text."""
    t, wishes = view.t, view.follows.wishes
    text = paragraphs(
        bold(t.gettext("Reminders and notices")),
        lines(
            t.gettext("Reminders: %(lead)s", lead=lead_words(wishes.lead_minutes, t))
            if wishes.lead_minutes
            else t.gettext("Reminders: none"),
            t.gettext("Changes of what you follow: I tell you")
            if wishes.changes
            else t.gettext("Changes of what you follow: I do not tell you"),
            t.gettext("Quiet hours: 22:00–07:00; reminders and changes within three hours come all the same")
            if wishes.quiet_hours
            else t.gettext("Quiet hours: none"),
        ),
        t.gettext("At most six notices an hour; reminders are not counted among them."),
    )
    leads = [buttons.SetLead(minutes).button(capitalised(lead_words(minutes, t.plain))) for minutes in (*LEADS, 0)]
    changes = (
        buttons.SetChanges(0).button(t.plain.pgettext("button", "Do not tell me of changes"))
        if wishes.changes
        else buttons.SetChanges(1).button(t.plain.pgettext("button", "Tell me of changes"))
    )
    quiet = (
        buttons.SetQuietHours(0).button(t.plain.pgettext("button", "No quiet hours"))
        if wishes.quiet_hours
        else buttons.SetQuietHours(1).button(t.plain.pgettext("button", "Keep quiet hours"))
    )
    mine = buttons.OpenMine().button(t.plain.pgettext("button", "My agenda"))
    return OutgoingMessage(text, (*rows(leads, 2), (changes,), (quiet,), (mine, menu_button(view))))


def lead_words(minutes: int, t: Localizer) -> Html:
    """Return "10 minutes before", or that there is no reminder."""
    if minutes == 0:
        return t.gettext("no reminder")
    return t.ngettext("%(num)s minute before", "%(num)s minutes before", minutes)


def followed_notice(target: Session | Speaker, view: View) -> str:
    """Return the short notice over the button that followed this. It promises no reminder that will not come."""
    return _followed_session(target, view) if isinstance(target, Session) else _followed_speaker(target, view)


def _followed_session(session: Session, view: View) -> str:
    t, lead = view.t.plain, view.follows.lead(session.handle)
    if session.cancelled:
        return t.gettext("In your agenda, though it is cancelled.")
    if session.ends_at <= view.now:
        return t.gettext("In your agenda, though it is over.")
    if session.starts_at <= view.now:
        return t.gettext("In your agenda. It is on now.")
    if view.follows.muted(session.handle):
        return t.gettext("In your agenda, but muted: I say nothing about it.")
    if lead is None or "time" in session.unknown:
        return t.gettext("In your agenda, without a reminder.")
    if session.starts_at - view.now < lead + JUST_TOLD:  # no reminder comes then
        return t.gettext("In your agenda. It starts %(distance)s.", distance=t.distance(session.starts_at - view.now))
    return _reminded_before(lead, t)


def _followed_speaker(speaker: Speaker, view: View) -> str:
    t, minutes = view.t.plain, view.follows.wishes.lead_minutes
    if not _has_more(speaker, view):
        return t.gettext("You follow this speaker, who has no more sessions to come.")
    if minutes == 0:
        return t.gettext("In your agenda. Reminders are off: see /my.")
    return _reminded_before(timedelta(minutes=minutes), t)


def _reminded_before(lead: timedelta, t: Localizer) -> str:
    return t.ngettext(
        "In your agenda. I remind you %(num)s minute before.",
        "In your agenda. I remind you %(num)s minutes before.",
        _minutes(lead),
    )


def unfollowed_notice(view: View) -> str:
    """Return the short notice over the button that unfollowed something."""
    # Not "no longer in your agenda": through a speaker it may still be there.
    return view.t.plain.gettext("You no longer follow this.")


def _reminder_said(session: Session, view: View) -> Html:
    """Say when the reader is reminded; empty if no reminder can come any more, or it is there already."""
    lead = view.follows.lead(session.handle)
    if session.cancelled or session.ends_at <= view.now:
        return Html("")
    if view.follows.muted(session.handle):
        return view.t.gettext("It is muted: I say nothing about it.")
    if session.starts_at <= view.now:
        return Html("")
    if lead is None or "time" in session.unknown:
        return view.t.gettext("No reminder.")
    if session.starts_at - view.now < lead + JUST_TOLD:  # it came, or its start was said when it was followed
        return Html("")
    return Html(_remind_before(lead, view.t))


def _remind_before(lead: timedelta, t: Localizer) -> str:
    return t.ngettext("I remind you %(num)s minute before.", "I remind you %(num)s minutes before.", _minutes(lead))


def _lead_label(session: Session, view: View) -> str:
    lead = view.follows.lead(session.handle)
    if lead is None:
        return view.t.plain.pgettext("button", "Reminder: none")
    # Translators: a button; the lead is "10 minutes before".
    return label(view.t.plain.gettext("Reminder: %(lead)s", lead=lead_words(_minutes(lead), view.t.plain)))


def _minutes(lead: timedelta) -> int:
    return int(lead.total_seconds() // 60)


def _calendar_button(session: Session, view: View) -> Button:
    return buttons.SendSessionCalendar(session.handle).button(view.t.plain.pgettext("button", "Add to calendar"))
