"""Buttons to people, told apart where two have one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from bot.messages import buttons
from bot.messages.formatting import MAX_LABEL_LENGTH, cut, distinct_labels, rows
from bot.messages.outgoing import Button, ButtonRows
from bot.messages.view import View
from content.agenda import Speaker
from content.localized_text import LocalizedText

_BESIDE: tuple[Callable[[Speaker], LocalizedText], ...] = (lambda one: one.organisation, lambda one: one.role)


def speaker_buttons(
    speakers: Iterable[Speaker], view: View, behind: Callable[[str], buttons.Payload] = buttons.OpenSpeaker
) -> list[Button]:
    """Return a button for each person; people of one name with what tells them apart, a number at last.

    ``behind``: what a button means, given the person's handle; their card if nothing is said.
    """
    listed = list(speakers)
    labels = speaker_labels(listed, view)
    return [behind(speaker.handle).button(text) for speaker, text in zip(listed, labels, strict=True)]


def speaker_labels(speakers: Sequence[Speaker], view: View) -> list[str]:
    """Return each person's name for a button; those of one name with what tells them apart, a number at last."""
    labels = distinct_labels(_told_apart(speakers, view))
    count = Counter(labels)
    met: Counter[str] = Counter()
    shown: list[str] = []
    for label in labels:
        met[label] += 1
        shown.append(label if count[label] == 1 else f"{cut(label, MAX_LABEL_LENGTH - 5)} ({met[label]})")
    return shown


def speaker_rows(speakers: Iterable[Speaker], view: View) -> ButtonRows:
    """Return these buttons two a row; one a row if there is more than a name to read on them."""
    listed = list(speakers)
    return rows(speaker_buttons(listed, view), 1 if len(set(map(_name, listed))) < len(listed) else 2)


def _told_apart(speakers: Sequence[Speaker], view: View) -> list[str]:
    namesakes: defaultdict[str, list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        namesakes[_name(speaker)].append(speaker)
    return [
        _full_name(speaker, namesakes[_name(speaker)], view) if len(namesakes[_name(speaker)]) > 1 else speaker.name
        for speaker in speakers
    ]


def _full_name(speaker: Speaker, namesakes: Sequence[Speaker], view: View) -> str:
    """Add the organisation, or the role, if all of them differ in it."""
    for beside in _BESIDE:
        if len({view.words(beside(one)) for one in namesakes}) == len(namesakes):
            words = view.words(beside(speaker))
            return f"{speaker.name}, {words}" if words else speaker.name
    return speaker.name


def _name(speaker: Speaker) -> str:
    return " ".join(speaker.name.casefold().split())
