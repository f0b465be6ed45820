"""What is wrong with a readable file: every fault named at its line and column, all at once, in plain words."""

from __future__ import annotations

import pytest

from tests.content.content_files import EVENT, a_file, full_problems_of, messages_of, one_session, problems_of


def test_every_problem_is_named_at_once_in_order_of_place() -> None:
    text = a_file(
        """
        rooms:
          - id: Plenary Hall
            name: Plenary
            colour: red
        sessions:
          - id: opening
            titel: Opening
            starts: 22.11.2023 9.30
            ends: 2023-11-22 10:00
            room: plenary
            website: www.example.eu
          - id: opening
            title: Again
            starts: 2023-11-22 12:00
            ends: 2023-11-22 11:00
            speakers: [{id: nobody, role: moderatr}]
        """
    )

    assert problems_of(text) == [
        "10:9 bad_id",
        "12:5 unknown_key",
        "14:5 missing",
        "15:5 unknown_key_meant",
        "16:13 bad_moment",
        "18:11 unknown_reference_meant",
        "19:14 bad_link",
        "20:9 duplicate",
        "23:11 ends_before_start",
        "24:21 unknown_reference",
        "24:35 not_one_of_meant",
    ]


@pytest.mark.parametrize(
    ("lines", "problem", "words"),
    [
        ("room: plenery", "14:11 unknown_reference", "There is no “plenery” under `rooms`"),
        ("kind: key note", "14:11 not_one_of_meant", "Did you mean `keynote`?"),
        ("kind: lecture", "14:11 not_one_of", "Write one of: keynote, panel, talk"),
        ("cancelled: yes", "14:16 not_yes_no", "Write `true` or `false`."),
        ("colour: red", "14:5 unknown_key", "Possible here: id, title"),
        ("speaker: [ana]", "14:5 unknown_key_meant", "Did you mean `speakers`?"),
        ("location: hall", "14:5 unknown_key_meant", "Did you mean `room`?"),
        ("abstract: text", "14:5 unknown_key_meant", "Did you mean `description`?"),
        ("language: English", "14:15 bad_language", "Write two small letters, as `en`"),
        ("website: ftp://a.eu/x", "14:14 bad_link", "beginning with https://"),
        ("website: 'https://a b'", "14:14 bad_link", "beginning with https://"),
        ("website: 'https://[x'", "14:14 bad_link", "beginning with https://"),
        ("website: https://", "14:14 bad_link", "beginning with https://"),
        ("topics: growth", "14:13 not_a_list", "The text “growth” stands where a list is expected"),
        ("topics:\n  -\n", "15:8 empty_entry", "Nothing stands after the dash"),
        ("speakers: {id: x}", "14:15 not_a_list", "A group of keys stands where a list is expected"),
        ("speakers:\n  - [a]", "15:9 not_a_mapping", "A list stands where keys are expected"),
        ("description: [a]", "14:18 not_a_text", "for example `description: Welcome by the hosts.`"),
        ("description: {en: [a]}", "14:23 not_a_text", "A list stands where a text is expected"),
        ("description: {de: Hallo}", "14:19 language_not_of_event", "`de` is no language of the event (en, ro, uk)"),
        ("description: {en: Yes, now}", "14:28 language_not_of_event", "put that text between quotation marks"),
        ("description: {en:Yes}", "14:19 bad_language_key", "a colon needs a space after it"),
        ("illustrative: [date]", "14:20 not_one_of", "Write one of: session, time, room"),
        ("illustrative: true", "14:19 not_a_list", "The text “true” stands where a list is expected"),
        ("part_of: opening", "14:14 part_of_itself", "opening → opening"),
        ("part_of: opning", "14:14 unknown_reference_meant", "Did you mean `opening`?"),
        ('description: "\\x07"', "14:18 bad_character", "(U+0007)"),
        (f"description: {'x' * 10_001}", "14:18 text_too_long", "10,001 characters; the limit is 10,000"),
        ("description: Talk #3", "14:23 lost_text", "`#3` for a note and does not read it"),
        ("description: #Ghid", "14:18 lost_text", "put the whole text between quotation marks"),
        ("title: Twice", "14:5 key_twice", "`title` stands twice here, first in line 11"),
    ],
)
def test_a_fault_of_a_session_is_said_in_plain_words(lines: str, problem: str, words: str) -> None:
    [(place, code, message)] = full_problems_of(one_session(lines + "\n"))

    assert f"{place} {code}" == problem
    assert words in message


