"""POST /v1/drafts: things to say to a person, filled from what is known, for the card; nothing is ever sent."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, Viewer, check_named
from companion.practice.draft_facts import drafts_for
from companion.practice.drafts import ACTION_NAMES

resources = Resources()


class DraftsRequest(msgspec.Struct):
    """The viewer, and the person to write to."""

    viewer: Viewer
    person: PersonRef


class DraftView(msgspec.Struct):
    """One draft, as the person's page has it too."""

    name: str
    """One of the five actions: hello, repost, thought, mentor or invite; else a template's own number."""
    words: str
    """The name of the user's own template; empty for the five, which the extension names in its language."""
    text: str
    gaps: list[str]
    """What is not known and stands in the text in square brackets, to be filled in before it is used."""


class DraftsResponse(msgspec.Struct):
    """The five drafts, then the user's own; empty where no handle is known."""

    drafts: list[DraftView]


@resource(resources, "/drafts", DraftsRequest, DraftsResponse)
def drafts(context: ApiContext, body: DraftsRequest) -> DraftsResponse:
    """Return what one could say to a person today; the user sends it on X, or not."""
    check_named(body.person, "person")
    owner = owner_of(context, body.viewer)
    account = context.account(owner)
    pid, called = find(context, owner, body.person), body.person.handle or ""
    made = drafts_for(account, pid, context.settings.data, context.clock(), called)
    return DraftsResponse(
        [DraftView(one.name, "" if one.name in ACTION_NAMES else one.words, one.text, list(one.gaps)) for one in made]
    )
