"""Every service, made once and connected to the others."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.context import GhidApplication, Services
from bot.i18n import LOCALES, localizer
from bot.jobs import JobWakeUp
from bot.messages.alarms import alarm_message
from bot.messages.changes import change_notice
from bot.messages.material_notices import material_notice
from bot.messages.my_slides import outcome_notice
from bot.messages.open_questions import answer_notice
from bot.messages.reminders import reminder_message
from bot.messages.speaker_calls import call_answer_notice, call_notice
from bot.messages.speaker_claiming import confirmed_notice, refused_notice, undone_notice
from bot.messages.speaker_list import request_notice
from bot.messages.speaker_notices import day_before_reminder, please_look, speaker_change, speaker_reminder
from bot.messages.view import View
from bot.models import Attendee, NoticeKind
from bot.sender import TelegramSender
from bot.services.agenda import AgendaService
from bot.services.agenda_edits import AgendaEditService
from bot.services.agenda_upload import AgendaUploadService
from bot.services.answer_rendering import AnswerRenderer
from bot.services.attendees import AttendeeService
from bot.services.backups import Backups, BackupService, backup_folder
from bot.services.broadcast_rendering import BroadcastRenderer
from bot.services.broadcast_reports import BroadcastReports
from bot.services.broadcasts import BroadcastService
from bot.services.calendar import CalendarService
from bot.services.changes import ChangeRenderer, ChangeService
from bot.services.delivery import DeliveryService
from bot.services.dialogs import DialogService
from bot.services.follows import FollowService
from bot.services.material_notices import MaterialNoticeService, MaterialRenderer
from bot.services.materials import MaterialService
from bot.services.mentions import MentionService
from bot.services.notices import NoticeService
from bot.services.numbers import NumbersService
from bot.services.open_questions import OpenQuestionService
from bot.services.organiser_alarm import AlarmRenderer, DirectAlarm, OrganiserAlarm
from bot.services.organiser_answers import OrganiserAnswerService
from bot.services.organisers import OrganiserService
from bot.services.privacy import PrivacyService
from bot.services.question_alarm import QuestionAlarm
from bot.services.reminders import ReminderRenderer, ReminderService
from bot.services.renderings import Renderer
from bot.services.self_watch import SelfWatch
from bot.services.speaker_calls import CallRenderer
from bot.services.speaker_changes import LookRenderer, SpeakerChangeRenderer
from bot.services.speaker_notices import ByTopic, ClaimNotices, RequestNotices
from bot.services.speaker_outbox import SpeakerCallKind, SpeakerNotice
from bot.services.speaker_reminders import SpeakerReminderRenderer
from bot.services.speakers import SpeakerServices
from bot.services.stall_watch import StallWatch
from bot.services.versions import VersionService
from bot.settings import Settings
from bot.storage.database import Database


async def assemble_services(
    application: GhidApplication, database: Database, clock: Clock, settings: Settings
) -> Services:
    """Return every service, connected to this database and to Telegram; the agenda and open dialogs are read.

    Raises:
        sqlite3.Error: the database cannot be read.
    """
    rate = settings.bulk_rate
    agenda = AgendaService(database, clock)
    await agenda.load()
    attendees = AttendeeService(database, clock, LOCALES, lambda: agenda.current.agenda.event.default_language)
    follows = FollowService(database, clock, agenda)
    versions = VersionService(database, agenda)
    dialogs = DialogService(database, clock)
    await dialogs.load()
    mentions = MentionService(database, clock, agenda)
    await mentions.load()
    reminders = ReminderService(database, clock, agenda, follows, rate)
    changes = ChangeService(database, clock, agenda, versions)
    broadcasts = BroadcastService(database, clock, agenda, LOCALES)
    materials = MaterialService(database, clock, agenda)
    material_notices = MaterialNoticeService(database, clock, agenda)
    await material_notices.load()

    open_questions = OpenQuestionService(database, clock, agenda)
    organiser_answers = OrganiserAnswerService(database, clock, agenda)
    await organiser_answers.load()
    organisers = OrganiserService(database, clock, settings.organiser_ids)
    speakers = SpeakerServices.of(database, clock, agenda, changes, organisers.chat_ids)
    await speakers.claims.load()

    def view_of(attendee: Attendee) -> View:
        return View(localizer(attendee.language), agenda.current.agenda, clock())

    renderers: dict[NoticeKind, Renderer] = {
        NoticeKind.REMINDER: ReminderRenderer(follows, reminders, view_of=view_of, write=reminder_message),
        NoticeKind.CHANGE: ChangeRenderer(
            database,
            agenda,
            changes,
            follows,
            view_of=view_of,
            write=change_notice,
            profiles_of=speakers.claims.profiles_of,
        ),
        NoticeKind.MATERIAL: MaterialRenderer(
            database,
            material_notices,
            follows,
            view_of=view_of,
            write=material_notice,
            write_outcome=outcome_notice,
        ),
        NoticeKind.BROADCAST: BroadcastRenderer(broadcasts, follows, agenda, clock),
        **_speaker_renderers(speakers, agenda, follows, organisers, view_of=view_of),
        NoticeKind.ANSWER: AnswerRenderer(
            organiser_answers, follows, agenda, clock, view_of=view_of, write=answer_notice
        ),
        NoticeKind.ORGANISERS: AlarmRenderer(organisers, view_of=view_of, write=alarm_message),
    }
    telegram = TelegramSender(application.bot)
    delivery = DeliveryService(database, clock, telegram, attendees, renderers, rate=rate)
    organiser_answers.subscribe(delivery.wake)
    uploads = AgendaUploadService(database, clock, agenda, settings.database_path, dialogs.of)
    notices = NoticeService(reminders, changes, broadcasts, delivery, JobWakeUp(application))
    notices.also_plan(speakers.changes)
    notices.also_plan(speakers.reminders)
    notices.also_plan(material_notices)
    materials.subscribe(notices.soon)
    alarm = OrganiserAlarm(database, clock, organisers, delivery.wake)
    return Services(
        agenda=agenda,
        attendees=attendees,
        backups=BackupService(
            settings.database_path,
            clock,
            Backups(backup_folder(settings.database_path, settings.backup_folder), settings.backups_kept),
            lambda: agenda.current.agenda.event.time_zone,
        ),
        follows=follows,
        versions=versions,
        changes=changes,
        notices=notices,
        delivery=delivery,
        calendar=CalendarService(database, agenda, versions.version),
        organisers=organisers,
        organiser_alarm=alarm,
        self_watch=SelfWatch(database, clock, alarm),
        stall_watch=StallWatch(
            database,
            clock,
            alarm,
            sent=lambda: delivery.figures.sent,
            tell_at_once=DirectAlarm(organisers, attendees, telegram, view_of=view_of, write=alarm_message).tell,
        ),
        dialogs=dialogs,
        mentions=mentions,
        broadcasts=broadcasts,
        broadcast_reports=BroadcastReports(
            broadcasts, attendees, telegram, alarm, may_read=organisers.is_organiser, view_of=view_of
        ),
        edits=AgendaEditService(database, clock, agenda),
        numbers=NumbersService(database, clock, agenda),
        speakers=speakers,
        open_questions=open_questions,
        question_alarm=QuestionAlarm(database, clock, agenda, alarm),
        organiser_answers=organiser_answers,
        privacy=PrivacyService(
            database,
            clock,
            agenda,
            settings.database_path,
            # Whoever keeps something about people outside the tables.
            memories=(
                attendees,
                organisers,
                follows,
                dialogs,
                mentions,
                uploads,
                material_notices,
                speakers.claims,
                open_questions,
                organiser_answers,
            ),
        ),
        uploads=uploads,
        materials=materials,
        material_notices=material_notices,
        clock=clock,
    )


def _speaker_renderers(
    speakers: SpeakerServices,
    agenda: AgendaService,
    follows: FollowService,
    organisers: OrganiserService,
    *,
    view_of: Callable[[Attendee], View],
) -> dict[NoticeKind, Renderer]:
    claims, calls, may_read = speakers.claims, speakers.calls, organisers.is_organiser
    about_claims = ClaimNotices(
        claims, view_of, confirmed=confirmed_notice, refused=refused_notice, undone=undone_notice
    )
    reminders = SpeakerReminderRenderer(
        speakers.reminders, claims, view_of=view_of, write_lead=speaker_reminder, write_day=day_before_reminder
    )
    changes = SpeakerChangeRenderer(agenda, speakers.changes, claims, follows, view_of=view_of, write=speaker_change)
    to_speakers: dict[str, Renderer] = {
        SpeakerNotice.CONFIRMED: about_claims,
        SpeakerNotice.REFUSED: about_claims,
        SpeakerNotice.UNDONE: about_claims,
        SpeakerNotice.REMINDER: reminders,
        SpeakerNotice.CHANGE: changes,
        SpeakerNotice.LOOK: LookRenderer(claims, view_of=view_of, write=please_look),
        SpeakerNotice.ANSWERED: CallRenderer(calls, view_of=view_of, write=call_answer_notice),
    }
    to_organisers: dict[str, Renderer] = {
        SpeakerCallKind.REQUEST: RequestNotices(speakers.requests, may_read, view_of, write=request_notice),
        SpeakerCallKind.CALL: CallRenderer(calls, view_of=view_of, write=call_notice, may_read=may_read),
    }
    return {NoticeKind.SPEAKER: ByTopic(to_speakers), NoticeKind.SPEAKER_CALL: ByTopic(to_organisers)}
