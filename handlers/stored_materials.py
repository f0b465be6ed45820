"""Finding a material that a button names, for the organisers' desk and for the approval of slides."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.materials import ChatMaterial
from bot.messages.material_desk import material_gone
from bot.services.materials import NoSuchMaterialError
from handlers.replies import alert


async def found_material(handle: str, update: Update, context: BotContext) -> ChatMaterial | None:
    """Return the material, or say that it is gone."""
    try:
        return await context.services.materials.find(handle)
    except NoSuchMaterialError:
        await alert(update, context, material_gone(context.view))
        return None


def is_seen(material: ChatMaterial, context: BotContext) -> bool:
    """Whether it stands in the agenda as attendees see it."""
    return material.handle in context.view.agenda.by_handle
