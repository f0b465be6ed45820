"""One conversation that calls every method the local Telegram serves, and causes every kind of update."""

from typing import Any

from bot.local_telegram import LocalTelegram, actions
from tests.bot.local_telegram.bot_api_client import BotApi, form

# One pixel.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
ALL_MARKS = (
    "<b>b</b> <i>i</i> <u>u</u> <s>s</s> <tg-spoiler>x</tg-spoiler> <code>c</code> <pre>p</pre> "
    '<pre><code class="language-python">p</code></pre> <a href="https://example.com">a</a> '
    '<a href="tg://user?id=1001">m</a> <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji> '
    '<tg-time unix="1700647800" format="t">now</tg-time>\n<blockquote>q</blockquote>\n'
    "<blockquote expandable>q</blockquote>\n/start https://example.com #tag $USD a@example.com @ghid_bot +40232123456"
)
ALL_BUTTONS = {
    "inline_keyboard": [
        [{"text": "data", "callback_data": "x", "style": "primary"}],
        [{"text": "link", "url": "https://example.com"}, {"text": "app", "web_app": {"url": "https://example.com"}}],
        [{"text": "copy", "copy_text": {"text": "x"}}, {"text": "search", "switch_inline_query": ""}],
        [{"text": "here", "switch_inline_query_current_chat": "q"}],
    ]
}


async def call_every_method(api: BotApi, telegram: LocalTelegram) -> dict[str, list[Any]]:
    """Return the results by method; those of getUpdates hold every kind of update."""
    results: dict[str, list[Any]] = {}
    ana, olena = telegram.people

    async def call(method: str, **parameters: Any) -> Any:
        result = await api(method, **parameters)
        results.setdefault(method, []).append(result)
        return result

    async def upload(method: str, **fields: Any) -> Any:
        answer = await api.upload(method, form(**fields))
        assert answer["ok"], answer
        results.setdefault(method, []).append(answer["result"])
        return answer["result"]

    await call("getMe")
    await ana.sends("/start")
    await olena.opens("session_abc")
    await ana.sends_file("slides.pdf", b"%PDF-1.7", "My <slides>")
    ana.blocks().unblocks()
    here = {"chat_id": ana.id}
    preview = {"is_disabled": True}
    sent = await call("sendMessage", **here, text=ALL_MARKS, parse_mode="HTML", reply_markup=ALL_BUTTONS)
    this = {**here, "message_id": sent["message_id"]}
    effects = {"protect_content": True, "message_effect_id": "5046509860389126442", "link_preview_options": preview}
    await call("sendMessage", **here, text="a", reply_parameters={"message_id": sent["message_id"]}, **effects)
    await call("editMessageText", **this, text="edited", reply_markup=ALL_BUTTONS)
    await call("editMessageReplyMarkup", **this)
    await call("editMessageReplyMarkup", **this, reply_markup=ALL_BUTTONS)
    await call("answerCallbackQuery", callback_query_id=await ana.presses("data"), text="done", show_alert=True)
    await call("sendChatAction", **here, action="typing")
    document = await upload(
        "sendDocument", **here, document=("доповідь.pdf", b"%PDF"), caption="<b>c</b>", parse_mode="HTML"
    )
    await call("sendDocument", **here, document=document["document"]["file_id"])
    await call("editMessageCaption", **here, message_id=document["message_id"], caption="other")
    photo = await upload(
        "sendPhoto", **here, photo=("dot.png", PNG), has_spoiler="true", show_caption_above_media="true"
    )
    await call("sendPhoto", **here, photo=photo["photo"][0]["file_id"])
    album = '[{"type":"photo","media":"attach://one","caption":"1"},{"type":"photo","media":"attach://two"}]'
    await upload("sendMediaGroup", **here, media=album, one=("1.png", PNG), two=("2.png", PNG))
    await call("getFile", file_id=document["document"]["file_id"])
    await call("copyMessage", **here, from_chat_id=olena.id, message_id=2)
    await call("forwardMessage", **here, from_chat_id=olena.id, message_id=2)
    await call("pinChatMessage", **this)
    await call("getChat", **here)
    await call("unpinChatMessage", **this)
    await call("getChatMember", **here, user_id=ana.id)
    await call("setMessageReaction", **this, reaction=[{"type": "emoji", "emoji": "👍"}])
    await _profile(call, ana.id)
    await call("deleteMessage", **this)
    await call("deleteMessages", **here, message_ids=[document["message_id"], 999])
    await _inline(call, telegram)
    await call("getUpdates", limit=100)
    await call(
        "setWebhook", url="http://127.0.0.1:9/", secret_token="s", allowed_updates=["message"], max_connections=1
    )
    await call("getWebhookInfo")
    await call("deleteWebhook", drop_pending_updates=True)
    await call("getWebhookInfo")
    return results


async def _profile(call: Any, person_id: int) -> None:
    commands = [{"command": "agenda", "description": "The agenda"}]
    for scope in ({"type": "default"}, {"type": "all_private_chats"}, {"type": "chat", "chat_id": person_id}):
        await call("setMyCommands", commands=commands, scope=scope, language_code="ro")
        await call("getMyCommands", scope=scope, language_code="ro")
        await call("deleteMyCommands", scope=scope, language_code="ro")
    for name, field in (("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")):
        await call(f"setMy{name}", **{field: "Ghid"}, language_code="ro")
        await call(f"getMy{name}", language_code="ro")
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "https://example.com/"}}
    await call("setChatMenuButton", menu_button=button)
    await call("getChatMenuButton")
    await call("getChatMenuButton", chat_id=person_id)


async def _inline(call: Any, telegram: LocalTelegram) -> None:
    state, chat = telegram.state, telegram.state.chats[telegram.people[0].id]
    query_id = actions.search_inline(state, chat, "health")
    content = {"message_text": "x"}
    results = [{"type": "article", "id": "1", "title": "A", "input_message_content": content}]
    await call("answerInlineQuery", inline_query_id=query_id, results=results)
    actions.choose_inline_result(state, chat, query_id, "health", "1")
