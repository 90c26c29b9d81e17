// Tests the note editor's state machine: what is saved when, and that no text is ever lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../page.mjs";

const { EditorState, Tables } = openPage({ files: ["lib/tables.js", "card/editor_state.js"] });

/** Runs events; gives the last state and everything sent. */
function run(...events) {
  let state = EditorState.begin();
  const sent = [];
  for (const event of events) {
    const step = EditorState.step(state, event);
    state = step.state;
    if (step.send) sent.push({ ...step.send });
  }
  return { state, sent };
}
const loaded = (text, rev = 1) => ({ type: "loaded", text, rev });
const typed = (text) => ({ type: "type", text });
const edit = { type: "edit" };

test("nothing can be typed or saved before the note is loaded, so an empty box never overwrites it", () => {
  const { state, sent } = run(edit, typed("x"), { type: "pause" }, { type: "leave" });
  assert.equal(state.mode, "loading");
  assert.deepEqual(sent, []);
});

for (const reason of ["pause", "blur", "leave"]) {
  test(`a changed note is saved on ${reason}, against the revision it was read at`, () => {
    assert.deepEqual(run(loaded("old", 4), edit, typed("new"), { type: reason }).sent, [
      { text: "new", base: 4, saw: "old" },
    ]);
  });
}

test("an unchanged note is not saved", () => {
  assert.deepEqual(run(loaded("old"), edit, { type: "blur" }).sent, []);
});

test("Escape in a box that took a text from elsewhere puts nothing older over it", () => {
  const { state, sent } = run(loaded("old", 1), edit, loaded("newer", 2), { type: "revert" });
  assert.deepEqual([sent, state.draft], [[], "newer"]);
});

test("Escape takes back the whole edit also where its first half was saved and has come back", () => {
  const half = [typed("old and"), { type: "pause" }, { type: "sent", text: "old and", rev: 2, state: "saved" }];
  const { sent } = run(loaded("old", 1), edit, ...half, loaded("old and", 2), { type: "revert" });
  assert.deepEqual(sent.at(-1), { text: "old", base: 2, saw: "old and" });
});

test("what is typed while a save is on its way is saved after it, against the new revision", () => {
  const { state, sent } = run(
    loaded("", null),
    edit,
    typed("a"),
    { type: "pause" },
    typed("ab"),
    { type: "leave" },
    { type: "sent", text: "a", rev: 1, state: "saved" },
  );
  assert.deepEqual(sent, [{ text: "a", base: null, saw: "" }, { text: "ab", base: 1, saw: "a" }]);
  assert.equal(state.sending, "ab");
});

test("a pause that comes while a save is on its way is not forgotten: the rest is saved with no further key", () => {
  const { state, sent } = run(
    loaded("", null), edit, typed("a"), { type: "pause" }, typed("ab"), { type: "pause" },
    { type: "sent", text: "a", rev: null, state: "queued" },
  );
  assert.deepEqual(sent.at(-1), { text: "ab", base: null, saw: "a" });
  assert.equal(state.mode, "editing", "the box stays open");
});

test("a pause that comes while a save is on its way is not forgotten where that save fails", () => {
  const before = [loaded("old"), edit, typed("a"), { type: "pause" }, typed("ab"), { type: "pause" }];
  const { state, sent } = run(...before, { type: "failed", why: "The disk is full." });
  assert.deepEqual(sent.map((each) => each.text), ["a", "ab"]);
  const again = EditorState.step(state, { type: "failed", why: "The disk is full." });
  assert.equal(again.send, null, "tried once, not on and on");
});

test("a word that is still being typed when a save comes back waits for its own pause", () => {
  const { state, sent } = run(
    loaded(""), edit, typed("a"), { type: "pause" }, typed("ab"), { type: "pause" }, typed("abc"),
    { type: "sent", text: "a", rev: 1, state: "saved" },
  );
  assert.equal(sent.length, 1);
  assert.equal(state.status, "", "kept is not said of a box that holds more");
});

test("two saves are never on their way at once", () => {
  assert.equal(
    run(loaded(""), edit, typed("a"), { type: "pause" }, typed("ab"), { type: "pause" }, { type: "blur" }).sent.length,
    1,
  );
});

test("Escape brings back the text from before this edit, and keeps it if the edit was already saved", () => {
  const { state, sent } = run(
    loaded("old", 1),
    edit,
    typed("wrong"),
    { type: "pause" },
    { type: "sent", text: "wrong", rev: 2, state: "saved" },
    { type: "revert" },
  );
  assert.equal(state.draft, "old");
  assert.equal(state.mode, "viewing");
  assert.deepEqual(sent.at(-1), { text: "old", base: 2, saw: "wrong" });
});

test("Escape with nothing saved yet sends nothing", () => {
  assert.deepEqual(run(loaded("old"), edit, typed("wrong"), { type: "revert" }).sent, []);
});

test("a failed save keeps the text on screen, says why, and the next reason to save tries again", () => {
  const { state, sent } = run(
    loaded("old"),
    edit,
    typed("new"),
    { type: "pause" },
    { type: "failed", why: "The disk is full." },
    { type: "leave" },
  );
  assert.equal(state.draft, "new");
  assert.equal(sent.length, 2);
  assert.equal(
    run(loaded("old"), edit, typed("new"), { type: "pause" }, { type: "failed", why: "The disk is full." }).state.why,
    "The disk is full.",
  );
});

