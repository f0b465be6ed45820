"""The buttons of questions without an answer: the attendee's two, and those of the organisers' desk."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class AskOrganisers(Payload, code="qa"):
    """Pass this question on, and wait for the answer; done twice it is done once."""

    key: str


@dataclass(frozen=True, slots=True)
class TakeQuestionBack(Payload, code="qb"):
    """Wait for the answer no more."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenQuestions(Payload, code="qo"):
    """A page of what waits for the organisers' answer."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenQuestionGroup(Payload, code="qg"):
    """The questions alike of which this is one; with ``alone`` 1 this one by itself."""

    key: str
    alone: int = 0


@dataclass(frozen=True, slots=True)
class AnswerQuestions(Payload, code="qw"):
    """Begin an answer to these."""

    key: str
    alone: int = 0


@dataclass(frozen=True, slots=True)
class SetQuestionsAside(Payload, code="qs"):
    """Ask whether these shall be set aside."""

    key: str
    alone: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmSettingAside(Payload, code="qy"):
    """Set these aside, if they are as many as were shown."""

    key: str
    alone: int
    shown: int


@dataclass(frozen=True, slots=True)
class WriteAnswer(Payload, code="qt"):
    """What is sent next is the answer in this language."""

    draft: str
    language: str


@dataclass(frozen=True, slots=True)
class OpenAnswerTexts(Payload, code="qx"):
    """Which languages have a text of their own."""

    draft: str


@dataclass(frozen=True, slots=True)
class PreviewAnswer(Payload, code="qp"):
    """See the answer as it will be delivered."""

    draft: str


@dataclass(frozen=True, slots=True)
class ConfirmAnswer(Payload, code="qc"):
    """Give the answer as it was shown in this revision."""

    draft: str
    revision: int


@dataclass(frozen=True, slots=True)
class DiscardAnswer(Payload, code="qd"):
    """Give no answer now."""

    draft: str


@dataclass(frozen=True, slots=True)
class OpenKnownAnswers(Payload, code="qk"):
    """A page of the answers that are known."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenKnownAnswer(Payload, code="qn"):
    """One of them."""

    answer: int


@dataclass(frozen=True, slots=True)
class CorrectAnswer(Payload, code="qe"):
    """Begin a correction of it."""

    answer: int


@dataclass(frozen=True, slots=True)
class ForgetAnswer(Payload, code="qf"):
    """Ask whether it shall be forgotten."""

    answer: int


@dataclass(frozen=True, slots=True)
class ConfirmForgetting(Payload, code="qz"):
    """Forget it."""

    answer: int
