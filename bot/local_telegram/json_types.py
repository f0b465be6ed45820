"""The type of a JSON object: Bot API objects travel as plain dictionaries and are never changed in place."""

from typing import Any

JsonObject = dict[str, Any]
