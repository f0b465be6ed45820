"""Texts of other programs → plain text: HTML and Markdown in abstracts, characters that nobody sees."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

MAX_TEXT = 10_000

_HTML = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|ul|ol|li|div|span|h[1-6]|pre|code|blockquote|hr|table|tr|td|th|img)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]+);", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BREAKS = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "hr", "table", "tr"}
)
_PARAGRAPHS = _BREAKS - {"br", "tr", "div"}

_MD_LINK = re.compile(
    r"!?\[([^\[\]\n]{1,300})\]\(\s*<?((?:https?://|mailto:|/|#)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)?)>?(?:\s+\"[^\"\n]*\")?\s*\)"
)
_MD_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_MD_STRONG = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1(?![\w*])")
_MD_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])")
_MD_BULLET = re.compile(r"^([ \t]*)[*+-][ \t]+(?=\S)", re.MULTILINE)
_MD_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_MD_FENCE = re.compile(r"^[ \t]*(```|~~~)[^\n]*$\n?", re.MULTILINE)
_MD_RULE = re.compile(r"^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
_MD_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")


def clean(text: str) -> str:
    """Return the text with one kind of line end, and without characters that no file of ours may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)).strip()


def one_line(text: str) -> str:
    """Return a title or a name: clean, on one line, HTML's entities read."""
    text = clean(text)
    if "<" in text and _HTML.search(text):
        text = _without_html(text)
    elif "&" in text and _ENTITY.search(text):
        text = clean(unescape(text))
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return an abstract as plain text; HTML is read as HTML, everything else as Markdown, which most of it is."""
    text = clean(text)
    if "<" in text and _HTML.search(text):
        text = _without_html(text)
    elif "&" in text and _ENTITY.search(text):
        text = clean(unescape(text))
    return _tidy(_without_markdown(text))


def _without_markdown(text: str) -> str:
    text = _MD_FENCE.sub("", text)
    text = _MD_RULE.sub("", text)
    text = _MD_HEADING.sub(r"\1", text)
    text = _MD_LINK.sub(_link, text)
    text = _MD_BULLET.sub(r"\1• ", text)
    text = _MD_STRONG.sub(r"\2", text)
    text = _MD_EMPHASIS.sub(r"\1", text)
    text = _MD_CODE.sub(r"\1", text)
    return _MD_ESCAPE.sub(r"\1", text)


def _link(match: re.Match[str]) -> str:
    words, url = match[1].strip(), match[2]
    if not url.startswith("http") or words == url:
        return words
    return f"{words} ({url})"


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Plain(HTMLParser):
    """Writes down the words; addresses of links behind them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag == "li":
            self.said.append("\n• ")
        elif tag in _BREAKS:
            self.said.append("\n\n" if tag in _PARAGRAPHS else "\n")
        elif tag == "a":
            self.links.append((next((value or "" for name, value in attrs if name == "href"), ""), len(self.said)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BREAKS and tag != "br":
            self.said.append("\n\n" if tag in _PARAGRAPHS else "\n")
        elif tag == "a" and self.links:
            url, start = self.links.pop()
            words = "".join(self.said[start:]).strip()
            if url.startswith(("http://", "https://")) and words.rstrip("/") != url.rstrip("/"):
                self.said.append(f" ({url})" if words else url)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def _without_html(text: str) -> str:
    parser = _Plain()
    parser.feed(text)
    parser.close()
    return clean("".join(parser.said))
