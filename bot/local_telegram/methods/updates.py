"""How updates reach the bot: long polling or a webhook, never both."""

import re
from collections.abc import Coroutine
from typing import Any

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.method import Method
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request, conflict
from bot.local_telegram.state import TelegramState
from bot.local_telegram.updates import LONGEST_POLL
from bot.local_telegram.webhooks import WebhookTarget, check_webhook_url

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_MOST_UPDATES = 100


def get_updates(state: TelegramState, given: Parameters) -> Coroutine[Any, Any, list[JsonObject]]:
    """Return the next updates, waiting for some."""
    if state.webhook.target is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    state.updates.allow(given.array("allowed_updates"))
    limit = min(max(given.integer("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
    timeout = min(max(given.integer("timeout"), 0), LONGEST_POLL)
    return state.updates.poll(given.integer("offset"), limit, timeout)


def set_webhook(state: TelegramState, given: Parameters) -> bool:
    """Deliver updates by POST; an empty address ends it."""
    url = given.text("url")
    if not url:
        return delete_webhook(state, given)
    secret = given.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    check_webhook_url(url)
    state.updates.allow(given.array("allowed_updates"))
    if given.boolean("drop_pending_updates"):
        state.updates.drop_all_but(0)
    state.updates.end_poll("terminated by setWebhook request")
    connections = min(max(given.integer("max_connections", 40), 1), 100)
    state.webhook.set(WebhookTarget(url, secret, connections, given.text("ip_address") or "127.0.0.1"))
    return True


def delete_webhook(state: TelegramState, given: Parameters) -> bool:
    """Go back to getUpdates."""
    state.webhook.delete()
    if given.boolean("drop_pending_updates"):
        state.updates.drop_all_but(0)
    return True


def get_webhook_info(state: TelegramState, _: Parameters) -> JsonObject:
    """Return where updates go and how well that works."""
    return state.webhook.info()


METHODS = {
    "getUpdates": Method(
        get_updates, {"offset": "integer", "limit": "integer", "timeout": "integer", "allowed_updates": "array"}
    ),
    "setWebhook": Method(
        set_webhook,
        {
            "url": "string",
            "certificate": "file",
            "ip_address": "string",
            "max_connections": "integer",
            "allowed_updates": "array",
            "drop_pending_updates": "boolean",
            "secret_token": "string",
        },
    ),
    "deleteWebhook": Method(delete_webhook, {"drop_pending_updates": "boolean"}),
    "getWebhookInfo": Method(get_webhook_info),
}
