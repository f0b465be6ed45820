"""The English texts of what is odd about schedules of other programs, by code. Parameters stand in braces."""

from __future__ import annotations

from types import MappingProxyType

UNREADABLE = MappingProxyType(
    {
        "source_too_big": "The file is {size} MB; the limit is {limit} MB.",
        "source_empty": "The file is empty. Export the agenda again and send that file.",
        "source_no_text": (
            "This is neither text nor an Excel workbook, so it is no agenda. Send YAML, Excel (.xlsx), a calendar "
            "(.ics), or the XML or JSON of frab, c3voc or pretalx."
        ),
        "source_csv": (
            "This is a table as text (CSV), which is not read. Open it in a spreadsheet program, give its columns "
            "headings (title, start, end, room, speakers) and save it as “Excel workbook (.xlsx)”."
        ),
        "source_not_this_format": "The file was to be {expected}, but it is {found}.",
        "source_no_sessions": "There is not one session in this file that could be read.",
        "source_too_long": "The days go from {first} to {last}; an event may last {limit} days. Correct the dates.",
        "source_event_missing": "`{element}` is missing, so this is no whole schedule.",
        "source_not_utf8": "The file is not UTF-8 text: the byte {byte} cannot be read. Save it as UTF-8.",
        "source_wrong_type": "`{key}` is not what is expected there, so this is no whole schedule.",
        "xml_broken": "The XML is broken here: {problem}. Export the schedule again, or correct this line.",
        "xml_entity": (
            "The XML declares an entity of its own (`{name}`), which is not read: such files can be made to fill the "
            "memory. Export the schedule again without it."
        ),
        "xml_too_deep": "The XML nests deeper than {limit} levels. No schedule does.",
        "xml_too_much": "The XML holds more than {limit} elements. No schedule does.",
        "xml_encoding": "The XML is in an encoding that cannot be read ({encoding}). Save it as UTF-8.",
        "xml_other_dialect": (
            "This XML is not a schedule of frab, Pentabarf or pretalx: it begins with {element}. "
            "Export the schedule in one of those formats, or as a calendar (.ics)."
        ),
        "json_broken": "The JSON is broken here: {problem}. Export the schedule again, or correct this line.",
        "json_too_deep": "The JSON nests too deeply. No schedule does.",
        "json_other": (
            "This JSON is no schedule of frab, c3voc or pretalx: it has neither `schedule` with `conference` and "
            "`days` nor `slots` nor `results`. It begins with: {keys}."
        ),
        "json_page": (
            "This is one page of several; there are {count} entries in all. Fetch all of them at once (`?limit=`)."
        ),
        "calendar_other": "This is no calendar: the first line must be BEGIN:VCALENDAR.",
        "calendar_too_much": "The calendar holds more than {limit} lines. No schedule does.",
        "xlsx_old": (
            "This Excel file is of an old kind (.xls) or has a password. Save it as “Excel workbook (.xlsx)” without a "
            "password."
        ),
        "xlsx_strict": (
            "This Excel file is a “Strict Open XML” workbook, which is not read. Choose “Save as”, then “Excel "
            "workbook (.xlsx)”, and take that one."
        ),
        "xlsx_archive": (
            "This is no Excel workbook (.xlsx) but another document or an archive. Open it in the program that made it "
            "and save the table as “Excel workbook (.xlsx)”."
        ),
        "xlsx_broken": "The Excel file is damaged. Open it in Excel and save it again.",
        "xlsx_too_much": "Unpacked, the Excel file is more than {limit} MB. No agenda is.",
        "xlsx_hostile": "The Excel file holds XML that no Excel writes. Open it in Excel and save it again.",
        "xlsx_other": (
            "No sheet of this Excel file has a row of headings with a title and a start. Begin with the template: "
            "`ghid export --format xlsx`."
        ),
        "xlsx_unknown_column": "“{value}” is no heading that is known here. Possible: {allowed}.",
        "xlsx_unknown_column_meant": "“{value}” is no heading that is known here. Did you mean “{suggestion}”?",
        "xlsx_no_column": "The sheet {sheet} has no column “{key}”.",
        "xlsx_formula": "This cell holds a formula without a result. Write the value itself.",
        "xlsx_error": "This cell holds an error of Excel's ({value}). Write the value itself.",
        "xlsx_rows": "The sheet {sheet} has more than {limit} rows. No agenda has.",
    }
)

