"""Reads an archive from end to end: streams its members, counts them, and yields their content in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from companion import __version__
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.errors import SourceError
from companion.sources.archive.batches import batches
from companion.sources.archive.dates import epoch
from companion.sources.archive.newest_posts import NewestPosts
from companion.sources.archive.own_handles import KIND, former_handles, until, with_others
from companion.sources.archive.record_types import LIKES, TWEETS, Record, RecordType, Tweet, TweetEntry, record, text_of
from companion.sources.archive.records import ReadPost, acts_of, id_of, like_act, message_act, read_post
from companion.sources.archive.stream import elements, whole
from companion.sources.archive.summary import Summary
from companion.sources.archive.zip_file import Archive

CHUNK = 50_000
"""Interactions per chunk: enough to sort into the ledger cheaply, few enough to stop between two chunks."""
INTRODUCING = frozenset({"account", "manifest", "user_details", KIND})
"""Small files that name the archive's owner; they are read before everything else."""
T = TypeVar("T")


@dataclass(slots=True)
class ArchiveReader:
    """One pass over one archive."""

    archive: Archive
    summary: Summary
    stopped: Callable[[], bool] = lambda: False
    on_read: Callable[[], None] = lambda: None
    """Called whenever some more bytes have been read."""
    long_texts: dict[tuple[int, str], str] = field(default_factory=dict)
    newest: NewestPosts = field(default_factory=NewestPosts)
    own_handles: set[str] = field(default_factory=set)
    own_until: list[tuple[str, int]] = field(default_factory=list)
    """(former handle of the owner, when it was given up)."""
    """Former handles of the owner's, folded."""
    made_at: int | None = None
    read_bytes: int = 0

    @property
    def total_bytes(self) -> int:
        """How many bytes will be read in all, for a progress bar."""
        read = [names for kind, names in self.archive.members.items() if kind not in INTRODUCING]
        return sum(self.archive.size_of(name) for names in read for name in names)

    def chunks(self) -> Iterator[Understanding]:
        """Yield the archive's content; a member that cannot be read is named in the summary and left out.

        Raises:
            SourceError: The archive does not name its owner, so nothing in it can be attributed.
        """
        self.read_owner()
        yield from self._relations()
        if self.archive.is_grailbird:
            yield from self._posts("grailbird")
        else:
            self._note_long_texts()
            for kind in ("tweet", "tweets"):
                yield from self._posts(kind)
            yield from self._likes()
            yield from self._messages(("direct-messages", "direct-message"), group=False)
            yield from self._messages(("direct-messages-group", "direct-message-group"), group=True)
            self._count_lists()
        yield self._kept_posts()

    def read_owner(self) -> None:
        """Read the archive's owner and when X made it.

        Raises:
            SourceError: It does not name its owner.
        """
        self.summary.grailbird = self.archive.is_grailbird
        self.summary.files = self.archive.files
        details = self._small("user_details")
        account = next((record(record(element).get("account")) for element in self._all("account")), {})
        manifest = self._small("manifest")
        info = record(manifest.get("archiveInfo"))
        user = record(manifest.get("userInfo"))
        self.summary.account_id = id_of(account, "accountId") or id_of(user, "accountId") or id_of(details, "id")
        self.summary.username = (
            text_of(account, "username") or text_of(user, "userName") or text_of(details, "screen_name")
        )
        changes = list(self._all(KIND))
        self.own_handles, self.own_until = former_handles(changes), until(changes)
        made = text_of(info, "generationDate")
        self.summary.generation, self.made_at = (made or "")[:7] or None, epoch(made)
        if self.summary.account_id is None:
            raise SourceError(
                f"{self.archive.path.name} does not say whose it is (no account id), so it cannot be placed."
            )

    def _small(self, kind: str) -> Record:
        for name in self.archive.members.get(kind, [])[:1]:
            try:
                with self.archive.open(name) as stream:
                    return record(whole(stream, name))
            except SourceError as error:
                self.summary.problems.append(error.message)
        return {}

    def _all(self, *kinds: str) -> Iterator[object]:
        """Yield every element of every member of these kinds; a bad member is reported and left out."""
        for name in [name for kind in kinds for name in self.archive.members.get(kind, [])]:
            try:
                with self.archive.open(name) as stream:
                    for element in elements(stream, name):
                        if self.stopped():
                            return
                        yield element
            except SourceError as error:
                self.summary.problems.append(error.message)
            self._advance(self.archive.size_of(name))

    def _batches(self, kind: str, record_type: RecordType[T]) -> Iterator[Sequence[T]]:
        """Yield the elements of every member of a kind, many at a time; a bad member is reported and left out."""
        for name in self.archive.members.get(kind, []):
            before = self.read_bytes
            try:
                with self.archive.open(name) as stream:
                    for batch in batches(stream, name, record_type):
                        if self.stopped():
                            return
                        yield batch
                        self._advance(before + stream.tell() - self.read_bytes)
            except SourceError as error:
                self.summary.problems.append(error.message)
            self._advance(before + self.archive.size_of(name) - self.read_bytes)

    def _advance(self, more: int) -> None:
        self.read_bytes += more
        self.on_read()

    def _relations(self) -> Iterator[Understanding]:
        people: dict[str, Relation] = {}
        for kind, key in (
            ("follower", "follower"),
            ("following", "following"),
            ("block", "blocking"),
            ("mute", "muting"),
        ):
            for element in self._all(kind):
                person = id_of(record(record(element).get(key)), "accountId")
                if person:
                    self._relate(people.setdefault(person, Relation(id=person)), kind, person)
        if people:
            yield Understanding(op="archive", relations=list(people.values()))

    def _relate(self, relation: Relation, kind: str, person: str) -> None:
        match kind:
            case "follower":
                relation.follows_me = True
                self.summary.followers.add(person)
            case "following":
                relation.i_follow = True
                self.summary.following.add(person)
            case "block":
                relation.blocking = True
                self.summary.blocked += 1
            case _:
                relation.muting = True
                self.summary.muted += 1

    def _note_long_texts(self) -> None:
        """Index the long posts' whole texts by second and first words: the archive has no other link to their posts."""
        count = 0
        for element in self._all("note-tweet"):
            note = record(record(element).get("noteTweet"))
            text, at = text_of(record(note.get("core")), "text"), epoch(note.get("createdAt"))
            count += 1
            if text and at is not None:
                self.long_texts[at, text[:40]] = text
        self.summary.lists["note-tweet"] = count if "note-tweet" in self.archive.members else None

    def _long_text(self, tweet: Tweet) -> str | None:
        at, start = epoch(tweet.created_at), (tweet.full_text or tweet.text or "")[:40]
        return next((text for shift in (0, 1, -1) if (text := self.long_texts.get(((at or 0) + shift, start)))), None)

    def _posts(self, kind: str) -> Iterator[Understanding]:
        owner = self.summary.account_id or ""
        interactions: list[Interaction] = []
        for batch in self._batches(kind, TWEETS):
            reads = self._read(batch, owner)
            self.summary.posts.count(reads)
            self.newest.offer(reads)
            for read in reads:
                interactions += with_others(acts_of(read.post, owner), self.own_handles)
            while len(interactions) >= CHUNK:
                yield _chunk(interactions[:CHUNK])
                interactions = interactions[CHUNK:]
        if interactions:
            yield _chunk(interactions)

    def _read(self, batch: Sequence[TweetEntry], owner: str) -> list[ReadPost]:
        tweets = [entry.tweet or entry for entry in batch]
        if self.long_texts:
            reads = [read_post(tweet, owner, self._long_text(tweet)) for tweet in tweets]
        else:
            reads = [read_post(tweet, owner) for tweet in tweets]
        return [read for read in reads if read is not None]

    def _kept_posts(self) -> Understanding:
        owner = Person(id=self.summary.account_id, handle=self.summary.username, rich=False)
        return Understanding(op="archive", people=[owner], posts=self.newest.posts())

    def _likes(self) -> Iterator[Understanding]:
        """Count and yield the likes; most name only the post, and the ledger writer finds its author."""
        interactions: list[Interaction] = []
        for batch in self._batches("like", LIKES):
            self.summary.likes += len(batch)
            self.summary.likes_without_text += sum(not (entry.like and entry.like.fullText) for entry in batch)
            likes = [act for entry in batch if entry.like and (act := like_act(entry.like))]
            interactions += with_others(likes, self.own_handles)
            while len(interactions) >= CHUNK:
                yield _chunk(interactions[:CHUNK])
                interactions = interactions[CHUNK:]
        if interactions:
            yield _chunk(interactions)

    def _messages(self, kinds: tuple[str, ...], *, group: bool) -> Iterator[Understanding]:
        owner, counts = self.summary.account_id or "", self.summary.group_dm if group else self.summary.dm
        batch: list[Interaction] = []
        for element in self._all(*kinds):
            conversation = record(record(element).get("dmConversation"))
            name = text_of(conversation, "conversationId") or ""
            counts["conversations"] += 1
            messages = conversation.get("messages")
            for message in messages if isinstance(messages, list) else []:
                batch.extend(self._message(record(message), owner, counts, name if group else None))
            while len(batch) >= CHUNK:
                yield _chunk(batch[:CHUNK])
                batch = batch[CHUNK:]
        if batch:
            yield _chunk(batch)

    def _message(self, message: Record, owner: str, counts: dict[str, int], group: str | None) -> Iterator[Interaction]:
        for kind, value in message.items():
            counts[kind] = counts.get(kind, 0) + 1
            if kind == "messageCreate":
                sent = record(value)
                direction = "out" if id_of(sent, "senderId") == owner else "in"
                counts[direction] = counts.get(direction, 0) + 1
                yield from message_act(sent, owner, group)

    def _count_lists(self) -> None:
        for name, kinds in {
            "deleted-tweets": ("deleted-tweets", "deleted-tweet"),
            "community-tweet": ("community-tweet",),
            "tweet-headers": ("tweet-headers",),
        }.items():
            present = any(kind in self.archive.members for kind in kinds)
            self.summary.lists[name] = sum(1 for _ in self._all(*kinds)) if present else None


def cut() -> str:
    """Return what decides where chunks begin: the release, whose rules say what an interaction is, and the size."""
    return f"{__version__}:{CHUNK}"


def _chunk(batch: list[Interaction]) -> Understanding:
    return Understanding(op="archive", interactions=batch)
