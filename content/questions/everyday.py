"""Words of everyday life, which ask for nothing and name nothing: what they are in each language, and their forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

THING = "everyday.things"
PASSING = "passing.common"
BEGUN = "passing.begun"

_ENDS_IN_CONSONANT_AND_Y = re.compile("[^aeiou]y$")
_HISSES = re.compile("(?:s|x|z|ch|sh|o)$")
_SHORT_VOWEL = re.compile("[^aeiou][aeiou][bdglmnprtv]$")  # "plan", "planned"


def everyday_words(language: str) -> Iterator[tuple[str, str]]:
    """Yield each everyday word of a language, in all its forms, with the key of what it is to a question."""
    text = files("content.questions").joinpath("vocabulary", f"everyday_{language}.toml").read_text(encoding="utf-8")
    listed = tomllib.loads(text)
    for verb in listed["verbs"].pop("regular", ()):
        yield from ((form, PASSING) for form in english_forms(verb))
    for section, groups in listed.items():
        for words in groups.values():
            for word in words:
                passing = BEGUN if word.endswith("*") else PASSING
                yield word, THING if section == "things" else passing


def english_forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular English verb; where a last letter may be doubled or not, both spellings."""
    if verb.endswith("ie"):
        return verb, verb + "s", verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if _ENDS_IN_CONSONANT_AND_Y.search(verb):
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    other = verb + ("es" if _HISSES.search(verb) else "s")
    doubled = verb + verb[-1]
    twice = (doubled + "ed", doubled + "ing") if _SHORT_VOWEL.search(verb) else ()
    return verb, other, verb + "ed", verb + "ing", *twice
