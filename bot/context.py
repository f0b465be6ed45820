"""What every handler gets: the services, who is speaking, and their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.clock import Clock
from bot.i18n import Localizer, localizer
from bot.messages.view import View
from bot.models import Attendee, Follows
from bot.services.agenda import AgendaService
from bot.services.agenda_edits import AgendaEditService
from bot.services.agenda_upload import AgendaUploadService
from bot.services.attendees import AttendeeService
from bot.services.backups import BackupService
from bot.services.broadcast_reports import BroadcastReports
from bot.services.broadcasts import BroadcastService
from bot.services.calendar import CalendarService
from bot.services.changes import ChangeService
from bot.services.delivery import DeliveryService
from bot.services.dialogs import DialogService
from bot.services.follows import FollowService
from bot.services.material_notices import MaterialNoticeService
from bot.services.materials import MaterialService
from bot.services.mentions import MentionService
from bot.services.notices import NoticeService
from bot.services.numbers import NumbersService
from bot.services.open_questions import OpenQuestionService
from bot.services.organiser_alarm import OrganiserAlarm
from bot.services.organiser_answers import OrganiserAnswerService
from bot.services.organisers import OrganiserService
from bot.services.privacy import PrivacyService
from bot.services.question_alarm import QuestionAlarm
from bot.services.self_watch import SelfWatch
from bot.services.speakers import SpeakerServices
from bot.services.stall_watch import StallWatch
from bot.services.versions import VersionService

Data = dict[Any, Any]

if TYPE_CHECKING:
    BaseApplication = Application[ExtBot[None], "BotContext", Data, Data, Data, JobQueue["BotContext"]]
    BaseContext = CallbackContext[ExtBot[None], Data, Data, Data]
else:
    BaseApplication = Application
    BaseContext = CallbackContext


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that happens, one service a noun."""

    agenda: AgendaService
    attendees: AttendeeService
    backups: BackupService
    follows: FollowService
    versions: VersionService
    changes: ChangeService
    notices: NoticeService
    delivery: DeliveryService
    calendar: CalendarService
    organisers: OrganiserService
    organiser_alarm: OrganiserAlarm
    self_watch: SelfWatch
    stall_watch: StallWatch
    dialogs: DialogService
    mentions: MentionService
    broadcasts: BroadcastService
    broadcast_reports: BroadcastReports
    edits: AgendaEditService
    numbers: NumbersService
    privacy: PrivacyService
    uploads: AgendaUploadService
    speakers: SpeakerServices
    open_questions: OpenQuestionService
    question_alarm: QuestionAlarm
    organiser_answers: OrganiserAnswerService
    materials: MaterialService
    material_notices: MaterialNoticeService
    clock: Clock


class GhidApplication(BaseApplication):
    """python-telegram-bot's application that carries our services, once they are put in."""

    _services: Services | None = None

    @property
    def services(self) -> Services:
        """The services of the running bot.

        Raises:
            RuntimeError: nobody put them in yet.
        """
        if self._services is None:
            raise RuntimeError("the application has no services yet")
        return self._services

    @services.setter
    def services(self, services: Services) -> None:
        self._services = services


class BotContext(BaseContext):
    """One update's context. `attendee` is set by the first handler group and read by all others."""

    _attendee: Attendee | None = None
    _follows: Follows = Follows()
    _organiser: bool = False

    @property
    def services(self) -> Services:
        """The services of the running bot."""
        application = self.application
        if not isinstance(application, GhidApplication):
            raise TypeError("handlers run in a GhidApplication")
        return application.services

    @property
    def attendee(self) -> Attendee:
        """Who is speaking.

        Raises:
            RuntimeError: the update came from nobody whom handlers serve.
        """
        if self._attendee is None:
            raise RuntimeError("no attendee speaks in this update")
        return self._attendee

    @attendee.setter
    def attendee(self, attendee: Attendee) -> None:
        self._attendee = attendee

    async def load_follows(self) -> None:
        """Read what the attendee follows, which cards show."""
        self._follows = await self.services.follows.follows_of(self.attendee.chat_id)

    async def load_rights(self) -> None:
        """Read whether to show the attendee the buttons of organisers."""
        self._organiser = await self.services.organisers.is_organiser(self.attendee.chat_id)

    @property
    def profiles(self) -> frozenset[str]:
        """The handles of the speakers that the attendee is, as of now; empty: of none."""
        return self.services.speakers.claims.profiles_of(self.attendee.chat_id)

    @property
    def t(self) -> Localizer:
        """The attendee's language."""
        return localizer(self.attendee.language)

    @property
    def view(self) -> View:
        """What messages to this attendee are written from, as of now."""
        services = self.services
        return View(
            self.t,
            services.agenda.current.agenda,
            services.clock(),
            self._follows,
            self._organiser,
            services.material_notices.waits_of(self.attendee.chat_id),
            self.profiles,
            services.speakers.claims.claimed,
        )
