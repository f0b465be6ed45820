"""A speaker as people read it: the list from A to Z, the card."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.broadcast_buttons import TellFollowers
from bot.messages.formatting import (
    MAX_DESCRIPTION_LENGTH,
    beside,
    bold,
    cut,
    lines,
    paragraphs,
    rows,
)
from bot.messages.material_waits import add_material_button, wait_button
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.people import speaker_rows
from bot.messages.sessions import cut_title, illustrative_note, menu_button, session_buttons
from bot.messages.view import View
from content.agenda import Session, Speaker, SpeakerRole
from content.answers import SpeakerFocus

SPEAKERS_A_PAGE = 8
LETTERS_FROM = 40  # with more speakers than this, the first letter is chosen first
LETTERS_A_ROW = 6
MAX_LETTERS = 60  # with more of them, as in Chinese, a choice of letters is no help
MAX_SESSIONS = 6
OTHER_LETTER = "#"
OWN_LETTERS = "йїё"  # Unicode takes them for и, і and е with a mark; whoever reads Cyrillic does not
CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"  # in the order of Ukrainian and Russian, which Unicode's is not
_SORTED = str.maketrans(CYRILLIC, "".join(chr(ord("а") + place) for place in range(len(CYRILLIC))))


def speaker_card(speaker: Speaker, view: View, focus: SpeakerFocus = SpeakerFocus.INFO) -> OutgoingMessage:
    """Return who someone is and when they are on; their sessions first if these were asked for."""
    sessions = view.agenda.sessions_of(speaker.id)
    listed = _sessions(speaker, sessions, view)
    who = lines(
        bold(view.name(speaker)), view.text(speaker.role), view.text(speaker.organisation), _not_known(speaker, view)
    )
    bio = cut(view.words(speaker.bio), MAX_DESCRIPTION_LENGTH)
    head = paragraphs(listed, who) if focus is SpeakerFocus.SESSIONS else paragraphs(who, listed, bio)
    text = paragraphs(head, illustrative_note(sessions, view, one=len(sessions) == 1))
    return OutgoingMessage(text, _card_buttons(speaker, sessions, view))


def speakers_page(view: View, letter: str = "", page: int = 0) -> OutgoingMessage:
    """Return a page of the speakers from A to Z, or first the choice of a letter if they are many."""
    everyone = in_order(view.agenda.speakers)
    t = view.t
    if not everyone:
        return OutgoingMessage(t.gettext("The agenda names no speakers yet."), ((menu_button(view),),))
    letters = Counter(first_letter(speaker.name) for speaker in everyone)
    if len(everyone) > LETTERS_FROM and not letter and len(letters) <= MAX_LETTERS:
        return _letters(letters, view)
    chosen = [speaker for speaker in everyone if not letter or first_letter(speaker.name) == letter]
    shown = Page.of(chosen, SPEAKERS_A_PAGE, page)
    text = paragraphs(
        lines(_heading(letter, len(chosen), view), shown.note(view)),
        lines(*(beside(view.name(speaker), view.text(speaker.organisation)) for speaker in shown.items)),
    )
    back = buttons.OpenSpeakers().button(t.plain.pgettext("button", "All letters"))
    last = (back, menu_button(view)) if letter else (menu_button(view),)
    turn = shown.buttons(view, lambda number: buttons.OpenSpeakers(letter, number))
    return OutgoingMessage(text, (*speaker_rows(shown.items, view), *turn, last))


def in_order(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Return the people from A to Z."""
    return sorted(speakers, key=lambda speaker: _sort_key(speaker.name))


def first_letter(name: str) -> str:
    """Return the letter under which a name is listed: without marks, upper case; "#" if it begins with none.

    Romanian Ș and Ț are listed under S and T; Й, Ї and Ё are letters of their own.
    """
    initial = _without_marks(name.strip())[:1].upper()[:1]
    return initial if initial.isalpha() else OTHER_LETTER


def _heading(letter: str, count: int, view: View) -> Html:
    total = view.t.ngettext("%(num)s speaker", "%(num)s speakers", count)
    return beside(bold(letter or view.t.gettext("Speakers from A to Z")), total)


