"""“Tell me when it is there”: the button on cards and what it says when pressed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import buttons
from bot.messages.material_buttons import AddMaterial, ManageMaterial
from bot.messages.outgoing import Button
from bot.messages.view import View
from content.agenda import Material, Session, SessionKind, Speaker

_PRESENTED = {SessionKind.KEYNOTE, SessionKind.PANEL, SessionKind.TALK, SessionKind.PITCH, SessionKind.WORKSHOP}


def wait_button(target: Session | Speaker, view: View) -> tuple[Button, ...]:
    """Return the button by which one asks to be told of materials, or takes that back; none where none are awaited.

    Where something is there already, the card leads to it; what is still under embargo has its own card.
    """
    t = view.t.plain
    if target.handle in view.waits:
        return (buttons.StopWaiting(target.handle).button(t.pgettext("button", "Do not tell me of slides")),)
    if anything_there(materials_of_target(target, view), view) or not _may_have_some(target, view):
        return ()
    return (_asking(target, view),)


def wait_button_for(material: Material, view: View) -> tuple[Button, ...]:
    """Return the same button for the card of a material that cannot be had yet; none if it belongs to the event."""
    target = _owner(material, view)
    if target is None or material.is_there(view.now):
        return ()
    return wait_button(target, view) or (_asking(target, view),)


def add_material_button(handle: str, view: View) -> Button:
    """Return the button of an organiser's card that adds slides or a document to a session or speaker."""
    return AddMaterial(handle).button(view.t.plain.pgettext("button", "Add slides or a document"))


def manage_material_button(material: Material, view: View) -> tuple[Button, ...]:
    """Return the button by which an organiser changes what was added in the chat."""
    if not view.organiser or material.added is None:
        return ()
    return (ManageMaterial(material.handle).button(view.t.plain.pgettext("button", "Change or remove")),)


def materials_of_target(target: Session | Speaker, view: View) -> tuple[Material, ...]:
    """Return everything of this session or speaker, what cannot be had yet included."""
    if isinstance(target, Session):
        return view.agenda.materials_of_session(target.id)
    return view.agenda.materials_of_speaker(target.id)


def anything_there(materials: Sequence[Material], view: View) -> bool:
    """Whether any of these can be had now."""
    return any(material.is_there(view.now) for material in materials)


def can_be_waited_for(target: Session | Speaker, view: View) -> bool:
    """Whether something of this is still to come, be it that nothing is there yet."""
    materials = materials_of_target(target, view)
    return not materials or not all(material.is_there(view.now) for material in materials)


def waiting_notice(view: View) -> str:
    """Return the short notice over the button that asked to be told."""
    return view.t.plain.gettext("I will tell you as soon as slides or documents are there.")


def not_waiting_notice(view: View) -> str:
    """Return the short notice over the button that took the wish back."""
    return view.t.plain.gettext("I will not tell you about its slides and documents.")


def there_already_notice(view: View) -> str:
    """Return the short notice over the button that asked for what can be had already."""
    return view.t.plain.gettext("They are there already: see “Slides and documents”.")


def _asking(target: Session | Speaker, view: View) -> Button:
    return buttons.WaitForMaterials(target.handle).button(
        view.t.plain.pgettext("button", "Tell me when slides are there")
    )


def _may_have_some(target: Session | Speaker, view: View) -> bool:
    """Whether anybody would expect slides: not of a coffee break."""
    if isinstance(target, Speaker):
        return bool(view.agenda.sessions_of(target.id))
    return not target.cancelled and (bool(target.speakers) or target.kind in _PRESENTED)


def _owner(material: Material, view: View) -> Session | Speaker | None:
    for session_id in material.session_ids:
        return view.agenda.session_by_id.get(session_id)
    for speaker_id in material.speaker_ids:
        return view.agenda.speaker_by_id.get(speaker_id)
    return None
