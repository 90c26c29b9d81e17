"""Distinguishes thank-yous sent by software from those that people write, by counted signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from companion.domain.sightings import Post
from companion.vetting.word_lists import WordLists, readable, supplied_lists, tokens_of

NEEDED = 2
"""Signs from which a thank-you is called automatic: one alone ("thanks @a @b @c for coming") is what people do too."""
MANY_HANDLES = 3

_HANDLE = re.compile(r"(?<!\w)@\w{1,15}")
_DRESSED = re.compile(r"https?://\S+|@(?<!\w@)\w+|#(?<!\w#)\w+")
"""The parts that differ between texts from one template."""
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
"""Does the same for ASCII text, many times faster."""
_COUNTABLE = frozenset(
    f"{word}{end}"
    for word in ("follower", "unfollower", "tweep", "people", "person", "mention", "retweet", "like", "seguidores")
    for end in ("", "s")
)
_COUNTED = re.compile(
    r"\b\d+ (?:new |more )?(?:followers?|unfollowers?|tweeps?|people|person|mentions?|retweets?|likes?|seguidores|"
    r"nouveaux abonnés|novos seguidores|nuevos seguidores|neue follower|подписчик\w*|takipçi)\b|"
    r"(?:フォロワー|フォロー解除|フォロー)[::]? ?\d+ ?人|팔로워 ?\d+ ?명"
)
_SOFTWARE = re.compile(r"\((?:want this|insight by|via|powered by|automatic)|(?:>>|»|➜|→) ?want this")
_SENDER = re.compile(
    r"@?(?:commun[ ._]?it(?:app)?|sumall|crowdfire\w*|paper[ ._]?li|tweet ?jukebox|social ?jukebox|just ?unfollow\w*|"
    r"fllwrs|unfollow ?spy|who ?unfollowed ?me|round ?team|statusbrew|tweepsmap|manage ?flitter|recurpost|socialoomph|"
    r"twittascope|social ?bro|audiense|social ?dog|zoho ?social)(?![a-z0-9_@])"
)
"""Software that sends thanks by itself, as posts name it."""
_NAMED_AS_SENDER = re.compile(
    r"(?:(?:^|[\W\d])(?:via|by|with|using|sent from|through|por|con|usando|de|através do|a través de|par|avec|grâce à|"
    r"tramite|da|di|über|mit|durch|von|door|met|lewat|oleh|przez|через|с помощью|от|عبر|від|qua|通过|"
    r"tracked by|auto-?sent by)|[(|\[])[\s:(\[]{0,3}$"
)
"""What stands before a sender's name, in several languages."""
_NAMED_AFTER = re.compile(r"^[\s)]{0,2}(?:を使って|より|経由|から|通过|ile\b|aracılığıyla)")
_ENDS_HERE = re.compile(r"(?:[^\w@#]++|https?://\S++|[@#]\w++)*+$")
"""What stands behind a sender's name that signs: nothing, or only links, names and tags."""
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i'll|me|my|we|our|you|you're|your)\b[^.!?]{0,60}\b(?:loved|enjoyed|helped|remember|thinking|made|"
    r"read|learned|feel|yesterday|today|last night|talk|coffee|call|chapter|recipe|advice|question|point|photo|meant|"
    r"laughed)\b"
)


@dataclass(frozen=True, slots=True)
class ThanksSigns:
    """The signs of automation in one post."""

    signs: tuple[str, ...]

    @property
    def automatic(self) -> bool:
        """Whether there are enough signs to call it automatic."""
        return len(self.signs) >= NEEDED


