"""Phrases of the vocabulary: alternatives, English words drawn together, the longest one first."""

from __future__ import annotations

from content.questions.phrases import alternatives, arranged, as_spoken


def test_a_bar_parts_alternatives() -> None:
    assert set(alternatives("give|send me a nudge|ping")) == {
        "give me a nudge",
        "give me a ping",
        "send me a nudge",
        "send me a ping",
    }
    assert list(alternatives("up next")) == ["up next"]


def test_english_words_are_drawn_together() -> None:
    assert as_spoken(("who", "is", "behind", "this")) == {
        ("who", "is", "behind", "this"),
        ("whos", "behind", "this"),
        ("who", "behind", "this"),
    }
    assert ("dont", "forget") in as_spoken(("do", "not", "forget"))


def test_a_will_that_is_drawn_together_is_not_lost() -> None:
    """ "I attend" says something else than "I will attend"."""
    assert as_spoken(("i", "will", "attend")) == {("i", "will", "attend"), ("ill", "attend")}


def test_the_longest_phrase_is_found() -> None:
    phrases = arranged({("what", "is"): {"a"}, ("what", "is", "on"): {"b"}, ("what", "is", "on", "tod*"): {"c"}})

    assert phrases.longest_of(["what", "is", "on", "now"]) == (3, frozenset("b"))
    assert phrases.longest_of(["what", "is", "on", "today"]) == (4, frozenset("c"))
    assert phrases.longest_of(["what", "is", "it"]) == (2, frozenset("a"))
    assert phrases.longest_of(["what", "on"])[0] == 0


def test_a_phrase_may_begin_with_any_form_of_a_word() -> None:
    phrases = arranged({("organis*", "team"): {"a"}})

    assert phrases.longest_of(["organising", "team", "please"]) == (2, frozenset("a"))
