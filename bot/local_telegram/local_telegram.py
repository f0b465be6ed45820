"""The local Telegram as a program drives it: people, their chats, the calls the bot made, the faults it shall meet."""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.local_telegram.bot_account import DEFAULT_TOKEN, FAKE_TOKEN, BotAccount
from bot.local_telegram.calls import Call
from bot.local_telegram.chats import Account
from bot.local_telegram.faults import Faults
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.limits import FloodLimiter
from bot.local_telegram.people import Person
from bot.local_telegram.state import TelegramState

_FIRST_PERSON_ID = 1001


class LocalTelegram:
    """One bot and the people around it. `api_url` is known once it runs."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        people: Iterable[tuple[str, str, str, str]] = (),
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Ghid",
        bot_username: str = "ghid_local_bot",
        event_clock: bool = False,
    ) -> None:
        fake = FAKE_TOKEN.fullmatch(token)
        if fake is None:
            raise ValueError("the local Telegram takes obviously fake tokens only: <digits>:LOCAL-DEMO-<anything>")
        self.token = token
        self.event_clock = event_clock
        self.api_url = ""
        self.state = TelegramState(BotAccount(int(fake[1]), bot_name, bot_username), token, now)
        self.people: list[Person] = []
        for first_name, language_code, role, about in people:
            self.add_person(first_name, language_code, role, about)

    @property
    def page_url(self) -> str:
        """The address of the phone page."""
        return f"{self.api_url}/"

    @property
    def calls(self) -> deque[Call]:
        """The latest calls of the bot, oldest first."""
        return self.state.calls.calls

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.state.faults

    @property
    def limits(self) -> FloodLimiter:
        """The flood limits; off until `enabled`."""
        return self.state.limits

    def add_person(
        self,
        first_name: str,
        language_code: str,
        role: str = "attendee",
        about: str = "",
        *,
        last_name: str = "",
        username: str = "",
    ) -> Person:
        """Add someone who has not started the bot yet; ids count from 1001."""
        account = Account(
            id=_FIRST_PERSON_ID + len(self.people),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            role=role,
            about=about,
        )
        self.state.add_account(account)
        person = Person(self.state, account)
        self.people.append(person)
        return person

    def push_update(self, update: JsonObject) -> int:
        """Queue an update exactly as given, odd ones too, and return its id."""
        return self.state.updates.push_whole(update)
