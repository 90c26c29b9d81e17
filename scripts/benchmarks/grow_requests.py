"""The requests that `scripts/bench grow` sends: every resource under /v1 and every page of the dashboard."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from scripts.benchmarks import crowd
from tests.x_json import UserFacts, user_json
from tests.x_timeline import profile_json

Body = dict[str, object]
LISTS = frozenset({"queue", "followers", "recent", "tags"})
"""Resources that list people: their time must not grow with how many people there are."""
BUSY = 99
"""The number of a person with a long history."""
LEFT_OUT = {
    "/v1/pair": "has no viewer: it reads no data",
    "/v1/pair/confirm": "has no viewer: it reads no data",
    "/v1/x-api/person": "asks X's servers, for money",
    "/web/enter/<secret>": "the link that every other page is opened by",
    "/web/pair": "has no viewer: it reads no data",
    "/web/static/<digest>/<path:filename>": "files of the package",
}
"""Rule -> why it is not measured."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its resource under /v1, what is special about it, and its body for the n-th time."""

    resource: str
    what: str
    body: Callable[[int], Body]

    @property
    def name(self) -> str:
        """Return the resource and what is special about the request."""
        return f"/v1/{self.resource}" + (f" ({self.what})" if self.what else "")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the dashboard: its rule in the URL map, and an address of it."""

    rule: str
    address: str


def asks(instance: str) -> tuple[Ask, ...]:
    """Return the requests to a companion with this instance id."""
    listed = [
        _same("followers", sort, sort=sort, show=show)
        for sort, show in (
            ("oldest", "all"), ("newest", "not_followed"), ("score", "all"), ("contact", "all"), ("name", "followed"),
        )
    ]  # fmt: skip
    return (
        _same("badges", handles=[crowd.handle_of(n) for n in range(60, 100)]),
        _same("queue"),
        *listed,
        _same("recent"),
        Ask("tags", "", lambda turn: {}),
        Ask("status", "", lambda turn: {}),
        _same("search", "finds the beginning of a handle", q="kalo"),
        _same("search", "finds inside names", q="son 99"),
        _same("search", "finds nothing", q="zebrafinch"),
        _same("person", person={"id": crowd.pid_of(BUSY)}),
        _same("relationship", person={"id": crowd.pid_of(BUSY)}),
        _same("chats"),
        _same("lists"),
        _same("drafts", person={"id": crowd.pid_of(BUSY)}),
        _same("interactions", person={"id": crowd.pid_of(BUSY)}),
        _same("versions", person={"id": crowd.pid_of(BUSY)}),
        _same("vet", person={"id": crowd.pid_of(BUSY)}),
        Ask("topics", "", lambda turn: {}),
        Ask("x-api", "", lambda turn: {}),
        Ask("dashboard", "", lambda turn: {}),
        Ask("time", "", lambda turn: {"browser": str(uuid.UUID(int=turn)), "days": {"2026-11-29": {"home": 60}}}),
        Ask("page-health", "", lambda turn: {"client": "classic"}),
        *_changes(instance),
    )


def _same(resource: str, what: str = "", **fields: object) -> Ask:
    return Ask(resource, what, lambda turn: {"viewer": crowd.VIEWER, **fields})


def _changes(instance: str) -> tuple[Ask, ...]:
    """Return the requests that store something; each time something else."""
    busy = {"id": crowd.pid_of(BUSY)}
    line = {"at": crowd.NOW - 5, "direction": "out", "kind": "reply", "ref": "1999", "post": None, "source": "page",
            "partial": False, "automatic": False}  # fmt: skip

    gone: Body = {"viewer": crowd.VIEWER, "person": busy, "op": "op-grow-gone", "at": crowd.NOW, "direction": "in",
                  "kind": "reply", "ref": "1"}  # fmt: skip

    def note(turn: int) -> Body:
        return {
            "instance": instance, "viewer": crowd.VIEWER, "op": f"op-grow-{turn:06}", "kind": "note",
            "person": {"id": crowd.pid_of(200 + turn)}, "body": {"text": f"Met at fair number {turn}."}, "base": None,
            "at": crowd.NOW,
        }  # fmt: skip

    def sighting(turn: int) -> Body:
        text = json.dumps(profile_json(user_json(UserFacts(str(9_000_000 + turn), f"newcomer{turn}"))))
        return {"viewer": crowd.VIEWER, "seen": [{"at": crowd.NOW, "text": text, "op": "UserByScreenName"}]}

    return (
        Ask("writes", "", note),
        Ask("sightings", "", sighting),
        Ask("interactions/remove", "", lambda turn: gone),
        _same("interactions/restore", person=busy, op="op-grow-back", line=line),
        Ask("forget", "", lambda turn: {"viewer": crowd.VIEWER, "op": f"op-forget-{turn:04}",
                                        "person": {"id": crowd.pid_of(300 + turn)}}),
    )  # fmt: skip


PAGES = (
    Page("/web", "/web"),
    Page("/web/people", "/web/people"),
    Page("/web/people", "/web/people?q=kalo"),
    Page("/web/people", "/web/people?q=zebrafinch"),
    Page("/web/people", "/web/people?filter=score+%3E+60+and+not+met"),
    Page("/web/people", "/web/people?sort=score"),
    Page("/web/people", "/web/people?sort=name"),
    Page("/web/people", "/web/people?filter=role:+customer"),
    Page("/web/people", "/web/people?filter=discusses"),
    Page("/web/people/export", "/web/people/export?as=vcard&filter=score+%3E+60"),
    Page("/web/person/<pid>", f"/web/person/{crowd.pid_of(BUSY)}"),
    Page("/web/face/<pid>", f"/web/face/{crowd.pid_of(BUSY)}"),
    Page("/web/chats", "/web/chats"),
    Page("/web/quiz", "/web/quiz"),
    Page("/web/outreach", "/web/outreach"),
    Page("/web/outreach/goals", "/web/outreach/goals"),
    Page("/web/mirror", "/web/mirror"),
    Page("/web/referrals", "/web/referrals"),
    Page("/web/year", "/web/year"),
    Page("/web/year/table", "/web/year/table"),
    Page("/web/circles", "/web/circles"),
    Page("/web/first", "/web/first"),
    Page("/web/triage", "/web/triage?list=mentioned"),
    Page("/web/pictures", "/web/pictures"),
    Page("/web/reminders", "/web/reminders"),
    Page("/web/reminders/file", "/web/reminders/file"),
    Page("/web/words", "/web/words"),
    Page("/web/words/file", "/web/words/file"),
    Page("/web/import", "/web/import"),
    Page("/web/import/state", "/web/import/state"),
    Page("/web/import/notes", "/web/import/notes"),
    Page("/web/vet", f"/web/vet?person={crowd.handle_of(BUSY)}"),
    Page("/web/handed", "/web/handed"),
)
"""Every page of the dashboard, the list of people in each way that reads it differently."""
