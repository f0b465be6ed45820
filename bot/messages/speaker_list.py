"""The speakers as organisers see them: who has claimed their profile, who has not seen a change, links and codes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Html
from bot.messages import buttons, speaker_buttons
from bot.messages.formatting import beside, bold, lines, paragraphs, profile_link, rows
from bot.messages.outgoing import Button, OutgoingDocument, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.people import speaker_labels
from bot.messages.qr_codes import qr_picture
from bot.messages.speakers import in_order
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.speakers import ActiveCodes, Decision, ListOf, SpeakerClaim, SpeakerRequest
from content.agenda import Speaker
from content.timetable import local

SPEAKERS_A_PAGE = 8
Claims = Mapping[str, SpeakerClaim]


def speakers_tool(view: View) -> Button:
    """Return the desk's button to the speakers."""
    return speaker_buttons.ListSpeakers().button(view.t.plain.pgettext("button", "Speakers and their links"))


def speakers_list(claims: Claims, which: ListOf, page: int, view: View) -> OutgoingMessage:
    """Return a page of the speakers with who has claimed and who has not seen the latest change."""
    t = view.t
    everyone = in_order(view.agenda.speakers)
    unclaimed = [speaker for speaker in everyone if speaker.handle not in claims]
    unseen = [speaker for speaker in everyone if speaker.handle in claims and claims[speaker.handle].unseen]
    listed = {ListOf.ALL: everyone, ListOf.UNCLAIMED: unclaimed, ListOf.UNSEEN: unseen}[which]
    shown = Page.of(listed, SPEAKERS_A_PAGE, page)
    text = paragraphs(
        lines(bold(t.gettext("Speakers and their links")), shown.note(view)),
        lines(
            t.gettext("Claimed: %(claimed)s of %(total)s", claimed=len(everyone) - len(unclaimed), total=len(everyone)),
            t.gettext("Have not tapped “Seen” below the latest change: %(number)s", number=len(unseen)),
        ),
        lines(*(beside(view.name(speaker), _state(speaker, claims, view)) for speaker in shown.items))
        or t.gettext("There is nobody to list here."),
        t.gettext("To find one of many, write me the name: the card has a button to the link."),
    )
    entries = [
        speaker_buttons.OpenAccess(speaker.handle).button(label)
        for speaker, label in zip(shown.items, speaker_labels(shown.items, view), strict=True)
    ]
    choices: dict[ListOf, str] = {
        ListOf.ALL: t.plain.pgettext("button", "All speakers"),
        ListOf.UNCLAIMED: t.plain.pgettext("button", "Not claimed"),
        ListOf.UNSEEN: t.plain.pgettext("button", "Change not seen"),
    }
    filters = [speaker_buttons.ListSpeakers(each).button(said) for each, said in choices.items() if each is not which]
    turn = shown.buttons(view, lambda number: speaker_buttons.ListSpeakers(which, number))
    ask: list[Button] = []
    if unseen:
        ask.append(speaker_buttons.RemindUnseen().button(t.plain.pgettext("button", "Ask them to look again")))
    return OutgoingMessage(text, (*rows(entries, 2), *turn, *rows(ask), tuple(filters), desk_and_menu(view)))


def speakers_asked(count: int, view: View) -> str:
    """Return the notice over the button that asks speakers to look at a change."""
    return view.t.plain.ngettext("%(num)s speaker is asked again.", "%(num)s speakers are asked again.", count)


def nobody_asked(view: View) -> str:
    """Return the notice over that button if there is nobody to ask, or they were asked a moment ago."""
    return view.t.plain.gettext("Everybody has seen it, or was asked less than ten minutes ago.")


def access(speaker: Speaker, claim: SpeakerClaim | None, codes: ActiveCodes, view: View) -> OutgoingMessage:
    """Return who has claimed a speaker, and what an organiser can do about it."""
    t = view.t
    actions: list[Button] = []
    if claim is None:
        said = t.gettext("Nobody has claimed this profile yet.")
        actions.append(
            speaker_buttons.MakeCode(speaker.handle).button(t.plain.pgettext("button", "Make a link and a QR code"))
        )
    else:
        said = lines(_claimed(claim, view), _seen(claim, view))
        actions.append(
            speaker_buttons.AskUndo(speaker.handle, claim.chat_id).button(t.plain.pgettext("button", "Undo the claim"))
        )
    if codes.count:
        actions.append(
            speaker_buttons.RevokeCodes(speaker.handle).button(t.plain.pgettext("button", "Withdraw all links"))
        )
    text = paragraphs(lines(bold(view.name(speaker)), view.text(speaker.organisation)), said, _codes(codes, view))
    around = (
        buttons.OpenSpeaker(speaker.handle).button(t.plain.pgettext("button", "The speaker’s card")),
        speaker_buttons.ListSpeakers().button(t.plain.pgettext("button", "All speakers")),
    )
    return OutgoingMessage(text, (*rows(actions), around, desk_and_menu(view)))


def code_picture(speaker: Speaker, link: str, codes: ActiveCodes, view: View) -> OutgoingDocument:
    """Return the QR code of a one-time link, with a caption that can be passed on as it is."""
    t = view.t
    until = local(view.agenda.event, codes.until or view.now)
    caption = paragraphs(
        lines(bold(view.name(speaker)), view.text(view.agenda.event.name)),
        t.gettext(
            "Your speaker’s desk: scan the code with your phone, or open this link. It works once, until %(day)s:",
            day=view.day(until.date()),
        ),
        link,
    )
    return qr_picture(link, f"{speaker.handle}", caption)


def code_made(view: View) -> str:
    """Return the short notice over the button that made a link."""
    return view.t.plain.gettext("Pass the picture on to the speaker, or let them scan it.")