test("a newer copy from elsewhere replaces a note at rest, and never what is being typed", () => {
  assert.equal(run(loaded("old", 1), loaded("newer", 2)).state.draft, "newer");
  assert.equal(run(loaded("old", 1), edit, typed("mine"), loaded("newer", 2)).state.draft, "mine");
});

test("a note typed over an older revision is sent against that one, so that the conflict is seen", () => {
  assert.deepEqual(run(loaded("old", 1), edit, typed("mine"), loaded("newer", 2), { type: "leave" }).sent, [
    { text: "mine", base: 1, saw: "old" },
  ]);
});

test("a text in the box that comes from the store was saved, and what is typed on is saved against that", () => {
  const { state, sent } = run(
    loaded("old", 1), edit, typed("mine"), loaded("mine", 2), typed("mine and more"), { type: "pause" },
  );
  assert.equal(state.mode, "editing");
  assert.deepEqual(sent, [{ text: "mine and more", base: 2, saw: "mine" }]);
});

test("in a conflict both texts are kept until the user picks, and the pick is saved against the stored one", () => {
  const before = [
    loaded("old", 1), edit, typed("mine"), { type: "leave" }, { type: "conflict", text: "theirs", rev: 5 },
  ];
  const { state } = run(...before);
  assert.equal(state.mode, "conflict");
  assert.equal(state.draft, "mine");
  assert.equal(state.theirs.text, "theirs");
  assert.deepEqual(run(...before, { type: "keep", text: "mine" }).sent.at(-1), {
    text: "mine",
    base: 5,
    saw: "theirs",
  });
  assert.equal(run(...before, { type: "keep", text: "theirs" }).sent.length, 1, "the stored text needs no save");
});

test("any order of events ends with the last typed text kept, sent or on screen", () => {
  const choices = [
    edit, typed("one"), typed("two"), { type: "pause" }, { type: "leave" }, { type: "failed", why: "x" },
    loaded("other", 9),
  ];
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 2000; round += 1) {
    let state = run(loaded("start", 1)).state;
    for (let turn = 0; turn < 12; turn += 1) {
      const event = choices[next() % choices.length];
      const before = state;
      const step = EditorState.step(state, event);
      state = step.state;
      if (EditorState.isDirty(before) && !EditorState.isDirty(state) && before.sending === null) {
        assert.ok(
          step.send || event.type === "type" || event.type === "revert",
          `${event.type} dropped ${before.draft}`,
        );
      }
    }
  }
});

test("after any typing and any answers, a last pause and its answers leave nothing unsaved", () => {
  const answer = (state) => ({ type: "sent", text: state.sending, rev: 2, state: "saved" });
  const typings = ["one", "two", "start"].map((text) => () => typed(text));
  const choices = [...typings, () => ({ type: "pause" }), answer, () => loaded("start", 1)];
  let seed = 11;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 2000; round += 1) {
    let state = run(loaded("start", 1), edit).state;
    const go = (event) => { state = EditorState.step(state, event).state; };
    for (let turn = 0; turn < 12; turn += 1) {
      const event = choices[next() % choices.length](state);
      if (event.type !== "sent" || event.text !== null) go(event);
    }
    go({ type: "pause" });
    for (let turn = 0; turn < 3 && state.sending !== null; turn += 1) go(answer(state));
    assert.deepEqual([state.sending, EditorState.isDirty(state)], [null, false]);
  }
});

const MOST = Tables.LIMITS.note;

for (const reason of ["pause", "blur", "leave"]) {
  test(`a note beyond the limit is not cut and not saved on ${reason}; the whole text stays in the box`, () => {
    const long = "x".repeat(MOST + 1);
    const { state, sent } = run(loaded("old"), edit, typed(long), { type: reason });
    assert.deepEqual(sent, []);
    assert.deepEqual([state.mode, state.status, state.draft], ["editing", "long", long]);
    const after = EditorState.step(EditorState.step(state, typed("short")).state, { type: "leave" });
    assert.equal(after.send.text, "short");
  });
}

test("an emoji counts once, as in the companion", () => {
  const full = "😀".repeat(MOST);
  assert.equal(run(loaded(""), edit, typed(full), { type: "leave" }).sent[0].text, full);
  assert.deepEqual(run(loaded(""), edit, typed(`${full}😀`), { type: "leave" }).sent, []);
});

test("both texts of a conflict that are too long together stay side by side", () => {
  const other = { type: "conflict", text: "theirs", rev: 7 };
  const keep = { type: "keep", text: "x".repeat(MOST + 1) };
  const { state, sent } = run(loaded("old"), edit, typed("mine"), { type: "leave" }, other, keep);
  assert.equal(sent.length, 1);
  assert.deepEqual([state.mode, state.status, state.draft, state.theirs.text], ["conflict", "long", "mine", "theirs"]);
  const shorter = EditorState.step(state, { type: "keep", text: "theirs and mine" });
  assert.equal(shorter.send.text, "theirs and mine");
});

test("pasted characters that nobody sees become the line break that was meant, or nothing", () => {
  assert.equal(EditorState.plain("At the fair\vLikes raku\fa\u0085b\u2028c"), "At the fair\nLikes raku\na\nb\nc");
  assert.equal(EditorState.plain("a\u007fb\u0000c\ttab\u200d\u200f"), "abc\ttab\u200d\u200f");
});
