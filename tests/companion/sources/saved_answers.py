"""Invented answers of X in the forms that saved ones have: three generations, the older REST feeds, and errors.

Names are those of saved files: generation or kind, operation, origin. ``STATED`` says what is in some of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from tests.companion.sources.builders import (
    ADA,
    BARN,
    GENERATIONS,
    INES,
    NOBODY,
    WREN,
    answering,
    legacy,
    mention,
    post,
    timeline,
)
from tests.x_json import Generation, Json, UserFacts, rest_user_json, user_json
from tests.x_timeline import (
    cursor_entry,
    item_of,
    module_entry,
    profile_json,
    timeline_json,
    tweet_entry,
    unavailable_json,
    user_entry,
)

PLACEHOLDER = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
TOMO = UserFacts("2000003", "tomobinds", "Tomo Ishii", bio="Binder.", avatar=PLACEHOLDER, followers=4, following=9)
MILL = UserFacts("2000004", "oldmillcafe", "Old Mill Café", protected=True, followers=70, following=70, i_follow=False)
PEOPLE = (replace(WREN, i_follow=True), INES, TOMO, MILL, replace(BARN, avatar=PLACEHOLDER))
SUSPENDED: Json = {"__typename": "UserUnavailable", "reason": "Suspended", "message": "User is suspended"}
TOMBSTONE: Json = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post was deleted."}}}


def people_list(op: str, generation: Generation, *, gone: bool = False) -> Json:
    """Return one page of a list of people; ``gone`` adds somebody whom X names and does not show."""
    entries = [user_entry(user_json(person, generation)) for person in PEOPLE]
    if gone:
        entries.append(user_entry({**SUSPENDED, "rest_id": NOBODY.id}))
    cursors = [cursor_entry("Bottom", "1789|2"), cursor_entry("Top", "-1|1")]
    return timeline_json(op, [*entries, *cursors], generation)


def long_post(number: int, author: UserFacts, generation: Generation) -> Json:
    """Return a post whose long form names one person more than its short one."""
    tweet = post(number, author, "On paper, at length, with @inesmakes", generation)
    legacy(tweet)["entities"] = {"user_mentions": [mention(INES, 27)], "urls": [], "hashtags": []}
    named = {"user_mentions": [mention(INES, 27), mention(ADA, 300)], "urls": []}
    whole = {"id": "Tm90ZVR3ZWV0", "text": "On paper, at length, with @inesmakes …", "entity_set": named}
    tweet["note_tweet"] = {"is_expandable": True, "note_tweet_results": {"result": whole}}
    return tweet


def answer_to_many(number: int, author: UserFacts, generation: Generation) -> Json:
    """Return a reply that X begins with two handles and that names a third person itself."""
    tweet = post(number, author, "yes, ask @tomobinds", generation, reply_to=answering(1, WREN))
    lead = f"@{WREN.handle} @{ADA.handle} "
    legacy(tweet)["full_text"] = f"{lead}yes, ask @{TOMO.handle}"
    legacy(tweet)["display_text_range"] = [len(lead), len(lead) + 19]
    named = [mention(WREN, 0), mention(ADA, len(WREN.handle) + 2), mention(TOMO, len(lead) + 9)]
    legacy(tweet)["entities"] = {"user_mentions": named, "urls": [], "hashtags": []}
    return tweet


def wrapped(tweet: Json) -> Json:
    """Return a post as X wraps those that not everybody may answer or see."""
    return {"__typename": "TweetWithVisibilityResults", "tweet": tweet, "limitedActionResults": {}}


def profile_timeline(generation: Generation) -> Json:
    """Return a profile's posts: a pinned one, a quote, reposts, a long post, and whom to follow."""
    quoting = post(3, WREN, "As Ines says", generation, quote_of=post(2, INES, generation=generation))
    repost = post(4, WREN, "RT @adaquill: A post.", generation, repost_of=post(1, ADA, generation=generation))
    nested = post(5, WREN, "RT @inesmakes: As", generation, repost_of=wrapped(post(6, INES, "As", generation)))
    shown = [item_of(user_entry(user_json(person, generation))) for person in (TOMO, BARN)]
    entries = [tweet_entry(one) for one in (quoting, repost, nested, long_post(7, WREN, generation))]
    entries += [module_entry("who-to-follow-1", shown), cursor_entry("Bottom", "DAABCgAB")]
    pinned = tweet_entry(post(8, WREN, "Pinned, with a link", generation, links=("https://wren.example/a",)))
    return timeline_json("UserTweets", entries, generation, pinned)


