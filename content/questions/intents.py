"""What a person wants, by the words that no name explains and by what is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.agenda import SessionKind
from content.questions.asked import SESSION_ABOUT, Asked
from content.questions.candidate import Candidate
from content.questions.following import ends_following
from content.questions.index import QuestionIndex
from content.questions.names import Field
from content.questions.question import EntityKind, Intent
from content.questions.read_word import Role

_VENUE_TOPICS = frozenset({"venue", "transport", "hotel"})
_RATHER = ("pets", "smoking", "prayer-room", "baby-room")  # nobody names these who asks for something else
_WHEREABOUTS = ("about", "venue", "hotel")  # often only say where something else is: "parking near the hotel"
_MATCHMAKING_TOPICS = frozenset({"matchmaking", "sectors", "matchmaking-platform"})
_ORGANISER_TOPICS = frozenset({"contact", "organisers"})
_COURTESIES = ("greeting", "thanks", "goodbye")
_WHOLE_NAME = 0.95


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: the intent with its topic and language, and whether the named thing is part of it."""

    intent: Intent
    topic: str | None = None
    language: str | None = None
    with_entity: bool = True


def wish(asked: Asked, named: Candidate | None, index: QuestionIndex) -> Wish:
    """Decide what is wanted. ``named``: the best thing that was found, None if nothing was."""
    wanted = _wish(asked, named, index)
    if wanted.intent is Intent.FOLLOW and (asked.has("wishes.unfollow") or ends_following(asked.reading)):
        return replace(wanted, topic="unfollow")
    return wanted


def _wish(asked: Asked, named: Candidate | None, index: QuestionIndex) -> Wish:
    if named is None:
        return _of_nothing_named(asked)
    only_keywords = not asked.reading.content
    if only_keywords and not asked.has("intents.follow"):
        other = _instead_of_keywords(asked, named)
        if other:
            return other
    thing = index.named[named.place]
    match thing.kind:
        case EntityKind.SPEAKER:
            return Wish(_about_speaker(asked, named))
        case EntityKind.SESSION:
            return _about_session(asked, thing.session_kind)
        case EntityKind.MATERIAL:
            return Wish(Intent.FOLLOW if asked.has("intents.follow") else Intent.MATERIALS)
        case EntityKind.ROOM | EntityKind.TRACK:
            # "is there Wi-Fi in the foyer"
            return topic_wish(asked.topics[0]) if asked.topics else Wish(_about_place(asked))
        case _:
            # "a tour of the city": what a word asks for is surer than a part of another fact's name
            said = [topic for topic in asked.topics if topic not in _WHEREABOUTS]
            return topic_wish(said[0] if said and named.naming < _WHOLE_NAME else thing.id)


def _instead_of_keywords(asked: Asked, named: Candidate) -> Wish | None:
    """Some keywords mean more than the name they happen to stand in."""
    kind = named.named.session_kind
    all_keys = {key for read in asked.reading.words for key in read.keys}
    if Asked(asked.reading, None).wants_a_person:
        return Wish(Intent.ORGANISER_CONTACT, "contact", with_entity=False)
    if "kinds.matchmaking" in all_keys or kind == SessionKind.MATCHMAKING:
        return None
    told = named.by_name - asked.reading.small
    keywords = [at for at in told if asked.reading.words[at].role is Role.KEYWORD]
    if any(key.startswith("languages.") for key in all_keys):
        said_alone = len({asked.reading.words[at].keys for at in keywords}) == 1  # "în română" is one phrase
        switching = "intents.language" in all_keys or said_alone
        said = _of_nothing_named(Asked(asked.reading, None))
        if switching and said.intent is Intent.LANGUAGE:
            return said
    topics = sorted(key.removeprefix("topics.") for key in all_keys if key.startswith("topics."))
    if "intents.next" in all_keys and "kinds.break" in all_keys:
        return Wish(Intent.NEXT, with_entity=False)
    if not topics or all_keys >= SESSION_ABOUT:
        return None
    if named.named.kind is None:
        return _of_nothing_named(Asked(asked.reading, None))
    if kind in (SessionKind.BREAK, SessionKind.SOCIAL) and "asks.when" in all_keys:
        return None
    if kind == SessionKind.BREAK or len(keywords) == 1 or named.naming < _WHOLE_NAME:
        return topic_wish(likeliest_topic(topics))
    return None


