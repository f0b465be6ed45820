"""A bot that neither receives nor calls Telegram: its services, its clock and the real scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from telegram.ext import ApplicationBuilder, ContextTypes

from bot.alarms import Alarm
from bot.clock import Clock
from bot.context import BotContext, GhidApplication, Services
from bot.i18n import localizer
from bot.jobs import JobWakeUp
from bot.messages.reminders import reminder_message
from bot.messages.view import View
from bot.models import Attendee, NoticeKind
from bot.sender import TelegramSender
from bot.services.agenda import AgendaService
from bot.services.agenda_edits import AgendaEditService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.services.agenda_upload import AgendaUploadService
from bot.services.attendees import AttendeeService
from bot.services.backups import Backups, BackupService
from bot.services.broadcast_rendering import BroadcastRenderer
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
from bot.services.reminders import ReminderRenderer, ReminderService
from bot.services.renderings import Renderer, Sender
from bot.services.self_watch import SelfWatch
from bot.services.speakers import SpeakerServices
from bot.services.stall_watch import StallWatch
from bot.services.versions import VersionService
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from content.agenda import Agenda

SINCE = date(2023, 11, 1)


async def publish(database: Database, agenda: Agenda, clock: Clock) -> None:
    """Make this the current agenda, as another process does."""
    stored = await read_stored_agenda(database)
    prepared = prepare_import(stored, agenda, clock, author="Olena", note="", allow_mass_removal=True)
    assert isinstance(prepared, PreparedImport)
    await store_import(database, prepared)


class WakingBot:
    """Services on a database; ``sender`` stands for Telegram."""

    def __init__(self, database: Database, clock: Clock, sender: Sender, rate: float = 20) -> None:
        self.database = database
        self.clock = clock
        self.agenda = AgendaService(database, clock)
        self.follows = FollowService(database, clock, self.agenda)
        self.reminders = ReminderService(database, clock, self.agenda, self.follows, rate)
        attendees = AttendeeService(database, clock, ["en"], lambda: "en")
        versions = VersionService(database, self.agenda)
        changes = ChangeService(database, clock, self.agenda, versions)
        self.broadcasts = BroadcastService(database, clock, self.agenda, ["en"])
        renderers: dict[NoticeKind, Renderer] = {
            NoticeKind.REMINDER: ReminderRenderer(self.follows, self.reminders, self._view_of, reminder_message),
            NoticeKind.BROADCAST: BroadcastRenderer(self.broadcasts, self.follows, self.agenda, clock),
        }
        self.delivery = DeliveryService(database, clock, sender, attendees, renderers, rate=rate)
        self.application = _application()
        self.wake_up = JobWakeUp(self.application)
        self.notices = NoticeService(self.reminders, changes, self.broadcasts, self.delivery, self.wake_up)
        organisers = OrganiserService(database, clock)
        alarm = OrganiserAlarm(database, clock, organisers, self.delivery.wake)
        self.application.services = Services(
            speakers=SpeakerServices.of(database, clock, self.agenda, changes, organisers.chat_ids),
            agenda=self.agenda,
            attendees=attendees,
            follows=self.follows,
            versions=versions,
            changes=changes,
            notices=self.notices,
            delivery=self.delivery,
            calendar=CalendarService(database, self.agenda, versions.version),
            organisers=organisers,
            organiser_alarm=alarm,
            self_watch=SelfWatch(database, clock, alarm),
            stall_watch=StallWatch(database, clock, alarm, sent=lambda: 0, tell_at_once=_nobody_is_told),
            dialogs=(dialogs := DialogService(database, clock)),
            mentions=MentionService(database, clock, self.agenda),
            broadcasts=self.broadcasts,
            broadcast_reports=BroadcastReports(
                self.broadcasts,
                attendees,
                TelegramSender(self.application.bot),
                alarm,
                may_read=organisers.is_organiser,
                view_of=self._view_of,
            ),
            edits=AgendaEditService(database, clock, self.agenda),
            numbers=NumbersService(database, clock, self.agenda),
            backups=BackupService(
                Path("unused.db"), clock, Backups(Path("unused"), 0), lambda: self.agenda.current.agenda.event.time_zone
            ),
            privacy=PrivacyService(database, clock, self.agenda, Path("unused.db")),
            uploads=AgendaUploadService(database, clock, self.agenda, Path("unused.db"), dialogs.of),
            open_questions=OpenQuestionService(database, clock, self.agenda),
            question_alarm=QuestionAlarm(database, clock, self.agenda, alarm),
            organiser_answers=OrganiserAnswerService(database, clock, self.agenda),
            materials=MaterialService(database, clock, self.agenda),
            material_notices=MaterialNoticeService(database, clock, self.agenda),
            clock=clock,
        )
        assert self.application.job_queue is not None
        self.queue = self.application.job_queue

    async def welcome(self, chats: Sequence[int]) -> None:
        """Let these people have written once."""
        async with self.database.transaction() as connection:
            for chat_id in chats:
                await save_attendee(connection, Attendee(chat_id, "en", True, SINCE, SINCE))

    async def planned_at(self) -> datetime | None:
        """Return when the first row was planned."""
        rows = await self.database.reader.execute_fetchall("SELECT min(created_at) FROM outbox")
        moment = next(iter(rows))[0]
        return datetime.fromisoformat(moment) if moment else None

    def aims(self) -> int:
        """Count the wake-ups that are aimed."""
        return len(self.queue.get_jobs_by_name("wake up"))

    def _view_of(self, attendee: Attendee) -> View:
        return View(localizer(attendee.language), self.agenda.current.agenda, self.clock())


def _application() -> GhidApplication:
    application = (
        ApplicationBuilder()
        .application_class(GhidApplication)
        .context_types(ContextTypes(context=BotContext))
        .token("1:x")
        .updater(None)
        .build()
    )
    assert isinstance(application, GhidApplication)
    return application


async def _nobody_is_told(_: Alarm) -> None:
    """Nothing stalls here."""
