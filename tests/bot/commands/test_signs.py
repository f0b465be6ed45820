"""`ghid signs`: sheets that can be printed, read in three languages, and scanned to the right place."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from bot.__main__ import main
from bot.commands import signs as command
from bot.services.agenda import built_in_event
from bot.services.handles import assign_handles, with_handles
from bot.services.speaker_codes import hash_of
from bot.settings import Settings
from bot.signs.paper import BOLD, REGULAR, fitted, printable
from bot.signs.signs import signs_pdf
from content.agenda import Agenda
from tests.bot.commands.event_files import FOUR, write_event
from tests.builders import a_room, a_session, a_text, an_agenda, an_event

DOOR = ("What is on here now and next", "Ce are loc aici acum și ce urmează", "Що тут зараз і що далі")
LINK = "https://t.me/our_event_bot"
ROOT = Path(__file__).parents[3]


def handled(agenda: Agenda) -> Agenda:
    return with_handles(agenda, assign_handles({}, agenda, {}))


def read(data: bytes) -> list[tuple[str, list[str]]]:
    """Return the text of each page, and where its QR codes lead."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        codes = zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("L"))
        found.append((" ".join(page.get_textpage().get_text_bounded().split()), [code.text for code in codes]))
    document.close()
    return found


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "data" / "ghid.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_PATH", str(path))
    main(["import", str(write_event(tmp_path / "event.yaml", FOUR))])
    capsys.readouterr()
    return path


def test_each_door_says_in_three_languages_where_its_code_leads() -> None:
    agenda = handled(built_in_event())
    poster, *doors = read(signs_pdf(agenda, "our_event_bot"))

    assert poster[1] == [LINK]
    for words in ("The guide to this event", "Ghidul acestui eveniment", "Гід цього заходу", "@our_event_bot"):
        assert words in poster[0]
    assert len(doors) == len(agenda.rooms)
    for room, (text, codes) in zip(agenda.rooms, doors, strict=True):
        assert codes == [f"{LINK}?start=r_{room.handle}"]
        for words in (*room.name.texts.values(), *DOOR):
            assert words in text


@pytest.mark.parametrize("rooms", [0, 1, 40])
def test_any_number_of_rooms_is_a_sheet_each(rooms: int) -> None:
    agenda = handled(an_agenda(rooms=[a_room(f"room-{number}") for number in range(rooms)]))

    assert len(pypdfium2.PdfDocument(signs_pdf(agenda, "our_event_bot"))) == 1 + rooms


def test_long_names_and_odd_letters_leave_the_codes_readable() -> None:
    agenda = handled(
        an_agenda(
            a_session(),
            rooms=[
                a_room("long", "Sală " * 60),
                a_room("word", "Ж" * 300),
                a_room("odd", "🦊 K.1.105 <La Fontaine> 🦊"),
            ],
            event=an_event(name="Very long name " * 40, place=a_text("Iași " * 50)),
        )
    )
    pages = read(signs_pdf(agenda, "b" * 32))

    assert [codes for _, codes in pages] == [
        [f"https://t.me/{'b' * 32}"],
        *([f"https://t.me/{'b' * 32}?start=r_{room.handle}"] for room in agenda.rooms),
    ]
    assert "K.1.105 <La Fontaine>" in pages[3][0]
    assert "…" in pages[1][0]


def test_the_same_signs_are_the_same_bytes() -> None:
    agenda = handled(built_in_event())

    assert signs_pdf(agenda, "our_event_bot") == signs_pdf(agenda, "our_event_bot")


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_the_fonts_have_every_letter_of_our_languages(font: str) -> None:
    letters = "ĂÂÎȘȚăâîșț АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ’„”«»–—…·"

    assert printable(letters, font) == letters


def test_a_text_gets_smaller_before_it_is_cut() -> None:
    size, lines = fitted("one two three four", REGULAR, 40, 160, 2)

    assert 20 <= size < 40
    assert " ".join(lines) == "one two three four"
    assert fitted("word " * 100, REGULAR, 40, 160, 2)[1][1].endswith("…")


def test_the_command_writes_doors_without_codes(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["signs", "out.pdf", "--bot", "@our_event_bot"]) == 0

    assert capsys.readouterr().out.startswith("out.pdf: a poster and ")
    assert len(read((tmp_path / "out.pdf").read_bytes())) > 1
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM speaker_codes").fetchone() == (0,)


def test_speakers_get_a_card_each_whose_code_is_kept_as_a_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database, out = tmp_path / "ghid.db", tmp_path / "out.pdf"
    monkeypatch.setenv("DATABASE_PATH", str(database))
    main(["import", str(ROOT / "content" / "data" / "iasi-2023.yaml")])
    capsys.readouterr()

    assert main(["signs", str(out), "--bot", "our_event_bot", "--speakers"]) == 0

    said = capsys.readouterr().out
    pages = read(out.read_bytes())
    links = [code for _, codes in pages for code in codes if "claim_" in code]
    with closing(sqlite3.connect(database)) as connection:
        kept = {row[0] for row in connection.execute("SELECT code_hash FROM speaker_codes")}
        (speakers,) = connection.execute("SELECT count(*) FROM speakers").fetchone()
    assert "Whoever has this file could claim the profiles" in said
    assert len(links) == speakers > 0
    assert {hash_of(link.removeprefix(f"{LINK}?start=claim_")) for link in links} == kept
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    for words in ("Your speaker’s page", "Pagina dumneavoastră de vorbitor", "Ваша панель доповідача"):
        assert words in pages[-1][0]


def test_the_name_is_asked_from_telegram(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["our_event_bot", None])

    async def asked(_: Settings) -> str | None:
        return next(answers)

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1000000001:LOCAL-DEMO-not-a-token")
    monkeypatch.setattr(command, "asked_username", asked)

    assert main(["signs", "out.pdf"]) == 0
    assert "for @our_event_bot" in capsys.readouterr().out
    assert main(["signs", "out.pdf"]) == 1
    assert "give it: --bot NAME" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "returned", "said"),
    [
        (["out.pdf", "--bot", "not a name"], 2, "is no user name of a bot"),
        (["nowhere/out.pdf", "--bot", "our_event_bot"], 1, "cannot be written"),
        (["out.pdf", "--bot", "our_event_bot", "--database", "none.db"], 1, "there is no database at none.db"),
    ],
)
def test_what_is_wrong_is_said(
    database: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], returned: int, said: str
) -> None:
    assert main(["signs", *arguments]) == returned
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_written_leaves_no_code(database: Path) -> None:
    assert main(["signs", "nowhere/out.pdf", "--bot", "our_event_bot", "--speakers"]) == 1

    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM speaker_codes").fetchone() == (0,)
