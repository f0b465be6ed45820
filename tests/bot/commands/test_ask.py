"""`ghid ask`: answers on the terminal, and what stands in their way."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from bot.__main__ import main

MOMENT = "2023-11-22T10:05"


@pytest.fixture(autouse=True)
def _away_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_PATH", raising=False)


@pytest.mark.parametrize(("language", "beginning"), [("en", "On now"), ("ro", "Acum"), ("uk", "Зараз")])
def test_a_question_is_answered_from_the_built_in_event(
    language: str, beginning: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["ask", "what is on now?", "--lang", language, "--now", MOMENT])

    assert (code, capsys.readouterr().out.split("\n")[0]) == (0, beginning)


def test_questions_as_json_lines_are_predicted_one_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "q1", "lang": "uk", "text": "що зараз?"}\n\n'))

    code = main(["ask", "--jsonl", "--now", MOMENT])

    predicted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (code, [(each["id"], each["intent"]) for each in predicted]) == (0, [("q1", "now")])


def test_a_title_is_predicted_as_its_source_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    schedule = tmp_path / "schedule.xml"
    schedule.write_text(
        "<schedule><conference><title>Knots</title></conference><day date='2023-11-22'><room name='Hall'>"
        "<event id='1'><start>10:00</start><duration>01:00</duration><title>CANCELLED Bowlines at sea</title></event>"
        "<event id='2'><start>11:00</start><duration>01:00</duration><title>Splices ashore</title></event>"
        "</room></day></schedule>"
    )
    assert main(["import", str(schedule), "--zone", "Europe/Bucharest", "--database", "data/ghid.db", "--yes"]) == 0
    capsys.readouterr()
    asked = [{"id": "1", "text": "when is bowlines at sea"}, {"id": "2", "text": "splices ashore"}]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, asked))))

    main(["ask", "--jsonl"])

    predicted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["labels"] for each in predicted] == [["CANCELLED Bowlines at sea"], ["Splices ashore"]]
    assert "CANCELLED" not in predicted[0]["text"]


@pytest.mark.parametrize("moment", ["yesterday", "2023-13-45", "0001-01-01T00:00"])
def test_a_moment_that_is_none_is_a_wrong_call(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "now?", "--now", moment]) == 2
    assert "--now takes a moment such as" in capsys.readouterr().err


def test_neither_a_question_nor_json_lines_is_a_wrong_call() -> None:
    assert main(["ask"]) == 2
    assert main(["ask", "now?", "--jsonl"]) == 2


def test_a_file_that_is_no_database_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.db").write_text("no database at all, but long enough to be looked at", encoding="utf-8")
    monkeypatch.setenv("DATABASE_PATH", "notes.db")

    assert main(["ask", "now?"]) == 1
    assert capsys.readouterr().err.startswith("ghid ask: the database cannot be used:")


def test_the_table_says_why_a_question_was_understood_so(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", "when does lidia speak", "--explain", "--now", MOMENT])

    said = capsys.readouterr().out
    assert code == 0
    assert re.search(r"^lidia +lidia · lidia · lid +a name must explain it +– +lidia 1.00", said, re.MULTILINE)
    assert re.search(r"^\d\.\d\d +100% +50% +name +speaker: Lidia Betoaea$", said, re.MULTILINE)
    assert re.search(r"^Understood +speaker_sessions$", said, re.MULTILINE)
    assert re.search(r"^Which one\? +Lidia Betoaea \(speaker\); Lídia Morcillo \(speaker\)$", said, re.MULTILINE)
    assert said.endswith("[Lidia Betoaea]\n[Lídia Morcillo]\n")


@pytest.mark.parametrize("text", ["ckfqlb rhfvthf", "", "🙃", "що після панелі", "in 20 minutes", "xyzzy plugh"])
def test_every_question_can_be_explained(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", text, "--explain", "--now", MOMENT]) == 0
    assert "\nUnderstood  " in capsys.readouterr().out


def test_the_interface_language_changes_nothing_of_what_is_understood(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ("when does Kramer speak", "unde parchez", "коли панель", "слайды Джеру", "Lidia", "weather tomorrow")
    understood = []
    for language in ("en", "ro", "uk"):
        lines = "".join(json.dumps({"id": text, "lang": language, "text": text}) + "\n" for text in texts)
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        assert main(["ask", "--jsonl", "--now", MOMENT]) == 0
        predicted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        understood.append([(each["intent"], each["entities"], each["suggestions"]) for each in predicted])
    assert understood[0] == understood[1] == understood[2]
