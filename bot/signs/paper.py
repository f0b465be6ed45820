"""Drawing on A4 sheets: texts that fit their place, QR codes of lines, colours. Measures are points from below left."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import font_source_sans_pro  # type: ignore[import-untyped]
import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.messages.formatting import ELLIPSIS

WIDTH, HEIGHT = A4
MARGIN = 48.0
INK, ACCENT, SOFT, WHITE = "#14213d", "#0f766e", "#5b6472", "#ffffff"
REGULAR, BOLD = "SourceSansPro", "SourceSansPro-Bold"
LEADING = 1.14
_STEP = 0.94  # by how much a text gets smaller until it fits

# The package's own names lead to OpenType outlines, which ReportLab cannot embed.
_FONTS = {
    name: TTFont(name, Path(font_source_sans_pro.font_directory, f"SourceSansPro-{file}.ttf").as_posix())
    for name, file in ((REGULAR, "Regular"), (BOLD, "Bold"))
}
for _font in _FONTS.values():
    pdfmetrics.registerFont(_font)


class Paper:
    """The sheets of one file, the latest on top."""

    def __init__(self, title: str) -> None:
        self._file = io.BytesIO()
        # Invariant: the same signs are the same bytes.
        self._canvas = Canvas(self._file, pagesize=A4, invariant=True)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Ghid")

    def turn(self) -> None:
        """Go on with a new sheet."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """Return the PDF file; nothing can be drawn any more."""
        self._canvas.save()
        return self._file.getvalue()

    def box(self, x: float, y: float, width: float, height: float, *, colour: str, radius: float = 0) -> None:
        """Fill a box; ``radius``: of its corners."""
        self._canvas.setFillColor(colour)
        self._canvas.roundRect(x, y, width, height, radius, stroke=0, fill=1)

    def dashes(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw a line to cut along."""
        self._canvas.setStrokeColor(SOFT)
        self._canvas.setLineWidth(0.5)
        self._canvas.setDash(3, 4)
        self._canvas.line(x, y, to_x, to_y)
        self._canvas.setDash()

    def qr(self, link: str, x: float, y: float, size: float) -> None:
        """Draw a link's QR code with the quiet zone it needs, on white."""
        self.box(x, y, size, size, colour=WHITE, radius=size * 0.03)
        matrix = segno.make(link, error="m", micro=False).matrix
        quiet = 4  # modules of white around, as the standard asks
        module = size / (len(matrix) + 2 * quiet)
        self._canvas.setFillColor(INK)
        path = self._canvas.beginPath()
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    top = y + size - (row + 1 + quiet) * module
                    path.rect(x + (column + quiet) * module, top, module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def text(
        self,
        words: str,
        x: float,
        top: float,
        width: float,
        *,
        size: float,
        lines: int = 1,
        font: str = REGULAR,
        colour: str = INK,
        centred: bool = False,
    ) -> float:
        """Write words below ``top`` as large as ``size`` allows, in at most so many lines; return where they end."""
        size, set_lines = fitted(words, font, size, width, lines)
        self._canvas.setFillColor(colour)
        self._canvas.setFont(font, size)
        for line in set_lines:
            top -= size * LEADING
            baseline = top + size * 0.26
            if centred:
                self._canvas.drawCentredString(x + width / 2, baseline, line)
            else:
                self._canvas.drawString(x, baseline, line)
        return top


def fitted(words: str, font: str, size: float, width: float, lines: int) -> tuple[float, list[str]]:
    """Return the size, at most ``size`` and at least half of it, and the lines; what is longer still is cut."""
    words = printable(words, font)
    smallest = size / 2
    while True:
        wrapped = _wrapped(words, font, size, width)
        if len(wrapped) <= lines or size * _STEP < smallest:
            break
        size *= _STEP
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _cut(" ".join(wrapped[lines - 1 :]), font, size, width)]
    return size, wrapped


def printable(words: str, font: str) -> str:
    """Leave out what the font has no letter for, such as emoji; a box in its place would help nobody."""
    known = _FONTS[font].face.charToGlyph
    return " ".join("".join(letter for letter in words if letter.isspace() or ord(letter) in known).split())


def _wrapped(words: str, font: str, size: float, width: float) -> list[str]:
    found: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if _width(longer, font, size) <= width or not line:
            line = longer
        else:
            found.append(line)
            line = word
    found.append(line)
    # A word wider than the line counts as too many lines, so that the text gets smaller, and is broken at last.
    return [piece for line in found for piece in _broken(line, font, size, width)]


def _broken(line: str, font: str, size: float, width: float) -> Sequence[str]:
    if _width(line, font, size) <= width:
        return [line]
    pieces, piece = [], ""
    for letter in line:
        if piece and _width(piece + letter, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _cut(line: str, font: str, size: float, width: float) -> str:
    if _width(line, font, size) <= width:
        return line
    while line and _width(line + ELLIPSIS, font, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def _width(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))
