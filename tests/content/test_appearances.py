"""When and where a speaker is on: their own minutes, their place in the order, and who with."""

from __future__ import annotations

from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda, SessionSpeaker, SpeakerRole
from content.appearances import Appearance, appearances, fellows
from tests.builders import a_moment, a_session, an_agenda


def part(
    speaker_id: str, starts_at: str = "", ends_at: str = "", role: SpeakerRole = SpeakerRole.SPEAKER
) -> SessionSpeaker:
    if not starts_at:
        return SessionSpeaker(speaker_id, role)
    return SessionSpeaker(speaker_id, role, a_moment(starts_at), a_moment(ends_at))


def of(agenda: Agenda, *speaker_ids: str) -> tuple[Appearance, ...]:
    known = with_handles(agenda, assign_handles({}, agenda, {}))
    return appearances(known, [known.speaker_by_id[each].handle for each in speaker_ids])


def test_own_minutes_and_the_order_of_speaking_are_known_where_all_have_minutes() -> None:
    session = a_session(
        "talks", starts_at="10:00", speakers=[part("ana", "10:30", "10:45"), part("ion", "10:00", "10:15")]
    )

    [ana] = of(an_agenda(session), "ana")

    assert (ana.starts_at, ana.ends_at) == (a_moment("10:30"), a_moment("10:45"))
    assert (ana.place, ana.of, ana.in_order) == (2, 2, True)


def test_without_everybodys_minutes_the_place_is_that_of_the_list() -> None:
    session = a_session("talks", starts_at="10:00", speakers=[part("ion"), part("ana", "10:00", "10:15")])

    [ana] = of(an_agenda(session), "ana")

    assert (ana.place, ana.of, ana.in_order) == (2, 2, False)


def test_who_only_moderates_has_no_place_among_those_who_speak() -> None:
    session = a_session("panel", speakers=[part("ana", role=SpeakerRole.MODERATOR), part("ion"), part("olena")])

    [ana] = of(an_agenda(session), "ana")

    assert ana.place is None
    assert ana.minutes is None
    assert ana.starts_at == session.starts_at


def test_who_moderates_and_speaks_appears_once_with_both_roles() -> None:
    session = a_session("panel", speakers=[part("ana", role=SpeakerRole.MODERATOR), part("ana"), part("ion")])
    agenda = an_agenda(session)

    [ana] = of(agenda, "ana")

    assert ana.roles == (SpeakerRole.MODERATOR, SpeakerRole.SPEAKER)
    assert (ana.place, ana.of) == (1, 2)
    assert [each.id for each in fellows(ana, agenda, SpeakerRole.SPEAKER)] == ["ion"]


def test_appearances_stand_in_order_of_their_own_start() -> None:
    early = a_session("early", starts_at="10:00", minutes=120, speakers=[part("ana", "11:30", "11:45")])
    late = a_session("late", starts_at="11:00", speakers=["ana", "ion"])

    assert [each.session.id for each in of(an_agenda(early, late), "ana", "ion")] == ["late", "late", "early"]


def test_a_handle_that_left_the_agenda_or_is_none_appears_nowhere() -> None:
    agenda = an_agenda(a_session("talk", speakers=["ana"]))

    assert appearances(agenda, ["gone0000", ""]) == ()
    assert of(an_agenda(a_session("talk", speakers=["ana"], cancelled=True)), "ana")[0].stands is False
