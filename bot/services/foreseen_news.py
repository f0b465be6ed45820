"""What followers would hear if another agenda became the current one, and how many they are."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.storage.changes import FollowNews, people_to_tell, told_versions
from bot.storage.database import Database
from content.agenda import Agenda
from content.notices import SessionNews, agenda_news


async def foreseen_news(
    database: Database, current: Agenda, coming: Agenda, *, version: int, now: datetime
) -> tuple[tuple[SessionNews, ...], int]:
    """Return the news, what is still to come first, and how many people will be told.

    Counted are the followers who want notices and did not block the bot; not for what is over. ``version``: the
    number that ``coming`` would have. Both agendas carry handles.
    """
    news = await asyncio.to_thread(agenda_news, current, coming)
    handles = [follow for follow, listed in news.by_follow.items() if any(each.over_at > now for each in listed)]
    listed = sorted(news.by_session.values(), key=lambda each: (each.over_at <= now, each.starts_at(now)))
    told = await told_versions(database.reader)
    wanted = [FollowNews(each, handle, now, now, False) for each in told for handle in handles]
    return tuple(listed), len(await people_to_tell(database.reader, wanted, current=version))
