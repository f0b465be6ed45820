"""What an agenda's values may be at most, in whichever format it comes.

This module imports nothing: a schedule is read without the machinery that checks a content file.
"""

MAX_ID = 64
MAX_LINK = 2_000
MAX_EVENT_DAYS = 366
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINK_PATTERN = r"^https?://[^\s<>\"]+$"