def conversation(generation: Generation) -> Json:
    """Return a post with threads of answers below it; one is wrapped, one cannot be seen."""
    focal = post(1, WREN, "What do you bind with?", generation, favorited=True)
    threads = [
        [post(2, INES, "Thread.", generation, reply_to=answering(1, WREN))],
        [answer_to_many(3, BARN, generation), post(4, WREN, "Thanks!", generation, reply_to=answering(3, BARN))],
        [post(5, ADA, "Glue.", generation, reply_to=answering(1, WREN))],
    ]
    entries = [tweet_entry(focal)]
    entries += [
        module_entry(f"conversationthread-{number}", [item_of(tweet_entry(one)) for one in thread])
        for number, thread in enumerate(threads)
    ]
    shut = wrapped(post(6, TOMO, "Only for some.", generation, reply_to=answering(1, WREN), retweeted=True))
    unseen: Json = {"itemType": "TimelineTweet", "tweet_results": {"result": TOMBSTONE}}
    content: Json = {"itemType": "TimelineTweet", "tweet_results": {"result": shut}}
    entries.append(module_entry("conversationthread-9", [content, unseen]))
    return timeline_json("TweetDetail", [*entries, cursor_entry("Bottom", "PAAAAPAt")], generation)


def home(generation: Generation) -> Json:
    """Return a home timeline with an advertisement and posts that the viewer liked and reposted."""
    posts = [
        post(1, WREN, generation=generation, favorited=True),
        post(2, INES, "Look", generation, quote_of=wrapped(post(3, ADA, generation=generation)), retweeted=True),
        post(4, ADA, "RT @inesmakes: A post.", generation, repost_of=post(5, INES, generation=generation)),
    ]
    sold = tweet_entry(post(6, BARN, "Buy!", generation), promoted=True)
    return timeline_json("HomeTimeline", [*(tweet_entry(one) for one in posts), sold], generation)


def of_generation(generation: Generation) -> dict[str, Json]:
    """Return operation -> an answer in the form of one generation."""
    lists = ("Followers", "Following", "BlueVerifiedFollowers", "Favoriters")
    single = wrapped(long_post(1, INES, generation))
    return {
        **{op: people_list(op, generation) for op in lists},
        "Retweeters": people_list("Retweeters", generation, gone=True),
        "UserByScreenName": profile_json(user_json(replace(WREN, i_follow=True), generation)),
        "UserTweets": profile_timeline(generation),
        "TweetDetail": conversation(generation),
        "HomeTimeline": home(generation),
        "SearchTimeline": timeline_json(
            "SearchTimeline",
            [tweet_entry(answer_to_many(2, INES, generation)), user_entry(user_json(TOMO, generation))],
            generation,
        ),
        "TweetResult": {"data": {"tweetResult": {"result": single}}},
    }


def feed(*, with_timeline: bool) -> Json:
    """Return an answer of the older REST feeds: people and posts apart from the order in which they are shown."""
    posts = [
        post(1, WREN, favorited=True),
        post(2, INES, "Yes.", reply_to=answering(1, WREN)),
        answer_to_many(3, BARN, "C"),
    ]
    flat = [legacy(one) for one in posts]
    entries: list[Json] = [
        {"entryId": f"sq-I-t-{one['id_str']}", "content": {"item": {"content": {"tweet": {"id": one["id_str"]}}}}}
        for one in flat
    ]
    answer: Json = {
        "globalObjects": {
            "tweets": {str(one["id_str"]): one for one in flat},
            "users": {person.id: rest_user_json(person) for person in (WREN, INES, BARN, TOMO)},
        }
    }
    if with_timeline:
        answer["timeline"] = {"id": "search-1", "instructions": [{"addEntries": {"entries": entries}}]}
    return answer


def _both_forms() -> Json:
    """Return a list entry whose user object has the fields of the first and of the third generation."""
    user: Json = {**user_json(INES, "C"), "legacy": user_json(INES, "A")["legacy"]}
    return timeline_json("FollowGraph", [user_entry(user)])


def _members() -> Json:
    """Return users outside any timeline."""
    rows = [{"result": user_json(person)} for person in PEOPLE]
    result: Json = {"__typename": "Community", "members_slice": {"items_results": rows, "slice_info": {}}}
    return {"data": {"communityResults": {"result": result}}}


