"""Practical answers as people read them: the venue, a topic, the matchmaking, the organisers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import bold, cut, italic, label, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, LinkButton, OutgoingMessage
from bot.messages.sessions import cut_title, illustrative_note, menu_button, session_buttons
from bot.messages.view import View
from content.agenda import Fact, FactStatus, Session
from content.answers import MatchmakingAnswer, OrganisersAnswer

MAX_FACT_LENGTH = 1_500
MAX_SESSIONS = 3
BESIDE_VENUE = (
    "transport", "parking", "accessibility", "hotel", "wifi", "food", "registration", "working-language",
    "emergency", "organisers", "about", "discover",
)  # fmt: skip


def venue_message(view: View) -> OutgoingMessage:
    """Return where the event is, with a button for each practical topic that the content knows."""
    topics = [view.agenda.fact_by_topic[topic] for topic in BESIDE_VENUE if topic in view.agenda.fact_by_topic]
    venue = view.agenda.fact_by_topic.get("venue")
    text = _fact_text(venue, view) if venue else _nothing(view)
    choices = [buttons.OpenFact(fact.topic).button(label(view.words(fact.title))) for fact in topics]
    return OutgoingMessage(text, (*_links([venue] if venue else [], view), *rows(choices, 2), (menu_button(view),)))


def fact_message(fact: Fact | None, view: View) -> OutgoingMessage:
    """Return one practical fact; or that the organisers have said nothing about it."""
    if fact is not None and fact.topic == "venue":
        return venue_message(view)
    text = _fact_text(fact, view) if fact else _nothing(view)
    return OutgoingMessage(text, (*_links([fact] if fact else [], view), _practical_row(view)))


def matchmaking_message(answer: MatchmakingAnswer, view: View) -> OutgoingMessage:
    """Return when and where the matchmaking is, then its facts."""
    if not answer.sessions and not answer.facts:
        return OutgoingMessage(view.t.gettext("This event has no matchmaking."), ((menu_button(view),),))
    shown = answer.sessions[:MAX_SESSIONS]
    text = paragraphs(
        *(_session(session, view) for session in shown),
        *_fact_texts(answer.facts, view),
        illustrative_note(shown, view, one=len(shown) == 1),
    )
    choices = rows(session_buttons(shown, view))
    return OutgoingMessage(text, (*choices, *_links(answer.facts, view), (menu_button(view),)))


def organisers_message(answer: OrganisersAnswer, view: View) -> OutgoingMessage:
    """Return who organises the event and how to reach them."""
    text = paragraphs(*_fact_texts(answer.facts, view)) or _nothing(view)
    return OutgoingMessage(text, (*_links(answer.facts, view), _practical_row(view)))


def _session(session: Session, view: View) -> Html:
    room = view.room_of(session)
    return lines(bold(view.when(session)), cut_title(session, view), view.text(room.name) if room else None)


def _fact_texts(facts: Sequence[Fact], view: View) -> list[Html]:
    """Return several facts; if they are too long for one message, each gets its share."""
    whole = sum(len(view.words(fact.text)) for fact in facts) <= MAX_FACT_LENGTH
    return [_fact_text(fact, view, MAX_FACT_LENGTH if whole else MAX_FACT_LENGTH // len(facts)) for fact in facts]


def _fact_text(fact: Fact, view: View, length: int = MAX_FACT_LENGTH) -> Html:
    said = cut(view.words(fact.text), length)
    note = None
    if fact.status is FactStatus.ILLUSTRATIVE:
        note = italic(view.t.gettext("This is illustrative: the organisers have not published it."))
    elif fact.status is FactStatus.GENERAL:
        note = italic(view.t.gettext("This is general knowledge, not from the organisers."))
    return lines(bold(view.text(fact.title)), said, note)


def _links(facts: Iterable[Fact], view: View) -> ButtonRows:
    found: dict[str, Button] = {}
    for fact in facts:
        for link in fact.links:
            found.setdefault(link.url, LinkButton(label(view.words(link.title)), link.url))
    return rows(found.values())


def _nothing(view: View) -> Html:
    return view.t.gettext("The organisers have not said anything about this.")


def _practical_row(view: View) -> tuple[Button, ...]:
    venue = buttons.OpenVenue().button(view.t.plain.pgettext("button", "Venue and practical"))
    return (venue, menu_button(view))
