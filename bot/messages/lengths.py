"""How long a text is by Telegram's count."""

from __future__ import annotations

from html.parser import HTMLParser


def shown_length(html: str) -> int:
    """Return the length in UTF-16 units of what is left of Telegram's HTML once its markup is parsed."""
    counter = _Counter()
    counter.feed(html)
    counter.close()
    return counter.units


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.units = 0

    def handle_data(self, data: str) -> None:
        self.units += len(data.encode("utf-16-le", errors="surrogatepass")) // 2
