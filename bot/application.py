"""The composition root: everything is created once, connected, started and stopped here."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from telegram.error import InvalidToken, NetworkError
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import sender
from bot.clock import Clock, system_clock
from bot.context import BotContext, GhidApplication, Services
from bot.i18n import LOCALES, localizer
from bot.intake.health import Health
from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.intake.webhook import Webhook, WebhookServer, register_webhook
from bot.jobs import register_jobs
from bot.messages.notices import too_many_messages
from bot.messages.outgoing import OutgoingMessage
from bot.profile import publish_profile
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.settings import Settings
from bot.storage.database import Database, open_database
from bot.storage.lock import hold_database
from bot.transport import AiohttpRequest
from handlers import ALLOWED_UPDATES, register_handlers

logger = logging.getLogger(__name__)

STOP_WITHIN = timedelta(seconds=6)  # for handlers at work; with the rest a stop stays under ten seconds
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=60)


def build_application(settings: Settings, services: Services) -> GhidApplication:
    """Return the application with every handler and job registered; nothing is opened or sent yet."""
    token, api = settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    application = (
        ApplicationBuilder()
        .application_class(GhidApplication, {"services": services})
        .context_types(ContextTypes(context=BotContext))
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .updater(None)  # the intake polls, and keeps what it got
        .concurrent_updates(False)  # the lanes decide what runs side by side
        .build()
    )
    if not isinstance(application, GhidApplication):
        raise TypeError("the builder made another application than ours")
    register_handlers(application)
    register_jobs(application)
    return application


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A started bot. ``failure``: done with an error as soon as it cannot go on (a refused token)."""

    application: GhidApplication
    services: Services
    intake: Intake
    failure: asyncio.Task[None]


async def run(settings: Settings, *, clock: Clock = system_clock) -> None:
    """Run the bot until SIGINT or SIGTERM, then stop within ten seconds.

    Raises:
        InvalidToken: Telegram does not know the token.
        DatabaseTooNewError, DatabaseInUseError, OSError, sqlite3.Error: it cannot start.
    """
    async with running_bot(settings, clock=clock) as bot:
        await until_stopped(bot.failure)
    logger.info("Stopped")


async def until_stopped(failure: asyncio.Task[None]) -> None:
    """Wait for SIGINT or SIGTERM, or for the failure of a bot that cannot go on, which is raised."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({stopped, failure}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if failure.done():
        await failure


@asynccontextmanager
async def running_bot(settings: Settings, *, clock: Clock = system_clock) -> AsyncIterator[RunningBot]:
    """Start the bot and stop it at the end; errors as in `run`."""
    with hold_database(settings.database_path, clock()):
        async with open_database(settings.database_path) as database:
            services = await _services(database, clock)
            application = build_application(settings, services)
            async with (
                _initialised(application),
                _receiving(application, database, settings, clock) as (intake, failure),
            ):
                yield RunningBot(application, services, intake, failure)


async def _services(database: Database, clock: Clock) -> Services:
    agenda = AgendaService(database, clock)
    await agenda.load()
    attendees = AttendeeService(database, clock, LOCALES, lambda: agenda.current.agenda.event.default_language)
    return Services(agenda, attendees, clock)


@asynccontextmanager
async def _initialised(application: GhidApplication) -> AsyncIterator[None]:
    """Open the network and the scheduler. A Telegram out of reach is waited for: a restart would not help."""
    pause = _FIRST_PAUSE
    while True:
        try:
            await application.initialize()
            break
        except InvalidToken:
            raise
        except NetworkError as error:
            logger.warning("Telegram cannot be reached (%s); next try in %d s", error, pause.total_seconds())
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, _LONGEST_PAUSE)
    try:
        await application.start()
        profile = asyncio.create_task(
            publish_profile(application.bot, application.services.agenda.current.agenda.event)
        )
        try:
            yield
        finally:
            profile.cancel()
            with suppress(asyncio.CancelledError):
                await profile
            await application.stop()
    finally:
        await application.shutdown()


@asynccontextmanager
async def _receiving(
    application: GhidApplication, database: Database, settings: Settings, clock: Clock
) -> AsyncIterator[tuple[Intake, asyncio.Task[None]]]:
    """Take updates, by webhook if there is one, else by polling; at the end leave the rest in the inbox."""

    async def tell_of_flood(chat_id: int) -> None:
        if chat_id < 0:
            return  # a group or a channel: Ghid says nothing there
        attendee = await application.services.attendees.welcome(chat_id, None)
        await sender.send(application.bot, chat_id, OutgoingMessage(too_many_messages(localizer(attendee.language))))

    intake = Intake(application, database, clock=clock, on_flood=tell_of_flood)
    await intake.start()
    webhook = _webhook(settings)
    polling = None if webhook else Polling(application.bot, intake, allowed_updates=ALLOWED_UPDATES, clock=clock)
    health = Health(
        intake, database, clock=clock, last_poll_at=(lambda: polling.last_answer_at) if polling is not None else None
    )
    server = WebhookServer(intake, health, port=settings.port, webhook=webhook) if settings.port else None
    try:
        if server:
            await server.start()
        if polling:
            work = asyncio.create_task(polling.run())
        else:
            work = asyncio.create_task(_webhook_set(application, settings, webhook))
        logger.info("Ghid is running: updates by %s", "webhook" if webhook else "polling")
        try:
            yield intake, work
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await work
    finally:
        if server:
            await server.stop()
        await intake.stop(STOP_WITHIN)


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    path = urlsplit(settings.webhook_url).path or "/"
    return Webhook(path, settings.webhook_secret.get_secret_value())


async def _webhook_set(application: GhidApplication, settings: Settings, webhook: Webhook | None) -> None:
    """Tell Telegram where to post, again and again until it has heard, and then wait for ever."""
    pause = _FIRST_PAUSE
    while webhook is not None and settings.webhook_url is not None:
        try:
            await register_webhook(application.bot, settings.webhook_url, webhook, allowed_updates=ALLOWED_UPDATES)
            break
        except InvalidToken:
            raise
        except NetworkError as error:
            logger.warning("The webhook was not set (%s); next try in %d s", error, pause.total_seconds())
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, _LONGEST_PAUSE)
    await asyncio.Event().wait()
