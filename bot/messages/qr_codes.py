"""QR codes of links: as a picture to send, and as text for a terminal."""

from __future__ import annotations

import io

import segno

from bot.i18n import Html
from bot.messages.outgoing import ButtonRows, OutgoingDocument
from bot.models import MediaKind

_PIXELS_A_MODULE = 12


def qr_picture(link: str, name: str, caption: Html, buttons: ButtonRows = ()) -> OutgoingDocument:
    """Return a picture of the link's QR code; ``name``: of the file, without its ending."""
    written = io.BytesIO()
    segno.make(link, error="m", micro=False).save(written, kind="png", scale=_PIXELS_A_MODULE)
    return OutgoingDocument(f"{name}.png", written.getvalue(), caption, buttons, MediaKind.PHOTO)


def qr_text(link: str) -> str:
    """Return the link's QR code drawn with block characters, two modules a line."""
    written = io.StringIO()
    segno.make(link, error="l", micro=False).terminal(written, compact=True)
    return written.getvalue().rstrip("\n")
