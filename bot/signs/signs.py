"""The sheets: who sees them stands in front of a door, a desk or the entrance, and reads one of our languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.i18n import LOCALES, Localizer, localizer
from bot.messages.deep_links import deep_link
from bot.signs.paper import ACCENT, BOLD, HEIGHT, INK, MARGIN, SOFT, WHITE, WIDTH, Paper
from content.agenda import Agenda, Room, Speaker
from content.localized_text import LocalizedText

_BAND = 96.0  # the coloured head of a sheet
_CARDS_ACROSS, _CARDS_DOWN = 2, 4
_INNER = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A speaker, the link by which they claim their profile, and the last day on which it works."""

    speaker: Speaker
    link: str
    until: date


def signs_pdf(agenda: Agenda, bot_username: str, cards: Sequence[ClaimCard] = ()) -> bytes:
    """Return a PDF file: a poster, a sign for each room, the cards eight a sheet. Items of ``agenda`` carry handles.

    ``bot_username``: without its @.
    """
    paper = Paper(agenda.event.name.pick(agenda.event.default_language))
    _poster(paper, agenda, bot_username)
    for room in agenda.rooms:
        paper.turn()
        _door(paper, room, agenda, bot_username)
    a_sheet = _CARDS_ACROSS * _CARDS_DOWN
    for start in range(0, len(cards), a_sheet):
        paper.turn()
        _card_sheet(paper, cards[start : start + a_sheet], agenda)
    return paper.finished()


def _poster(paper: Paper, agenda: Agenda, bot_username: str) -> None:
    event = agenda.event
    band = 210.0
    paper.box(0, HEIGHT - band, WIDTH, band, colour=INK)
    paper.box(0, HEIGHT - band - 8, WIDTH, 8, colour=ACCENT)
    top = paper.text(
        _in(event.name, event.default_language, agenda),
        MARGIN,
        HEIGHT - 42,
        _INNER,
        size=44,
        lines=3,
        font=BOLD,
        colour=WHITE,
    )
    place = _in(event.place, event.default_language, agenda)
    if place and place not in _in(event.name, event.default_language, agenda):
        paper.text(place, MARGIN, top - 4, _INNER, size=18, lines=1, colour=WHITE)
    size = 300.0
    top = HEIGHT - band - 34
    paper.qr(f"https://t.me/{bot_username}", (WIDTH - size) / 2, top - size, size)
    top = paper.text(
        f"@{bot_username}", MARGIN, top - size - 2, _INNER, size=26, font=BOLD, colour=ACCENT, centred=True
    )
    top -= 14
    for t in _localizers(agenda):
        top = paper.text(
            t.gettext("The guide to this event, in Telegram"), MARGIN, top, _INNER, size=21, font=BOLD, centred=True
        )
        said = t.gettext("Scan and ask: who speaks when, what is on now, where it is, where the slides are.")
        top = paper.text(said, MARGIN, top, _INNER, size=14, lines=2, colour=SOFT, centred=True) - 14


def _door(paper: Paper, room: Room, agenda: Agenda, bot_username: str) -> None:
    _head(paper, agenda)
    names = list(dict.fromkeys(_in(room.name, t.language, agenda) for t in _localizers(agenda)))
    top = HEIGHT - _BAND - 40
    top = paper.text(names[0] or room.id, MARGIN, top, _INNER, size=84, lines=2, font=BOLD, centred=True)
    if names[1:]:
        top = paper.text(" · ".join(names[1:]), MARGIN, top - 4, _INNER, size=24, lines=2, colour=SOFT, centred=True)
    size = min(330.0, top - 230)
    top -= 22
    paper.qr(deep_link(bot_username, room), (WIDTH - size) / 2, top - size, size)
    top -= size + 6
    for number, t in enumerate(_localizers(agenda)):
        said = t.gettext("What is on here now and next")
        top = paper.text(said, MARGIN, top, _INNER, size=24 if number == 0 else 20, font=BOLD, colour=INK, centred=True)
    paper.text(f"@{bot_username} · Telegram", MARGIN, 62, _INNER, size=14, colour=SOFT, centred=True)


def _card_sheet(paper: Paper, cards: Sequence[ClaimCard], agenda: Agenda) -> None:
    width, height = WIDTH / _CARDS_ACROSS, HEIGHT / _CARDS_DOWN
    for column in range(1, _CARDS_ACROSS):
        paper.dashes(column * width, 0, column * width, HEIGHT)
    for row in range(1, _CARDS_DOWN):
        paper.dashes(0, row * height, WIDTH, row * height)
    for number, card in enumerate(cards):
        row, column = divmod(number, _CARDS_ACROSS)
        _card(paper, card, column * width, HEIGHT - (row + 1) * height, agenda)


def _card(paper: Paper, card: ClaimCard, x: float, y: float, agenda: Agenda) -> None:
    width, height, edge, size = WIDTH / _CARDS_ACROSS, HEIGHT / _CARDS_DOWN, 16.0, 112.0
    inner = width - 2 * edge
    top = y + height - edge
    paper.box(x + edge, top - 3, 34, 3, colour=ACCENT)
    top = paper.text(card.speaker.name, x + edge, top - 6, inner, size=19, lines=1, font=BOLD)
    organisation = _in(card.speaker.organisation, agenda.event.default_language, agenda)
    if organisation:
        top = paper.text(organisation, x + edge, top, inner, size=10, lines=1, colour=SOFT)
    paper.qr(card.link, x + edge - 8, y + 22, size)
    left = x + edge + size
    beside = width - edge - size - edge + 4
    top -= 8
    for t in _localizers(agenda):
        said = t.gettext("Your speaker’s page: your sessions, reminders, your slides.")
        top = paper.text(said, left, top, beside, size=9, lines=2, font=BOLD)
        until = t.gettext("Works once, until %(day)s. Keep it to yourself.", day=f"{card.until:%d.%m.%Y}")
        top = paper.text(until, left, top, beside, size=8, lines=2, colour=SOFT) - 5


def _head(paper: Paper, agenda: Agenda) -> None:
    event = agenda.event
    paper.box(0, HEIGHT - _BAND, WIDTH, _BAND, colour=INK)
    paper.box(0, HEIGHT - _BAND - 6, WIDTH, 6, colour=ACCENT)
    name = _in(event.name, event.default_language, agenda)
    paper.text(name, MARGIN, HEIGHT - 26, _INNER, size=26, lines=2, font=BOLD, colour=WHITE, centred=True)


def _localizers(agenda: Agenda) -> list[Localizer]:
    """Return our languages, the event's own first; plain: paper has no markup."""
    first = agenda.event.default_language
    return [
        localizer(each).plain for each in sorted(LOCALES, key=lambda each: (each != first, list(LOCALES).index(each)))
    ]


def _in(text: LocalizedText, language: str, agenda: Agenda) -> str:
    return text.pick(language, agenda.event.default_language)