def _letters(counts: Counter[str], view: View) -> OutgoingMessage:
    choices = [
        # Translators: a button of the speakers' list: a first letter and how many names begin with it.
        buttons.OpenSpeakers(letter).button(view.t.plain.gettext("%(letter)s (%(count)s)", letter=letter, count=count))
        for letter, count in counts.items()
    ]
    text = paragraphs(
        _heading("", counts.total(), view),
        view.t.gettext("Choose the first letter of the name, or just write the name."),
    )
    return OutgoingMessage(text, (*rows(choices, LETTERS_A_ROW), (menu_button(view),)))


def _sort_key(name: str) -> tuple[bool, str]:
    plain = _without_marks(name.strip().casefold())
    return (not plain[:1].isalpha(), plain.translate(_SORTED))


@lru_cache(maxsize=8_192)  # a list of 1,000 people asks for each of them several times a page
def _without_marks(text: str) -> str:
    return "".join(
        char
        for whole in unicodedata.normalize("NFC", text)
        for char in (whole if whole.lower() in OWN_LETTERS else unicodedata.normalize("NFD", whole))
        if not unicodedata.combining(char)
    )


def _sessions(speaker: Speaker, sessions: tuple[Session, ...], view: View) -> Html:
    if not sessions:
        if "sessions" in speaker.unknown:
            return view.t.gettext("In which session is not published.")
        return view.t.gettext("Not in a session of this agenda.")
    listed = [_session(speaker, session, view) for session in sessions[:MAX_SESSIONS]]
    if (left := len(sessions) - MAX_SESSIONS) > 0:
        listed.append(view.t.ngettext("and %(num)s more session", "and %(num)s more sessions", left))
    return paragraphs(*listed)


def _session(speaker: Speaker, session: Session, view: View) -> Html:
    """Return when a person is on, in their own minutes if the agenda has them, in which session and where."""
    part = next(part for part in session.speakers if part.speaker_id == speaker.id)
    room = view.room_of(session)
    own = session
    within = None
    if part.starts_at and part.ends_at:
        own = replace(session, starts_at=part.starts_at, ends_at=part.ends_at)
        if own.starts_at != session.starts_at or own.ends_at != session.ends_at:
            hours = view.hours(session.starts_at, session.ends_at)
            within = view.t.gettext("the whole session: %(hours)s", hours=hours)
    return lines(
        bold(view.when(own)),
        cut_title(session, view),
        beside(view.text(room.name) if room else None, _role(part.role, view), within),
    )


def _role(role: SpeakerRole, view: View) -> Html | None:
    match role:
        case SpeakerRole.MODERATOR:
            return view.t.pgettext("role in a session", "moderates")
        case SpeakerRole.FACILITATOR:
            return view.t.pgettext("role in a session", "facilitates")
        case _:
            return None


def _not_known(speaker: Speaker, view: View) -> Html | None:
    if {"role", "organisation"} <= speaker.unknown:
        return view.t.gettext("Role and organisation: not published")
    if "role" in speaker.unknown:
        return view.t.gettext("Role: not published")
    if "organisation" in speaker.unknown:
        return view.t.gettext("Organisation: not published")
    return None


def _card_buttons(speaker: Speaker, sessions: tuple[Session, ...], view: View) -> ButtonRows:
    t = view.t.plain
    around: list[Button] = session_buttons(sessions[:MAX_SESSIONS], view)
    if view.agenda.materials_of_speaker(speaker.id):
        around.append(buttons.OpenMaterialsOf(speaker.handle).button(t.gettext("Slides and documents")))
    around.extend(wait_button(speaker, view))
    if view.organiser:
        around.append(add_material_button(speaker.handle, view))
        around.append(TellFollowers(speaker.handle).button(t.pgettext("button", "Tell this speaker’s followers")))
    everyone = buttons.OpenSpeakers().button(t.pgettext("button", "All speakers"))
    return (*rows(around), (everyone, menu_button(view)))
