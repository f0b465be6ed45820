"""Addresses that Telegram refuses on a button: the message goes out all the same, with them in its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local_telegram.keyboards import inline_keyboard
from bot.messages.links import sendable
from bot.messages.outgoing import CallbackButton, LinkButton, OutgoingMessage
from content.checks import link_doubt
from content.web_addresses import can_be_on_a_button

MENU = CallbackButton("Menu", "st")
GOOD = LinkButton("Site", "https://a.eu/x?y=1&z=2#part")
LOCAL = LinkButton("Map <here>", "http://localhost:8000/?a=1&b=2")
HOSTS = st.sampled_from(["a.eu", "localhost", "intranet", "1.2.3.4", "1.2", "[::1]", "пример.укр", "xn--e1a.xn--p1ai"])
PIECES = st.text("aéю.-_:/?#@[]%0 9\n\u200b!~*", max_size=12)


@pytest.mark.parametrize(
    "url",
    [
        "https://clustercollaboration.eu/a/b.pdf?x=1#y",
        "http://unirea.ro",
        "HTTPS://UNIREA.RO:8443/",
        "https://пример.укр/сторінка",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://192.168.0.1:8080/",
    ],
)
def test_the_address_of_a_whole_host_can_be_on_a_button(url: str) -> None:
    assert can_be_on_a_button(url)
    assert inline_keyboard({"inline_keyboard": [[{"text": "x", "url": url}]]})


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost",
        "https://intranet/page",
        "https://a.eu:99999/",
        "https://a.eu:0/",
        "https://a..eu/",
        "https://a.b/",
        "https:///page",
        "https://[a.eu",
        "https://a.eu/x y",
        "www.a.eu",
        "mailto:ana@a.eu",
        "no address at all",
        "",
    ],
)
def test_an_address_that_leads_nowhere_cannot_and_is_doubted_in_the_content(url: str) -> None:
    assert not can_be_on_a_button(url)
    assert link_doubt(url) is not None


@given(st.one_of(PIECES, st.builds("{}://{}{}".format, st.sampled_from(["http", "https", "ftp"]), HOSTS, PIECES)))
def test_whatever_address_is_let_through_telegram_takes_it(url: str) -> None:
    if can_be_on_a_button(url):
        assert inline_keyboard({"inline_keyboard": [[{"text": "x", "url": url}]]})
    else:
        assert link_doubt(url) is not None


def test_a_refused_button_becomes_text_and_the_others_stay() -> None:
    message = OutgoingMessage("<b>Venue</b>", ((LOCAL,), (GOOD, LOCAL), (MENU,)))

    assert sendable(message) == OutgoingMessage(
        "<b>Venue</b>\n\nMap &lt;here&gt;\nhttp://localhost:8000/?a=1&amp;b=2", ((GOOD,), (MENU,))
    )


def test_a_message_without_such_a_button_stays_as_it_is() -> None:
    message = OutgoingMessage("x", ((GOOD, MENU),))

    assert sendable(message) is message


def test_a_message_that_is_full_goes_out_without_the_address() -> None:
    message = OutgoingMessage("x" * 4_090, ((LOCAL,), (MENU,)))

    assert sendable(message) == OutgoingMessage("x" * 4_090, ((MENU,),))
