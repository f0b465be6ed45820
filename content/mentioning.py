"""What an answer leaves in mind: the session or person that "and where?" will be about."""

from __future__ import annotations

from content import answers
from content.agenda import Session, Speaker
from content.answers import Answer


def mentioned(answer: Answer) -> Session | Speaker | None:
    """Return the one thing that an answer is about; None: it is about nothing, or about several things."""
    match answer:
        case answers.SessionAnswer(session):
            return session
        case answers.SpeakerAnswer(speaker):
            return speaker
        case answers.MaterialsAnswer(_, about) | answers.FollowAnswer(about):
            return about if isinstance(about, Session | Speaker) else None
        case answers.NowAnswer(sessions) | answers.NextAnswer(sessions) | answers.AroundAnswer(_, sessions):
            return sessions[0] if len(sessions) == 1 else None
        case answers.SlotAnswer(sessions) | answers.MatchmakingAnswer(sessions):
            return sessions[0] if len(sessions) == 1 else None
        case _:
            return None
