"""Materials added in the chat: seen with the agenda's, kept apart from its versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.materials import Embargo, MaterialContent, MaterialDraft, MaterialSource, MaterialState
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import NothingChanged
from bot.services.materials import MAX_TITLE, NoSuchMaterialError, UnusableDraftError
from bot.services.versions import VersionService
from content.agenda import Agenda
from content.questions.understand import understand
from tests.bot.services.library import A_FILE, A_LINK, ORGANISER, Library
from tests.builders import a_material, a_moment, a_session, an_agenda

AT_ONCE = Embargo()
AFTER_IT = Embargo(after_session=True)


def without_the_talk() -> Agenda:
    return an_agenda(
        a_session("panel", starts_at="12:00", speakers=["ana", "ion"]),
        a_session("lunch", starts_at="13:00"),
        materials=[a_material("agenda-slides", session_ids=("panel",))],
    )


async def trail(library: Library) -> list[str]:
    rows = await library.database.reader.execute_fetchall("SELECT action FROM audit ORDER BY id")
    return [row[0] for row in rows]


async def test_what_is_added_stands_with_its_session_its_only_speaker_and_the_agendas_own(library: Library) -> None:
    talk = await library.add("Talk slides", "talk", A_FILE)
    await library.add("Panel slides", "panel")
    await library.add("Ion's paper", "ion")
    agenda = library.agenda.current.agenda

    assert [each.title.texts["en"] for each in library.shown("talk")] == ["Talk slides"]
    assert [each.title.texts["en"] for each in library.shown("panel")] == [
        "Agenda slides",
        "Panel slides",
        "Ion's paper",
    ]
    assert [each.title.texts["en"] for each in library.shown("ana")] == ["Talk slides"]
    assert [each.title.texts["en"] for each in library.shown("ion")] == ["Ion's paper"]
    assert agenda.by_handle[talk.handle] is library.shown("talk")[0]
    assert library.shown("talk")[0].file is not None


async def test_the_event_own_document_is_found_by_its_name(library: Library) -> None:
    await library.add("Input Paper")
    current = library.agenda.current

    question = understand("input paper", current.index)

    assert [current.agenda.material_by_id[entity.id].title.texts["en"] for entity in question.entities] == [
        "Input Paper"
    ]


async def test_the_same_draft_is_added_once(library: Library) -> None:
    first = await library.add("Slides", "talk")
    again = await library.add("Slides", "talk")

    assert again == first
    assert await trail(library) == ["add material"]


async def test_an_import_an_undo_and_a_restart_leave_it_where_it_was(library: Library) -> None:
    added = await library.add("Slides", "talk")
    await library.agenda.import_agenda(without_the_talk(), author="Olena", note="", allow_mass_removal=True)
    assert added.handle not in library.agenda.current.agenda.by_handle
    assert (await library.materials.find(added.handle)).draft == added.draft  # kept, and organisers see it

    versions = VersionService(library.database, library.agenda)
    await versions.undo(author="Olena", note="")
    assert [each.handle for each in library.shown("talk")] == [added.handle]

    again = AgendaService(library.database, library.clock)
    await again.load()
    assert again.current.agenda.materials == library.agenda.current.agenda.materials


async def test_no_version_of_the_agenda_ever_holds_it(library: Library) -> None:
    await library.add("Slides", "talk")
    seen = library.agenda.current.agenda
    sessions = tuple(replace(session, cancelled=session.id == "lunch") for session in seen.sessions)

    assert isinstance(await library.agenda.import_agenda(seen, author="Olena", note=""), NothingChanged)
    await library.agenda.import_agenda(replace(seen, sessions=sessions), author="Olena", note="lunch is off")

    versions = VersionService(library.database, library.agenda)
    for number in (1, 2):
        assert [each.id for each in (await versions.version(number)).materials] == ["agenda-slides"]
    assert len(library.agenda.current.agenda.materials) == 2


@pytest.mark.parametrize(
    ("to", "embargo", "opens"),
    [
        ("talk", AFTER_IT, "12:00"),
        ("ana", AFTER_IT, "13:00"),
        ("talk", Embargo(until=a_moment("11:30")), "11:30"),
        (None, Embargo(until=a_moment("11:30")), "11:30"),
    ],
)
async def test_an_embargo_ends_with_the_session_or_at_its_time(
    library: Library, to: str | None, embargo: Embargo, opens: str
) -> None:
    added = await library.add("Slides", to, embargo=embargo)
    material = library.agenda.current.agenda.material_by_id[f"added in the chat: {added.handle}"]

    assert not material.is_there(a_moment(opens) - timedelta(seconds=1))
    assert material.is_there(a_moment(opens))


async def test_the_embargo_moves_with_its_session(library: Library) -> None:
    await library.add("Slides", "talk", embargo=AFTER_IT)
    await library.publish(a_session("talk", starts_at="15:00", speakers=["ana"]))

    assert not library.shown("talk")[0].is_there(a_moment("15:30"))
    assert library.shown("talk")[0].is_there(a_moment("16:00"))


@pytest.mark.parametrize(
    "draft",
    [
        MaterialDraft(None, A_LINK, " "),
        MaterialDraft(None, A_LINK, "x" * (MAX_TITLE + 1)),
        MaterialDraft(None, MaterialContent(), "Nothing"),
        MaterialDraft(None, MaterialContent(A_LINK.url, A_FILE.media), "Both"),
        MaterialDraft(None, MaterialContent(url="javascript:alert(1)"), "Script"),
        MaterialDraft(None, MaterialContent(url="ftp://example.org/a"), "Not the web"),
        MaterialDraft(None, MaterialContent(url="https://example.org/" + "a" * 1_000), "Long"),
        MaterialDraft("00000000", A_LINK, "Of nobody"),
        MaterialDraft(None, A_LINK, "The event has no end to wait for", AFTER_IT),
    ],
)
async def test_what_cannot_be_kept_changes_nothing(library: Library, draft: MaterialDraft) -> None:
    with pytest.raises(UnusableDraftError):
        await library.materials.add(draft, ORGANISER, draft_key="one")

    assert await library.materials.all() == ()


async def test_it_is_replaced_and_removed_under_the_same_handle(library: Library) -> None:
    added = await library.add("Slides", "talk")
    await library.materials.change(added.handle, replace(added.draft, content=A_FILE, title="Better"), ORGANISER)
    assert [(each.handle, each.title.texts["en"]) for each in library.shown("talk")] == [(added.handle, "Better")]
    assert library.shown("talk")[0].url is None

    assert await library.materials.remove(added.handle, ORGANISER)
    assert not await library.materials.remove(added.handle, ORGANISER)
    assert library.shown("talk") == []
    with pytest.raises(NoSuchMaterialError):
        await library.materials.change(added.handle, added.draft, ORGANISER)
    assert await trail(library) == ["add material", "change material", "remove material"]


async def test_a_speakers_slides_are_seen_once_an_organiser_says_yes(library: Library) -> None:
    draft = MaterialDraft(library.target("talk").handle, A_FILE, "Slides")
    sent = await library.materials.add(draft, 5, draft_key="one", source=MaterialSource.SPEAKER)
    assert (sent.state, library.shown("talk")) == (MaterialState.WAITING, [])

    await library.materials.publish(sent.handle, ORGANISER)
    assert [each.handle for each in library.shown("talk")] == [sent.handle]
    assert (await library.materials.refuse(sent.handle, ORGANISER, "too late")).state is MaterialState.PUBLISHED

    better = replace(draft, title="Better")
    second = await library.materials.add(
        better, 5, draft_key="two", source=MaterialSource.SPEAKER, replaces=sent.handle
    )
    assert [each.title.texts["en"] for each in library.shown("talk")] == ["Slides"]
    await library.materials.publish(second.handle, ORGANISER)
    assert [(each.handle, each.title.texts["en"]) for each in library.shown("talk")] == [(sent.handle, "Better")]


async def test_what_was_refused_says_why_and_is_never_seen(library: Library) -> None:
    draft = MaterialDraft(library.target("talk").handle, A_FILE, "Slides")
    sent = await library.materials.add(draft, 5, draft_key="one", source=MaterialSource.SPEAKER)

    refused = await library.materials.refuse(sent.handle, ORGANISER, "The logo is missing")

    assert (refused.state, refused.refusal) == (MaterialState.REFUSED, "The logo is missing")
    assert (await library.materials.publish(sent.handle, ORGANISER)).state is MaterialState.REFUSED
    assert library.shown("talk") == []


async def test_a_speakers_slides_for_a_panel_are_found_with_the_panel_and_with_them_alone(library: Library) -> None:
    ion = library.target("ion").handle
    draft = MaterialDraft(library.target("panel").handle, A_FILE, "Ion's slides", speaker=ion)
    sent = await library.materials.add(draft, 5, draft_key="one", source=MaterialSource.SPEAKER)
    await library.materials.publish(sent.handle, ORGANISER)

    assert [each.handle for each in library.shown("ion")] == [sent.handle]
    assert sent.handle in {each.handle for each in library.shown("panel")}
    assert library.shown("ana") == []


async def test_what_was_sent_again_before_anybody_decided_takes_the_place_of_the_first(library: Library) -> None:
    draft = MaterialDraft(library.target("talk").handle, A_FILE, "Slides")
    first = await library.materials.add(draft, 5, draft_key="one", source=MaterialSource.SPEAKER)
    with pytest.raises(NoSuchMaterialError):  # another speaker's
        await library.materials.add(draft, 6, draft_key="x", source=MaterialSource.SPEAKER, replaces=first.handle)
    second = await library.materials.add(
        draft, 5, draft_key="two", source=MaterialSource.SPEAKER, replaces=first.handle
    )

    assert await library.materials.all() == (second,)
    with pytest.raises(NoSuchMaterialError):  # the old button approves nothing that nobody saw
        await library.materials.publish(first.handle, ORGANISER)
