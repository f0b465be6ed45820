"""The row of an answer at the moment of sending: its text in the person's language, or why not now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, NoticeKind, OutboxItem
from bot.open_questions import OpenQuestion, OrganiserAnswer
from bot.services.agenda import AgendaService
from bot.services.follows import FollowService
from bot.services.notice_budget import held_until
from bot.services.organiser_answers import NoSuchAnswerError, OrganiserAnswerService
from bot.services.renderings import Held, Obsolete, Rendered, Rendering


class Write(Protocol):
    """Writes the message; ``answer`` None: there will be none."""

    def __call__(
        self, question: OpenQuestion, answer: OrganiserAnswer | None, view: View, *, corrected: bool
    ) -> OutgoingMessage:
        """Return the message."""


class AnswerRenderer:
    """Brings the answer as it stands now: corrected meanwhile, it is the correction; forgotten, it is nothing.

    It waits for the morning as other notices do, but not for a free place among them: the person asked for it.
    """

    def __init__(
        self,
        answers: OrganiserAnswerService,
        follows: FollowService,
        agenda: AgendaService,
        clock: Clock,
        *,
        view_of: Callable[[Attendee], View],
        write: Write,
    ) -> None:
        self._answers = answers
        self._follows = follows
        self._agenda = agenda
        self._clock = clock
        self._view_of = view_of
        self._write = write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the message in this person's language."""
        morning = held_until(
            kind=NoticeKind.ANSWER,
            urgent=False,
            wishes=(await self._follows.follows_of(item.chat_id)).wishes,
            now=self._clock(),
            zone=self._agenda.current.agenda.event.time_zone,
            sent_lately=(),
        )
        if morning is not None:
            return Held(morning)
        question = await self._answers.question(str(item.payload["question"]))
        if question is None:
            return Obsolete()
        answer, given = None, item.payload["answer"]
        if given is None:  # set aside, but perhaps answered since
            given = question.answer
        if given is not None:
            try:
                answer = (await self._answers.get(int(given))).answer
            except NoSuchAnswerError:
                return Obsolete()
        corrected = bool(item.payload.get("corrected"))
        return Rendered(self._write(question, answer, self._view_of(attendee), corrected=corrected))
