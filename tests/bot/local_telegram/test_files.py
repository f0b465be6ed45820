"""Files go up, are found again by id, and come down; what Telegram would not take is refused."""

import json
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person
from bot.local_telegram.files import picture_size
from tests.bot.local_telegram.bot_api_client import BotApi, form
from tests.bot.local_telegram.every_method import PNG

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20" + bytes(12)


def sized_png(width: int, height: int) -> bytes:
    return PNG[:16] + width.to_bytes(4) + height.to_bytes(4) + PNG[24:]


async def refused(bot_api: BotApi, method: str, **fields: Any) -> tuple[int, str]:
    answer = await bot_api.upload(method, form(**fields))
    assert not answer["ok"], answer
    return answer["error_code"], answer["description"]


async def test_a_document_goes_up_and_comes_down(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    answer = await bot_api.upload(
        "sendDocument", form(chat_id=ana.id, document=("Програма.ics", b"BEGIN:VCALENDAR"), caption="x")
    )
    document = answer["result"]["document"]

    again = await bot_api("sendDocument", chat_id=ana.id, document=document["file_id"])
    path = (await bot_api("getFile", file_id=document["file_id"]))["file_path"]
    async with bot_api.session.get(f"{telegram.api_url}/file/bot{telegram.token}/{path}") as response:
        content = await response.read()

    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Програма.ics",
        "text/calendar",
        15,
    )
    assert again["document"] == document
    assert content == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    ("content", "size"), [(PNG, (1, 1)), (JPEG, (32, 16)), (b"GIF89a\x05\x00\x06\x00", (5, 6)), (b"text", None)]
)
def test_a_pictures_size_is_read(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(content) == size


async def test_an_album_is_sent_whole(bot_api: BotApi, ana: Person) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "<b>1</b>", "parse_mode": "HTML"},
             {"type": "photo", "media": "attach://b"}]  # fmt: skip
    answer = await bot_api.upload(
        "sendMediaGroup", form(chat_id=ana.id, media=json.dumps(media), a=("a.png", PNG), b=("b.jpg", JPEG))
    )

    first, second = answer["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("1", "bold")
    assert second["photo"][0]["width"] == 32


async def test_files_telegram_would_not_take_are_refused(bot_api: BotApi, ana: Person) -> None:
    here = {"chat_id": ana.id}
    sent = await bot_api.upload("sendDocument", form(**here, document=("a.txt", b"a")))
    document_id = sent["result"]["document"]["file_id"]

    async def reason(method: str, **fields: Any) -> str:
        return (await refused(bot_api, method, **here, **fields))[1].removeprefix("Bad Request: ")

    assert await reason("sendDocument") == "there is no document in the request"
    assert await reason("sendPhoto") == "there is no photo in the request"
    assert await reason("sendDocument", document="no-such-id") == "wrong file identifier/HTTP URL specified"
    assert await reason("sendDocument", document="https://example.com/a.pdf") == "failed to get HTTP URL content"
    assert await reason("sendPhoto", photo=document_id) == "can't use file of type Document as Photo"
    assert await reason("sendDocument", document=("a.txt", b"")) == "file must be non-empty"
    assert await reason("sendPhoto", photo=("a.png", b"no picture")) == "IMAGE_PROCESS_FAILED"
    assert await reason("sendPhoto", photo=("a.png", sized_png(9000, 1001))) == "PHOTO_INVALID_DIMENSIONS"
    too_long = await reason("sendDocument", document=document_id, caption="x" * 1025)
    assert too_long == "message caption is too long"
    big = await reason("sendPhoto", photo=("a.png", PNG + bytes(10 * 1024 * 1024)))
    assert big.startswith("file of size ")
    assert big.endswith(" bytes is too big for a photo; the maximum size is 10485760 bytes")


async def test_an_upload_over_fifty_megabytes_is_too_large(bot_api: BotApi, ana: Person) -> None:
    content = bytes(51 * 1024 * 1024 + 1)

    refusal = await refused(bot_api, "sendDocument", chat_id=ana.id, document=("a.bin", content))

    assert refusal == (413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "x"}], "too few messages to send as an album"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        ([{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}],
         "document can't be mixed with other media types"),
        ([{"type": "photo", "media": "x"}] * 2, "wrong file identifier/HTTP URL specified"),
    ],
)  # fmt: skip
async def test_an_album_that_cannot_be_is_refused(
    bot_api: BotApi, ana: Person, media: list[dict[str, str]], reason: str
) -> None:
    refusal = await bot_api.refusal("sendMediaGroup", chat_id=ana.id, media=media)

    assert refusal == (400, f"Bad Request: {reason}")
    assert ana.replies == []


async def test_a_file_the_bot_cannot_fetch_is_refused(bot_api: BotApi, telegram: LocalTelegram) -> None:
    big = telegram.state.files.keep_document("big.bin", bytes(20 * 1024 * 1024 + 1))

    assert await bot_api.refusal("getFile") == (400, "Bad Request: file_id not specified")
    assert await bot_api.refusal("getFile", file_id="unknown") == (400, "Bad Request: invalid file_id")
    assert await bot_api.refusal("getFile", file_id=big.file_id) == (400, "Bad Request: file is too big")


def test_the_oldest_files_go_when_there_is_too_much(telegram: LocalTelegram) -> None:
    files = telegram.state.files
    kept = [files.keep_document(f"{number}.bin", bytes(60 * 1024 * 1024)) for number in range(5)]

    assert [files.by_id(file.file_id) is not None for file in kept] == [False, True, True, True, True]
