"""What attendees and organisers do with questions that have no answer, in scenario tests."""

from __future__ import annotations

from bot.local_telegram import Person
from tests.scenarios.conversation import Conversation, Message, labels
from tests.scenarios.organiser_phone import forged, label, pressed, said

QUESTION = {
    "en": "Is there a prayer room?",
    "ro": "Există o cameră de rugăciune?",
    "uk": "Чи є кімната для молитви?",
}
ALIKE = {
    "en": "do you have a prayer room",
    "ro": "Aveți cameră de rugăciune?",
    "uk": "підкажіть, чи є у вас кімната для молитви",
}
ANSWER = {
    "en": "Yes: room 12, first floor <&>",
    "ro": "Da: camera 12, etajul întâi",
    "uk": "Так: кімната 12, перший поверх",
}
NAMES = {"en": "English", "ro": "Română", "uk": "Українська"}


async def passes_on(person: Person, language: str, question: str = "") -> Message:
    """Ask, and tap "ask the organisers"."""
    await person.asks(question or QUESTION[language])
    return await person.taps(label(language, "Ask the organisers"))


async def opens_questions(person: Person, language: str) -> Message:
    await person.asks("/organiser")
    return await person.taps(said(language, "Questions (%(count)s)", count="")[:-1])


async def writes(person: Person, language: str, texts: dict[str, str]) -> Message:
    """Write these texts, see the preview, and return the question whether the answer shall go out."""
    for number, (each, text) in enumerate(texts.items()):
        if number or each != language:
            if not number:
                await person.taps(label(language, "Other languages"))
            await person.taps(said(language, "Add: %(language)s", language=NAMES[each]))
        await person.asks(text)
    return await pressed(person, label(language, "Next: preview"))


async def answers(person: Person, language: str, question: str, texts: dict[str, str]) -> Message:
    """Answer this question, from the desk to "answered"."""
    listed = await opens_questions(person, language)
    await person.taps(next(each for each in labels(listed) if question[:30] in each))
    await person.taps(label(language, "Answer"))
    await writes(person, language, texts)
    return await person.taps(label(language, "Send the answer"))


async def is_told(person: Person, text: str) -> str:
    """Wait for a message with this text, and return the whole of it."""
    return str((await person.waits_for(lambda message: text in message.get("text", "")))["text"])


async def alerted(conversation: Conversation, person: Person, data: str) -> str:
    """Press a button that no message has, and return what stands in the window over it."""
    before = set(conversation.telegram.state.queries)
    await forged(conversation, person, data)
    (query,) = set(conversation.telegram.state.queries) - before
    return str((await person.waits_for_answer(query))["text"])