@pytest.mark.parametrize(
    ("line", "instead", "problem", "words"),
    [
        ("ghid: 1", "ghid: 2", "1:7 wrong_version", "Write `ghid: 1`"),
        ("ghid: 1", "# nothing", "2:1 missing", "This content file has no `ghid`"),
        ("  id: iasi-2023", "  id: Iași 2023", "3:7 bad_id", "Write `iasi-2023`"),
        ("  id: iasi-2023", "  id: ___", "3:7 bad_id", "small letters a–z"),
        ("  id: iasi-2023", "", "4:3 missing", "This event has no `id`. Add a line, for example `id: "),
        ("  name: Clusters meet Regions", "  name:", "4:3 nothing_after_colon", "`name` has nothing after the colon"),
        ("  name: Clusters meet Regions", "  name: {}", "4:9 no_text", "in at least one language"),
        ("  name: Clusters meet Regions", "  name: {ro: }", "4:9 no_text", "in at least one language"),
        ("  starts: 2023-11-21", "  starts: 21.11.2023", "5:11 bad_date", "year-month-day, as `2023-11-21`"),
        ("  starts: 2023-11-21", "  starts: 11/21/2023", "5:11 bad_date", "year-month-day, as `2023-11-21`"),
        ("  starts: 2023-11-21", "  starts: 2023-02-30", "5:11 no_such_date", "2023-02-30 does not exist"),
        ("  starts: 2023-11-21", "  starts: 0023-02-03", "5:11 no_such_year", "from 1970 to 2199"),
        (
            "  starts: 2023-11-21",
            "  starts: 2023-11-24",
            "6:9 event_ends_before_start",
            "before it starts on 2023-11-24",
        ),
        ("  starts: 2023-11-21", "  starts: 2021-11-24", "6:9 event_too_long", "at most 366"),
        ("Europe/Bucharest", "Europe/Bukarest", "7:14 unknown_zone_meant", "Did you mean `Europe/Bucharest`?"),
        ("Europe/Bucharest", "europe/bucharest ", "7:14 unknown_zone_meant", "Did you mean `Europe/Bucharest`?"),
        ("Europe/Bucharest", "../../etc/passwd", "7:14 unknown_zone", "as `Europe/Bucharest`"),
        ("Europe/Bucharest", "Mars", "7:14 unknown_zone", "is not a time zone"),
        ("[en, ro, uk]", "[en]\n  default_language: ro", "9:21 default_language", "not among `languages` (en)"),
        ("[en, ro, uk]", "en", "8:14 not_a_list", "for example `languages: [en, ro, uk]`"),
    ],
)
def test_a_fault_of_the_event_is_said_in_plain_words(line: str, instead: str, problem: str, words: str) -> None:
    [(place, code, message)] = full_problems_of(EVENT.replace(line, instead))

    assert f"{place} {code}" == problem
    assert words in message


def test_a_circle_of_blocks_is_named_once_with_its_way() -> None:
    times = "starts: 2023-11-22 10:00, ends: 2023-11-22 11:00"
    sessions = "".join(f"  - {{id: {a}, title: T, {times}, part_of: {b}}}\n" for a, b in ("ab", "bc", "cb"))

    [message] = messages_of(a_file("sessions:\n" + sessions))

    assert "b → c → b" in message


def test_a_faulty_zone_or_language_list_casts_no_doubt_on_what_depends_on_it() -> None:
    text = one_session("description: {de: Hallo}\n")

    assert problems_of(text.replace("[en, ro, uk]", "en")) == ["8:14 not_a_list"]
    assert problems_of(one_session("").replace("Europe/Bucharest", "Mars")) == ["7:14 unknown_zone"]


def test_own_minutes_of_a_speaker_are_checked() -> None:
    people = "speakers: [{id: ana, name: Ana}]\n"
    text = one_session(
        "speakers: [{id: ana, starts: '10:40', ends: 1040}, {id: ana, starts: '10:30', ends: '10:10'}]\n"
    )
    clock = one_session("speakers: [{id: ana, starts: '25:40'}, {id: ana}, {id: ana}]\n")

    assert problems_of(text + people) == ["14:49 bad_clock_time", "14:89 ends_before_start"]
    assert problems_of(clock + people) == ["14:34 no_such_time", "14:55 speaker_twice"]


@pytest.mark.parametrize(
    ("day", "time", "code", "words"),
    [
        ("2023-03-26", "03:30", "time_skipped", "Did you mean `2023-03-26 04:30`?"),
        (
            "2023-10-29",
            "03:30",
            "time_twice",
            "Write `2023-10-29 03:30+03:00` for the first or `2023-10-29 03:30+02:00`",
        ),
    ],
)
def test_times_of_the_night_when_clocks_change_are_refused_with_the_way_out(
    day: str, time: str, code: str, words: str
) -> None:
    event = EVENT.replace("2023-11-21", day).replace("2023-11-23", day)
    session = f"sessions:\n  - id: night\n    title: Night\n    starts: {day} {{}}\n    ends: {day} 06:00\n"
    people = "speakers: [{id: ana, name: Ana}]\n"

    own = full_problems_of(
        event + session.format("01:00") + f"    speakers: [{{id: ana, starts: '{time}'}}]\n" + people
    )
    whole = full_problems_of(event + session.format(time))

    assert [(place, found) for place, found, _ in own] == [("14:34", code)]
    assert [(place, found) for place, found, _ in whole] == [("12:13", code)]
    assert words in own[0][2]
    assert words in whole[0][2]


def test_an_offset_that_the_clock_does_not_have_is_refused() -> None:
    text = one_session("").replace("10:00", "10:00+03:00")

    [(place, code, message)] = full_problems_of(text)

    assert (place, code) == ("12:13", "wrong_offset")
    assert "is +02:00 from UTC" in message


def test_facts_answer_one_question_each() -> None:
    text = a_file("facts:\n  - {topic: wifi, title: A, text: B}\n  - {topic: wifi, title: A, text: B}\n")

    assert problems_of(text) == ["11:13 duplicate_topic"]


def test_materials_point_to_what_there_is() -> None:
    text = a_file("materials:\n  - {id: deck, title: Deck, speakers: [ana], sessions: [x], url: https://a.eu}\n")

    assert problems_of(text) == [
        "10:40 unknown_reference",
        "10:57 unknown_reference",
        "10:61 unknown_key_meant",
    ]


def test_a_message_shows_nothing_that_could_harm_a_terminal() -> None:
    [message] = messages_of(one_session('kind: "\\e[2Jtalk\\u202e\\n"\n').replace("\\e", "\\u001b"))

    assert message.isprintable()


def test_three_hundred_problems_are_enough() -> None:
    text = a_file("rooms:\n" + "  - {id: a, name: A}\n" * 500)

    problems = problems_of(text)

    assert len(problems) == 301
    assert problems[-1].endswith("more_problems")
