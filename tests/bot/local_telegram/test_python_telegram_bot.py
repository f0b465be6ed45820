"""The real python-telegram-bot, with its own requests and updaters, works against the local Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.local_telegram import Fault, LocalTelegram

App = Application[Any, Any, Any, Any, Any, Any]


async def start(update: Update, _: Any) -> None:
    assert update.message is not None
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="next")]])
    await update.message.reply_html("<b>Привіт</b> 🙂", reply_markup=keyboard)


async def press(update: Update, _: Any) -> None:
    query = update.callback_query
    assert query is not None
    await query.edit_message_text("next page")
    await query.answer("here")


async def file(update: Update, _: Any) -> None:
    assert update.message is not None
    assert update.message.document is not None
    content = await (await update.message.document.get_file()).download_as_bytearray()
    await update.message.reply_document(bytes(content) + b"!", filename="назад.txt", caption="back")


def build(telegram: LocalTelegram, read_timeout: float = 5) -> App:
    base = telegram.api_url
    builder = ApplicationBuilder().token(telegram.token).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    application: App = (
        builder.request(HTTPXRequest(read_timeout=read_timeout)).get_updates_request(HTTPXRequest()).build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(MessageHandler(filters.Document.ALL, file))
    return application


@asynccontextmanager
async def running(application: App) -> AsyncIterator[App]:
    async with application:
        await application.start()
        try:
            yield application
        finally:
            if application.updater is not None and application.updater.running:
                await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def webhook_of(application: App) -> AsyncIterator[str]:
    """Serve a webhook that queues updates, as python-telegram-bot's own does where tornado is installed."""

    async def take(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def converse(telegram: LocalTelegram) -> None:
    ana = telegram.people[0]

    assert (await ana.asks("/start"))["text"] == "Привіт 🙂"
    assert (await ana.taps("Next"))["text"] == "next page"
    await ana.sends_file("a.txt", b"hello")
    back = await ana.waits_for(lambda message: "document" in message)

    assert (back["document"]["file_name"], back["document"]["file_size"], back["caption"]) == ("назад.txt", 6, "back")


async def test_a_conversation_by_polling(telegram: LocalTelegram) -> None:
    async with running(build(telegram)) as application:
        assert application.updater is not None
        await application.updater.start_polling()
        await converse(telegram)


async def test_a_conversation_by_webhook(telegram: LocalTelegram) -> None:
    async with running(build(telegram)) as application, webhook_of(application) as url:
        await application.bot.set_webhook(url, secret_token="s3cret")
        await converse(telegram)
        assert (await application.bot.get_webhook_info()).url == url


async def test_refusals_become_its_errors(telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without this, reading retry_after is a deprecation warning.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    ana, olena = telegram.people
    await ana.sends("/start")
    async with running(build(telegram)) as application:
        bot = application.bot
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "a")
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(olena.id, "a")
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(ana.blocks().id, "a")
        ana.unblocks()
        telegram.faults.next("sendMessage", Fault(retry_after=7))
        with pytest.raises(RetryAfter) as flooded:
            await bot.send_message(ana.id, "a")
        telegram.faults.next("sendMessage", Fault(status=502, body="<html>"))
        with pytest.raises(NetworkError):
            await bot.send_message(ana.id, "a")
        telegram.faults.next("sendMessage", Fault(answer_lost=True))
        with pytest.raises(NetworkError):
            await bot.send_message(ana.id, "may have been sent")
        await bot.set_webhook("http://127.0.0.1:9/")
        with pytest.raises(Conflict):
            await bot.get_updates()

    assert flooded.value.retry_after == timedelta(seconds=7)
    assert [message["text"] for message in ana.replies] == ["may have been sent"]


async def test_a_late_answer_times_out(telegram: LocalTelegram) -> None:
    await telegram.people[0].sends("/start")
    async with running(build(telegram, read_timeout=0.05)) as application:
        telegram.faults.next("getMe", Fault(seconds=0.3))
        with pytest.raises(TimedOut):
            await application.bot.get_me()


async def test_another_token_is_invalid(telegram: LocalTelegram) -> None:
    async with HTTPXRequest() as request:
        bot = Bot("5:LOCAL-DEMO-other", base_url=f"{telegram.api_url}/bot", request=request)
        with pytest.raises(InvalidToken):
            await bot.get_me()
