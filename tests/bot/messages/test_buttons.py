"""What buttons carry."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import buttons
from bot.messages.buttons import Payload, UnknownPayloadError, parse
from content.questions.question import Intent

HANDLES = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=8)
PAGES = st.integers(0, 999_999)
PAYLOADS = st.one_of(
    st.builds(buttons.OpenSession, HANDLES),
    st.builds(buttons.OpenSpeaker, HANDLES),
    st.builds(buttons.OpenMaterial, HANDLES),
    st.builds(buttons.OpenMaterialsOf, HANDLES),
    st.builds(buttons.OpenDay, st.dates(date(1970, 1, 1), date(2999, 12, 31)), PAGES),
    st.builds(buttons.OpenRoom, HANDLES, PAGES),
    st.builds(buttons.OpenTrack, HANDLES, PAGES),
    st.builds(buttons.OpenSpeakers, st.sampled_from(["", "A", "Ш", "#", "ﷺ"]), PAGES),
    st.builds(buttons.OpenFact, st.from_regex(r"[a-z][a-z-]{0,40}", fullmatch=True)),
    st.builds(buttons.ChooseLanguage, st.sampled_from(["en", "ro", "uk"])),
    st.builds(buttons.AnswerAbout, st.sampled_from(Intent), HANDLES),
    st.sampled_from([buttons.OpenStart(), buttons.OpenNow(), buttons.OpenNext(), buttons.OpenHelp()]),
)


@given(PAYLOADS)
def test_a_button_means_after_the_press_what_it_meant_before(payload: Payload) -> None:
    data = payload.pack()

    assert parse(data) == payload
    assert 1 <= len(data.encode()) <= 64


@given(st.text(max_size=64))
def test_forged_data_is_refused_or_means_a_button_of_ours(data: str) -> None:
    try:
        payload = parse(data)
    except UnknownPayloadError:
        return
    assert isinstance(payload, Payload)


@pytest.mark.parametrize(
    "data", ["", ":", "s", "s:a:b", "d:20231122", "d:20231399:0", "d:20231122:-1", "q:nothing:abc"]
)
def test_data_of_the_wrong_shape_is_refused(data: str) -> None:
    with pytest.raises(UnknownPayloadError):
        parse(data)


def test_data_over_64_bytes_is_never_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        buttons.OpenFact("щ" * 32).pack()


def test_a_field_with_the_separator_is_never_packed() -> None:
    with pytest.raises(ValueError, match="separator"):
        buttons.OpenFact("a:b").pack()
