"""Links that open the bot at one thing: ``https://t.me/BOT?start=PAYLOAD``, for doors, badges and last slides.

A payload is ``s_``, ``p_``, ``r_``, ``t_`` or ``m_`` (session, speaker, room, track, material) and a handle; ``f_`` and
the handle of a session or speaker follow it at once ("scan to be reminded"). Telegram allows 64 characters of A–Z a–z
0–9 _ - (core.telegram.org/bots/features#deep-linking).
"""

from __future__ import annotations

from content.agenda import Agenda, Material, Room, Session, Speaker, Track

Target = Session | Speaker | Room | Track | Material

_FOLLOW = "f"
_PREFIXES: dict[type, str] = {Session: "s", Speaker: "p", Room: "r", Track: "t", Material: "m"}


def deep_link(bot_username: str, target: Target) -> str:
    """Return the link that opens the bot at ``target``, which must have its handle."""
    return f"https://t.me/{bot_username}?start={_PREFIXES[type(target)]}_{target.handle}"


def follow_link(bot_username: str, target: Session | Speaker) -> str:
    """Return the link that follows ``target`` as soon as it is opened."""
    return f"https://t.me/{bot_username}?start={_FOLLOW}_{target.handle}"


def followed_by(payload: str, agenda: Agenda) -> Session | Speaker | None:
    """Return what a payload asks to follow; None if it asks nothing of the kind."""
    prefix, _, handle = payload.partition("_")
    target = agenda.by_handle.get(handle) if prefix == _FOLLOW else None
    return target if isinstance(target, Session | Speaker) else None


def target_of(payload: str, agenda: Agenda) -> Target | None:
    """Return what a payload points at; None if it is malformed or its target is not in this agenda."""
    prefix, _, handle = payload.partition("_")
    target = agenda.by_handle.get(handle)
    return target if target is not None and _PREFIXES[type(target)] == prefix else None
