"""What X's next client writes into its pages as a script is read as its answers are; no script can do harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.sources.inline_stream import answers_in
from companion.sources.saved_page import read_saved
from tests.companion.sources.builders import WREN, post, post_id, timeline
from tests.x_json import Json


def written(answer: object) -> str:
    """Return a script that holds an answer, its keys bare and every object numbered, as the client writes it."""
    numbers = iter(range(100_000))

    def said(value: object) -> str:
        if isinstance(value, bool):
            return "!0" if value else "!1"
        if isinstance(value, dict):
            inner = ",".join(f"{key}:{said(one)}" if key.isidentifier() else f"{json.dumps(key)}:{said(one)}"
                             for key, one in value.items())  # fmt: skip
            return f"$R[{next(numbers)}]={{{inner}}}"
        if isinstance(value, list):
            return f"$R[{next(numbers)}]=[{','.join(map(said, value))}]"
        return "void 0" if value is None else json.dumps(value)

    result = {"kind": "GraphQLRequestStream.Completed", "result": {"kind": "Result.Ok", "value": answer}}
    return f'($R=>$R[9].next({said(result)}))($R["tsr"]);document.currentScript.remove()'


def page(script: str) -> str:
    return f'<!DOCTYPE html><html><body><div id="root"></div><script nonce="n">{script}</script></body></html>'


def test_a_page_of_the_next_client_tells_its_people_and_posts() -> None:
    text = "Ink & “paper” 🎈 \u2028 line\nbreak"
    understood = read_saved(page(written(timeline(post(1, WREN, text), op="UserTweets"))))
    assert [(one.id, one.handle) for one in understood.people] == [(WREN.id, WREN.handle)]
    assert [(one.id, one.text) for one in understood.posts] == [(post_id(1), text)]
    assert understood.problems == []


def test_a_value_that_was_written_before_is_named_by_its_number() -> None:
    script = (
        '$R[1].next($R[2]={kind:"Result.Ok",value:{data:{a:$R[3]={n:1e3,d:new Date("2026-01-01")},b:[$R[3],,-5n]}}})'
    )
    assert [json.loads(text) for _, text in answers_in(script)] == [
        {"data": {"a": {"n": 1000.0, "d": "2026-01-01"}, "b": [{"n": 1000.0, "d": "2026-01-01"}, "-5"]}}
    ]


def test_the_timelines_name_tells_the_operation() -> None:
    value: Json = {"data": {"user_result_by_screen_name": {"result": {"profile_user_originals_timeline": {}}}}}
    assert [op for op, _ in answers_in(written(value))] == ["UserOriginalsTimeline"]


@pytest.mark.parametrize(
    "script",
    [
        '$R[1].next($R[2]={kind:"Result.Ok",value:{data:$R[2]}})',
        ".next(" + "[" * 5_000,
        ".next({a:alert(1)})",
        "$R[1].next($R[0]={" + ",".join(f"a{n}:$R[{n + 1}]=[$R[{n}],$R[{n}]]" for n in range(60)) + "})",
        '.next({kind:"Result.Ok",value:{data:{a:"\\u{110000}\\ud83d"}}})',
    ],
)
def test_a_hostile_script_is_passed_over(script: str) -> None:
    assert all(json.loads(text) for _, text in answers_in(script))


@given(st.text(alphabet='.next($R[1]={a:"\\u12",!0 kind:"Result.Ok",value:{data', max_size=60))
def test_no_script_raises(script: str) -> None:
    list(answers_in(f".next({script}"))
