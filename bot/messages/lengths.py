"""What Telegram shows of a text, and how long it is by Telegram's count."""

from __future__ import annotations

from html.parser import HTMLParser


def shown_text(html: str) -> str:
    """Return what is left of Telegram's HTML once its markup is parsed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


def shown_length(html: str) -> int:
    """Return the length of `shown_text` in UTF-16 units."""
    return len(shown_text(html).encode("utf-16-le", errors="surrogatepass")) // 2


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
