"""Which clock a schedule is meant for, when it says so only half or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_LIKELY = (
    "Europe/Bucharest", "Europe/Kyiv", "Europe/Chisinau", "Europe/Berlin", "Europe/London", "America/New_York",
    "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney",
    "Australia/Adelaide",
)  # fmt: skip
_WINDOWS = {
    "W. Europe Standard Time": "Europe/Berlin",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "Romance Standard Time": "Europe/Paris",
    "GTB Standard Time": "Europe/Bucharest",
    "E. Europe Standard Time": "Europe/Chisinau",
    "FLE Standard Time": "Europe/Kyiv",
    "GMT Standard Time": "Europe/London",
    "UTC": "UTC",
    "Eastern Standard Time": "America/New_York",
    "Pacific Standard Time": "America/Los_Angeles",
}
_OTHER_NAMES = {
    "brussel": "Europe/Brussels", "bruxelles": "Europe/Brussels", "wien": "Europe/Vienna", "praha": "Europe/Prague",
    "roma": "Europe/Rome", "warszawa": "Europe/Warsaw", "bucuresti": "Europe/Bucharest", "iasi": "Europe/Bucharest",
    "cluj-napoca": "Europe/Bucharest", "timisoara": "Europe/Bucharest", "chisinau": "Europe/Chisinau",
    "kiev": "Europe/Kyiv", "lviv": "Europe/Kyiv", "odesa": "Europe/Kyiv", "munchen": "Europe/Berlin",
    "munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "leipzig": "Europe/Berlin", "koln": "Europe/Berlin",
}  # fmt: skip


def zone_called(name: str) -> ZoneInfo | None:
    """Return the zone of this name (IANA's, or one of Windows'), or None."""
    name = name.strip().strip('"')
    name = _WINDOWS.get(name, name).lstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9_+.\-]+(?:/[A-Za-z0-9_+.\-]+)*", name):
        return None
    for candidate in (name, *(name.split("/", cut)[-1] for cut in range(1, name.count("/")))):
        try:
            return ZoneInfo(candidate)  # a name may stand behind its maker's: /mozilla.org/20050126_1/Europe/Berlin
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def zone_of_town(town: str) -> ZoneInfo | None:
    """Return the zone that is named after this town, or None."""
    name = re.sub(r"[^a-z]+", "-", _plain(town.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0])).strip("-")
    found = _OTHER_NAMES.get(name) or _towns().get(name)
    return ZoneInfo(found) if found else None


def zone_of_offsets(moments: Sequence[datetime]) -> ZoneInfo:
    """Return a zone whose clock has these moments' offsets: one without summer time if there is only one offset."""
    offsets = {moment.utcoffset() or timedelta() for moment in moments}
    if not offsets:
        return ZoneInfo("UTC")
    if len(offsets) == 1 and (fixed := _fixed(offsets.pop())):
        return fixed
    for name in (*_LIKELY, *sorted(available_timezones())):
        if (zone := zone_called(name)) and has_offsets(zone, moments):
            return zone
    first = min(moments, key=lambda moment: moment.timestamp()).utcoffset() or timedelta()
    return _fixed(timedelta(hours=round(first / timedelta(hours=1)))) or ZoneInfo("UTC")


def has_offsets(zone: ZoneInfo, moments: Iterable[datetime]) -> bool:
    """Tell whether this zone's clock has each moment's own offset at that moment."""
    return all(moment.astimezone(zone).utcoffset() == moment.utcoffset() for moment in moments)


def offset_name(offset: timedelta) -> str:
    """Return ``+01:00``."""
    return str(timezone(offset)).removeprefix("UTC") or "+00:00"


def _fixed(offset: timedelta) -> ZoneInfo | None:
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14:
        return None
    # The names of these zones count westward: Etc/GMT-1 is an hour ahead of Greenwich.
    return ZoneInfo("UTC" if hours == 0 else f"Etc/GMT{-hours:+d}")


@cache
def _towns() -> dict[str, str]:
    towns: dict[str, str] = {}
    for name in sorted(available_timezones()):
        area, _, town = name.rpartition("/")
        if area and not area.startswith(("Etc", "US", "posix", "right", "SystemV")):
            towns.setdefault(_plain(town).replace("_", "-"), name)
    return towns


def _plain(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
