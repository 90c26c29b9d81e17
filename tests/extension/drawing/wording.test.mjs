// Tests the visible text of marks, the colours of tags, and the parsing of tags.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage } from "../page.mjs";
import { badge } from "../x_page.mjs";

const window = openPage();
const { Wording, Mark } = window;
const { TagColours, TagText } = openPage({ files: CARD_FILES });

for (const [what, given, word] of [
  ["your own name for them first", { alias: "Wren from Lagos" }, "Wren from Lagos"],
  ["then a tag", {}, "small press"],
  ["then how you talk", { tags: [] }, "warm"],
  ["then that there is a note", { tags: [], state: "unknown" }, "note"],
  ["then that you follow each other", { tags: [], state: "unknown", note: false, i_follow: true }, "mutual"],
  ["then that they follow you", { tags: [], state: "unknown", note: false }, "follows you"],
  ["for a stranger nothing", { tags: [], state: "unknown", note: false, follows_me: null, score: null }, ""],
]) {
  test(`a mark says ${what}`, () => assert.equal(Wording.mark(badge(given)), word));
}

test("a mark has at most 18 characters, whatever the script, and a cut shows", () => {
  for (const alias of ["a".repeat(40), "日本語".repeat(20), "👩‍👩‍👧".repeat(9)]) {
    const word = Wording.mark(badge({ alias }));
    assert.ok([...word].length <= 18 && word.endsWith("…"), word);
  }
});

test("somebody with nothing to say about is drawn nothing", () => {
  assert.equal(Mark.says(badge({ tags: [], state: "unknown", note: false, follows_me: null, score: null })), false);
});

test("each follow direction that was never seen is said to be unknown", () => {
  const sentences = [true, false, null].flatMap((me) => [true, false, null].map((i) => Wording.follows(me, i)));
  assert.equal(new Set(sentences).size, 9);
  assert.ok(sentences.every((sentence) => sentence.length > 5));
});

test("every state has words for mark and card", () => {
  for (const state of ["one_way_you", "one_way_them", "new", "dormant", "back", "close", "warm", "light", "faint"]) {
    assert.ok(Wording.stateWord(state).length > 0 && Wording.stateWord(state).length <= 18, state);
    assert.doesNotMatch(Wording.stateTitle(state, null), /cardState/);
  }
  assert.equal(Wording.stateWord("unknown"), "");
  assert.match(Wording.stateTitle("dormant", 64), /64/);
});

test("every tag colour can be read on its ground, light and dark", () => {
  for (let hue = 0; hue < 4096; hue += 7) {
    const hex = `#${(hue * 4099).toString(16).padStart(6, "0").slice(-6)}`;
    for (const dark of [false, true]) assert.ok(TagColours.of(hex, dark).ratio >= 4.5, `${hex} ${dark}`);
  }
  assert.equal(TagColours.of("red", false), null);
});

test("suggestions begin with what is typed, prefer the much used, and leave out what is there", () => {
  const all = [
    { name: "printer", count: 1 },
    { name: "Press", count: 9 },
    { name: "small press", count: 50 },
    { name: "preprint", count: 3 },
  ];
  assert.deepEqual(
    [...TagText.suggest(all, ["PRINTER"], "pr")].map((tag) => tag.name),
    ["Press", "preprint", "small press"],
  );
});

test("a tag is tidied: no hash, no runs of spaces, and never cut", () => {
  assert.equal(TagText.tidy("  ##small \n press "), "small press");
  assert.equal(TagText.tidy("x".repeat(99)).length, 99);
});

test("themes are told by range, not by X's exact values", () => {
  for (const [colour, theme] of [
    ["rgb(255, 255, 255)", "light"], ["rgb(250, 251, 252)", "light"], ["rgb(21, 32, 43)", "dim"],
    ["rgb(0, 0, 0)", "dark"], ["rgb(5, 5, 5)", "dark"], ["rgba(0, 0, 0, 0)", "light"], ["", "light"],
  ]) {
    assert.equal(window.Themes.of(colour), theme, colour);
  }
});
