"""Settings: what is missing or wrong is said at once, in words that say what to do, and never with a value."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import GivenSettings, Settings, SettingsError, StorageSettings

TOKEN = "123456789:AAH-fake_fake_fake_fake_fake_fake_fk"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def problems_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> tuple[str, ...]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    return caught.value.problems


def test_a_token_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"  {TOKEN}\n")

    settings = Settings.load()

    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.model_dump(exclude={"telegram_bot_token"}) == {
        "database_path": Path("data/ghid.db"),
        "backup_folder": None,
        "backups_kept": 14,
        "log_level": "INFO",
        "log_format": "text",
        "telegram_api_url": "https://api.telegram.org",
        "webhook_url": None,
        "webhook_secret": None,
        "port": None,
        "bulk_rate": 20,
        "organiser_ids": (),
    }


@pytest.mark.parametrize("rate", ["0", "31", "-1", "many", "2.5"])
def test_a_rate_that_telegram_would_not_bear_is_refused(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    assert problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, BULK_RATE=rate) == (
        "BULK_RATE must be a whole number from 1 to 30: messages a second sent unasked.",
    )


def test_without_a_token_it_says_where_tokens_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems_with(monkeypatch) == ("TELEGRAM_BOT_TOKEN is missing; @BotFather gives you one: send it /newbot.",)


def test_commands_that_need_no_token_ask_for_none() -> None:
    assert StorageSettings.load().database_path == Path("data/ghid.db")


def test_all_problems_come_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    problems = problems_with(
        monkeypatch,
        TELEGRAM_BOT_TOKEN="not-a-token",
        DATABASE_PATH=str(tmp_path),
        TELEGRAM_API_URL="https://api.telegram.org/bot",
        WEBHOOK_URL="http://ghid.example.org",
        PORT="eighty",
        LOG_LEVEL="chatty",
        LOG_FORMAT="xml",
    )

    assert [problem.split()[0] for problem in problems] == [
        "DATABASE_PATH",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "WEBHOOK_SECRET",
        "PORT",
    ]


def test_a_webhook_needs_a_secret_and_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_URL="https://ghid.example.org/telegram") == (
        "WEBHOOK_SECRET is missing; make one with: openssl rand -hex 32",
        "PORT is missing; WEBHOOK_URL needs the port on which the bot listens, such as 8080.",
    )


@pytest.mark.parametrize("secret", ["has a space", "ä", "a" * 257])
def test_a_webhook_secret_keeps_to_the_letters_telegram_allows(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    problems = problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_SECRET=secret)

    assert problems == ("WEBHOOK_SECRET may hold A-Z, a-z, 0-9, _ and - only, at most 256 of them.",)


@pytest.mark.parametrize(
    "url", ["http://ghid.example.org", "https://ghid.example.org:8080", "ghid.example.org", "x:y:z"]
)
def test_telegram_calls_https_on_four_ports(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    problems = problems_with(
        monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_URL=url, WEBHOOK_SECRET="secret", PORT="8080"
    )

    assert len(problems) == 1
    assert problems[0].startswith("WEBHOOK_URL must ")


@pytest.mark.parametrize("api", ["https://api.telegram.org", "http://127.0.0.1:8081"])
@pytest.mark.parametrize("path", ["{hook}", "a{b", "b}", "{", "{x:.*}/y"])
def test_a_webhook_path_with_braces_is_refused(monkeypatch: pytest.MonkeyPatch, api: str, path: str) -> None:
    url = f"https://ghid.example.org/{path}"
    problems = problems_with(
        monkeypatch,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=api,
        WEBHOOK_URL=url,
        WEBHOOK_SECRET="secret",
        PORT="8080",
    )

    assert problems == ("WEBHOOK_URL must not hold { or } in its path; name another, such as /telegram.",)


def test_given_settings_look_neither_at_the_environment_nor_at_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(b"BULK_RATE=\xff")
    monkeypatch.setenv("LOG_LEVEL", "chatty")
    monkeypatch.setenv("WEBHOOK_URL", "https://ghid.example.org/")

    settings = GivenSettings(telegram_bot_token=SecretStr(TOKEN))

    assert (settings.log_level, settings.bulk_rate, settings.webhook_url) == ("INFO", 20, None)


def test_a_bot_api_server_of_ones_own_may_call_any_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
        "WEBHOOK_URL": "http://127.0.0.1:9000/telegram",
        "WEBHOOK_SECRET": "secret",
        "PORT": "9000",
    }.items():
        monkeypatch.setenv(name, value)

    settings = Settings.load()

    assert (settings.telegram_api_url, settings.webhook_url, settings.port) == (
        "http://127.0.0.1:8081",
        "http://127.0.0.1:9000/telegram",
        9000,
    )


@pytest.mark.parametrize(
    "url",
    ["api.telegram.org", "https://host/path", "https://host?x=1", "ftp://host", "https://me:pw@host", "https://h:port"],
)
def test_the_api_address_is_scheme_and_host_alone(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    problems = problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url)

    assert len(problems) == 1
    assert problems[0].startswith("TELEGRAM_API_URL must be scheme and host alone")


@pytest.mark.parametrize("port", ["0", "65536", "x", TOKEN])
def test_a_port_is_a_number_and_what_stood_there_is_not_repeated(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    assert problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, PORT=port) == (
        "PORT must be a whole number from 1 to 65535.",
    )


def test_a_token_in_the_wrong_line_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = dict.fromkeys(("LOG_LEVEL", "LOG_FORMAT", "WEBHOOK_URL", "TELEGRAM_API_URL", "WEBHOOK_SECRET"), TOKEN)

    problems = problems_with(monkeypatch, TELEGRAM_BOT_TOKEN=f"{TOKEN} {TOKEN}", **wrong)

    assert TOKEN not in " ".join(problems)


def test_the_file_fills_what_the_environment_leaves_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nLOG_LEVEL=debug\nLOG_FORMAT=\nUNRELATED=1\n")
    monkeypatch.setenv("LOG_LEVEL", "warning")

    settings = Settings.load()

    assert (settings.log_level, settings.log_format) == ("WARNING", "text")


def test_a_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe")

    assert problems_with(monkeypatch) == ("The file .env is not UTF-8 text; save it as UTF-8.",)


def test_secrets_do_not_show_in_the_settings_own_words() -> None:
    settings = Settings(telegram_bot_token=SecretStr(TOKEN), webhook_secret=SecretStr("very-secret"))

    assert TOKEN not in repr(settings)
    assert "very-secret" not in str(settings)


def test_the_example_file_names_every_setting_and_nothing_else() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")

    named = {line.lstrip("# ").partition("=")[0] for line in example.splitlines() if "=" in line}

    assert named == {name.upper() for name in Settings.model_fields}
