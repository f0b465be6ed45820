"""Two organisers change the same thing at once: the second one is shown what the first made of it, and decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import language_name
from tests.scenarios.conversation import LANGUAGES, Conversation
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, label, pressed, said
from tests.scenarios.question_desk import QUESTION, answers, passes_on
from tests.scenarios.test_materials_desk import adds


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_organisers_who_change_one_material_do_not_undo_each_other_unseen(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        first, second = [await an_organiser(bot, conversation, language) for _ in range(2)]
        managed = await adds(bot, first, language)
        material = (await bot.services.materials.all())[0]
        await first.taps(label(language, "Another title"), managed)
        await first.asks("First words")
        theirs = replace(material.draft, title="Second words")
        await bot.services.materials.change(material.handle, theirs, second.id)
        asked = await first.taps(label(language, "Save"))
        between = (await bot.services.materials.find(material.handle)).draft.title
        await first.taps(label(language, "Save"), asked)

        assert (await bot.services.materials.find(material.handle)).draft.title == "First words"
    assert between == "Second words"
    note = said(language, "Nothing is saved yet: somebody else changed it meanwhile. It is now:")
    assert asked["text"].startswith(note)
    assert "Second words" in asked["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_organisers_who_correct_one_answer_do_not_undo_each_other_unseen(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        asker = await an_attendee(conversation, language)
        await passes_on(asker, language)
        await answers(organiser, language, QUESTION[language], {language: "12"})
        await everything_sent(bot)
        await organiser.taps(label(language, "Open the answer"))
        await organiser.taps(label(language, "Correct"))
        await organiser.taps(said(language, "Rewrite: %(language)s", language=language_name(language)))
        await organiser.asks("14")
        await pressed(organiser, label(language, "Next: preview"))
        known = (await bot.services.organiser_answers.known_answers())[0]
        await bot.services.organiser_answers.correct(known.answer.id, {language: "13"}, 99, draft_key="theirs")
        asked = await pressed(organiser, label(language, "Send the answer"))
        between = await bot.services.organiser_answers.get(known.answer.id)
        seen = [reply["text"] for reply in organiser.replies]
        await organiser.taps(label(language, "Send the answer"), asked)

        assert (await bot.services.organiser_answers.get(known.answer.id)).answer.texts == {language: "14"}
    assert between.answer.texts == {language: "13"}
    note = said(language, "Nothing is sent yet: somebody else corrected this answer meanwhile. It says now:")
    assert any(text.startswith(note) and "13" in text for text in seen)
