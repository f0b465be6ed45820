"""Ghid's own agenda in an Excel workbook: its cells → the tree of a content file, checked like one."""

from __future__ import annotations

from content.agenda import Agenda
from content.formats.content_file import FORMAT
from content.formats.excel_sheets import (
    ENTRIES,
    EVENT,
    MOMENTS,
    PART_KEYS,
    SHEETS,
    Column,
    divided,
    has_words,
    is_list,
    lines_of,
    read_heading,
)
from content.formats.excel_workbook import Sheet, cell_name
from content.formats.file_agenda import agenda_of
from content.formats.file_values import meant
from content.formats.places import Location, Place, Tree
from content.formats.problem_texts import error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_ids import plain
from content.formats.yaml import checked_file
from content.formats.yaml_reader import Finding, YamlReading

_NEEDED = {"sessions": ("title", "starts", "ends"), "rooms": ("name",), "tracks": ("name",), "speakers": ("name",)}


def is_own_workbook(sheets: list[Sheet]) -> bool:
    """Tell whether this is our template: it has a sheet of the event, with keys down its first column."""
    titles = {sheet.title.casefold() for sheet in sheets}
    return {SHEETS[EVENT].casefold(), SHEETS["sessions"].casefold()} <= titles


def read_own_workbook(sheets: list[Sheet], name: str) -> Agenda:
    """Return the agenda. Raises ContentError with every problem, each at its cell: ``name:Sessions!C5``."""
    reading = _Reading(sheets)
    findings = list(reading.yaml.findings)
    file = checked_file(reading.yaml, findings)
    if findings or file is None:
        raise ContentError(tuple(_problem(finding, name) for finding in sorted(findings, key=_order)))
    return agenda_of(file)


def _order(finding: Finding) -> tuple[int, Place]:
    titles = list(SHEETS.values())
    return titles.index(finding[0].sheet) if finding[0].sheet in titles else -1, finding[0]


def _problem(finding: Finding, name: str) -> Problem:
    place, code, parameters = finding
    return error(f"{name}:{cell_name(place.sheet or SHEETS[EVENT], place.line, place.column)}", code, **parameters)


