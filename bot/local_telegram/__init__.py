"""A local Bot API server and the phone page: the embedded default of the demo, and what scenario tests talk to.

It runs on this machine only, keeps everything in memory, takes obviously fake tokens only, and knows nothing of ours.
"""

from bot.local_telegram.faults import Fault
from bot.local_telegram.local_telegram import LocalTelegram
from bot.local_telegram.people import Person
from bot.local_telegram.server import running_local_telegram

__all__ = ["Fault", "LocalTelegram", "Person", "running_local_telegram"]
