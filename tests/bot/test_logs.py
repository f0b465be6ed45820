"""Logs: a line a unit of work, and a token that never shows, wherever it stands."""

import io
import json
import logging
import re
import sys
import warnings
from collections.abc import Iterator

import httpx
import pytest

from bot.logs import PEOPLE, People, configure_logging

TOKEN = "123456789:AAH-fake_fake_fake_fake_fake_fake_fk"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/getMe"


pytestmark = pytest.mark.usefixtures("logging_as_before")


def give_up_on(address: str) -> None:
    try:
        raise OSError(f"cannot connect to {address}")  # noqa: TRY301 — the inner of two, to be chained
    except OSError as error:
        raise RuntimeError(f"gave up on {address}") from error


@pytest.fixture(params=["text", "json"])
def log_format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_token_in_an_address_of_a_logged_exception_never_shows(log_format: str) -> None:
    stream = io.StringIO()
    configure_logging(log_format=log_format, stream=stream)

    try:
        give_up_on(ADDRESS)
    except RuntimeError:
        logging.getLogger("any.logger").exception("failed: %s", ADDRESS, extra={"url": ADDRESS})

    assert TOKEN not in stream.getvalue()
    assert "AAH-fake" not in stream.getvalue()
    assert stream.getvalue().count("https://api.telegram.org/bot[hidden]/getMe") == 4


def test_a_real_librarys_warning_with_the_address_in_it_never_shows_the_token(log_format: str) -> None:
    stream = io.StringIO()
    configure_logging(log_format=log_format, stream=stream)

    logging.getLogger("httpx").warning("HTTP Request: %s", httpx.URL(ADDRESS))
    logging.getLogger("httpx").warning("HTTP Request: %s", ADDRESS.replace(":AAH", "%3AAAH"))

    assert "AAH-fake" not in stream.getvalue()
    assert stream.getvalue().count("[hidden]") == 2


def test_secrets_of_any_shape_can_be_named() -> None:
    stream = io.StringIO()
    configure_logging(secrets=["swordfish", ""], stream=stream)

    logging.getLogger("bot").info("the word is %s", "swordfish")

    assert stream.getvalue().endswith("INFO bot: the word is [hidden]\n")


def test_an_uncaught_error_is_logged_without_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    error = RuntimeError(f"The token `{TOKEN}` was rejected by the server.")

    sys.excepthook(RuntimeError, error, None)

    assert capsys.readouterr().err == ""
    assert "RuntimeError: The token `[hidden]` was rejected by the server." in stream.getvalue()


def test_an_interrupt_by_the_keyboard_is_no_error() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert stream.getvalue() == ""


def test_warnings_become_log_lines_too() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    warnings.simplefilter("always")
    warnings.warn(f"slow: {ADDRESS}", stacklevel=1)

    assert "WARNING py.warnings" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_a_message_stays_on_one_line_and_cannot_pretend_to_be_another() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    logging.getLogger("bot").info("said %s", "hi\n2023-11-22 ERROR bot: forged", extra={"update_id": 7})

    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("INFO bot: said hi\\n2023-11-22 ERROR bot: forged update_id=7\n")


def test_json_lines_hold_the_moment_the_extras_and_the_exception() -> None:
    stream = io.StringIO()
    configure_logging(log_format="json", stream=stream)

    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logging.getLogger("bot.intake").exception("update failed", extra={"update_id": 5})

    entry = json.loads(stream.getvalue())
    assert entry.pop("at").endswith("+00:00")
    assert entry.pop("exception").endswith("ZeroDivisionError: division by zero")
    assert entry == {"level": "ERROR", "logger": "bot.intake", "message": "update failed", "update_id": 5}


def test_each_request_and_job_is_not_worth_a_line() -> None:
    stream = io.StringIO()
    configure_logging("DEBUG", stream=stream)

    for name in ("httpx", "httpcore.connection", "apscheduler.executors.default", "aiosqlite"):
        logging.getLogger(name).info("again")
    logging.getLogger("telegram.ext.Application").debug("what somebody wrote")

    assert stream.getvalue() == ""


def test_only_errors_are_shown_when_only_errors_are_wanted() -> None:
    stream = io.StringIO()
    configure_logging("ERROR", stream=stream)

    logging.getLogger("httpx").warning("slow")
    logging.getLogger("bot").error("broken")

    assert stream.getvalue().endswith("ERROR bot: broken\n")
    assert stream.getvalue().count("\n") == 1


@pytest.fixture
def people() -> Iterator[People]:
    """A running bot that knows one person, 7001002003."""
    before = PEOPLE.salt, PEOPLE.knows
    PEOPLE.salt, PEOPLE.knows = b"salt of this database", {7001002003}.__contains__
    yield PEOPLE
    PEOPLE.salt, PEOPLE.knows = before


@pytest.mark.usefixtures("people")
def test_a_person_is_hidden_wherever_their_id_stands_and_the_same_each_time(log_format: str) -> None:
    stream = io.StringIO()
    configure_logging(log_format=log_format, stream=stream)

    logging.getLogger("any").warning("Not sent to 7001002003", extra={"whom": 7001002003})
    try:
        raise KeyError(7001002003)  # noqa: TRY301 - to be logged
    except KeyError:
        logging.getLogger("any").exception("Failed")

    assert "7001002003" not in stream.getvalue()
    names = set(re.findall(r"person-[0-9a-f]{8}", stream.getvalue()))
    assert len(names) == 1
    assert stream.getvalue().count(names.pop()) >= 3


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("text", ["chat_id=42", "{'chat_id': 42}", "chat 42 is gone", "author: 42"])
def test_what_is_named_as_a_person_is_hidden_though_nobody_knows_them(text: str) -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    logging.getLogger("any").warning(text)

    assert not re.search(r"\b42\b", stream.getvalue().split("any: ")[1])


@pytest.mark.usefixtures("people")
def test_other_numbers_stay() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    logging.getLogger("any").warning("Update 970010020 waits; 1234567 bytes, version 12345")

    assert "Update 970010020 waits; 1234567 bytes, version 12345" in stream.getvalue()


def test_before_the_database_is_open_a_named_person_is_hidden_whole(people: People) -> None:
    people.salt = None
    stream = io.StringIO()
    configure_logging(stream=stream)

    logging.getLogger("any").warning("chat_id=7001002003")

    assert "chat_id=[hidden]" in stream.getvalue()
