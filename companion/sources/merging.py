"""Merges the copies of a person or post within one answer: the fullest copy wins, thinner ones fill its gaps."""

from __future__ import annotations

from typing import TypeVar

from companion.domain.handles import fold
from companion.domain.sightings import Person, Post, Relation
from companion.sources.json_tree import Node
from companion.sources.posts import post_from
from companion.sources.users import gone_from, person_from, relation_from, user_id

Sighting = TypeVar("Sighting", Person, Post, Relation)


class SightingMerger:
    """People, relations and posts of one answer, each once.

    Args:
        promoted: ids of posts that were shown only as advertisements.
    """

    def __init__(self, promoted: set[str]) -> None:
        self._promoted = promoted
        self._people: dict[str, Person] = {}
        self._relations: dict[str, Relation] = {}
        self._posts: dict[str, Post] = {}

    @property
    def people(self) -> list[Person]:
        """All people, in the order of the page."""
        return list(self._people.values())

    @property
    def relations(self) -> list[Relation]:
        """Their relations to the viewer."""
        return list(self._relations.values())

    @property
    def posts(self) -> list[Post]:
        """All posts, in the order of the page."""
        return list(self._posts.values())

    def add_users(self, users: list[Node]) -> None:
        """Add user objects; a person already known in full with all flags is not read again."""
        for node in users:
            number = user_id(node) or ""
            known, related = self._people.get(number), self._relations.get(number)
            if known is not None and known.rich and related is not None and related.follows_me is not None:
                continue
            person = person_from(node)
            if person is not None and person.id is not None:
                self._people[person.id] = _joined(known, person)
                self._add_relation(person.id, relation_from(node))

    def add_posts(self, posts: list[Node]) -> None:
        """Add post objects."""
        for node in posts:
            post = post_from(node)
            if post is None:
                continue
            post.promoted = post.id in self._promoted
            known = self._posts.get(post.id)
            self._posts[post.id] = _filled(known, post) if known is not None else post

    def add_gone(self, pairs: list[tuple[Node, Node]], listed: dict[str, str]) -> None:
        """Add people that X names but does not show, unless the same answer shows them elsewhere."""
        for node, holder in pairs:
            person = gone_from(node, holder)
            if person is not None and person.id is not None:
                self._people.setdefault(person.id, person)
        for number, reason in listed.items():
            self._people.setdefault(number, Person(id=number, gone=reason, rich=False))

    def _add_relation(self, number: str, relation: Relation | None) -> None:
        if relation is not None:
            known = self._relations.get(number)
            self._relations[number] = _filled(known, relation) if known is not None else relation


def joined_by_handle(people: list[Person]) -> list[Person]:
    """Return the people of a page that names them by handle, each once."""
    merged: dict[str, Person] = {}
    for person in people:
        key = fold(person.handle or "")
        merged[key] = _joined(merged.get(key), person)
    return list(merged.values())


def _joined(known: Person | None, person: Person) -> Person:
    if known is None:
        return person
    fuller, thinner = (person, known) if person.rich and not known.rich else (known, person)
    joined = _filled(fuller, thinner)
    joined.rich = fuller.rich
    return joined


def _filled(fuller: Sighting, thinner: Sighting) -> Sighting:
    """Fill the unknown fields of the fuller copy from the thinner one and return it."""
    for name in fuller.__struct_fields__:
        if getattr(fuller, name) is None:
            setattr(fuller, name, getattr(thinner, name))
    return fuller