def thanks_signs(
    text: str, *, source_app: str | None = None, repeated: bool = False, lists: WordLists | None = None
) -> ThanksSigns:
    """Return the signs of software in a thank-you or follower report.

    Args:
        text: the post.
        source_app: the app it was sent with, where X tells.
        repeated: the author sent the same words to others (``templates_of``).
        lists: word lists; the supplied ones by default.
    """
    lists = lists or supplied_lists()
    read, listed = readable(text), lists.found(text)
    thanks, phrases = listed.get("thanks"), listed.get("automatic_thanks", ())
    signs = [f"phrase: {phrase}" for phrase in phrases]
    app, site = _sent_with(source_app, lists), listed.get("thanking_sites")
    if app:
        signs += [f"sent with {app}"] * (2 if thanks or phrases else 1)
    if site:
        signs += [f"link to {site[0]}"] * (2 if _signs(read, site[0]) else 1)
    counts = not (text.isascii() and _COUNTABLE.isdisjoint(tokens_of(text))) and _COUNTED.search(read)
    sender, at_end = _named_sender(read)
    if counts and (at_end or not _PERSONAL.search(read)):
        signs.append("counts followers")
    if sender:
        signs += [f"sent by {sender}"] * (2 if at_end and (thanks or phrases) else 1)
    elif _SOFTWARE.search(read):
        signs.append("names its software")
    if (thanks or phrases) and len(handles := set(_HANDLE.findall(read))) >= MANY_HANDLES and _bare(read):
        signs.append(f"{len(handles)} handles and little else")
    if repeated and (thanks or phrases):
        signs.append("same words to others")
    return ThanksSigns(tuple(signs))


def is_automatic_thanks(text: str) -> bool:
    """Return whether a text is an automated thanks, by the text alone."""
    return thanks_signs(text).automatic


def _sent_with(source_app: str | None, lists: WordLists) -> str | None:
    """Return the app's name if it is one that sends thanks or follower counts by itself."""
    return source_app if source_app and readable(source_app) in lists.categories.get("thanking_apps", ()) else None


def _named_sender(read: str) -> tuple[str | None, bool]:
    """Return the software that a text says it was sent by ("via @TweetJukebox"), and whether it ends with that.

    One that is only spoken of is none.
    """
    for sender in _SENDER.finditer(read):
        before, after = read[max(0, sender.start() - 24) : sender.start()], read[sender.end() :]
        joined = _NAMED_AFTER.search(after)
        if _NAMED_AS_SENDER.search(before) or joined:
            return sender[0].lstrip("@"), bool(joined or _ENDS_HERE.match(after))
    return None, False


def _signs(read: str, site: str) -> bool:
    """Return whether a text links to a site or ends with its name; one that only speaks of it does not."""
    found = re.search(rf"(https?://[\w.-]*)?{re.escape(site)}", read)
    return found is None or found[1] is not None or bool(_ENDS_HERE.match(read, found.end()))


def _bare(read: str) -> bool:
    """Return whether little text is left without handles, links and tags, and nothing personal."""
    rest = re.sub(r"https?://\S+|[@#]\w+", " ", read)
    return len(re.findall(r"\w{2,}", rest)) <= 12 and not _PERSONAL.search(read)


@lru_cache(maxsize=2048)
def template_of(text: str) -> str:
    """Return the text with handles, links, tags and numbers taken out: equal for texts from one template."""
    bare = _DRESSED.sub(" ", readable(text))
    return " ".join(bare.translate(_NO_LETTERS).split() if bare.isascii() else _LETTERS.findall(bare))


def templates_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the templates that at least two of the texts share."""
    seen: set[str] = set()
    twice: set[str] = set()
    for template in map(template_of, texts):
        (twice if template in seen else seen).add(template)
    return frozenset(template for template in twice if template)


def automatic_thanks_among(posts: Iterable[Post], lists: WordLists | None = None) -> list[Post]:
    """Return the posts that are automated thank-yous or follower reports."""
    with_text = [post for post in posts if post.text]
    shared = templates_of(post.text or "" for post in with_text)
    return [
        post
        for post in with_text
        if thanks_signs(
            post.text or "",
            source_app=post.source_app,
            repeated=template_of(post.text or "") in shared,
            lists=lists,
        ).automatic
    ]
