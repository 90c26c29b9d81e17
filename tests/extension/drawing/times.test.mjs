// Tests times in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage } from "../page.mjs";

const { Times } = openPage({ files: CARD_FILES });

test("times are told in the unit that says most", () => {
  const day = 86_400;
  const told = [30, 3600, day, 10 * day, 30 * day, 100 * day, 800 * day].map((age) =>
    Times.ago(1_000_000_000 - age, 1_000_000_000),
  );
  assert.deepEqual(told, [
    "now", "1 hour ago", "yesterday", "10 days ago", "4 weeks ago", "3 months ago", "2 years ago",
  ]);
});

test("a time of today is told by the clock, an older one by its date", () => {
  const now = new Date();
  assert.match(Times.when(now.getTime() / 1000), /^\d{1,2}:\d{2}/);
  assert.match(Times.when(now.getTime() / 1000 - 90 * 86_400), /\d{4}$/);
});

test("what is known by its day alone has no time of day, and keeps its day in every zone", () => {
  const { date, time } = Times.dated({ at: 0, day: "2026-03-03" });
  assert.deepEqual([date, time], ["Tue, Mar 3, 2026", ""]);
  assert.notEqual(Times.dated({ at: 1_700_000_000 }).time, "");
});
