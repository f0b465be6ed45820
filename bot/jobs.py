"""What happens by the clock: recurring ticks of APScheduler through the job queue, each calling one service."""

from __future__ import annotations

from datetime import timedelta

from bot.context import BotContext, GhidApplication

AGENDA_TICK = timedelta(seconds=5)


def register_jobs(application: GhidApplication) -> None:
    """Register every recurring job.

    Raises:
        RuntimeError: python-telegram-bot was installed without its job queue.
    """
    queue = application.job_queue
    if queue is None:
        raise RuntimeError("python-telegram-bot is installed without its job-queue extra")
    # Without a grace a job that a busy loop delays by a second would be dropped; late is better than never.
    queue.run_repeating(
        refresh_agenda, AGENDA_TICK, name="refresh agenda", job_kwargs={"misfire_grace_time": None, "coalesce": True}
    )


async def refresh_agenda(context: BotContext) -> None:
    """Take up an agenda that another process imported."""
    await context.services.agenda.refresh_if_changed()
