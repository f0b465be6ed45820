"""Why a question was understood as it was, as a table for the terminal: `ghid ask --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.questions.candidate import Candidate
from content.questions.index import QuestionIndex
from content.questions.matching import FOUND
from content.questions.question import Entity, Intent, Question
from content.questions.read_word import ReadWord, Role
from content.questions.understand import Trace

_PARTS = {
    Role.CONTENT: "a name must explain it",
    Role.KEYWORD: "says what is asked",
    Role.FUNCTION: "small word",
    Role.TIME: "time",
}
_ASKING = ("intents.", "topics.", "nouns.", "kinds.", "languages.", "wishes.")
_MOST_NEAR = 3
_MOST_CANDIDATES = 6
_WIDEST = 44  # letters of one column; what is longer is cut


def explained(trace: Trace, index: QuestionIndex) -> str:
    """Return the decision and why it was taken; then the words, and the names that they may mean."""
    parts = [_heading(trace), *_decision(trace), _because(trace), "", *_words(trace, index), "", *_candidates(trace)]
    return "\n".join(parts)


def _heading(trace: Trace) -> str:
    asked = trace.question.text
    return f"Question    {asked}" if trace.text == asked else f"Question    {asked}\nRead as     {trace.text}"


def _words(trace: Trace, index: QuestionIndex) -> Iterator[str]:
    if not trace.reading.words:
        yield "There is no word in it."
        return
    rows = [
        (
            read.word.text,
            f"{read.word.forms.strict} · {read.word.forms.loose} · {read.word.forms.stem}",
            _PARTS[read.role],
            _meaning(read),
            _near(read, index),
        )
        for read in trace.reading.words
    ]
    yield from _table(("word", "forms: plain · as it sounds · stem", "part", "means", "near in names"), rows)


def _meaning(read: ReadWord) -> str:
    said = ", ".join(sorted(read.keys)) or "–"
    return f"{said} (a guess)" if read.guessed else said


def _near(read: ReadWord, index: QuestionIndex) -> str:
    best = sorted(read.hits, key=lambda hit: (-hit[1], hit[0]))[:_MOST_NEAR]
    return ", ".join(f"{index.spelling.words[place]} {near:.2f}" for place, near in best) or "–"


def _candidates(trace: Trace) -> Iterator[str]:
    if not trace.candidates:
        yield "No name of the event is near."
        return
    rows = [_candidate(each) for each in trace.candidates[:_MOST_CANDIDATES]]
    yield from _table(("score", "explains", "of its name", "by", "what"), rows)
    yield f"A name must explain {FOUND:.0%} of the words that ask for one."


def _candidate(candidate: Candidate) -> tuple[str, ...]:
    kind = candidate.named.kind.value if candidate.named.kind else "fact"
    return (
        f"{candidate.score:.2f}",
        f"{candidate.coverage:.0%}",
        f"{candidate.naming:.0%}",
        candidate.field.value if candidate.field else "its kind",
        f"{kind}: {candidate.named.label}",
    )


def _decision(trace: Trace) -> Iterator[str]:
    question = trace.question
    yield f"Understood  {_intent(question)}"
    if question.time is not None and (str(question.time) or question.time.ahead):
        yield f"Time        {question.time.ahead or question.time}"
    if question.entities:
        yield f"{'Which one?' if question.ambiguous else 'About':<12}{_labels(question.entities)}"
    if question.suggestions:
        yield f"Nearest     {_labels(question.suggestions)}"
    after = trace.runner_up
    if after is not None:
        yield f"Runner-up   {after.named.label} ({after.score:.2f})"


def _because(trace: Trace) -> str:
    return f"Because     {_reason(trace)}"


def _reason(trace: Trace) -> str:
    """Say in a sentence which words decided."""
    reading, best = trace.reading, trace.candidates[0] if trace.candidates else None
    explained = best.explained if best else frozenset()
    unexplained = _quoted(trace, [at for at in reading.content if at not in explained])
    if trace.question.intent is Intent.UNKNOWN:
        if not reading.content:
            return "none of its words says what is wanted."
        if best is None or not explained & set(reading.content):
            return f"nothing at this event is called {unexplained or _quoted(trace, reading.content)}."
        if unexplained:
            near = f"{best.named.label} explains {best.coverage:.0%}, {FOUND:.0%} is needed"
            return f"{unexplained} names nothing here; {near}."
        return f"{best.named.label} only resembles it ({best.coverage:.0%})."
    if trace.question.entities and best is not None and best.by_name:
        return f"{_quoted(trace, sorted(best.by_name))} names it ({best.coverage:.0%} explained, {FOUND:.0%} needed)."
    asking = [at for at, read in enumerate(reading.words) if read.role in (Role.KEYWORD, Role.TIME) and _says(read)]
    return f"{_quoted(trace, asking)} asks for it." if asking else "its small words ask for it."


def _says(read: ReadWord) -> bool:
    return read.role is Role.TIME or any(key.startswith(_ASKING) for key in read.keys)


def _quoted(trace: Trace, places: Sequence[int]) -> str:
    said = " ".join(trace.reading.words[at].word.text for at in places)
    return f"“{said}”" if said else ""


def _intent(question: Question) -> str:
    more = [each for each in (question.topic, question.language) if each]
    return question.intent.value + (f" ({', '.join(more)})" if more else "")


def _labels(entities: Sequence[Entity]) -> str:
    return "; ".join(f"{each.label} ({each.kind})" for each in entities)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    cut = [head, *(tuple(_cut(cell) for cell in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    for at, row in enumerate(cut):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        if at == 0:
            yield "  ".join("─" * width for width in widths)


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"
