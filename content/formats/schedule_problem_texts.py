"""The English texts of what is odd about schedules of other programs, by code. Parameters stand in braces."""

from __future__ import annotations

from types import MappingProxyType

UNREADABLE = MappingProxyType(
    {
        "source_too_big": "The file is {size} MB; the limit is {limit} MB.",
        "source_unknown": (
            "This is no agenda that can be read here: {found}. Possible are Ghid's own file (YAML or Excel), a "
            "schedule of frab, Pentabarf or pretalx (XML or JSON), and a calendar (.ics)."
        ),
        "source_not_this_format": "This is not {expected}, but looks like {found}.",
        "source_no_sessions": "There is not one session in this file that could be read.",
        "source_too_long": "The days go from {first} to {last}; an event may last {limit} days. Correct the dates.",
        "source_event_missing": "The file has no event in it: `{element}` is missing.",
        "xml_broken": "The XML is broken here: {problem}. Export the schedule again, or correct this line.",
        "xml_entity": (
            "The XML declares an entity of its own (`{name}`), which is not read: such files can be made to fill the "
            "memory. Export the schedule again without it."
        ),
        "xml_too_deep": "The XML nests deeper than {limit} levels. No schedule does.",
        "xml_too_much": "The XML holds more than {limit} elements. No schedule does.",
        "xml_encoding": "The XML is written in the encoding {encoding}, which cannot be read. Save it as UTF-8.",
        "xml_other_dialect": (
            "This XML is not a schedule of frab, Pentabarf or pretalx: it begins with {element}. "
            "Export the schedule in one of those formats, or as a calendar (.ics)."
        ),
        "json_broken": "The JSON is broken here: {problem}. Export the schedule again, or correct this line.",
        "json_too_deep": "The JSON nests too deeply. No schedule does.",
        "json_too_much": "The JSON holds more than {limit} values. No schedule does.",
        "json_other": (
            "This JSON is no schedule that can be read here: it has neither `schedule` → `conference` → `days` (frab, "
            "c3voc, pretalx) nor `slots` (pretalx's API). It begins with: {keys}."
        ),
        "source_wrong_type": "`{key}` is {found}, but {expected} is expected.",
        "source_not_utf8": "The file is not UTF-8 text: the byte {byte} cannot be read. Save it as UTF-8.",
    }
)

ODD = MappingProxyType(
    {
        "source_session_unreadable": "A session is left out, because {part} cannot be read: “{value}”. ({title})",
        "source_session_unscheduled": "A session is left out, because it has no time yet. ({title})",
        "source_length_unreadable": (
            "“{title}” has no length that can be read (“{value}”); it is taken as without length."
        ),
        "source_hours_differ": ("“{title}” starts at {start} by one line and at {date} by another. {start} is taken."),
        "source_offset_differs": (
            "“{title}” says {date}, but at that time the clock of {zone} is {offset} from UTC. The hour was taken as "
            "that of {zone}. Sessions that say so: {count}."
        ),
        "source_night": "“{title}” is listed under {day} and starts after midnight: {moment}.",
        "source_day_differs": "“{title}” is listed under {day}, but starts {moment}.",
        "source_zone_unsaid": (
            "The file does not say for which clock its hours are; {zone} was taken ({why}). If that is wrong, import "
            "it with --zone, for example --zone Europe/Bucharest."
        ),
        "source_zone_unknown": "The time zone “{value}” is not known; {zone} was taken ({why}).",
        "source_event_unnamed": "The file does not say which event it is about; from its name it is called {id}.",
        "source_id_shared": "The id {value} stands at more than one session; this one is called {id}.",
        "source_untitled": "A session has no title; it is shown as “{name}”.",
        "source_cancelled": "“{title}” is taken as cancelled, because its title says so.",
        "source_noted": "The title “{title}” begins with a note ({word}), which is left out.",
        "source_ends_before_start": "“{name}” ends before it starts; it is taken as without length.",
        "source_text_cut": "A description is longer than {limit} characters and was cut.",
        "source_language": "“{value}” is no language that is known; it is left out.",
        "source_nameless": "A person without a name is left out.",
        "source_person_twice": "{name} stands twice in this session; one is enough.",
        "source_person_numbers": "{name} has {count} different numbers in this file and is taken for one person.",
        "source_namesakes": "{name} is the name of several people here, by their accounts: {ids}.",
        "source_bad_link": "This is not a web address and is left out: {value}",
        "source_links_left": (
            "Links beside the sessions that are no slides or documents (videos, chats, projects) are left out: {count}."
        ),
        "source_rooms_empty": "Rooms in which nothing happens are left out: {names}.",
        "source_element_unread": "{count} × `{name}` is not read: it stands where no session is expected.",
        "source_repeats": "“{title}” repeats ({rule}); only the first time is taken.",
        "source_all_day": "“{title}” has a date without an hour; it is taken from midnight to midnight.",
        "source_key_twice": "The key “{key}” stands twice; both were read.",
        "source_line_unread": "This line is no line of a calendar and is left out: {line}",
        "source_calendar_unended": "The calendar breaks off: `{name}` has no end. What stands before was read.",
        "source_row_unread": "This row is left out: {why}.",
        "source_rest_unread": "{count} rows below are not read: {why}.",
    }
)
