"""HTML and MarkdownV2 become text and entities in UTF-16 units; what Telegram finds itself is found."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message

from bot.local_telegram.formatting import format_text
from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.refusals import Refusal


def shown(source: str, mode: str = "HTML") -> tuple[str, list[tuple[Any, ...]]]:
    """Return the text and (type, covered text, other values) of each entity."""
    formatted = format_text(source, mode)
    units = formatted.text.encode("utf-16-le")
    return formatted.text, [
        (
            entity["type"],
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"),
            *[value for name, value in entity.items() if name not in {"type", "offset", "length"}],
        )
        for entity in formatted.entities
    ]


HTML: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("<b>a</b> <strong>b</strong>", "a b", [("bold", "a"), ("bold", "b")]),
    ("<i>a</i> <em>b</em>", "a b", [("italic", "a"), ("italic", "b")]),
    ("<u>a</u> <ins>b</ins>", "a b", [("underline", "a"), ("underline", "b")]),
    ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c",
     [("strikethrough", "a"), ("strikethrough", "b"), ("strikethrough", "c")]),
    ('<span class="tg-spoiler">a</span> <tg-spoiler>b</tg-spoiler>', "a b", [("spoiler", "a"), ("spoiler", "b")]),
    ("<code>x &lt; y</code>", "x < y", [("code", "x < y")]),
    ("<pre>a</pre>", "a", [("pre", "a")]),
    ("<pre><code>a</code></pre>", "a", [("pre", "a")]),
    ('<pre><code class="language-python">a</code></pre>', "a", [("pre", "a", "python")]),
    ('<a href="https://example.com/?a=1&amp;b=2">a</a>', "a", [("text_link", "a", "https://example.com/?a=1&b=2")]),
    ("<a href='example.com'>a</a>", "a", [("text_link", "a", "http://example.com/")]),
    ('<a href="tg://user?id=5">a</a>', "a", [("text_mention", "a", {"id": 5, "is_bot": False, "first_name": ""})]),
    ('<a href="nowhere">a</a>', "a", []),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", "👍", "5368324170671202286")]),
    ('<tg-time unix="1700647800" format="wDT">10:10</tg-time>', "10:10", [("date_time", "10:10", 1700647800, "wDT")]),
    ('<tg-time unix="1700647800">10:10</tg-time>', "10:10", [("date_time", "10:10", 1700647800)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", "a")]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
    ("<b>a <i>b <u>c</u></i></b>", "a b c", [("bold", "a b c"), ("italic", "b c"), ("underline", "c")]),
    ("<b>a<b>b</b></b>", "ab", [("bold", "ab")]),
    ("<code>a <b>b</b></code>", "a b", [("code", "a b")]),
    ("<b>a <code>b</code></b>", "a b", [("code", "b")]),
    ("<blockquote>a <blockquote>b</blockquote></blockquote>", "a b", [("blockquote", "a b")]),
    ("🙂 <B>ж</B> 🙂", "🙂 ж 🙂", [("bold", "ж")]),
    ("&amp; &quot; &#1046; &#x416; &nbsp; &copy; &", '& " Ж Ж &nbsp; &copy; &', []),
    ("  a <b>b</b>  ", "a b", [("bold", "b")]),
    ("\n<b> a</b>", " a", [("bold", " a")]),
    ("a\x01b\r\nc", "a b\nc", []),
    ("<b>a</>", "a", [("bold", "a")]),
    ("<b></b>a", "a", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "entities"), HTML)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert shown(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("жи <p>", 'Unsupported start tag "p" at byte offset 5'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_html_that_telegram_cannot_read_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        format_text(source, "HTML")

    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


MARKDOWN: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("*a* _b_ __c__ ~d~ ||e||", "a b c d e",
     [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d"), ("spoiler", "e")]),
    ("*a _b __c__ d_*", "a b c d", [("bold", "a b c d"), ("italic", "b c d"), ("underline", "c")]),
    ("`a\\`b` ```\nc\n``` ```python\nd```", "a`b c\n d", [("code", "a`b"), ("pre", "c\n"), ("pre", "d", "python")]),
    ("[a](https://example.com/x\\)y)", "a", [("text_link", "a", "https://example.com/x)y")]),
    ("![👍](tg://emoji?id=5368324170671202286)", "👍", [("custom_emoji", "👍", "5368324170671202286")]),
    ("![10:10](tg://time?unix=1700647800&format=t)", "10:10", [("date_time", "10:10", 1700647800, "t")]),
    (">a\n>b\nc", "a\nb\nc", [("blockquote", "a\nb\n")]),
    (">a\n>b||", "a\nb", [("expandable_blockquote", "a\nb")]),
    ("1\\. a\\-b \\(c\\)\\!", "1. a-b (c)!", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "entities"), MARKDOWN)
def test_markdown_v2_becomes_text_and_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert shown(source, "MarkdownV2") == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("*unclosed", "Can't find end of Bold entity at byte offset 0"),
        ("*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("ж _x", "Can't find end of Italic entity at byte offset 3"),
        ("[a](b", "Can't find end of a URL at byte offset 3"),
        *((f"a{sign}b", f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
          for sign in ".-!()#+={}>|"),
    ],
)  # fmt: skip
def test_markdown_v2_that_telegram_cannot_read_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        format_text(source, "MarkdownV2")

    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start /agenda@ghid_bot now", [("bot_command", "/start"), ("bot_command", "/agenda@ghid_bot")]),
        ("and/or 1/2 /home/user", []),
        ("see https://example.com/a?b=1.", [("url", "https://example.com/a?b=1")]),
        ("(romoldexpo.md) and example.com/x", [("url", "romoldexpo.md"), ("url", "example.com/x")]),
        ("write to ana.pop@example.com", [("email", "ana.pop@example.com")]),
        ("ask @ghid_bot, not a@b", [("mention", "@ghid_bot")]),
        ("🙂 #Iași2023 #123", [("hashtag", "#Iași2023")]),
        ("$USD and $usd", [("cashtag", "$USD")]),
        ("call +40 232 123 456 now", [("phone_number", "+40 232 123 456")]),
        ("version 1.2.3, e.g. this", []),
    ],
)
def test_telegram_marks_these_by_itself(text: str, found: list[tuple[Any, ...]]) -> None:
    assert shown(text, "") == (text, found)


def test_nothing_is_marked_inside_code_or_links() -> None:
    _, entities = shown('<code>/start</code> <a href="https://example.com">example.com</a> <b>/help</b>')

    assert entities == [
        ("code", "/start"),
        ("text_link", "example.com", "https://example.com/"),
        ("bold", "/help"),
        ("bot_command", "/help"),
    ]


@pytest.mark.parametrize("source", [source for source, _, entities in HTML if entities])
def test_what_python_telegram_bot_writes_back_means_the_same(source: str) -> None:
    formatted = format_text(source, "HTML")
    fields = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, **formatted.fields()}
    message = Message.de_json(fields, None)

    # It writes <code class="python">, where Telegram wants class="language-python".
    assert format_text(message.text_html.replace('class="py', 'class="language-py'), "HTML") == formatted
    assert format_text(message.text_markdown_v2, "MarkdownV2") == formatted


def test_more_than_a_hundred_entities_are_cut() -> None:
    assert len(format_text("<b>a</b> " * 150, "HTML").entities) == 100


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "a", "🙂", " ", "\n", "&lt;", "/x"]))
)
def test_entities_always_lie_within_the_text_and_in_order(parts: list[str]) -> None:
    try:
        formatted = format_text("".join(parts), "HTML")
    except Refusal:
        return

    places = [(entity["offset"], -entity["length"]) for entity in formatted.entities]
    assert places == sorted(places)
    assert all(offset >= 0 and offset - length <= utf16_length(formatted.text) for offset, length in places)
    assert all(entity["length"] > 0 for entity in formatted.entities)
