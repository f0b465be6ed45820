"""Whatever an organiser opens from the desk leads back to it, and to the menu."""

from __future__ import annotations

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages import broadcast_progress, broadcasts, edits, material_drafts, organiser_questions, speaker_calls
from bot.messages.buttons import OpenStart
from bot.messages.desk_buttons import OpenDesk
from bot.messages.view import View
from tests.bot.messages.crawler import callback_data
from tests.builders import a_moment, an_agenda

SCREENS = {
    "what went out": lambda view: broadcast_progress.broadcasts_list([], view),
    "questions": lambda view: organiser_questions.question_list([], 0, 0, view),
    "a message given up": broadcasts.discarded,
    "a document given up": lambda view: material_drafts.discarded("Discarded.", view),
    "a name that is none": lambda view: edits.not_a_name(100, view),
    "a call that is gone": speaker_calls.call_gone,
}


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_of_the_desk_ends_with_the_way_to_it_and_to_the_menu(screen: str, language: str) -> None:
    message = SCREENS[screen](View(localizer(language), an_agenda(), a_moment("10:05")))

    assert callback_data(message)[-2:] == [OpenDesk().pack(), OpenStart().pack()]
