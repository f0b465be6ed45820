"""The composition root: everything is created once, connected, started and stopped here."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import sender
from bot.assembly import assemble_services
from bot.clock import Clock, system_clock
from bot.context import BotContext, GhidApplication, Services
from bot.i18n import localizer
from bot.intake.health import Health
from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.intake.webhook import Webhook, WebhookServer, register_webhook
from bot.jobs import register_jobs
from bot.logs import PEOPLE
from bot.messages.notices import too_many_messages
from bot.messages.outgoing import OutgoingMessage
from bot.models import Later
from bot.profile import keep_profile
from bot.services.backups import look_through
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.lock import hold_database
from bot.transport import AiohttpRequest
from handlers import ALLOWED_UPDATES, register_handlers

logger = logging.getLogger(__name__)

STOP_WITHIN = timedelta(seconds=6)  # for handlers at work; with the rest a stop stays under ten seconds
DELIVERED_WITHIN = timedelta(seconds=2)  # for notices under way; the rest waits in the outbox
PROFILE_LOOKED_AT = timedelta(seconds=1)  # whether an import changed its words; a comparison, no call
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=60)


def build_application(settings: Settings) -> GhidApplication:
    """Return the application with every handler and job registered, without services; nothing is opened or sent yet."""
    token, api = settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    application = (
        ApplicationBuilder()
        .application_class(GhidApplication)
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


async def run(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    started: Callable[[RunningBot], Awaitable[None]] | None = None,
) -> None:
    """Run the bot until SIGINT or SIGTERM, then stop within ten seconds. ``started`` is awaited once it runs.

    Raises:
        InvalidToken: Telegram does not know the token.
        DatabaseTooNewError, DatabaseInUseError, DatabaseDamagedError, OSError, sqlite3.Error: it cannot start.
    """

    async def work() -> None:
        async with running_bot(settings, clock=clock) as bot:
            if started is not None:
                await started(bot)
            await bot.failure

    await until_stopped(work())
    logger.info("Stopped")


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until SIGINT or SIGTERM cancels it, be it still waiting for Telegram; its own error is raised."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    working, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


@asynccontextmanager
async def running_bot(settings: Settings, *, clock: Clock = system_clock) -> AsyncIterator[RunningBot]:
    """Start the bot and stop it at the end; errors as in `run`."""
    with hold_database(settings.database_path, clock()):
        await asyncio.to_thread(look_through, settings.database_path, settings.backup_folder)
        async with open_database(settings.database_path) as database:
            application = build_application(settings)
            application.services = services = await assemble_services(application, database, clock, settings)
            PEOPLE.salt, PEOPLE.knows = await services.privacy.salt(), services.attendees.remembers
            intake = Intake(application, database, clock=clock, on_flood=partial(_tell_of_flood, application))
            webhook = _webhook(settings)
            polling = Polling(application.bot, intake, allowed_updates=ALLOWED_UPDATES, clock=clock)
            if webhook is None:
                services.stall_watch.telegram_answered_at = lambda: polling.last_answer_at
            health = Health(
                intake, database, clock=clock, last_poll_at=None if webhook else lambda: polling.last_answer_at
            )
            updates = partial(_webhook_set, application, settings.webhook_url, webhook) if webhook else polling.run
            async with (
                # The door first: a platform wants its port taken while Telegram may still be out of reach.
                _door(settings, intake, health, webhook),
                _initialised(application),
                _notifying(services),
                _receiving(intake, updates) as failure,
            ):
                logger.info("Ghid is running: updates by %s", "webhook" if webhook else "polling")
                yield RunningBot(application, services, intake, failure)


@asynccontextmanager
async def _notifying(services: Services) -> AsyncIterator[None]:
    """Plan and send what is due unasked."""
    await services.delivery.start()
    try:
        await services.notices.tick()
        yield
    finally:
        await services.notices.stop()
        await services.delivery.stop(DELIVERED_WITHIN)


@asynccontextmanager
async def _door(settings: Settings, intake: Intake, health: Health, webhook: Webhook | None) -> AsyncIterator[None]:
    """Listen on the port, if there is one."""
    if settings.port is None:
        yield
        return
    server = WebhookServer(intake, health, port=settings.port, webhook=webhook)
    await server.start()
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def _initialised(application: GhidApplication) -> AsyncIterator[None]:
    """Open the network and the scheduler. A Telegram out of reach is waited for: a restart would not help."""
    try:
        await _insist(application.initialize, "Telegram cannot be reached")
        await application.start()
        agenda = application.services.agenda
        profile = asyncio.create_task(
            keep_profile(application.bot, lambda: agenda.current.agenda.event, PROFILE_LOOKED_AT)
        )
        try:
            yield
        finally:
            profile.cancel()
            await asyncio.wait({profile})
            await application.stop()
            await application.services.numbers.tick()
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # what a start that came to nothing left open


@asynccontextmanager
async def _receiving(
    intake: Intake, updates: Callable[[], Coroutine[Any, Any, None]]
) -> AsyncIterator[asyncio.Task[None]]:
    """Take updates as ``updates`` brings them; at the end leave the rest in the inbox."""
    try:
        await intake.start()
        work = asyncio.create_task(updates())
        try:
            yield work
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await work
    finally:
        await intake.stop(STOP_WITHIN)


async def _tell_of_flood(application: GhidApplication, chat_id: int) -> None:
    if chat_id < 0:
        return  # a group or a channel: Ghid says nothing there
    attendee = await application.services.attendees.welcome(chat_id, None)
    await sender.send(application.bot, chat_id, OutgoingMessage(too_many_messages(localizer(attendee.language))))


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    path = urlsplit(settings.webhook_url).path or "/"
    return Webhook(path, settings.webhook_secret.get_secret_value())


async def _webhook_set(application: GhidApplication, url: str | None, webhook: Webhook) -> None:
    """Tell Telegram where to post, and then wait for ever."""
    if url is not None:
        await _insist(
            partial(register_webhook, application.bot, url, webhook, allowed_updates=ALLOWED_UPDATES),
            "The webhook was not set",
        )
    await asyncio.Event().wait()


async def _insist(attempt: Callable[[], Awaitable[None]], failed: str) -> None:
    """Try until Telegram agrees: the pauses grow, and are never shorter than Telegram asks for.

    Raises:
        InvalidToken: nothing will change that.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            await attempt()
        except InvalidToken:
            raise
        except TelegramError as error:
            outcome = sender.outcome_of(error)
            asked = outcome.after if isinstance(outcome, Later) else None
            wait = max(pause, asked or pause)
            logger.warning("%s (%s); next try in %d s", failed, error, wait.total_seconds())
            await asyncio.sleep(wait.total_seconds())
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return
