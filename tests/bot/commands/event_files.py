"""Small content files for the command line."""

from pathlib import Path

EVENT = """\
ghid: 1
event:
  id: {event_id}
  name: A day in Iași
  starts: 2023-11-22
  ends: 2023-11-22
  time_zone: Europe/Bucharest
  languages: [en]
rooms:
  - {{id: hall, name: Hall}}
sessions:
"""
SESSION = """\
  - id: {session_id}
    title: {title}
    starts: 2023-11-22 {starts}
    ends: 2023-11-22 {ends}
    room: hall
"""
FOUR = {
    "opening": ("09:00", "10:00"),
    "talk": ("10:00", "11:00"),
    "lunch": ("12:00", "13:00"),
    "end": ("16:00", "17:00"),
}


def write_event(
    path: Path, sessions: dict[str, tuple[str, str]] = FOUR, event_id: str = "a-day", more: str = ""
) -> Path:
    """Write a content file with these sessions: id → start and end on the one day."""
    parts = [
        SESSION.format(session_id=session_id, title=session_id.capitalize(), starts=starts, ends=ends)
        for session_id, (starts, ends) in sessions.items()
    ]
    path.write_text(EVENT.format(event_id=event_id) + "".join(parts) + more, encoding="utf-8")
    return path
