"""A browser's recording is read answer by answer, as the live page is; messages and other sites are left alone."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import cast

import pytest

from companion.errors import SourceError
from companion.sources.saved_page import read_saved
from tests.companion.sources.builders import ADA, WREN, acts, answering, post, post_id, timeline
from tests.x_json import Json, rest_user_json, user_json

API = "https://x.com/i/api/graphql/abc/"


def entry(url: str, answer: object, *, body: str = "", encoded: bool = False) -> Json:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    content: Json = {"mimeType": "application/json", "text": text}
    if encoded:
        content |= {"text": base64.b64encode(text.encode()).decode(), "encoding": "base64"}
    request: Json = {"method": "GET", "url": url, **({"postData": {"text": body}} if body else {})}
    return {"startedDateTime": "2026-09-03T10:20:30.000Z", "request": request, "response": {"content": content}}


def recorded(*entries: Json) -> str:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "A browser"}, "entries": list(entries)}}, indent=1)


VIEWER = entry(f"{API}Viewer", {"data": {"viewer": {"user_results": {"result": user_json(ADA)}}}})
HOME = entry(f"{API}HomeTimeline", timeline(post(2, WREN, reply_to=answering(1, ADA))), encoded=True)


def test_a_recording_tells_who_looked_and_what_the_page_showed(tmp_path: Path) -> None:
    path = tmp_path / "x.har"
    path.write_text("\ufeff" + recorded(HOME, VIEWER), encoding="utf-8")
    understood = read_saved(path)
    assert understood.viewer_id == ADA.id
    assert acts(understood) == {("in", "reply", WREN.handle, post_id(2))}
    assert understood.problems == []


def test_an_act_in_a_recording_names_whom_it_is_about_and_when() -> None:
    url = "https://x.com/i/api/1.1/friendships/create.json"
    understood = read_saved(recorded(VIEWER, entry(url, rest_user_json(WREN), body=f"user_id={WREN.id}")))
    assert [(one.id, one.i_follow) for one in understood.relations if one.i_follow] == [(WREN.id, True)]
    assert [act.at for act in understood.interactions] == [1_788_430_830]


def test_other_sites_messages_and_what_was_not_kept_are_left_alone() -> None:
    answer = timeline(post(1, WREN))
    private = [
        entry("https://x.com/i/api/1.1/dm/inbox_initial_state.json", {"inbox_initial_state": {"users": {}}}),
        entry("https://api.x.com/graphql/abc/GetInboxPageRequestQuery", answer),
        entry("https://x.com.evil.example/i/api/graphql/abc/HomeTimeline", answer),
        entry("https://x.com/home", answer),
        entry(f"{API}HomeTimeline", ""),
    ]
    understood = read_saved(recorded(VIEWER, *private))
    assert understood.posts == []
    with pytest.raises(SourceError, match="none of X's answers"):
        read_saved(recorded(*private))


def test_an_answer_that_was_cut_off_is_named_and_the_others_are_read() -> None:
    understood = read_saved(recorded(VIEWER, entry(f"{API}UserTweets", '{"data": {'), HOME))
    assert [one.id for one in understood.posts] == [post_id(2)]
    assert understood.problems[0].startswith("UserTweets: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_recording_of_another_tool_or_saved_by_windows_is_one_too(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.har"
    told = {"comment": "made by hand", "format": 1, **json.loads(recorded(HOME, VIEWER))}
    path.write_bytes(json.dumps(told).encode(encoding))
    assert acts(read_saved(path)) == {("in", "reply", WREN.handle, post_id(2))}


def test_an_act_that_failed_is_none() -> None:
    failed = entry("https://x.com/i/api/1.1/friendships/create.json", rest_user_json(WREN), body=f"user_id={WREN.id}")
    failed["response"] = {"status": 403, **cast("Json", failed["response"])}
    assert not any(one.i_follow for one in read_saved(recorded(VIEWER, HOME, failed)).relations)


def test_an_answer_in_base64_may_be_broken_into_lines() -> None:
    kept = entry(f"{API}HomeTimeline", "")
    body = base64.encodebytes(json.dumps(timeline(post(2, WREN))).encode()).decode()
    kept["response"] = {"status": 200, "content": {"text": body, "encoding": "base64"}}
    assert [one.id for one in read_saved(recorded(VIEWER, kept)).posts] == [post_id(2)]


def test_of_two_answers_the_later_stands_last_wherever_it_is_in_the_file() -> None:
    first, later = (
        entry("https://x.com/i/api/1.1/friendships/" + act, rest_user_json(WREN), body=f"user_id={WREN.id}")
        for act in ("create.json", "destroy.json")
    )
    first["startedDateTime"], later["startedDateTime"] = "2026-08-01T10:00:00Z", "2026-08-01T11:00:00Z"
    assert [one.i_follow for one in read_saved(recorded(later, first, VIEWER)).relations if one.id == WREN.id] == [
        True, False,
    ]  # fmt: skip


def test_a_removed_follower_alone_is_something() -> None:
    answer = {"data": {"remove_follower": {"unfollow_success_reason": "Removed"}}}
    url = f"{API}RemoveFollower"
    understood = read_saved(recorded(entry(url, answer, body=json.dumps({"variables": {"target_user_id": WREN.id}}))))
    assert ([one.follows_me for one in understood.relations], understood.problems) == ([False], [])
