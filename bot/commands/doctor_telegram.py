"""What `ghid doctor` asks Telegram: the token, the webhook, the time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import Bot, User, WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.clock import Clock
from bot.commands.findings import Finding, fine, note, wrong
from bot.settings import Settings
from bot.transport import AiohttpRequest

_CLOCK_MAY_BE_OFF = timedelta(seconds=5)
_TOO_BIG = "file is too big"  # for a bot to download
_TIMEOUT = aiohttp.ClientTimeout(total=10)


async def examine_telegram(settings: Settings, clock: Clock, files: Sequence[str] = ()) -> list[Finding]:
    """Ask Telegram who we are, how it reaches us, whether it has our files (by their ids), and what time it is."""
    api = settings.telegram_api_url
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with bot:  # which asks getMe
            findings = [fine("token", f"it is that of @{bot.username} ({bot.first_name})")]
            findings.extend(_switches(bot.bot))
            findings.extend(_webhook(settings, await bot.get_webhook_info()))
            findings.extend([await _files(bot, files)] if files else [])
    except InvalidToken:
        findings = [
            wrong("token", "Telegram does not know TELEGRAM_BOT_TOKEN; copy it again: @BotFather, /mybots, API Token")
        ]
    except NetworkError as error:
        advice = "look at the network, the proxy (HTTPS_PROXY) and TELEGRAM_API_URL"
        return [wrong("telegram", f"{error}; {advice}: it is {api} now")]
    except TelegramError as error:
        findings = [wrong("telegram", f"it refuses to answer: {error}; try again later")]
    return [*findings, await _time(api, clock)]


async def _files(bot: Bot, files: Sequence[str]) -> Finding:
    """See whether Telegram still gives out what people sent in: a file belongs to the bot that it was sent to."""
    for file_id in files:
        try:
            await bot.get_file(file_id)
        except BadRequest as error:
            if _TOO_BIG not in error.message.lower():  # then it is there, and can be sent on
                return wrong(
                    "files",
                    "Telegram does not give this bot the slides and documents sent in the chat "
                    f"({error.message}); they belong to the bot that got them: "
                    "use its token, or let them be sent again",
                )
    return fine("files", "slides and documents sent in the chat can be given out")


def _switches(bot: User) -> list[Finding]:
    """Compare what @BotFather switched on with what Ghid makes use of."""
    findings = []
    if not bot.supports_inline_queries:
        findings.append(note("botfather", "inline mode is off: @BotFather, /setinline lets people look things up"))
    if not bot.can_join_groups:
        findings.append(note("botfather", "the bot may not join groups: @BotFather, /setjoingroups allows it"))
    if bot.can_read_all_group_messages:
        findings.append(
            note("botfather", "it reads all messages of its groups, which it has no use for: @BotFather, /setprivacy")
        )
    return findings or [fine("botfather", "inline mode, groups and privacy are as wanted")]


def _webhook(settings: Settings, info: WebhookInfo) -> list[Finding]:
    count = info.pending_update_count
    waiting = "1 update is waiting" if count == 1 else f"{count} updates are waiting"
    if settings.webhook_url is None:
        if info.url:
            return [
                note("webhook", f"one is set, though WEBHOOK_URL is not; `ghid run` removes it and polls; {waiting}")
            ]
        return [fine("webhook", f"none, as wanted: the bot polls; {waiting}")]
    if not info.url:
        return [note("webhook", f"none is set yet; `ghid run` sets it; {waiting}")]
    if info.url != settings.webhook_url:
        return [note("webhook", f"another address is set; `ghid run` sets WEBHOOK_URL; {waiting}")]
    findings = [fine("webhook", f"set as wanted; {waiting}")]
    if info.last_error_message and info.last_error_date:
        when = f"{info.last_error_date.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        findings.append(
            wrong(
                "webhook",
                f"Telegram could not deliver, last at {when}: {info.last_error_message}; "
                "see that WEBHOOK_URL leads to this machine's PORT, with a valid certificate",
            )
            if info.pending_update_count
            else note("webhook", f"a delivery failed at {when}: {info.last_error_message}; it came through since")
        )
    return findings


async def _time(api: str, clock: Clock) -> Finding:
    """Compare our clock with the `Date` that the server sends; the address holds no token."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True) as session,
            session.get(api, allow_redirects=False) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return note("clock", "the server did not say what time it is; see that this machine's clock is set by NTP")
    off = clock() - theirs.replace(tzinfo=theirs.tzinfo or UTC)
    if abs(off) <= _CLOCK_MAY_BE_OFF:
        return fine("clock", "agrees with Telegram's")
    fast = "fast" if off > timedelta() else "slow"
    return wrong("clock", f"{_seconds(off):,} s {fast}; people would be told wrong times: switch NTP on (timedatectl)")


def _seconds(length: timedelta) -> int:
    return round(abs(length.total_seconds()))
