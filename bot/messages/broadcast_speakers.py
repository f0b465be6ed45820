"""Choosing the speaker whose followers get a broadcast: from A to Z, by first letter if they are many."""

from __future__ import annotations

from collections import Counter

from bot.messages import broadcast_buttons as buttons
from bot.messages.formatting import bold, paragraphs, rows
from bot.messages.outgoing import ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.people import speaker_labels
from bot.messages.speakers import LETTERS_A_ROW, LETTERS_FROM, MAX_LETTERS, first_letter, in_order
from bot.messages.view import View
from content.agenda import Speaker

SPEAKERS_A_PAGE = 8


def audience_speakers(letter: str, page: int, key: str, view: View) -> OutgoingMessage:
    """Offer a page of the speakers, or first the choice of a letter."""
    t = view.t
    everyone = in_order(view.agenda.speakers)
    letters = Counter(first_letter(speaker.name) for speaker in everyone)
    note, choices = None, _letters(letters, key, view)
    if letter in letters or not len(everyone) > LETTERS_FROM or len(letters) > MAX_LETTERS:
        chosen = [speaker for speaker in everyone if letter not in letters or first_letter(speaker.name) == letter]
        shown = Page.of(chosen, SPEAKERS_A_PAGE, page)
        turn = shown.buttons(view, lambda number: buttons.OpenAudienceSpeakers(key, letter, number))
        note, choices = shown.note(view) or None, (*_speakers(shown.items, key, view), *turn)
    text = paragraphs(
        bold(t.pgettext("heading", "The followers of which speaker?")),
        note,
        None if everyone else t.gettext("The agenda names no speakers yet."),
        t.gettext("What you type here changes nothing; any command ends all of it."),
    )
    back = buttons.OpenAudience(key).button(t.plain.pgettext("button", "Back"))
    if letter in letters and len(everyone) > LETTERS_FROM:
        back = buttons.OpenAudienceSpeakers(key).button(t.plain.pgettext("button", "All letters"))
    discard = buttons.DiscardBroadcast(key).button(t.plain.pgettext("button", "Discard"))
    return OutgoingMessage(text, (*choices, (back, discard)))


def _speakers(speakers: tuple[Speaker, ...], key: str, view: View) -> ButtonRows:
    labels = speaker_labels(speakers, view)
    return rows(
        buttons.SendToFollowers(key, speaker.handle).button(text)
        for speaker, text in zip(speakers, labels, strict=True)
    )


def _letters(counts: Counter[str], key: str, view: View) -> ButtonRows:
    choices = [
        # Translators: a button of the speakers' list: a first letter and how many names begin with it.
        buttons.OpenAudienceSpeakers(key, letter).button(
            view.t.plain.gettext("%(letter)s (%(count)s)", letter=letter, count=count)
        )
        for letter, count in counts.items()
    ]
    return rows(choices, LETTERS_A_ROW)
