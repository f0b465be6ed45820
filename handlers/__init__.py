"""The conversation: from an update to one call and one reply. The whole order of handlers stands on this page."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import GhidApplication
from handlers import (
    agenda_edits,  # noqa: F401 - as for broadcasts below
    agenda_import,
    attendee,
    broadcasts,  # noqa: F401 - its import puts its buttons and its dialog into the desk
    desk,
    dialogs,
    errors,
    material_writing,  # noqa: F401 - likewise
    materials,  # noqa: F401 - likewise
    numbers,  # noqa: F401 - as for broadcasts
    organiser_questions,  # noqa: F401 - likewise
    privacy,
    questions,
    screens,
    speaker_desk,
    speaker_list,  # noqa: F401 - likewise
    speaker_tools,  # noqa: F401 - likewise
    start,
)
from handlers.albums import once_an_album

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that Telegram is asked for: those that some handler below takes."""


def register_handlers(application: GhidApplication) -> None:
    """Register every handler. Order matters: within a group the first that fits takes the update."""
    # Being let in or thrown out is no speaking: it must not count as a visit.
    application.add_handler(ChatMemberHandler(attendee.note_membership, ChatMemberHandler.MY_CHAT_MEMBER), group=-3)
    # Who is speaking comes before everything else; groups and channels end here.
    application.add_handler(TypeHandler(Update, attendee.recognise), group=-2)
    # Any command ends what somebody is in the middle of, and is then carried out.
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, dialogs.end), group=-1)

    application.add_handler(CommandHandler("start", start.start))
    application.add_handler(CommandHandler("help", start.help_))
    application.add_handler(CommandHandler("organiser", desk.open_desk))
    application.add_handler(CommandHandler("mydata", privacy.send))
    application.add_handler(CommandHandler("speaker", speaker_desk.open_desk))
    for name, payload in screens.COMMANDS.items():
        application.add_handler(CommandHandler(name, screens.command(payload)))
    application.add_handler(CallbackQueryHandler(screens.press))
    # After the commands: one that we do not know is read as a question. An edited question is a new one.
    application.add_handler(MessageHandler(filters.TEXT, questions.ask))
    # An organiser's file may be a new agenda; everybody else's is no text.
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL, agenda_import.receive))
    # After the text: whatever else a person can send. Service messages (a pin, a new photo) are no question, nor are
    # edits: a shared position that moves is edited every few seconds, for hours.
    something_else = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(something_else, once_an_album(questions.not_text)))

    application.add_error_handler(errors.apologise)
