"""Files that are no YAML, or more of YAML than the format allows: said in plain words, and bounded in time."""

from __future__ import annotations

import time

import pytest

from content.formats.yaml import MAX_BYTES
from tests.content.content_files import EVENT, a_file, full_problems_of, one_session, problems_of

SESSIONS = "sessions:\n  - id: a\n    starts: 2023-11-22 10:00\n    ends: 2023-11-22 11:00\n"


@pytest.mark.parametrize(
    ("lines", "problem", "words"),
    [
        ("    title: Regions: what next\n", "13:19 second_colon", "Put the text between quotation marks"),
        ("    title: A long text\n      on & on: it goes\n", "14:14 second_colon", "a colon followed by a space"),
        ("    title: {en: Regions: what next}\n", "13:24 inside_brackets", "must stand between quotation marks"),
        ("    title: {en: A\n    room: b\n", "13:12 bracket_not_closed", "Write } at its end"),
        ("    topics: [a, b\n    room: b\n", "13:13 bracket_not_closed", "Write ] at its end"),
        ("    title:No space\n    room: b\n", "13:5 no_space_after_colon", "`title:No space` without a space"),
        ("    title:No space\n", "13:5 no_space_after_colon", "`title:No space` without a space"),
        ("    title\n    room: b\n", "13:5 no_colon", "`title` but has no colon"),
        ("     title: Deeper\n", "13:6 misaligned", "begins in column 6"),
        ("   title: Less deep\n", "13:4 no_dash", "indent it as far as that entry's keys"),
        ("  title: Like the dash\n", "13:3 no_dash", "every entry begins with a dash"),
        ("\ttitle: Tab\n", "13:1 tab", "Use spaces only"),
        ('    title: "No end\n', "13:12 quote_not_closed", "is never closed"),
        ("    title: 'It's on'\n", "13:16 text_after_quote", "write each ' inside it twice"),
        ('    title: "No end\n    room: "b"\n', "13:12 quote_closed_late", "closes only in line 14"),
        ('    title: "A \\q B"\n', "13:15 backslash", "Write it twice"),
        ("    title: @home\n", "13:12 first_character", "cannot begin with `@`"),
        ("    title: `code`\n", "13:12 first_character", "cannot begin with ``"),
        ("    title: *, or all\n", "13:12 first_character", "cannot begin with `*`"),
        ("    title: &, too\n", "13:12 first_character", "cannot begin with `&`"),
        ("    title: !<x\n", "13:12 first_character", "cannot begin with `!`"),
        ("    topics: - one\n", "13:13 dash_after_colon", "Put the dash on the next line"),
    ],
)
def test_broken_yaml_is_explained_where_it_is_broken(lines: str, problem: str, words: str) -> None:
    found = full_problems_of(EVENT + SESSIONS + lines)

    assert f"{found[0][0]} {found[0][1]}" == problem
    assert words in found[0][2]
    assert [code for _, code, _ in found[1:]] == ["rest_not_checked"]


@pytest.mark.parametrize(
    ("lines", "problem", "words"),
    [
        ("title: &name Opening", "key_twice anchor", "`&name` is a YAML anchor"),
        ("description: *name", "alias", "`*name` is a YAML alias"),
        ("description: !!str text", "tag", "`!!str` is a YAML tag"),
        ("description: !python/object:os.system text", "tag", "`!python/object:os.system` is a YAML tag"),
        ("topics: [*a, *b]", "alias alias", "`*a` is a YAML alias"),
        ("topics: [&a b]", "anchor", "anchor"),
        ("speakers: !x [nobody]", "tag", "tag"),
        ("? [a]\n: b", "key_not_text rest_not_checked", "single word"),
        ("<<: {id: b}", "unknown_key", "not a key of a session"),
        ("topics: " + "[" * 30 + "]" * 30, "too_deep rest_not_checked", "deeper than 20 levels"),
    ],
)
def test_what_yaml_has_beyond_the_format_is_refused(lines: str, problem: str, words: str) -> None:
    found = full_problems_of(one_session(lines + "\n"))

    assert " ".join(code for _, code, _ in found) == problem
    assert words in " ".join(message for _, _, message in found)


def test_one_pass_names_the_broken_lines_and_the_faults_of_all_other_entries() -> None:
    text = a_file(
        """
        rooms:
          - id: hall
            name: Hall: the big one
          - id: foyer
            nam: Foyer
        sessions:
          - id: a
            title: "A "quoted" word"
            room: hall
            starts: 2023-11-22 10:00
            ends: 2023-11-22 11:00
          - id: b
            title: B
            starts: 2023-11-22 25:00
            ends: 2023-11-22 11:00
            room: hall
          - id: c
             title: C
        """
    )

    assert problems_of(text) == [
        "11:15 second_colon",
        "13:5 unknown_key_meant",
        "16:16 text_after_quote",
        "22:13 no_such_time",
        "26:6 misaligned",
        "26:6 rest_not_checked",
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1 empty_file"),
        (b"\n# nothing\n", "1:1 empty_file"),
        (b"just words\n", "1:1 not_a_content_file"),
        (b"- a\n- b\n", "1:1 not_a_content_file"),
        (b"name: other\nversion: 2\n", "1:1 not_a_content_file"),
        (b"PK\x03\x04\x14\x00", "1:3 control_character"),
        (EVENT.encode() + "theme: Creștere".encode("iso8859-16"), "9:11 not_utf8"),
        (EVENT.encode("utf-16"), "1:1 utf16"),
        (EVENT.replace("Clusters", "Clusters\x00").encode(), "4:17 control_character"),
        (EVENT.encode() + b"---\n" + EVENT.encode(), "9:1 second_document"),
        (EVENT.encode() + b"#" * MAX_BYTES, "1:1 too_big"),
    ],
)
def test_what_is_no_content_file_is_refused(data: bytes, problem: str) -> None:
    assert problems_of(data)[0] == problem


@pytest.mark.parametrize(
    "text",
    [
        "[" * 4_000_000,
        "{a: " * 1_000_000,
        "- " * 2_000_000,
        EVENT + "theme: " + "x" * 4_000_000,
        EVENT + 'theme: "' + "a \n" * 1_500_000,
        EVENT + "rooms:\n" + "- \n" * 400_000,
        EVENT + "rooms: [" + "*a, " * 400_000,
        EVENT + "rooms:\n" + "\t- id: x\n" * 400_000,
        EVENT + "".join(f"k{number}: 1\n" for number in range(40_000)),
    ],
    ids=lambda text: text.removeprefix(EVENT)[:12].strip(),
)
def test_a_file_made_to_hurt_is_given_up_in_bounded_time(text: str) -> None:
    started = time.process_time()

    assert problems_of(text)

    assert time.process_time() - started < 20
