"""Words that by their ending are verbs or adverbs: they name nothing."""

from __future__ import annotations

import re

from content.questions.words import Word

_CYRILLIC_VERB = re.compile(  # infinitives, and persons of verbs that no noun or surname ends in
    "(?:ться|тся|ати|ити|іти|тися|тись|ать|ить|еть|ться"
    "|..(?:ють|ять|уть|єш|єте|ємо|ємось|ємося|ується|юється|ають|яють|уємо|уєте)"
    "|..(?:ает|яет|ует|ают|яют|уют|ится|ятся|ется|утся|ются|аешь|яешь|аем|уем)"
    "|.(?:ував|увала|ували|ював|ювала|ювали|овала|овали|ывал|ывала|ывали)"
    "|..(?:ився|илася|илась|илися|алася|алась|алися|ился|ился|ался|алось|илось))$"
)
_ENGLISH_ADVERB = re.compile("[a-z]{2,}(?:al|ate|ent|ant|ous|ful|less|ive|ab|ib|ite|ar|ed|ing|ct|ure|ome|ic|id)ly$")
_ROMANIAN_VERB = ("eaza", "este", "esc")


def ends_like_verb(word: Word) -> bool:
    """Tell a Ukrainian, Russian or Romanian verb, or an English adverb."""
    if word.cyrillic:
        return _CYRILLIC_VERB.search(word.text.casefold()) is not None
    return word.strict.endswith(_ROMANIAN_VERB) or _ENGLISH_ADVERB.match(word.text) is not None
