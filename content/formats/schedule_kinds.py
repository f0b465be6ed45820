"""What sort of item a session is, from the words of other programs."""

from __future__ import annotations

import re

from content.agenda import SessionKind

_SHOWS = r"concerts?|screening|movies?|performance"
_TALKS = r"lectures?|vortr(?:ag|äge)|presentations?|prezentare|доповідь"
_WORDS: tuple[tuple[SessionKind, tuple[str, ...]], ...] = (
    (SessionKind.KEYNOTE, (r"keynotes?", r"plenary", r"plenum")),
    (
        SessionKind.PANEL,
        (r"panel\w*", r"podium\w*", r"discussions?", r"diskussion\w*", r"round ?tables?", r"masa rotundă", r"fishbowl"),
    ),
    (SessionKind.PITCH, (r"pitch\w*",)),
    (SessionKind.MATCHMAKING, (r"match-?making", r"b2b", r"speed ?(?:dating|networking)")),
    (
        SessionKind.WORKSHOP,
        (r"(?:mini-?)?workshops?", r"tutorials?", r"hands-on", r"trainings?", r"sprints?", r"atelier\w*", r"kurs\w*"),
    ),
    (
        SessionKind.BREAK,
        (r"(?:lunch|coffee|tea|kaffee|mittags?)?-?(?:break|pause)s?", r"lunch", r"free time", r"pauză", r"перерва"),
    ),
    (
        SessionKind.SOCIAL,
        (r"part(?:y|ies)", r"social\w*", r"dinner", r"reception", r"dj-?set", r"meetups?", r"games?", _SHOWS),
    ),
    (
        SessionKind.TALK,
        (r"(?:lightning[ _-]?)?talks?", _TALKS, r"sessions?", r"devroom", r"maintrack", r"slot", r"sponsored", r"bof"),
    ),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for kind, words in _WORDS)
_PAUSE = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|kaffee|mittags)[ -]?(?:break|pause|tea|coffee)|lunch|coffee|break|pause"
    r"|room changeover|free time|prânz|pauză(?: de \w+)?|перерва|обід)",
    re.IGNORECASE,
)


def kind_of(words: str, title: str) -> SessionKind:
    """Return the kind by the program's own words, or of a break by its title; OTHER if neither says."""
    if words in set(SessionKind):
        return SessionKind(words)
    for kind, pattern in _KINDS:
        if pattern.search(words.replace("_", " ")):
            return kind
    return SessionKind.BREAK if _PAUSE.fullmatch(title.rsplit(":", 1)[-1].strip()) else SessionKind.OTHER
