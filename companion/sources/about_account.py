"""Reads X's page about an account: where it says it is, through what it connects, and how often it was renamed."""

from __future__ import annotations

from companion.domain.sightings import Person
from companion.sources.json_tree import Node, branch, count_at, flag_at, text_at
from companion.sources.times import from_milliseconds


def add_about(person: Person, node: Node) -> None:
    """Set the fields that X tells only on its page about an account; what it leaves out stays unknown.

    Args:
        person: the person so far; changed.
        node: the user object; ``about_profile`` on the classic page, ``about`` in X's apps and next client.
    """
    about = branch(node, "about_profile") or branch(node, "about")
    person.based_in = text_at(about, "account_based_in") or None
    person.based_in_sure = flag_at(about, "location_accurate") if person.based_in else None
    person.connected_via = text_at(about, "source") or None
    changes = branch(about, "username_changes")
    person.renames = count_at(changes, "count")
    person.renamed_at = from_milliseconds(changes.get("last_changed_at_msec"))
