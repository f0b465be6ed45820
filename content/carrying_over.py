"""What a format cannot say, it does not take away: the rest of an event stays as it was when a schedule comes in."""

from __future__ import annotations

from dataclasses import replace

from content.agenda import Agenda, Event


def carry_over(agenda: Agenda, current: Agenda | None) -> Agenda:
    """Return the agenda of a schedule, completed by what only the agenda that there is knows of the same event."""
    if current is None or current.event.id != agenda.event.id:
        return agenda
    return replace(agenda, event=_event(agenda.event, current.event), facts=agenda.facts or current.facts)


def _event(event: Event, current: Event) -> Event:
    same_name = event.name.pick(event.default_language) == current.name.pick(event.default_language)
    return replace(
        event,
        name=current.name if same_name else event.name,
        languages=tuple(dict.fromkeys((*current.languages, *event.languages))),
        theme=event.theme or current.theme,
        place=event.place or current.place,
        website=event.website or current.website,
        hashtag=event.hashtag or current.hashtag,
        aliases=event.aliases or current.aliases,
    )
