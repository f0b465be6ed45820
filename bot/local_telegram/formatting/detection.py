"""What Telegram marks by itself: commands, addresses, mentions, hashtags, cashtags, e-mails and phone numbers."""

import re

from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject

# Bare domains are links only under endings Telegram knows; these are the ones our region and trade meet.
_ENDINGS = "com|org|net|info|edu|gov|eu|md|ro|ua|ru|uk|de|fr|pl|be|io|me|dev|app|tech|ai|co|us|biz|online|site|events"
# With each, the signs without which it is nowhere: most texts have few of them.
_PATTERNS = (
    ("email", "@", re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w-])")),
    (
        "url",
        "./",
        re.compile(
            r"(?:(?:https?|ftp|tg|ton|tonsite)://[^\s<>\"«»]+"
            rf"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?![\w-])(?:[:/?#][^\s<>\"«»]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", "/", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/<>@])", re.ASCII)),
    ("mention", "@", re.compile(r"(?<![\w@./])@[A-Za-z][A-Za-z0-9_]{2,31}(?![\w@])")),
    ("hashtag", "#", re.compile(r"(?<![\w&#])#(?!\d+\b)\w{1,255}(?:@[A-Za-z]\w{2,31})?(?![\w#])")),
    ("cashtag", "$", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
    ("phone_number", "+", re.compile(r"(?<![\w+])\+\d(?:[ ()-]{0,2}\d){7,14}(?!\w)")),
)
_TRAILING = ".,:;!?'`)]}»"
# Nothing is marked by itself inside these.
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time", "url", "email", "mention"})


def detect_entities(text: str, explicit: list[JsonObject]) -> list[JsonObject]:
    """Return the entities Telegram adds to `text`, none of them inside an opaque explicit one."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in explicit if entity["type"] in OPAQUE]
    found: list[JsonObject] = []
    for kind, signs, pattern in _PATTERNS:
        if not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            span = _balanced(match[0]) if kind == "url" else match[0]
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(span)
            if all(end <= other_begin or begin >= other_end for other_begin, other_end in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return found


def _balanced(url: str) -> str:
    while url and url[-1] in _TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url
