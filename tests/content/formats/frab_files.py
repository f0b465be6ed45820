"""Small schedules in frab's XML, of people and talks that do not exist."""

from __future__ import annotations

from html import escape
from typing import Any

from content.formats.detect import ReadFile, read_file
from content.formats.schedule_drafts import Hints

CONFERENCE = {"acronym": "harbour-2031", "title": "Harbour Days 2031", "time_zone_name": "Europe/Bucharest"}


def element(tag: str, text: str = "", **attributes: str) -> str:
    """Write an element; what is XML already in it stays."""
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{text}</{tag}>"


def event(id_: str = "1", *, persons: str = "", links: str = "", attachments: str = "", **fields: str) -> str:
    """Write a session; ``guid`` is an attribute, the rest elements. A field given as "-" is left out."""
    said = {"start": "10:00", "duration": "00:45", "title": f"Talk {id_}", "room": "Hall"} | fields
    guid = {"guid": said.pop("guid")} if "guid" in said else {}
    parts = "\n".join(element(tag, escape(text, quote=False)) for tag, text in said.items() if text != "-")
    groups = element("persons", persons) + element("links", links) + element("attachments", attachments)
    return element("event", f"\n{parts}\n{groups}\n", id=id_, **guid)


def person(name: str, id_: str = "") -> str:
    """Write a person."""
    return element("person", escape(name), **({"id": id_} if id_ else {}))


def day(*events: str, date: str = "2031-06-05", room: str | None = "Hall") -> str:
    """Write a day with one room, or with its sessions directly in it."""
    inside = "\n".join(events)
    return element("day", element("room", inside, name=room) if room is not None else inside, date=date, index="1")


def schedule(*days: str, **conference: str) -> bytes:
    """Write a whole schedule; a key of the conference given as "-" is left out."""
    said = "".join(element(tag, text) for tag, text in (CONFERENCE | conference).items() if text != "-")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + element("schedule", element("conference", said) + "\n" + "\n".join(days))).encode()


def read(data: bytes, **hints: Any) -> ReadFile:
    """Read a file called ``days.xml``."""
    return read_file(data, "days.xml", hints=Hints(**hints))


def doubts(read_: ReadFile, code: str) -> list[str]:
    """Return the places and sentences of the doubts of this kind."""
    return [f"{doubt.where} {doubt.what}" for doubt in read_.doubts if doubt.code == code]
