"""The judgement of one relationship: state, score, the sentence that explains it, and the counted facts behind it."""

from __future__ import annotations

from companion.domain.dates import DAY, DayOf, days_ago, utc_day
from companion.reciprocity.counters import Tally
from companion.reciprocity.states import (
    BACK,
    DORMANT,
    NEEDED_DAYS,
    NEW,
    ONE_WAY_THEM,
    ONE_WAY_YOU,
    SURE_DAYS,
    UNKNOWN,
    Glance,
    Judgement,
    Reason,
    band_of,
    before_silence,
    state_before_number,
    state_of,
    with_one_more,
)
from companion.reciprocity.sums import Sums, score_of

HIDDEN = frozenset({UNKNOWN, ONE_WAY_YOU, ONE_WAY_THEM, DORMANT, BACK})
"""States that are shown instead of the number."""


def judge(sums: Sums, tally: Tally, now: int, *, answers: bool = True, day_of: DayOf = utc_day) -> Judgement:
    """Return what is shown of one relationship: its state, its number if the state lets it be shown, and its reasons.

    Args:
        sums: decayed sums as stored (any reference time up to ``now``).
        tally: plain counts as stored.
        now: epoch seconds UTC.
        answers: whether a person may answer; of software nothing is said about "if they write today".
        day_of: gives the user's days, for "yesterday".
    """
    state, score = state_of(sums, tally, now), score_of(sums, now)
    shown = state not in HIDDEN
    was = before_silence(sums, tally) if state == DORMANT else None
    answered = min(tally.days_in, tally.days_out)
    since = None if tally.last_in is None else max(0, day_of(now) - day_of(tally.last_in))
    explanation = _explanation(state, tally, was, since)
    return Judgement(
        state=state,
        value=round(score) if shown else None,
        band=band_of(score) if shown else None,
        was=was,
        balance=(tally.days_out, tally.days_in),
        confidence=answered / (answered + SURE_DAYS),
        explanation=explanation,
        sentence=_SENTENCES[explanation.code].format(**_worded(explanation)),
        reasons=_reasons(state, sums, tally, now, answers=answers),
    )


def glance(sums: Sums, tally: Tally, now: int) -> Glance:
    """Return what a mark beside a name shows: the state and number of `judge`, without its words."""
    state, balance = state_before_number(sums, tally, now), (tally.days_out, tally.days_in)
    if state in HIDDEN:
        return Glance(state, None, None, balance)
    score = score_of(sums, now)
    band = band_of(score)
    return Glance(state or band, round(score), band, balance)


def _explanation(state: str, tally: Tally, was: int | None, ago: int | None) -> Reason:
    """Return the one sentence; ``ago``: days since they last wrote."""
    facts: dict[str, int | float | str] = {"they": tally.days_in, "you": tally.days_out, "needed": NEEDED_DAYS}
    if state == UNKNOWN:
        unseen = tally.days_out >= NEEDED_DAYS and not tally.days_in
        return Reason("score_unseen" if unseen else "score_too_little", facts)
    if state in (ONE_WAY_YOU, ONE_WAY_THEM):
        if state == ONE_WAY_YOU and not tally.days_out:
            return Reason("score_one_way_your_lights", facts | {"lights": tally.light_days_out})
        lights = state == ONE_WAY_THEM and not tally.days_in
        return Reason("score_one_way_lights" if lights else f"score_{state}", facts | {"lights": tally.light_days_in})
    if state in (DORMANT, BACK):
        return Reason(f"score_{state}", facts | {"ago": ago or 0} | ({"was": was or 0} if state == DORMANT else {}))
    if ago is None:
        return Reason("score_lights_only", facts | {"lights": tally.light_days_in})
    return Reason("score_new" if state == NEW else "score_talk", facts | {"ago": ago})


_SENTENCES = {
    "score_unseen": "You wrote on {you}, but their answers could not be seen yet, so there is no number.",
    "score_too_little": "Too little contact has been seen for a number; {needed} are needed.",
    "score_one_way_you": "You wrote on {you} and no answer has been seen.",
    "score_one_way_them": "They wrote to you on {they} and you have not written back.",
    "score_one_way_your_lights": "You liked or reposted them on {lights} and have seen nothing back.",
    "score_one_way_lights": "They liked or reposted you on {lights} and you have not reacted.",
    "score_dormant": "They last wrote {ago}; before that the score was {was}.",
    "score_back": "They are back after a long silence: they wrote {ago}.",
    "score_lights_only": "There have only been likes or reposts (theirs on {lights}), which stay in the lowest band.",
    "score_new": "This is new: they wrote on {they} so far and you on {you}, the last time {ago}.",
    "score_talk": "They wrote to you on {they} and you on {you}; recent days count most.",
}
"""Code -> English sentence; the extension and the dashboard have their own words for the same codes."""


def _worded(reason: Reason) -> dict[str, str]:
    """Return the parameters in English, counts of days with their noun."""
    words = {name: _days(int(value)) for name, value in reason.params.items()}
    for name, write in (("was", str), ("ago", days_ago)):
        if name in words:
            words[name] = write(int(reason.params[name]))
    return words


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _reasons(state: str, sums: Sums, tally: Tally, now: int, *, answers: bool) -> tuple[Reason, ...]:
    """Return the counted facts, the most important first, then what would change the number."""
    reasons = [
        Reason("days_they_wrote", {"days": tally.days_in, "messages": tally.n_in}),
        Reason("days_you_wrote", {"days": tally.days_out, "messages": tally.n_out}),
    ]
    if tally.two_way_days:
        reasons.append(Reason("days_both_wrote", {"days": tally.two_way_days}))
    if tally.last_in is not None:
        reasons.append(Reason("last_from_them", {"at": tally.last_in}))
    if tally.last_out is not None:
        reasons.append(Reason("last_from_you", {"at": tally.last_out}))
    if tally.light_days_in or tally.light_days_out:
        reasons.append(Reason("light_days", {"they": tally.light_days_in, "you": tally.light_days_out}))
    if tally.inbound_seen_since is not None:
        reasons.append(Reason("inbound_seen_since", {"at": tally.inbound_seen_since}))
    return (*reasons, *_changes(state, sums, now)) if answers else tuple(reasons)


def _changes(state: str, sums: Sums, now: int) -> tuple[Reason, ...]:
    """Return the scores after a message from them today and after a month of silence."""
    if state == UNKNOWN:
        return (Reason("would_need_days", {"days": NEEDED_DAYS}),)
    up = Reason("if_they_write_today", {"score": with_one_more(sums, now)})
    if state in HIDDEN:
        return (up,)
    return (up, Reason("if_silent_for_days", {"days": 30, "score": round(score_of(sums, now + 30 * DAY))}))
