"""Ties between people that the user wrote down: who sent whom, who vouches for whom; with the names they have now."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.handles import fold, handle_in_link, is_handle, is_id, stub
from companion.domain.referral_tree import circle, sent_of
from companion.errors import BodyError
from companion.practice import one_owner
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import WHOM

REFERRAL, VOUCH, ASKING, FAVOUR = "referral", "vouch", "asking", "favour"


@dataclass(frozen=True, slots=True)
class Tie:
    """One document that names another person.

    Attributes:
        pid: the person it is kept with: who was sent, who is vouched for, who is asked about.
        whom: the other person: who sent them, who vouches, who is asked.
        document: the document.
    """

    pid: str
    whom: str
    document: Document


def ties(account: Account, kind: str) -> list[Tie]:
    """Return every tie of a kind, under the keys that both people have now."""
    found = account.notebook.of_kind(kind, account.owner)
    return [Tie(pid, now_called(account, document), document) for pid, document in found]


def now_called(account: Account, document: Document) -> str:
    """Return the key that the person named in a document has now, which was a handle alone when it was written."""
    at = document.get("at")
    return account.notebook.shared.exchange.person(str(document[WHOM]), at if isinstance(at, int) else 0)


def who_sent_whom(account: Account) -> dict[str, list[str]]:
    """Return person -> those whom they sent; none of two accounts that belong to one person sent the other."""
    owners = _owners(account)
    found = ((tie.whom, tie.pid) for tie in ties(account, REFERRAL))
    return sent_of((who, whom) for who, whom in found if owners.get(who, who) != owners.get(whom, whom))


def _owners(account: Account) -> dict[str, str]:
    """Return account -> the folded name of the person or company that it belongs to, where the user said one."""
    written = account.notebook.of_kind(one_owner.KIND, account.owner)
    return {pid: f"{body['what']} {str(body['name']).casefold()}" for pid, body in written}


def refuse_circle(account: Account, who: str, whom: str) -> None:
    """Raise ``BodyError`` if "``who`` sent ``whom``" would close a circle; its ``details["circle"]`` is the way."""
    owners = _owners(account)
    if owners.get(who, who) == owners.get(whom, whom):
        raise BodyError("Both accounts belong to one person; nobody sends themselves.", field=WHOM, circle=[])
    closed = circle(who_sent_whom(account), who, whom)
    if closed:
        raise BodyError("That would go round in a circle.", field=WHOM, circle=[*closed, closed[0]])


def person_key(account: Account, text: str) -> str:
    """Return the key of the person whom a text names by @handle or id.

    Raises:
        BodyError: it is neither.
    """
    name = text.strip()
    if is_id(name):
        return account.ledger.find(account.owner, id=name) or name
    handle = fold(handle_in_link(name) or name)
    if not is_handle(handle):
        raise BodyError("Give the @handle of the other person.", field=WHOM)
    return account.ledger.find(account.owner, handle=handle) or stub(handle)