def codes_withdrawn(count: int, view: View) -> str:
    """Return the short notice over the button that withdrew links."""
    return view.t.plain.ngettext("%(num)s link no longer works.", "%(num)s links no longer work.", count)


def claimed_already(view: View) -> str:
    """Return the alert for an organiser who would give away what somebody has."""
    return view.t.plain.gettext("Somebody has claimed this profile: undo that claim first.")


def undo_question(speaker: Speaker, chat_id: int, view: View) -> OutgoingMessage:
    """Ask before somebody loses a profile."""
    t = view.t
    text = paragraphs(
        t.gettext(
            "Undo the claim of %(name)s by %(person)s?", person=profile_link(str(chat_id), chat_id), name=speaker.name
        ),
        t.gettext("They are told. All links for this profile stop working; you can make a new one."),
    )
    yes = speaker_buttons.UndoClaim(speaker.handle, chat_id).button(t.plain.pgettext("button", "Yes, undo the claim"))
    no = speaker_buttons.OpenAccess(speaker.handle).button(t.plain.pgettext("button", "No, keep"))
    return OutgoingMessage(text, ((yes, no),))


def request_notice(request: SpeakerRequest, speaker: Speaker, view: View) -> OutgoingMessage:
    """Ask an organiser whether somebody is the speaker that they say they are."""
    t = view.t
    text = paragraphs(
        lines(
            bold(t.gettext("Is this %(name)s?", name=view.name(speaker))),
            view.text(speaker.role),
            view.text(speaker.organisation),
        ),
        t.gettext(
            "%(person)s says so, has no link, and asks for the speaker’s desk.",
            person=profile_link(request.name or str(request.chat_id), request.chat_id),
        ),
    )
    yes = speaker_buttons.ConfirmRequest(request.id).button(t.plain.pgettext("button", "Yes, confirm"))
    no = speaker_buttons.RefuseRequest(request.id).button(t.plain.pgettext("button", "No, refuse"))
    return OutgoingMessage(text, ((yes, no),))


def decision_said(decision: Decision, request: SpeakerRequest | None, speaker: Speaker | None, view: View) -> str:
    """Return what stands in the place of that question once it is decided. ``request``: as it is now."""
    t = view.t
    if decision is Decision.GONE or request is None or speaker is None:
        return t.gettext("This request is gone: the speaker left the agenda, or who asked was forgotten.")
    person = profile_link(str(request.chat_id), request.chat_id)
    if decision is Decision.TAKEN:
        return t.gettext(
            "Somebody else has claimed %(name)s. Undo that claim first, then press again.", name=view.name(speaker)
        )
    if request.granted:
        return t.gettext("Confirmed: %(person)s is %(name)s. They are told.", person=person, name=view.name(speaker))
    return t.gettext("Refused: %(person)s is not %(name)s. They are told.", person=person, name=view.name(speaker))


def decided(decision: Decision, request: SpeakerRequest | None, speaker: Speaker | None, view: View) -> OutgoingMessage:
    """Return the message in the place of the question, with what can be done next."""
    again: tuple[tuple[Button, ...], ...] = ()
    if decision is Decision.TAKEN and request is not None and speaker is not None:
        t = view.t.plain
        again = (
            (
                speaker_buttons.ConfirmRequest(request.id).button(t.pgettext("button", "Yes, confirm")),
                speaker_buttons.RefuseRequest(request.id).button(t.pgettext("button", "No, refuse")),
            ),
        )
    entry: tuple[tuple[Button, ...], ...] = ()
    if speaker is not None:
        label = view.t.plain.pgettext("button", "Speaker’s link and claim")
        entry = ((speaker_buttons.OpenAccess(speaker.handle).button(label),),)
    return OutgoingMessage(decision_said(decision, request, speaker, view), (*again, *entry, desk_and_menu(view)))


def _state(speaker: Speaker, claims: Claims, view: View) -> Html:
    claim = claims.get(speaker.handle)
    if claim is None:
        return view.t.pgettext("of a speaker’s profile", "not claimed")
    return beside(
        view.t.pgettext("of a speaker’s profile", "claimed"),
        view.t.pgettext("of a change, by a speaker", "change not seen") if claim.unseen else None,
    )


def _claimed(claim: SpeakerClaim, view: View) -> Html:
    at = local(view.agenda.event, claim.claimed_at)
    person = profile_link(str(claim.chat_id), claim.chat_id)
    day, time = view.day(at.date()), view.t.clock(at)
    if claim.confirmed_by is None:
        return view.t.gettext(
            "Claimed with a link on %(day)s, %(time)s, by %(person)s", day=day, time=time, person=person
        )
    return view.t.gettext(
        "Confirmed by an organiser on %(day)s, %(time)s: %(person)s", day=day, time=time, person=person
    )


def _seen(claim: SpeakerClaim, view: View) -> Html:
    t = view.t
    if claim.change_told_at is None:
        return Html("")
    told = local(view.agenda.event, claim.change_told_at)
    day, time = t.short_day(told.date()), t.clock(told)
    if claim.change_seen_at is None:
        return t.gettext("Told of a change on %(day)s, %(time)s, and not tapped “Seen” yet", day=day, time=time)
    return t.gettext("Told of a change on %(day)s, %(time)s, and tapped “Seen”", day=day, time=time)


def _codes(codes: ActiveCodes, view: View) -> Html:
    if codes.until is None:
        return Html("")
    return view.t.ngettext(
        "%(num)s link can still be used, until %(day)s.",
        "%(num)s links can still be used, the last until %(day)s.",
        codes.count,
        day=view.day(local(view.agenda.event, codes.until).date()),
    )
