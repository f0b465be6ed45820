"""When words for following mean the opposite: "stop reminding me of the panel", "nu-mi mai aminti"."""

from __future__ import annotations

from content.questions.reading import Reading

_FUNCTIONS = ("fillers.", "grammar.")
_NEAR = 5  # places from "not" to the word for following; what stands between them must carry no meaning


def ends_following(reading: Reading) -> bool:
    """Tell whether a word that stops or denies stands before a word for following."""
    stopped, denied_at = False, -_NEAR - 1
    for at, read in enumerate(reading.words):
        if "intents.follow" in read.keys:
            if stopped or at - denied_at <= _NEAR:
                return True
        elif "grammar.stop" in read.keys:
            stopped = True
        elif "grammar.no_more" in read.keys:
            denied_at = at
        elif not any(key.startswith(_FUNCTIONS) for key in read.keys):
            denied_at = -_NEAR - 1
    return False