def likeliest_topic(topics: Sequence[str]) -> str:
    """Return which of several topics is asked about: "a dog at the dinner" is about the dog, and where is said last."""
    return min(topics, key=lambda topic: (topic not in _RATHER, topic in _WHEREABOUTS, topic))


def topic_wish(topic: str) -> Wish:
    """Return the wish for a fact."""
    if topic in _VENUE_TOPICS:
        return Wish(Intent.VENUE, topic, with_entity=False)
    if topic in _MATCHMAKING_TOPICS:
        return Wish(Intent.MATCHMAKING, topic, with_entity=False)
    if topic in _ORGANISER_TOPICS:
        return Wish(Intent.ORGANISER_CONTACT, topic, with_entity=False)
    return Wish(Intent.PRACTICAL, topic, with_entity=False)


def _about_speaker(asked: Asked, named: Candidate) -> Intent:
    if asked.has("intents.follow"):
        return Intent.FOLLOW
    if asked.wants_materials:
        return Intent.MATERIALS
    if asked.has("asks.when") or (asked.time and not asked.has("asks.who")):
        return Intent.SPEAKER_SESSIONS
    if asked.has("asks.bio", "asks.organisation") or asked.asks_where_from:
        return Intent.SPEAKER_INFO
    if asked.has("asks.who") and not (named.field is Field.NAME and asked.has("asks.where")):
        return Intent.SPEAKER_INFO
    # "who is the speaker from …", "tell me about …": a person is wanted, not their slot
    if asked.has("asks.about", "nouns.speaker") and not asked.has("verbs.speak", "nouns.session"):
        return Intent.SPEAKER_INFO
    if asked.has("asks.where", "verbs.speak", "nouns.session", "nouns.programme", "nouns.room", "intents.now"):
        return Intent.SPEAKER_SESSIONS
    if asked.one_of("kinds"):
        return Intent.SPEAKER_SESSIONS
    return Intent.SPEAKER_INFO


def _about_session(asked: Asked, kind: str | None) -> Wish:
    if asked.has("intents.follow"):
        return Wish(Intent.FOLLOW)
    if kind == SessionKind.MATCHMAKING:
        topic = next((topic for topic in asked.topics if topic in _MATCHMAKING_TOPICS), "matchmaking")
        return Wish(Intent.MATCHMAKING, topic)
    if asked.wants_materials:
        return Wish(Intent.MATERIALS)
    if asked.has("asks.who", "nouns.speaker", "nouns.moderator"):
        return Wish(Intent.SESSION_SPEAKERS)
    if asked.has("asks.when"):
        return Wish(Intent.SESSION_TIME)
    if asked.has("asks.where", "nouns.room"):
        return Wish(Intent.SESSION_PLACE)
    if asked.time or asked.has("intents.now"):
        return Wish(Intent.SESSION_TIME)
    if asked.has("verbs.speak") and not asked.has("asks.about", "asks.what"):
        return Wish(Intent.SESSION_SPEAKERS)
    if asked.has("verbs.begin") and not asked.has("asks.about", "asks.what"):
        return Wish(Intent.SESSION_TIME)
    return Wish(Intent.SESSION_INFO)


def _about_place(asked: Asked) -> Intent:
    if asked.time is None:
        if asked.has("intents.now"):
            return Intent.NOW
        if asked.has("intents.next"):
            return Intent.NEXT
    if asked.has("asks.where") and not asked.has("nouns.programme", "nouns.session", "asks.what"):
        return Intent.SESSION_PLACE
    return (
        Intent.TIME_SLOT
        if asked.time and (asked.time.part or asked.time.starts or asked.time.ahead)
        else Intent.DAY_AGENDA
    )


