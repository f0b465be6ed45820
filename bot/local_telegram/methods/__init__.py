"""The Bot API methods that the local Telegram serves, by name. Every other one answers 404."""

from bot.local_telegram.methods import chats, commands, files, forwarding, messages, profile, queries, updates
from bot.local_telegram.methods.method import Method

METHODS: dict[str, Method] = {
    **profile.METHODS,
    **updates.METHODS,
    **messages.METHODS,
    **files.METHODS,
    **forwarding.METHODS,
    **queries.METHODS,
    **commands.METHODS,
    **chats.METHODS,
}
