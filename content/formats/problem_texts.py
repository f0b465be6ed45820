"""The English texts of all problems, by code. Parameters stand in braces.

A new kind of problem: a code with its sentence in `TEXTS`. A parameter that is English words itself, not a value of the
file ("This session", "a list"), has all its possible values in `PARTS`. Then `make messages` puts both before the
translators as they stand here (context "problem"), and tests/test_catalogs.py fails until every language has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from content.formats.problem_dates import DATED, english_day, spoken
from content.formats.problems import Problem, Severity
from content.formats.schedule_problem_texts import ODD, PROBLEMS, UNREADABLE, WHY

_FILE = {
    "too_big": "The file is {size} MB; the limit is {limit} MB. Put pictures and slides elsewhere and link them.",
    "not_utf8": (
        "The file is not UTF-8 text: the byte {byte} cannot be read. Open it in your editor and save it "
        "with the encoding UTF-8."
    ),
    "utf16": "The file is saved as UTF-16. Open it in your editor and save it with the encoding UTF-8.",
    "control_character": "An invisible control character ({character}) stands here. Delete it.",
    "empty_file": "The file is empty. Begin with the line `ghid: 1`.",
    "not_a_content_file": (
        "This is not a content file of Ghid: it must begin with `ghid: 1` and go on with `event:` and `sessions:`."
    ),
    "more_problems": "{count} more problems are not listed. Correct these first, then check the file again.",
    "rest_not_checked": (
        "Because of the broken lines, names that refer to other parts of the file were not checked yet. "
        "Correct them, then check the file again."
    ),
}

_YAML = {
    "tab": "This line is indented with a tab. Use spaces only: two spaces for each level.",
    "quote_not_closed": "The quotation mark that opens here is never closed. Put the same mark at the end of the text.",
    "quote_closed_late": (
        "The quotation mark that opens here closes only in line {line}. Put the same mark at the end of the text; "
        "if the text itself holds such marks, write “typographic” ones inside."
    ),
    "text_after_quote": (
        "More text follows after the closing quotation mark. If the text itself holds quotation marks, "
        "write “typographic” ones inside; in a text between ' marks, write each ' inside it twice: ''."
    ),
    "backslash": "Inside \"…\" a backslash has a special meaning. Write it twice (\\\\), or use '…' around the text.",
    "first_character": (
        "A text cannot begin with `{character}` without quotation marks. Write the whole text between quotation marks."
    ),
    "lost_text": (
        "From here on, YAML takes `{text}` for a note and does not read it. If it belongs to the text, put the whole "
        "text between quotation marks; if it is a note, write a space after the #."
    ),
    "no_colon": (
        "This line says `{text}` but has no colon after a key. Write `key: value`; if it continues the text above, "
        "indent it further than the key above."
    ),
    "second_colon": (
        "Here a text holds a colon followed by a space, which YAML takes for a new key. "
        'Put the text between quotation marks: `title: "Regions: what next?"`.'
    ),
    "no_space_after_colon": "This line says `{text}` without a space after the colon. Write a space after the colon.",
    "inside_brackets": (
        "Between {opening} and {closing} something is not separated as it should be. A text that holds a colon, a "
        "comma or a quotation mark must stand between quotation marks there; parts are separated by commas."
    ),
    "bracket_not_closed": "The {opening} that opens here is not closed. Write {closing} at its end.",
    "dash_after_colon": "A list begins on its own line. Put the dash on the next line, indented.",
    "no_dash": (
        "In a list every entry begins with a dash and a space (`- `), in the same column. This line has none there; "
        "if it belongs to the entry above, indent it as far as that entry's keys; if it is a new key, "
        "as far as the key it stands beside."
    ),
    "misaligned": (
        "This line begins in column {column}, but the keys above it stand elsewhere (line {line}: column {above}). "
        "Keys that belong together must begin in the same column."
    ),
    "yaml_broken": (
        "This line cannot be read. Look at its indentation, colons and quotation marks, and at the line above it."
    ),
    "key_twice": "The key `{key}` stands twice here, first in line {line}. Keep one of them.",
    "key_not_text": "A key must be a single word. A text that begins with {{ or [ must stand between quotation marks.",
    "alias": "`*{name}` is a YAML alias, which this format does not use. Write the text between quotation marks.",
    "anchor": "`&{name}` is a YAML anchor, which this format does not use. Write the text between quotation marks.",
    "tag": "`{name}` is a YAML tag, which this format does not use. Write the text between quotation marks.",
    "second_document": "A second document begins here (`---`). A content file holds one; delete this line.",
    "too_deep": "The file nests deeper than {limit} levels. Look at the indentation and the brackets.",
    "too_many_values": "The file holds more than {limit} values. Split the event.",
}

_SHAPE = {
    "missing": "{owner} has no `{key}`. Add a line, for example `{example}`.",
    "nothing_after_colon": "`{key}` has nothing after the colon. Write it, for example `{example}`.",
    "unknown_key": "`{key}` is not a key of {owner}. Possible here: {allowed}.",
    "unknown_key_meant": "`{key}` is not a key of {owner}. Did you mean `{suggestion}`?",
    "bad_language_key": (
        "`{key}` is not a language code as `en`. If it belongs to a text: between {{ and }} a comma ends a text and a "
        "colon needs a space after it; put the text between quotation marks."
    ),
    "not_a_mapping": "{found} stands where keys are expected. Write one `key: value` a line, for example `{example}`.",
    "not_a_list": "{found} stands where a list is expected. Write, for example `{example}`.",
    "not_a_text": "{found} stands where a text is expected. Write, for example `{example}`.",
    "empty_entry": "Nothing stands after the dash. Write the entry, or delete the line.",
    "wrong_version": "The line says `{value}`, but this program reads format 1. Write `ghid: 1`.",
    "bad_id": (
        "“{value}” cannot be an id: an id has only small letters a–z, digits and hyphens, at most 64. "
        "Write `{suggestion}`."
    ),
    "text_too_long": "This text has {length} characters; the limit is {limit}. Shorten it.",
    "bad_character": "This text holds an invisible control character ({character}). Delete it.",
    "no_text": "A text is missing here. Write it in at least one language.",
    "bad_language": "“{value}” is not a language code. Write two small letters, as `en`, `ro` or `uk`.",
    "language_not_of_event": (
        "`{value}` is no language of the event ({languages}). Add it there, or delete it; if it belongs to a text, "
        "put that text between quotation marks."
    ),
    "default_language": "The default language “{value}” is not among `languages` ({languages}). Write one of them.",
    "not_one_of": "“{value}” is not possible here. Write one of: {allowed}.",
    "not_one_of_meant": "“{value}” is not possible here. Did you mean `{suggestion}`? Possible: {allowed}.",
    "not_yes_no": "“{value}” is neither yes nor no. Write `true` or `false`.",
    "bad_date": "“{value}” is not a date. Write year-month-day, as `{suggestion}`.",
    "no_such_date": "The date {value} does not exist. Write year-month-day, as `2023-11-22`.",
    "bad_moment": "“{value}” is not a date with a time. Write year-month-day hours:minutes, as `{suggestion}`.",
    "bad_clock_time": "“{value}” is not a time of the day. Write hours:minutes, as `{suggestion}`.",
    "no_such_time": "The time {value} does not exist: a day has 00:00 to 23:59. Midnight is 00:00 of the next day.",
    "no_such_year": "The year {value} cannot be right: years from {first} to {last} are possible.",
    "unknown_zone": "“{value}” is not a time zone. Write its name from the IANA list, as `Europe/Bucharest`.",
    "unknown_zone_meant": "“{value}” is not a time zone. Did you mean `{suggestion}`?",
    "time_skipped": (
        "{value} does not exist in {zone}: the clocks go forward and skip it. Did you mean `{suggestion}`?"
    ),
    "time_twice": (
        "{value} comes twice in {zone}: the clocks go back. Write `{first}` for the first or `{second}` for the second."
    ),
    "wrong_offset": "At {value} the clock in {zone} is {offset} from UTC. Write the time without anything behind it.",
    "bad_link": "“{value}” is not a web address. Write it whole, beginning with https://.",
}

_SENSE = {
    "duplicate": "The id `{value}` was used before, in line {line}. Every one of the {section} needs an id of its own.",
    "duplicate_topic": "The topic `{value}` was used before, in line {line}. Put both texts into one fact.",
    "unknown_reference": "There is no “{value}” under `{section}`. Add it there, or write an id that stands there.",
    "unknown_reference_meant": "There is no “{value}” under `{section}`. Did you mean `{suggestion}`?",
    "ends_before_start": "The end ({ends}) is before the start ({starts}). Correct one of them.",
    "event_ends_before_start": "The event ends on {ends}, before it starts on {starts}. Correct one of them.",
    "event_too_long": "The event lasts {days} days; at most {limit} are possible. Correct `starts` or `ends`.",
    "part_of_itself": "A session cannot be part of itself: {chain}. Correct `part_of` of one of them.",
    "speaker_twice": "“{value}” stands twice in this session with the same role. Keep one line, or give other minutes.",
}

_DOUBTS = {
    "room_booked_twice": "{name} overlaps with {others} in the room {room} ({time}).",
    "speaker_booked_twice": "{speaker} is in {name} and in {others} at the same time ({time}).",
    "not_translated": "{name} is not complete in {language}; missing: {parts}.",
    "outside_event": "{name} is on {day}, outside the days of the event ({first} to {last}).",
    "no_length": "{name} ends when it starts ({time}).",
    "very_long": "{name} takes {hours} hours. Is its end right?",
    "outside_umbrella": "{name} ({time}) does not lie within {umbrella} ({umbrella_time}), of which it is a part.",
    "outside_session": "{speaker} has own minutes ({time}) outside of {name} ({session_time}).",
    "link_malformed": "{name} has a link that is no web address: {link}",
    "link_with_credentials": "{name} has a link with a user name in it, which hides where it leads: {link}",
    "link_to_machine": "{name} has a link to a single machine, which other people may not reach: {link}",
    "link_not_on_button": "{name} has a link that cannot stand on a button: {link} Is the name of its host whole?",
    "link_placeholder": "{name} has a link that looks like a placeholder: {link}",
    "link_ending": "{name} has a link that ends in a punctuation mark. Does it belong to it? {link}",
    "no_session": "{name} has no session. If nobody knows which, write `unknown: [sessions]`.",
    "same_name": "{name} stands twice among the speakers ({ids}). Is it one person?",
    "no_address": "{name} has neither a link nor a page to look on (`found_at`).",
    "title_too_long": "{name} has a title of {length} characters. Up to {limit} fit on a button and a card.",
    "name_too_long": "{name} is a name of {length} characters. Up to {limit} fit on a button and a card.",
    "no_sessions": "There are no sessions yet.",
}

TEXTS: Mapping[str, str] = MappingProxyType({**_FILE, **_YAML, **_SHAPE, **_SENSE, **_DOUBTS, **UNREADABLE, **ODD})

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "owner": (
            *("This content file", "This event", "This room", "This track", "This speaker", "This session"),
            *("This speaker's part in a session", "This material", "This fact", "This link"),
            *("a content file", "an event", "a room", "a track", "a speaker", "a session"),
            *("a speaker's part in a session", "a material", "a fact", "a link"),
        ),
        "found": ("A group of keys", "A list", "Nothing", "The text “{value}”"),
        "parts": (
            *("the name", "the theme", "the place", "the title", "the description", "a topic", "the organisation"),
            *("the role", "the biography", "the text", "a link's title"),
        ),
        "why": WHY,
        "problem": PROBLEMS,
    }
)
"""By parameter, the words it can be (several with commas between them); braces in them name other parameters."""


def language_name(code: str) -> str:
    """Return the English name of a language; the code itself if there is none."""
    try:
        return Locale.parse(code, sep="-").english_name or code
    except (UnknownLocaleError, ValueError):
        return code


def worded(
    code: str,
    parameters: Mapping[str, str],
    say: Callable[[str], str] = str,
    language: Callable[[str], str] = language_name,
    day: Callable[..., str] = english_day,
) -> str:
    """Return the sentence of a problem with its values in their places.

    ``say`` puts a sentence or a part of one into the reader's language, ``language`` names a language by its code,
    ``day`` a date, with its ``year`` or without.
    """
    values = {name: spoken(value, day) if name in DATED else value for name, value in parameters.items()}
    for name, parts in PARTS.items():
        if name in values:
            words = [values[name]] if values[name] in parts else values[name].split(", ")
            values[name] = ", ".join(say(each).format(**parameters) if each in parts else each for each in words)
    if "language" in values:
        values["language"] = language(values["language"])
    return say(TEXTS[code]).format(**values)


def shown(value: object, limit: int = 60) -> str:
    """Return a value of the file as a message can show it: on one line, short, nothing invisible."""
    text = re.sub(r"\s+", " ", str(value)).strip()
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def error(where: str, code: str, **parameters: object) -> Problem:
    """Word one error."""
    return _problem(Severity.ERROR, where, code, parameters)


def doubt(where: str, code: str, **parameters: object) -> Problem:
    """Word one doubt."""
    return _problem(Severity.DOUBT, where, code, parameters)


def _problem(severity: Severity, where: str, code: str, parameters: Mapping[str, object]) -> Problem:
    shown_parameters = {name: shown(value, 400) for name, value in parameters.items()}
    return Problem(severity, where, worded(code, shown_parameters), code, shown_parameters)