def _of_nothing_named(asked: Asked) -> Wish:
    """Decide by the keywords alone; the order of the rules is their strength."""
    language = asked.one_of("languages")
    if asked.has("intents.follow"):
        return Wish(Intent.FOLLOW)
    if asked.has("wishes.translate") and asked.has(*(f"intents.{each}" for each in _COURTESIES)):
        return Wish(Intent.UNKNOWN)  # "translate 'good morning'"
    if language and not asked.has("topics.working-language", "asks.who", "nouns.session", "nouns.speaker"):
        # "how do I learn English" wants no other language here
        return Wish(Intent.UNKNOWN) if asked.does_something_else else Wish(Intent.LANGUAGE, language=language)
    if asked.has("wishes.own") and not asked.wants_materials:
        return Wish(Intent.SPEAKER_SESSIONS, "own")
    if asked.has("wishes.changes"):
        return Wish(Intent.DAY_AGENDA, "changes")
    if asked.has("kinds.matchmaking", "topics.sectors", "topics.matchmaking-platform"):
        topic = next((topic for topic in asked.topics if topic in _MATCHMAKING_TOPICS), "matchmaking")
        return Wish(Intent.MATCHMAKING, topic)
    if asked.wants_a_person:
        return Wish(Intent.ORGANISER_CONTACT, "contact")
    if asked.has("intents.organiser") and not asked.has("asks.who", "intents.contact") and "venue" in asked.topics:
        return topic_wish("venue")  # "which hotel hosts it"
    if (
        asked.has("verbs.attend")
        and asked.has("asks.what")
        and not asked.has("asks.when")
        and (slot := _of_slot(asked))
    ):
        return slot  # "what can I attend at noon"
    if asked.has("intents.organiser", "intents.contact"):
        return Wish(Intent.ORGANISER_CONTACT, "contact" if asked.has("intents.contact") else "organisers")
    if asked.topics and asked.wants_a_topic:
        return Wish(Intent.UNKNOWN)
    if asked.topics:
        return topic_wish(likeliest_topic(asked.topics))
    if asked.has("intents.language"):
        return Wish(Intent.LANGUAGE)
    if asked.has("intents.materials") and not (asked.has("nouns.programme") and asked.time):
        return Wish(Intent.MATERIALS)
    return _of_time(asked) or _of_conversation(asked)


def _of_slot(asked: Asked) -> Wish | None:
    slot = asked.time and (asked.time.part or asked.time.starts or asked.time.ahead)
    return Wish(Intent.TIME_SLOT) if slot else None


def _of_time(asked: Asked) -> Wish | None:
    courteous = asked.has(*(f"intents.{each}" for each in _COURTESIES)) and not asked.asks_anything
    if asked.time and not courteous:
        return _of_slot(asked) or Wish(Intent.DAY_AGENDA)
    if asked.has("intents.next") or asked.ends_with("grammar.after"):
        return Wish(Intent.NEXT)
    if asked.has("intents.now") and not (courteous and asked.has("intents.goodbye")):
        return Wish(Intent.NOW)
    if asked.has("nouns.programme"):
        return Wish(Intent.DAY_AGENDA)
    if asked.has("nouns.speaker", "nouns.moderator") or (asked.has("asks.who") and asked.has("verbs.speak")):
        return Wish(Intent.SESSION_SPEAKERS)
    return None


def _of_conversation(asked: Asked) -> Wish:
    if asked.has("asks.where") and not asked.does_something_else:
        return Wish(Intent.VENUE, "venue")
    if asked.has("intents.help") and not asked.has("intents.thanks"):
        return Wish(Intent.HELP)
    if asked.has("nouns.session") or (asked.has("asks.when") and asked.has("nouns.event", "nouns.event_name")):
        return Wish(Intent.DAY_AGENDA)
    if asked.has("nouns.event") and asked.has("asks.about", "asks.what"):
        return Wish(Intent.PRACTICAL, "about")
    if asked.has("intents.bot") and not asked.has(*(f"intents.{each}" for each in _COURTESIES)):
        return Wish(Intent.HELP)
    courtesy = next((each for each in _COURTESIES if asked.has(f"intents.{each}")), None)
    if courtesy:
        return Wish(Intent.SMALLTALK, courtesy)
    if asked.has("nouns.event", "nouns.event_name"):
        return Wish(Intent.PRACTICAL, "about")
    return Wish(Intent.SMALLTALK, "thanks") if asked.has("intents.agreement") else Wish(Intent.UNKNOWN)
