"""A small invented event to ask about: two days of a beekeepers' meeting."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from content.agenda import (
    Agenda,
    Event,
    Fact,
    Material,
    MaterialKind,
    Room,
    Session,
    SessionKind,
    SessionSpeaker,
    Speaker,
    SpeakerRole,
    Track,
)
from content.localized_text import LocalizedText

ZONE = ZoneInfo("Europe/Chisinau")
DAYS = (date(2031, 5, 7), date(2031, 5, 8))


def _at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2031-05-{day:02}T{clock}").replace(tzinfo=ZONE)


def invented_agenda() -> Agenda:
    """Return the agenda of the beekeepers' meeting."""
    return Agenda(
        Event(
            "bees-2031",
            LocalizedText.of(en="Bee Days Bălți", ro="Zilele Albinei Bălți", uk="Дні бджоли, Бєльці"),
            *DAYS,
            ZONE,
            languages=("en", "ro", "uk"),
            place=LocalizedText.of(en="Bălți, Moldova", uk="Бєльці, Молдова"),
        ),
        sessions=(
            Session(
                "welcome-keynote",
                LocalizedText.of(
                    en="Keynote: The silent apiary", ro="Discurs principal: stupina tăcută", uk="Тиха пасіка"
                ),
                _at(7, "10:00"),
                _at(7, "11:00"),
                SessionKind.KEYNOTE,
                room_id="oak",
                speakers=(SessionSpeaker("ada-wójcik"),),
                topics=(LocalizedText.of(en="colony collapse", ro="depopularea stupilor", uk="загибель бджіл"),),
            ),
            Session(
                "varroa-panel",
                LocalizedText.of(en="Panel: Varroa mites", ro="Panel: acarianul varroa", uk="Панель: кліщ вароа"),
                _at(7, "11:30"),
                _at(7, "12:30"),
                SessionKind.PANEL,
                room_id="lime",
                speakers=(
                    SessionSpeaker("petru-lungu"),
                    SessionSpeaker("maria-stone", SpeakerRole.MODERATOR),
                ),
            ),
            Session(
                "honey-fair",
                LocalizedText.of(en="Matchmaking: honey trade", ro="Matchmaking: comerț cu miere", uk="Торгівля медом"),
                _at(8, "14:00"),
                _at(8, "17:00"),
                SessionKind.MATCHMAKING,
            ),
        ),
        speakers=(
            Speaker(
                "ada-wójcik", "Ada Wójcik", LocalizedText.of(en="Hive Institute"), organisation_aliases=("HI Lab",)
            ),
            Speaker("petru-lungu", "Petru Lungu", LocalizedText.of(en="Apis Nord")),
            Speaker("maria-stone", "Maria Stone", aliases=("Марія Стоун",)),
            Speaker("maria-cebotari", "Maria Cebotari", LocalizedText.of(en="Melifera")),
            Speaker("volodymyr-shchur", "Volodymyr Shchur"),
        ),
        rooms=(
            Room("oak", LocalizedText.of(en="Oak Hall", ro="Sala Stejar", uk="Дубова зала")),
            Room("lime", LocalizedText.of(en="Lime Hall", ro="Sala Tei", uk="Липова зала")),
        ),
        tracks=(Track("health", LocalizedText.of(en="Bee health", uk="Здоров’я бджіл")),),
        materials=(Material("rule-book", LocalizedText.of(en="Rule book"), MaterialKind.DOCUMENT),),
        facts=(
            Fact("wifi", LocalizedText.of(en="Wi-Fi"), LocalizedText.of(en="Network BEES")),
            Fact(
                "smoker-loan",
                LocalizedText.of(en="Smoker loan"),
                LocalizedText.of(en="At the desk"),
                aliases=("димар",),
            ),
        ),
    )
