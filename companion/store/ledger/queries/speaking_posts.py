"""Query for posts to nobody in particular, of the people last in contact: what they say, and what they only link."""

from __future__ import annotations

from typing import NamedTuple

from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.queries.statistics import RECENT_PEOPLE


class SpokenPost(NamedTuple):
    """One post that answers and reposts nobody: its author, its words, and whether X gave it a link."""

    pid: str
    text: str
    linked: bool


def speaking_posts(ledger: Ledger, owner: str, people: int = RECENT_PEOPLE) -> list[SpokenPost]:
    """Return the posts to nobody whose words are kept, of the people last in contact."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select p.pid, p.text, json_extract(p.rest, '$.links') is not null and json_extract(p.rest, '$.links') <> '[]' "
        "from (select pid from badge where owner = ? and contact_at is not null order by contact_at desc limit ?) b "
        "cross join post p on p.owner = ? and p.pid = b.pid where p.text is not null "
        "and json_extract(p.rest, '$.repost_of') is null and (json_extract(p.rest, '$.reply_to_post') is null "
        "or json_extract(p.rest, '$.reply_to_id') = json_extract(p.rest, '$.author_id'))",
        (viewer.number, people, viewer.number),
    )
    return [SpokenPost(pid, text, bool(linked)) for pid, text, linked in rows]