ODD = MappingProxyType(
    {
        "source_session_unreadable": "A session is left out, because its start cannot be read: “{value}”. ({title})",
        "source_session_unscheduled": "A session is left out, because it has no time yet. ({title})",
        "source_length_unreadable": (
            "“{title}” has no length that can be read (“{value}”); it is taken as without length."
        ),
        "source_hours_differ": "“{title}” starts at {start} by one line and at {date} by another. {start} is taken.",
        "source_offset_differs": (
            "“{title}” says {date}, but at that time the clock of {zone} is {offset} from UTC. The hour was taken as "
            "that of {zone}. Sessions that say so: {count}."
        ),
        "source_clock_unknown": (
            "No clock is known by the name “{value}”: the hours that say so are taken as those of {zone}. Such "
            "entries: {count}."
        ),
        "source_night": "“{title}” is listed under {day} and starts after midnight: {moment}.",
        "source_day_differs": "“{title}” is listed under {day}, but starts on {moment}.",
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
        "source_ends_before_start": "“{title}” ends before it starts; it is taken as without length.",
        "source_text_cut": "A description is longer than {limit} characters and was cut.",
        "source_language": "“{value}” is no language that is known; it is left out.",
        "source_nameless": "A person without a name is left out.",
        "source_person_twice": "{name} stands twice in this session; once is enough.",
        "source_person_numbers": "{name} has different numbers in this file ({count}) and is taken for one person.",
        "source_namesakes": "Several people are called {name}, by their accounts: {ids}.",
        "source_bad_link": "This is not a web address and is left out: {value}",
        "source_links_left": (
            "Links beside the sessions that are no slides or documents (videos, chats, projects) are left out: {count}."
        ),
        "source_rooms_empty": "Rooms in which nothing happens are left out: {names}.",
        "source_repeats": "“{title}” repeats ({rule}); only the first time is taken.",
        "source_all_day": "“{title}” has dates without hours; it is taken from midnight to midnight.",
        "source_entry_left": "Entries of the calendar that are no events ({name}) are left out: {count}.",
        "source_key_twice": "The key “{key}” stands twice; both were read.",
        "source_line_unread": "This line is no line of a calendar and is left out: {line}",
        "source_calendar_unended": "The calendar breaks off: {name} has no end.",
        "source_columns_left": "Columns that are not read: {names}.",
    }
)

ZONE_TOWN = "the town is {town}"
ZONE_OFFSET = "its hours are {offset}"
ZONE_NOTHING = "nothing in it says more"
WHY = (ZONE_TOWN, ZONE_OFFSET, ZONE_NOTHING)

XML_PROBLEMS = MappingProxyType(
    {
        "syntax error": "something else than an element stands here",
        "no element found": "the file ends before the first element is closed",
        "not well-formed (invalid token)": "a character that may not stand here, often a < or & in a text",
        "unclosed token": "an element or a text begins here and does not end",
        "mismatched tag": "an element is closed here that is not the open one",
        "duplicate attribute": "an attribute stands twice in one element",
        "junk after document element": "more stands here after the end of the schedule",
        "undefined entity": "an abbreviation (&…;) that XML does not know",
        "encoding specified in XML declaration is incorrect": "the encoding is not the one that the first line says",
    }
)
JSON_PROBLEMS = MappingProxyType(
    {
        "Expecting value": "a value is missing",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Expecting property name enclosed in double quotes": "a key in quotation marks is missing",
        "Illegal trailing comma before end of object": "a comma too many",
        "Illegal trailing comma before end of array": "a comma too many",
        "Unterminated string starting at": "a text begins here and does not end",
        "Invalid control character at": "a text holds a line break or another control character",
        "Invalid \\escape": "a backslash with a wrong letter behind it",
        "Invalid \\uXXXX escape": "a backslash with a wrong letter behind it",
        "Extra data": "more stands here after the end of the schedule",
    }
)
OTHER_PROBLEM = "it cannot be read"
PROBLEMS = tuple(dict.fromkeys((*XML_PROBLEMS.values(), *JSON_PROBLEMS.values(), OTHER_PROBLEM)))
