"""Updates that Telegram may deliver, as far from an ordinary question as they come: for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.messages.payload import Payload

Json = dict[str, Any]
ORGANISER, PEOPLE = 7_000_001, tuple(range(7_000_001, 7_000_040))
GROUP, CHANNEL = -1_001_234_567, -1_009_876_543

NASTY = (
    "a" * 4096,
    "🦊" * 2048,
    "\u202e" + "коли виступає Кошніце?",
    "متى يتحدث دانيال؟",
    "Z̴̡̢̛̦̠̙a̶̢̺̗l̷̨͉͔g̵̛̝̗o̴͎̚" * 60,
    "😀",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 100,
    "<b>&lt;i>\"'`*_[](tg://user?id=1)",
    "%s %(name)s {0} {name} $HOME `id`",
    "'; DROP TABLE attendees; --",
    "\x00\x01\x7f\u0085\u2028\ufeff",
    "½⅓Ⅳ②③٣",
    "9" * 400,
    "25:61 на 32 листопада, 99:99",
    "day -1, day 0, day 99999999999999999999",
    " \n\t\u00a0\u3000",
    "/",
    "//",
    "/start@another_bot",
    "/START",
    "/now@ghid_test_bot x y z",
    "when does cosnita speak?",
    "slides?",
    "follow everything",
)
COMMANDS = (
    *("start", "help", "agenda", "now", "next", "speakers", "materials", "matchmaking", "venue", "my", "changes"),
    *("language", "organiser", "speaker", "privacy", "mydata", "forget", "none"),
)
LINKS = ("s_", "p_", "r_", "m_", "f_", "o_", "claim_", "c_", "q_", "t_", "")

FILE_NAMES = ("a.yaml", "agenda.yml", "a.pdf", "../../x.yaml", "a.xlsx", "a.ics", "a.xml")
LETTERS = "коливиступаєwhenspeak ?:0123"

words = st.one_of(st.sampled_from(NASTY), st.text(max_size=300), st.text(alphabet=LETTERS, max_size=80))
handles = st.one_of(st.just("00000000"), st.text(alphabet="abcxyz0189", min_size=8, max_size=8), st.text(max_size=12))
links = st.builds(lambda prefix, rest: f"/start {prefix}{rest}", st.sampled_from(LINKS), handles)
commands = st.builds(lambda name, rest: f"/{name} {rest}".strip(), st.sampled_from(COMMANDS), words)
numbers = st.one_of(st.integers(-5, 60), st.integers(-(2**62), 2**62))


def presses() -> st.SearchStrategy[str]:
    """Data of buttons: of every kind there is with any fields, and of none."""
    codes = st.sampled_from(sorted(Payload.registry))
    fields = st.lists(st.one_of(handles, numbers.map(str), st.just("20231122"), st.just("followers")), max_size=4)
    known = st.builds(lambda code, rest: ":".join([code, *rest]), codes, fields)
    return st.one_of(
        known, st.text(max_size=64), st.sampled_from(["", ":", "::::", "s", "s:", "d:99999999", "q:none:x"])
    )


def user(person: int, language: str | None) -> Json:
    """Somebody as Telegram tells of them."""
    known = {"id": person, "is_bot": False, "first_name": "<b>Ana</b> & %(x)s"}
    return known | ({"language_code": language} if language is not None else {})


users = st.builds(user, st.sampled_from(PEOPLE), st.sampled_from(["en", "ro", "uk", "ru", "mo", "xx-YY", "", None]))
bodies: st.SearchStrategy[Json] = st.one_of(
    st.builds(lambda text: {"text": text}, st.one_of(words.filter(bool), commands, links)),
    st.builds(
        lambda caption, size, name: {
            "caption": caption,
            "document": {"file_id": "D1", "file_unique_id": "d", "file_size": size, "file_name": name},
        },
        words,
        st.integers(0, 2**40),
        st.one_of(words, st.sampled_from(FILE_NAMES)),
    ),
    st.just({"photo": [{"file_id": "P1", "file_unique_id": "p", "width": 9, "height": 9}], "media_group_id": "5"}),
    st.just({"photo": []}),
    st.just({"sticker": {"file_id": "S", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                         "is_animated": False, "is_video": False}}),
    st.just({"location": {"latitude": 91.0, "longitude": -181.0}}),
    st.just({"contact": {"phone_number": "+40", "first_name": "x"}}),
    st.just({"dice": {"emoji": "🎲", "value": 6}}),
    st.just({"new_chat_title": "<b>"}),
    st.just({"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 7_000_001, "type": "private"}}}),
    st.just({"voice": {"file_id": "V", "file_unique_id": "v", "duration": 1}}),
    st.just({"users_shared": {"request_id": 1, "users": []}}),
    st.just({}),
)  # fmt: skip


def chat_of(kind: str, person: int) -> Json:
    """The chat in which something happens."""
    if kind == "private":
        return {"id": person, "type": "private", "first_name": "Ana"}
    return {"id": CHANNEL if kind == "channel" else GROUP, "type": kind, "title": "<i>T</i>"}


def message(kind: str, sender: Json, number: int, body: Json) -> Json:
    """A message of whatever content; a command is marked as one, as Telegram does."""
    made: Json = {"message_id": number, "date": 1_700_640_300, "chat": chat_of(kind, sender["id"]), **body}
    if kind != "channel":
        made["from"] = sender
    if (text := body.get("text", "")).startswith("/") and len(text.split()) > 0:
        length = len(text.split()[0].encode("utf-16-le")) // 2
        made["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return made


messages = st.builds(
    message, st.sampled_from(["private"] * 6 + ["group", "supergroup"]), users, st.integers(1, 2**31), bodies
)
posts = st.builds(message, st.just("channel"), users, st.integers(1, 2**31), bodies)


def press(sender: Json, data: str, where: int) -> Json:
    """A pressed button: under a message, under one too old to be told of, under an inline one, under a game."""
    query: Json = {"id": "1", "from": sender, "chat_instance": "1"}
    chat = {"id": sender["id"], "type": "private"}
    under: list[Json] = [
        {"data": data, "message": {"message_id": 3, "date": 1_700_640_300, "chat": chat, "text": "x"}},
        {"data": data, "message": {"message_id": 3, "date": 0, "chat": chat}},
        {"data": data, "inline_message_id": "I1"},
        {"game_short_name": "g", "message": {"message_id": 3, "date": 1_700_640_300, "chat": chat}},
        {"data": data, "message": {"message_id": 3, "date": 1_700_640_300, "chat": chat_of("group", 1), "text": "x"}},
    ]
    return query | under[where]


def membership(sender: Json, kind: str, old: str, new: str) -> Json:
    """The bot is let in, thrown out, or made something."""
    bot = {"id": 4242, "is_bot": True, "first_name": "Ghid"}
    until = {"until_date": 0}
    return {
        "chat": chat_of(kind, sender["id"]),
        "from": sender,
        "date": 1_700_640_300,
        "old_chat_member": {"user": bot, "status": old} | (until if old == "kicked" else {}),
        "new_chat_member": {"user": bot, "status": new} | (until if new == "kicked" else {}),
    }


statuses = st.sampled_from(["member", "left", "kicked"])
inline = st.builds(lambda sender, text: {"id": "9", "from": sender, "query": text[:256], "offset": ""}, users, words)
contents: st.SearchStrategy[Json] = st.one_of(
    st.builds(lambda made: {"message": made}, messages),
    st.builds(lambda made: {"edited_message": made | {"edit_date": 1_700_640_301}}, messages),
    st.builds(lambda made: {"callback_query": made}, st.builds(press, users, presses(), st.integers(0, 4))),
    st.builds(lambda made: {"callback_query": made}, st.builds(press, users, presses(), st.just(0))),
    st.builds(lambda made: {"channel_post": made}, posts),
    st.builds(lambda made: {"edited_channel_post": made | {"edit_date": 1_700_640_301}}, posts),
    st.builds(lambda made: {"inline_query": made}, inline),
    st.builds(
        lambda made: {"my_chat_member": made},
        st.builds(membership, users, st.sampled_from(["private", "group"]), statuses, statuses),
    ),
    st.just({"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": True,
                      "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                      "allows_revoting": True, "members_only": False}}),
    st.just({"hologram": {"chat": {"id": 7_000_002}, "shape": [None, {"x": 1e308}]}}),
    st.just({}),
)  # fmt: skip
