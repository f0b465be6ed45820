"""Web addresses: which of them can stand on a button."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

MAX_LENGTH = 2_048  # characters
# Labels of letters, digits, - and _, then a top-level domain without digits, unless it is an encoded one: no bare word.
_HOST = re.compile(r"([\w-]+\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)\.?")


def can_be_on_a_button(url: str) -> bool:
    """Say whether chat programs take it: whole, and of a host that the whole network knows by this name or number."""
    if len(url) > MAX_LENGTH or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or port == 0:
        return False
    return bool(_HOST.fullmatch(host)) or _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host  # a zone of one machine
