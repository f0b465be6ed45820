"""Materials in a real database, and people who wait for them, on a clock that stands."""

from __future__ import annotations

from bot.i18n import localizer
from bot.materials import ChatMaterial, Embargo, MaterialAudience, MaterialContent, MaterialDraft
from bot.messages.material_notices import material_notice
from bot.messages.my_slides import outcome_notice
from bot.messages.view import View
from bot.models import Attendee, Media, MediaKind
from bot.services.material_notices import MaterialNoticeService, MaterialRenderer
from bot.services.materials import MaterialService
from bot.services.renderings import Held, Obsolete, Rendered
from bot.storage.database import Database
from bot.storage.outbox import Done, claim, delete_row, put_back, record_done
from content.agenda import Material, Session, Speaker
from tests.bot.services.conference import Conference
from tests.bot.services.standing_clock import StandingClock

ORGANISER = 77
A_LINK = MaterialContent(url="https://example.org/slides.pdf")
A_FILE = MaterialContent(media=Media(MediaKind.DOCUMENT, "BQAC-slides"))


class Library(Conference):
    """A conference where slides are added, awaited and told of."""

    def __init__(self, database: Database, clock: StandingClock) -> None:
        super().__init__(database, clock)
        self.materials = MaterialService(database, clock, self.agenda)
        self.waits = MaterialNoticeService(database, clock, self.agenda)
        self.news = MaterialRenderer(
            database,
            self.waits,
            self.follows,
            view_of=self._view_of,
            write=material_notice,
            write_outcome=outcome_notice,
        )

    def target(self, id_: str) -> Session | Speaker:
        """Return this session or speaker as it is now."""
        agenda = self.agenda.current.agenda
        return agenda.session_by_id.get(id_) or agenda.speaker_by_id[id_]

    async def add(
        self,
        title: str,
        to: str | None = None,
        content: MaterialContent = A_LINK,
        embargo: Embargo = Embargo(),  # noqa: B008 - frozen
        audience: MaterialAudience = MaterialAudience.WAITING,
    ) -> ChatMaterial:
        """Let an organiser add this to a session, a speaker or the event."""
        draft = MaterialDraft(self.target(to).handle if to else None, content, title, embargo)
        return await self.materials.add(draft, ORGANISER, draft_key=title, audience=audience)

    def shown(self, to: str) -> list[Material]:
        """Return what people find with this session or speaker."""
        agenda, target = self.agenda.current.agenda, self.target(to)
        found = (
            agenda.materials_of_session(to) if isinstance(target, Session) else agenda.materials_of_speaker(target.id)
        )
        return list(found)

    async def wait(self, chat_id: int, *ids: str) -> None:
        """Welcome this person and let them ask to be told of these."""
        await self.welcome(chat_id)
        for id_ in ids:
            await self.waits.wait(chat_id, self.target(id_))

    async def told(self) -> list[tuple[int, str]]:
        """Plan what is due and send it, as delivery does; return who was told of what."""
        await self.waits.plan()
        told = list[tuple[int, str]]()
        async with self.database.transaction() as connection:
            items = await claim(connection, self.clock.now, 100, ())
        for item in items:
            rendering = await self.news.render(item, Attendee(item.chat_id))
            async with self.database.transaction() as connection:
                match rendering:
                    case Rendered(message, on_recorded):
                        await record_done(connection, [Done(item, "sent", self.clock.now)])
                        if on_recorded is not None:
                            await on_recorded(connection)
                        told.append((item.chat_id, message.text.split("\n")[0]))
                    case Held(until):
                        await put_back(connection, item, until, attempt=False)
                    case Obsolete(delete=True):
                        await delete_row(connection, item)
                    case _:
                        await record_done(connection, [Done(item, "dropped", self.clock.now)])
        return sorted(told)

    def reader(self, language: str = "en") -> View:
        """Return what messages are written from now."""
        return View(localizer(language), self.agenda.current.agenda, self.clock.now)
