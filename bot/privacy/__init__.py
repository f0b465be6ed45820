"""What is stored, why and how long: one entry a table, from which /privacy, /mydata, /forget and docs/privacy.md come.

A new table gets its entry in `bot.privacy.people` or `bot.privacy.roles` if any of its columns has to do with a person,
else in `bot.privacy.event`. Tests compare the entries with the schema.
"""

from bot.privacy.event import EVENT_TABLES
from bot.privacy.people import PEOPLE_TABLES
from bot.privacy.roles import ROLE_TABLES

REGISTER = (*PEOPLE_TABLES, *ROLE_TABLES, *EVENT_TABLES)
"""Every table of the database."""
