"""Lengths by Telegram's count."""

import pytest

from bot.messages.lengths import shown_length, shown_text


@pytest.mark.parametrize(
    ("html", "text", "length"),
    [
        ("", "", 0),
        ("<b>Обід</b> &lt;13:30&gt; &amp; more", "Обід <13:30> & more", 19),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', "here", 4),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", 2),
        ("<pre><code class='language-python'>if a &lt; b:\n</code></pre>", "if a < b:\n", 10),
        ("&quot;é&quot;", '"é"', 3),
    ],
)
def test_markup_does_not_count_and_an_emoji_counts_twice(html: str, text: str, length: int) -> None:
    assert shown_text(html) == text
    assert shown_length(html) == length
