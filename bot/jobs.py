"""What happens by the clock: recurring ticks and one aimed wake-up of APScheduler, each calling one service."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from telegram.ext import Job, JobQueue

from bot.context import BotContext, GhidApplication

AGENDA_TICK = timedelta(seconds=5)
HOUSEKEEPING_TICK = timedelta(minutes=15)
NOTICES_TICK = timedelta(minutes=1)
WATCH_TICK = timedelta(minutes=1)
QUESTIONS_TICK = timedelta(seconds=15)
COUNT_TICK = timedelta(minutes=1)
PROGRESS_TICK = timedelta(seconds=5)  # a message that is edited more often annoys Telegram, and nobody reads faster
# Without limits to the grace a job that a busy loop delays by a second would be dropped; late is better than never.
_LATE_IS_FINE: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True}


def register_jobs(application: GhidApplication) -> None:
    """Register every recurring job.

    Raises:
        RuntimeError: python-telegram-bot was installed without its job queue.
    """
    queue = _queue(application)
    queue.run_repeating(refresh_agenda, AGENDA_TICK, name="refresh agenda", job_kwargs=_LATE_IS_FINE)
    # In case that a wake-up was lost: the machine slept, or its clock was set.
    queue.run_repeating(tick_notices, NOTICES_TICK, name="tick notices", job_kwargs=_LATE_IS_FINE)
    queue.run_repeating(keep_house, HOUSEKEEPING_TICK, name="keep house", job_kwargs=_LATE_IS_FINE)
    queue.run_repeating(watch_myself, WATCH_TICK, name="watch myself", job_kwargs=_LATE_IS_FINE)
    queue.run_repeating(tell_of_questions, QUESTIONS_TICK, name="tell of questions", job_kwargs=_LATE_IS_FINE)
    queue.run_repeating(write_counts, COUNT_TICK, name="write counts", job_kwargs=_LATE_IS_FINE)
    queue.run_repeating(report_broadcasts, PROGRESS_TICK, name="report broadcasts", job_kwargs=_LATE_IS_FINE)


async def refresh_agenda(context: BotContext) -> None:
    """Take up an agenda that another process imported, and tell those concerned."""
    if await context.services.agenda.refresh_if_changed():
        context.services.notices.soon()


async def tick_notices(context: BotContext) -> None:
    """Plan and send what is due."""
    await context.services.notices.tick()


async def keep_house(context: BotContext) -> None:
    """Do what is due by the day: a backup, and erasing what the event's time has run out for."""
    await context.services.backups.tick()
    await context.services.privacy.purge_if_due()


async def watch_myself(context: BotContext) -> None:
    """Let organisers hear of what went wrong."""
    await context.services.self_watch.tick()
    await context.services.stall_watch.tick()


async def tell_of_questions(context: BotContext) -> None:
    """Let organisers hear of questions that wait for them."""
    await context.services.question_alarm.tick()


async def write_counts(context: BotContext) -> None:
    """Write down how many questions there were."""
    await context.services.numbers.tick()


async def report_broadcasts(context: BotContext) -> None:
    """Show organisers how their broadcasts go."""
    await context.services.broadcast_reports.tick()


class JobWakeUp:
    """One job aimed at the next due moment, and aimed anew after every change."""

    def __init__(self, application: GhidApplication) -> None:
        self._application = application
        self._job: Job[BotContext] | None = None
        self._moment: datetime | None = None

    def aim(self, moment: datetime | None) -> None:
        """Wake planning and delivery at this moment (aware, of the bot's clock) at the latest; None: nothing is due."""
        if moment == self._moment:
            return
        if self._job is not None:
            self._job.schedule_removal()
        self._job, self._moment = None, moment
        if moment is None:
            return
        # The bot's clock may be set back to the event; the scheduler's is the system's.
        left = max(timedelta(0), moment - self._application.services.clock())
        self._job = _queue(self._application).run_once(self._wake, left, name="wake up", job_kwargs=_LATE_IS_FINE)

    async def _wake(self, context: BotContext) -> None:
        # The job removed itself when it fired, and the next aim may be at the same moment.
        if context.job is self._job:
            self._job = self._moment = None
        await context.services.notices.tick()


def _queue(application: GhidApplication) -> JobQueue[BotContext]:
    queue = application.job_queue
    if queue is None:
        raise RuntimeError("python-telegram-bot is installed without its job-queue extra")
    return queue
