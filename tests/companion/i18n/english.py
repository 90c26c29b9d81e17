"""Sentences that stay English, each with its reason, and sentences of parts as users meet them, for the tests."""

from __future__ import annotations

from tests.companion.i18n.untranslated import WORD

BY_PROGRAMS = "a client that breaks the protocol is told so; the extension, the pages and the commands never do"
BY_DEVELOPERS = "a mistake in the program itself, which no input reaches"
INSIDE = "caught where it is raised: another file takes the damaged one's place"
DATA = "is written into the user's own data, where it stays as it is"
PARTS = "is put together from others; WHOLE has it"
NO_CATALOGUE = "is shown while the program's files are replaced: no catalogue may be read then"
ENGLISH: dict[str, str] = {
    **dict.fromkeys(
        (
            "The circles must be a list of circles' ids; an empty list leaves them all.",
            f"A decision has {WORD}, nothing else.", f"Decide one of {WORD}.", f"A reason is one of {WORD}.",
            f"Wait from 1 to {WORD} days.", f"A {WORD} has {WORD}, nothing else.", f"Choose the {WORD}: {WORD}.",
            "A note has a text and a post, nothing else.", f"Say what it was: {WORD}.", f"Say who talked: {WORD}.",
            "The roles must be a list of texts; an empty list takes them all away.",
            "The tags must be a list of texts; an empty list takes them all away.",
            f"The {WORD} must be text; send an empty text to take it away.", "Say when it was, in epoch seconds.",
            f"The {WORD} has {WORD} at place {WORD}, which cannot be kept. Take it out and save again.",
            "A touch has what, when, day, way and words, nothing else.", "The item must be the text that names it.",
            "A write needs an op id and the person it is about.",
            f"There is nothing of the kind {WORD} to write. Known: {WORD}.",
            "This is not a reading of a page. Update the extension and the companion to the same version.",
            f"A reading's {WORD} are a list of at most {WORD}. Nothing of it was stored.",
            f"A reading's {WORD} are objects. Nothing of it was stored.",
            f"A reading's {WORD} is not a handle. Nothing of it was stored.",
            f"A reading's {WORD} is not a numeric id. Nothing of it was stored.",
        ),
        BY_PROGRAMS,
    ),
    **dict.fromkeys(
        (
            "The journal cannot be compacted in the middle of a batch; end the batch first.",
            f"{WORD} is a kind of thing that is written; use write for it.",
            "You have to pass either cond or doc_id or doc_ids", "a note with another text was stored",
            "the last turn waits no more",
        ),
        BY_DEVELOPERS,
    ),
    **dict.fromkeys(
        (
            "a line with a right checksum holds no change", "an empty file says nothing about what was there",
            "the file is not as it was written", "nested too deeply",
        ),
        INSIDE,
    ),
    **dict.fromkeys(
        (
            f"{WORD} was damaged and has been rebuilt {WORD}; {WORD}. The damaged file is kept.",
            f"{WORD} missing or damaged in {WORD} came back from its copy. The damaged file is kept.",
            f"{WORD} of {WORD} could not be read and was left out. The damaged file is kept.",
            f"{WORD} of the ledger had changed on the disk and came back from its daily copy.",
            f"X's page may hand over {WORD}; nothing was left out today.",
            f"X's page handed over more than {WORD}: {WORD} of today were left out. Reload the tabs of X; if it comes "
            "again, a script in the page or another extension makes them up.",
            f"X changed: {WORD} has been missing on its {WORD} page since {WORD}. The extension's options have a "
            "report to copy.", f"ok  {WORD}", f"{WORD} in {WORD}. The file is not encrypted.", f"Runs: {WORD}",
            f"Log: {WORD}: {WORD}", f"The companion starts at login no longer. {WORD}",
            f"Last meeting: {WORD}. Waiting to be handed over: {WORD}.", f"Your role: {WORD}. News comes {WORD}.",
            "This system has no key store for the password. Put one line into your passfile, readable by you alone, "
            "and join again: {host}:{port}:{database}:{user}:PASSWORD (Linux and macOS: ~/.pgpass; Windows: "
            "%APPDATA%\\postgresql\\pgpass.conf).",
            f"None of the files could be understood. {WORD}",
            f"Contacts are {WORD}. The next meeting with the server tells that.",
            f"{WORD} It was passed over.", f"{WORD} The next sync goes on from here.",
            f"Prices: {WORD} a post, {WORD}, {WORD} a user.",
            f"{WORD} Your role: {WORD}.", f"{WORD}; nothing was stored.", f"{WORD} Install Mutuals again.",
            f"X's API allows no more requests of this kind for now. Try again {WORD}.",
            f"The data folder {WORD} is in use by {WORD}{WORD} and was not opened again. Stop that one first, or use "
            "--data with another folder.",
        ),
        PARTS,
    ),
    f"Also called “{WORD}”.": DATA,
    f"Called “{WORD}” there.": DATA,
    "Mutuals was updated, one moment. If this page stays, run `mutuals start`.": NO_CATALOGUE,
}  # fmt: skip
"""Sentence with a word in its places -> why it is not translated."""
WHOLE = (
    "zq was damaged and has been rebuilt from zq; no change is missing. The damaged file is kept.",
    "zq was damaged and has been rebuilt from its journal; some changes since then may be missing. The damaged "
    "file is kept.",
    "A change missing or damaged in zq came back from its copy. The damaged file is kept.",
    "7 changes missing or damaged in zq came back from its copy. The damaged file is kept.",
    "a line of zq could not be read and was left out. The damaged file is kept.",
    "7 lines of zq could not be read and was left out. The damaged file is kept.",
    "A page of the ledger had changed on the disk and came back from its daily copy.",
    "7 pages of the ledger had changed on the disk and came back from its daily copy.",
    "The ledger is damaged (A page changed on the disk), so nothing of it is shown. Restart Mutuals: a copy takes its "
    "place.",
    "The ledger is damaged (7 pages changed on the disk), so nothing of it is shown. Restart Mutuals: a copy takes its "
    "place.",
    "X's page may hand over 600 answers a minute and 20,000 a day; nothing was left out today.",
    "X's page handed over more than 600 answers a minute and 20,000 a day: 7 of today were left out. Reload the tabs "
    "of X; if it comes again, a script in the page or another extension makes them up.",
    "The data folder /d is in use by this process and was not opened again. Stop that one first, or use --data with "
    "another folder.",
    "The data folder /d is in use by another process and was not opened again. Stop that one first, or use --data "
    "with another folder.",
    "The data folder /d is in use by this process, which answers on port 7, and was not opened again. Stop that one "
    "first, or use --data with another folder.",
    "X's page, last checked on 3 Mar, was drawn by its usual client.",
    "X's page, last checked on 3 Mar 2026, was drawn by a client that does not say which it is.",
    "X's page, last checked on 3 Mar 2026, was drawn by its new client (x-web), of which Mutuals reads less: what "
    "cannot be read is left unknown.",
    "The server holds the rules. Your role: owner.",
    "The rules are kept by the companions alone (portable). Your role: reader.",
    "Last meeting: 2026-11-29 07:05. Waiting to be handed over: 7.",
    "Last meeting: not yet. Waiting to be handed over: 7.",
    "Your role: member. News comes at once.",
    "Your role: member. News comes every two seconds: the server tells of none.",
    "zq: owner, 7 device(s)",
    "zq: 7 line(s) taken in",
    "Made. Members: zq (owner), zr (member).",
    "zq's device 7f7f has not said yet that it deleted 7 forgotten key(s). Has it been on?",
    "The table's file may still hold blanked lines. Its owner runs: `vacuum mutuals.line; checkpoint;`",
    "zq says: no such login.",
    "The administrator ends the login itself: alter role zq nologin",
    "The export has an entry about zq that cannot be read (an act of no known kind); nothing was stored.",
    "The table of selectors that a saved page is read with, zq, cannot be read (zq). Install Mutuals again.",
    "X's API allows no more requests of this kind for now. Try again in a quarter of an hour.",
    "X's API allows no more requests of this kind for now. Try again in 7 minutes.",
    "X's API allows no more requests of this kind for now; waiting 70 s.",
    "X changed: zq shows nobody and goes on; nothing is concluded from this list.",
    "Keys: bearer token in the system's key store.",
    "Keys: user keys in the system's key store.",
    "Prices: $1 a post, $2 a post of your own, a mention or a like, $3 a user.",
    "7 people written about and 7 seen are in zq. The file is not encrypted.",
    "7 people are in zq. The file is not encrypted.",
    "7 people, 7 posts, 7 relations, 7 interactions, 7 problems",
    "X's API is off: its daily cap is $0. Set one with `mutuals x-api cap 1.00`. The next sync goes on from here.",
    "The companion starts at login no longer. Your data stay in zq.",
    "Runs: no",
    "Runs: yes (process 7, port 7)",
    "zq is nested too deeply to be X's. It was passed over.",
    "Log: zq: nothing yet",
    "It did not start within 15 seconds: no log",
    "Log: zq: zq zq",
    "None of the files could be understood. This is not complete JSON as X sends it. Nothing was read; reload the "
    "page and try again.",
    "Contacts are on. The next meeting with the server tells that.",
    "Contacts are off. The next meeting with the server tells that.",
    "This system has no key store for the password. Put one line into your passfile, readable by you alone, and join "
    "again: zq:7:zq:zq:PASSWORD (Linux and macOS: ~/.pgpass; Windows: %APPDATA%\\postgresql\\pgpass.conf).",
    "Delete everything about zq? This cannot be taken back.",
    "Delete what was seen more than 7 days ago? This cannot be taken back.",
    "Delete everything that was seen for your account zq, and its separate notes? This cannot be taken back.",
    "X changed: zq has been missing on its zq page since 3 Mar. The extension's options have a report to copy.",
)
"""Sentences of parts, as users meet them."""
