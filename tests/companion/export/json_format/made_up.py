"""Whatever can be seen and written, as Hypothesis makes it up: few people and posts, so that much meets."""

from __future__ import annotations

from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from tests.companion.export.folders import NOW

HANDLES = ["wren", "Ines", "tomo"]

people = st.builds(
    Person,
    id=st.none() | st.sampled_from(["11", "12", "13"]),
    handle=st.sampled_from(HANDLES),
    name=st.none() | st.text(max_size=6).filter(lambda text: "\0" not in text),
    followers=st.none() | st.integers(0, 9),
    protected=st.none() | st.booleans(),
)
posts = st.builds(
    Post,
    id=st.sampled_from(["101", "102"]),
    author_handle=st.sampled_from(HANDLES),
    text=st.none() | st.text("ab\n\u2028é", max_size=5),
    at=st.none() | st.integers(1, NOW),
    mentions=st.lists(st.tuples(st.none(), st.sampled_from(HANDLES)), max_size=2),
)
acts = st.builds(
    Interaction,
    direction=st.sampled_from(["in", "out"]),
    kind=st.sampled_from(["reply", "like", "mention", "dm"]),
    at=st.integers(1, NOW),
    ref=st.sampled_from(["101", "102", "like:101"]),
    handle=st.sampled_from(HANDLES),
    partial=st.booleans(),
    removed=st.booleans(),
)
relations = st.builds(
    Relation, handle=st.sampled_from(HANDLES), follows_me=st.none() | st.booleans(), i_follow=st.none() | st.booleans()
)
seen = st.lists(
    st.builds(
        Understanding,
        people=st.lists(people, max_size=3),
        posts=st.lists(posts, max_size=2),
        relations=st.lists(relations, max_size=2),
        interactions=st.lists(acts, max_size=4),
    ),
    max_size=3,
)
Written = tuple[str, tuple[str, dict[str, object]]]
written: st.SearchStrategy[list[Written]] = st.lists(
    st.tuples(
        st.sampled_from(["11", "@wren", "@ines"]),
        st.one_of(
            st.tuples(st.just("note"), st.builds(dict, text=st.text('ab="\\,;\n\u2028é\U0001f600', max_size=8))),
            st.tuples(st.just("tags"), st.builds(dict, tags=st.lists(st.sampled_from(["a", "B", "c d"]), max_size=2))),
            st.tuples(st.just("alias"), st.builds(dict, alias=st.text("ab", max_size=4))),
        ),
    ),
    max_size=6,
)