class _Reading:
    """Builds the tree, and remembers the cell of every value."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.yaml = YamlReading()
        self.by_title = {sheet.title.casefold(): sheet for sheet in sheets}
        tree: dict[str, Tree] = {"ghid": FORMAT, "event": self.event()}
        for section in ENTRIES:
            if section != EVENT and (sheet := self.by_title.get(SHEETS[section].casefold())):
                tree[section] = self.entries(section, sheet)
        self.yaml.tree = tree

    def event(self) -> Tree:
        sheet = self.by_title[SHEETS[EVENT].casefold()]
        entry: dict[str, Tree] = {}
        self.stand(("event",), Place(1, 1, sheet.title))
        for row, texts in sheet.rows.items():
            column = read_heading(texts.get(1, ""))
            if column is None or column.key == "key":
                continue
            if column.key not in ENTRIES[EVENT].model_fields:
                self.unknown(sheet, row, 1, texts[1], EVENT)
            elif 2 in texts:
                self.put(entry, ("event",), column, texts[2], Place(row, 2, sheet.title))
        return entry

    def entries(self, section: str, sheet: Sheet) -> list[Tree]:
        if not sheet.rows:
            return []
        head, *rows = sheet.rows
        columns: dict[int, Column] = {}
        for number, text in sheet.rows[head].items():
            column = read_heading(text)
            if column is None or column.key not in ENTRIES[section].model_fields:
                self.unknown(sheet, head, number, text, section)
            else:
                columns[number] = column
        missing = set(_NEEDED.get(section, ())) - {column.key for column in columns.values()}
        if missing and rows:
            for key in sorted(missing):
                names = {"sheet": sheet.title, "key": key}
                self.yaml.findings.append((Place(head, 1, SHEETS[section]), "xlsx_no_column", names))
        found: list[Tree] = []
        taken: set[str] = {self.value(sheet, row, columns, "id") for row in rows}
        for row in rows:
            location: Location = (section, len(found))
            entry: dict[str, Tree] = {}
            self.stand(location, Place(row, 1, sheet.title))
            for number, text in sheet.rows[row].items():
                if column := columns.get(number):
                    self.put(entry, location, column, text, Place(row, number, sheet.title))
            if entry:
                self.give_id(entry, section, taken)
                found.append(entry)
        return found

    def value(self, sheet: Sheet, row: int, columns: dict[int, Column], key: str) -> str:
        texts = sheet.rows[row]
        return next((texts[number] for number, column in columns.items() if column.key == key and number in texts), "")

    def give_id(self, entry: dict[str, Tree], section: str, taken: set[str]) -> None:
        """Give an entry without an id one made of its name, so that nobody has to think of ids."""
        key = "topic" if section == "facts" else "id"
        if entry.get(key) or section == "facts":
            return
        named = entry.get("name") or entry.get("title")
        text = next((str(text) for text in named.values() if text), "") if isinstance(named, dict) else str(named or "")
        if not text:
            return
        base, number = plain(text, section.rstrip("s")), 1
        id_ = base
        while id_ in taken:
            number += 1
            id_ = f"{base[:58]}-{number}"
        taken.add(id_)
        entry["id"] = id_

    def put(self, entry: dict[str, Tree], location: Location, column: Column, text: str, at: Place) -> None:
        section, key = str(location[0]), column.key
        self.stand((*location, key), at)
        if key in MOMENTS and section == "sessions" and len(text) == len("2023-11-22"):
            text = f"{text} 00:00"  # midnight, which a cell shows as a date alone
        if key == "links":
            entry[key] = [self.link(line) for line in lines_of(text) if line.strip()]
        elif key == "topics":
            self.put_topics(entry, column, text)
        elif is_list(section, key):
            items = [divided(line) for line in lines_of(text) if line.strip()]
            entry[key] = [self.part(item) if section == "sessions" and key == "speakers" else item[0] for item in items]
        elif has_words(section, key) and column.language:
            words = entry.setdefault(key, {})
            if isinstance(words, dict):
                words[column.language] = text
            self.stand((*location, key, column.language), at)
        else:
            entry[key] = text

    def put_topics(self, entry: dict[str, Tree], column: Column, text: str) -> None:
        """Line after line in each language the same topic."""
        topics = entry.setdefault("topics", [])
        if not isinstance(topics, list):
            return
        for number, line in enumerate(lines_of(text)):
            words = divided(line)[0]
            if number == len(topics):
                topics.append({} if column.language else words)
            topic = topics[number]
            if isinstance(topic, dict) and words:
                topic[column.language] = words

    def part(self, parts: list[str]) -> Tree:
        said = {key: text for key, text in zip(PART_KEYS, parts[1:], strict=False) if text}
        return {"id": parts[0], **said} if said else parts[0]

    def link(self, line: str) -> Tree:
        url, *titles = divided(line)
        words: dict[str, Tree] = {}
        for title in titles:
            code, colon, text = title.partition(": ")
            words[code if colon else ""] = text if colon else title
        plain_title = words.get("") if "" in words else None
        return {"title": plain_title or words or url, "url": url}

    def unknown(self, sheet: Sheet, row: int, column: int, text: str, section: str) -> None:
        allowed = list(ENTRIES[section].model_fields)
        suggestion = meant(text, allowed)
        code = "xlsx_unknown_column_meant" if suggestion else "xlsx_unknown_column"
        names = {"value": text, "suggestion": suggestion or "", "allowed": ", ".join(allowed)}
        self.yaml.findings.append((Place(row, column, sheet.title), code, names))

    def stand(self, location: Location, at: Place) -> None:
        self.yaml.places.values[location] = at
        self.yaml.places.keys[location] = at
