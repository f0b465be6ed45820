"""How it goes, in numbers, as organisers read it: the few that count in one message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.i18n import LOCALES, Html, language_name
from bot.messages import numbers_buttons as buttons
from bot.messages.formatting import beside, bold, capitalised, lines, paragraphs
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.models import NoticeKind
from bot.numbers import Numbers
from content.agenda import Session
from content.questions.question import Intent
from content.timetable import local

MAX_TOP = 5
MAX_NAME = 70


def numbers_tool(view: View) -> Button:
    """Return the desk's button to the numbers."""
    return buttons.OpenNumbers().button(view.t.plain.pgettext("button", "Numbers"))


def numbers_message(numbers: Numbers, view: View) -> OutgoingMessage:
    """Return the numbers that count."""
    t, at = view.t, local(view.agenda.event, numbers.at)
    heading = beside(bold(t.pgettext("heading", "Numbers")), capitalised(t.short_day(at.date())), t.clock(at))
    text = paragraphs(
        heading, _people(numbers, view), _questions(numbers, view), _followed(numbers, view), _sent(numbers, view)
    )
    sheet = buttons.SendNumbers().button(t.plain.pgettext("button", "All as a spreadsheet"))
    again = buttons.OpenNumbers().button(t.plain.pgettext("button", "Refresh"))
    return OutgoingMessage(text, ((sheet,), (again,), desk_and_menu(view)))


def intent_name(intent: Intent, view: View) -> str:
    """Return what a question wanted to know, in a few words."""
    t = view.t.plain
    match intent:
        case Intent.SESSION_TIME:
            return t.pgettext("what questions are about", "when a session is")
        case Intent.SESSION_PLACE:
            return t.pgettext("what questions are about", "where a session is")
        case Intent.SESSION_INFO:
            return t.pgettext("what questions are about", "a session")
        case Intent.SESSION_SPEAKERS:
            return t.pgettext("what questions are about", "who is in a session")
        case Intent.SPEAKER_INFO:
            return t.pgettext("what questions are about", "a person")
        case Intent.SPEAKER_SESSIONS:
            return t.pgettext("what questions are about", "when somebody speaks")
        case Intent.MATERIALS:
            return t.pgettext("what questions are about", "slides and documents")
        case Intent.NOW:
            return t.pgettext("what questions are about", "what is on now")
        case Intent.NEXT:
            return t.pgettext("what questions are about", "what comes next")
        case Intent.DAY_AGENDA:
            return t.pgettext("what questions are about", "the agenda of a day")
        case Intent.TIME_SLOT:
            return t.pgettext("what questions are about", "what is on at a time")
        case Intent.VENUE:
            return t.pgettext("what questions are about", "the venue")
        case Intent.PRACTICAL:
            return t.pgettext("what questions are about", "practical matters")
        case Intent.MATCHMAKING:
            return t.pgettext("what questions are about", "the matchmaking")
        case Intent.ORGANISER_CONTACT:
            return t.pgettext("what questions are about", "the organisers")
        case Intent.FOLLOW:
            return t.pgettext("what questions are about", "following")
        case Intent.LANGUAGE:
            return t.pgettext("what questions are about", "the language")
        case Intent.HELP:
            return t.pgettext("what questions are about", "help")
        case Intent.SMALLTALK:
            return t.pgettext("what questions are about", "small talk")
        case Intent.UNKNOWN:
            return t.pgettext("what questions are about", "not understood")
        case _:
            return intent.value.replace("_", " ")


def kind_name(kind: str, view: View) -> str:
    """Return what messages sent unasked are about, by the outbox's name for it."""
    t = view.t.plain
    match kind:
        case NoticeKind.REMINDER:
            return t.pgettext("messages sent unasked", "reminders")
        case NoticeKind.CHANGE:
            return t.pgettext("messages sent unasked", "notices of changes")
        case NoticeKind.MATERIAL:
            return t.pgettext("messages sent unasked", "news of materials")
        case NoticeKind.ANSWER:
            return t.pgettext("messages sent unasked", "answers of the organisers")
        case NoticeKind.SPEAKER:
            return t.pgettext("messages sent unasked", "messages to speakers")
        case NoticeKind.SPEAKER_CALL:
            return t.pgettext("messages sent unasked", "calls of speakers")
        case NoticeKind.ORGANISERS:
            return t.pgettext("messages sent unasked", "alarms to organisers")
        case _:
            return kind


