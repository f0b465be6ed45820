"""What Telegram answers when it does not do what was asked: a code and its own words."""


class Refusal(Exception):  # noqa: N818 - Telegram refuses; nothing has gone wrong here
    """One refusal. `parameters` is the Bot API's ResponseParameters, such as retry_after."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refusal:
    """Return the 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """Return the 403 with Telegram's prefix."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """Return the 409 with Telegram's prefix."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    """Return the 429 that asks to wait `seconds`."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