def _about() -> Json:
    """Return X's page about an account: no counts, no relation."""
    whole = user_json(WREN)
    thin = {key: whole[key] for key in ("__typename", "rest_id", "core", "avatar")}
    return {"data": {"user_result_by_screen_name": {"result": {**thin, "about_profile": {"source": "Web"}}}}}


def _logged_out() -> Json:
    """Return a post as somebody sees it who is not logged in: no word of any relation."""
    unknown = replace(WREN, follows_me=None, i_follow=None)
    return {"data": {"tweetResult": {"result": post(1, unknown)}}}


def _unseen_quote() -> Json:
    """Return a post whose quoted post X does not show."""
    tweet = post(1, INES, "See this")
    legacy(tweet)["quoted_status_id_str"] = "1900000000000000042"
    tweet["quoted_status_result"] = {"result": TOMBSTONE}
    return {"data": {"tweetResult": {"result": tweet}}}


def _suspended_for_phones() -> Json:
    holder = {"rest_id": NOBODY.id, "result": {"__typename": "UserUnavailable", "unavailable_reason": "Suspended"}}
    return {"data": {"user_results": holder}}


def _suspended() -> Json:
    answer = unavailable_json()
    cast("Json", cast("Json", answer["data"])["user"])["rest_id"] = NOBODY.id
    return answer


OTHERS: dict[str, Json] = {
    "c_CommunityMembers_invented.json": _members(),
    "c_AboutAccountQuery_invented.json": _about(),
    "b_TweetResult_invented-logged-out.json": _logged_out(),
    "mix_FollowGraph_invented.json": _both_forms(),
    "v2_search_invented.json": feed(with_timeline=True),
    "v2_notifications_invented.json": feed(with_timeline=False),
    "err_SearchTimeline_invented.json": {
        "errors": [{"message": "BadRequest: this query is not allowed", "code": 214, "path": ["search_by_raw_query"]}],
        "data": {},
    },
    "err_TweetDetail_invented-tombstone.json": timeline(TOMBSTONE | {"rest_id": "991503"}, op="TweetDetail"),
    "err_TweetResult_invented-unavailable.json": {
        "data": {"tweetResult": {"result": {"__typename": "TweetUnavailable", "reason": "Suspended"}}}
    },
    "err_TweetResult_invented-quote.json": _unseen_quote(),
    "err_UserByScreenName_invented.json": _suspended(),
    "err_UserResultByScreenName_invented.json": _suspended_for_phones(),
}

INVENTED: dict[str, Json] = {
    f"{generation.lower()}_{op}_invented.json": answer
    for generation in GENERATIONS
    for op, answer in of_generation(generation).items()
} | OTHERS
"""Name -> answer."""

STATED: dict[str, dict[str, int]] = {
    **{
        f"{generation}_{op}_invented.json": counts
        for generation in "abc"
        for op, counts in {
            "Followers": {"people": 5, "default_avatars": 2, "protected": 1, "followed": 1, "gone": 0},
            "Retweeters": {"people": 5, "gone": 1},
            "UserByScreenName": {"people": 1, "followed": 1},
            "UserTweets": {"posts": 8, "reposts": 2, "replies": 0},
            "TweetDetail": {"posts": 6, "replies": 5},
            "HomeTimeline": {"people": 4, "posts": 6, "reposts": 1},
        }.items()
    },
    "b_TweetResult_invented-logged-out.json": {"posts": 1, "relations": 0},
    "c_CommunityMembers_invented.json": {"people": 5},
    "mix_FollowGraph_invented.json": {"people": 1},
    "v2_search_invented.json": {"people": 4, "posts": 3, "replies": 2},
    "err_SearchTimeline_invented.json": {"people": 0, "posts": 0, "problems": 1},
    "err_TweetDetail_invented-tombstone.json": {"people": 0, "posts": 0, "problems": 0},
    "err_TweetResult_invented-unavailable.json": {"posts": 0, "problems": 0},
    "err_TweetResult_invented-quote.json": {"posts": 1, "problems": 0},
    "err_UserByScreenName_invented.json": {"gone": 1, "problems": 0},
    "err_UserResultByScreenName_invented.json": {"gone": 1, "problems": 0},
}
"""Name -> what the answer holds."""