def outcome_name(state: str, view: View) -> str:
    """Return what became of messages, by the outbox's name for it."""
    t = view.t.plain
    match state:
        case "sent":
            return t.pgettext("what became of messages", "delivered")
        case "queued" | "sending":
            return t.pgettext("what became of messages", "waiting")
        case "failed":
            return t.pgettext("what became of messages", "failed")
        case "expired":
            return t.pgettext("what became of messages", "too late")
        case "dropped":
            return t.pgettext("what became of messages", "not needed any more")
        case _:
            return state


def language_of(code: str) -> str:
    """Return a language's own name for itself, or the code of one that we do not speak."""
    return language_name(code) if code in LOCALES else code


def percent(part: int, whole: int) -> str:
    """Return "92 %"; of nothing, "–"."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def _people(numbers: Numbers, view: View) -> Html:
    t, people = view.t, numbers.people
    return lines(
        bold(t.ngettext("%(num)s person", "%(num)s people", people.total)),
        beside(
            t.gettext("active today: %(number)s", number=people.active_today),
            t.gettext("new today: %(number)s", number=people.new_today),
            t.gettext("blocked the bot: %(number)s", number=people.blocked) if people.blocked else None,
        ),
        beside(*(f"{language_of(code)} {number}" for code, number in people.languages.items())),
    )


def _questions(numbers: Numbers, view: View) -> Html:
    t = view.t
    by_intent, by_language = Counter[Intent](), Counter[str]()
    for kind, number in numbers.questions.items():
        by_intent[kind.intent] += number
        by_language[kind.language] += number
    share = percent(numbers.answered, numbers.asked)
    return lines(
        bold(t.ngettext("%(num)s question", "%(num)s questions", numbers.asked)),
        t.gettext("answered: %(share)s", share=share) if numbers.asked else None,
        beside(*(f"{intent_name(intent, view)} {number}" for intent, number in by_intent.most_common(MAX_TOP))),
        beside(
            *(f"{language_of(code)} {percent(number, numbers.asked)}" for code, number in by_language.most_common())
        ),
    )


def _followed(numbers: Numbers, view: View) -> Html:
    top = [
        Html(f"{number} · {view.text(target.title, MAX_NAME)}")
        for handle, number in numbers.followers.items()
        if isinstance(target := view.agenda.by_handle.get(handle), Session)
    ]
    if not top:
        return view.t.gettext("Nobody follows a session yet.")
    return lines(bold(view.t.gettext("Most followed sessions")), *top[:MAX_TOP])


def _sent(numbers: Numbers, view: View) -> Html:
    t, speakers = view.t, numbers.speakers
    delivered = {kind.kind: number for kind, number in numbers.sent.items() if kind.state == "sent"}
    said = beside(*(f"{kind_name(kind, view)} {number}" for kind, number in _known(delivered.items())))
    reached, meant = (sum(getattr(each, name) for each in numbers.broadcasts) for name in ("sent", "total"))
    people = view.agenda.speakers
    claimed = sum(each.handle in speakers.claimed for each in people)
    return lines(
        bold(t.gettext("Delivered in the last 14 days")),
        said or t.gettext("No notices yet."),
        t.gettext("messages to many: %(sent)s of %(total)s", sent=reached, total=meant) if numbers.broadcasts else None,
        t.gettext("Speakers who claimed their profile: %(claimed)s of %(total)s", claimed=claimed, total=len(people)),
        t.gettext("Saw their last change: %(seen)s of %(told)s", seen=speakers.seen, told=speakers.told)
        if speakers.told
        else None,
    )


def _known(delivered: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Leave out what only organisers and speakers get."""
    attendees = {NoticeKind.REMINDER, NoticeKind.CHANGE, NoticeKind.MATERIAL, NoticeKind.ANSWER}
    return [(kind, number) for kind, number in delivered if kind in attendees]
