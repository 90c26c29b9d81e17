// Tests the budget of what X's page hands over: per minute and per day, what is over it dropped, counted and told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { droppedToday, LIMITS, spend } from "../../../extension/background/budget.js";
import { Browser, CONTENT, VIEWER } from "./browser.mjs";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 5, 12);
const one = { answers: 1, characters: 1000 };

/** Spends the same again and again. */
function spendOften(times, wanted, nowMs, budget) {
  let allowed = 0;
  let state = budget;
  for (let turn = 0; turn < times; turn += 1) {
    const step = spend(state, wanted, nowMs);
    state = step.budget;
    allowed += Number(step.allowed);
  }
  return { allowed, state };
}

test("a minute's answers are let through up to the limit, and the next minute begins anew", () => {
  const { allowed, state } = spendOften(LIMITS.minute.answers + 5, one, NOON);
  assert.equal(allowed, LIMITS.minute.answers);
  assert.equal(droppedToday(state, NOON), 5);
  assert.equal(spend(state, one, NOON + MINUTE).allowed, true);
});

test("few answers that are very large are over the limit too", () => {
  const large = { answers: 1, characters: LIMITS.minute.characters / 2 };
  assert.equal(spendOften(3, large, NOON).allowed, 2);
});

test("a day's limit holds however the answers are spread, and the next day begins anew", () => {
  let budget;
  let allowed = 0;
  for (let minute = 0; minute < 100; minute += 1) {
    const step = spendOften(LIMITS.minute.answers, one, NOON + minute * MINUTE, budget);
    budget = step.state;
    allowed += step.allowed;
  }
  assert.equal(allowed, LIMITS.day.answers);
  assert.equal(droppedToday(budget, NOON), 100 * LIMITS.minute.answers - LIMITS.day.answers);
  assert.equal(droppedToday(budget, NOON + 24 * 60 * MINUTE), 0);
  assert.equal(spend(budget, one, NOON + 24 * 60 * MINUTE).allowed, true);
});

test("the first that is left out in a minute is to be told, and the next only a minute later", () => {
  const { state } = spendOften(LIMITS.minute.answers, one, NOON);
  const first = spend(state, one, NOON);
  assert.equal(first.tell, true);
  assert.equal(spend(first.budget, one, NOON + MINUTE - 1).tell, false);
  const later = spendOften(LIMITS.minute.answers, one, NOON + MINUTE, first.budget);
  assert.equal(spend(later.state, one, NOON + MINUTE).tell, true);
});

test("what is over the budget never reaches the companion, and the page's health says how much it was", async () => {
  const browser = await (await new Browser().wake()).pair();
  browser.companion.answers["/v1/sightings"] = () => [200, { changed: [] }];
  const answer = { op: "HomeTimeline", url: "", at: 1, text: "{}" };
  const seen = Array.from({ length: LIMITS.minute.answers - 1 }, () => answer);
  const sent = () => browser.companion.paths().filter((path) => path === "/v1/sightings").length;
  await browser.send("sightings.add", { viewer: VIEWER, seen, readings: [] }, CONTENT);
  const before = sent();
  await browser.send("sightings.add", { viewer: VIEWER, seen: seen.slice(0, 2), readings: [] }, CONTENT);
  assert.equal(sent(), before + 1);
  assert.deepEqual(browser.companion.calls.at(-1).body, { viewer: VIEWER, seen: [], readings: [], left_out: 2 });
  await browser.wake();
  await browser.send("sightings.add", { viewer: VIEWER, seen: seen.slice(0, 2), readings: [] }, CONTENT);
  assert.equal(sent(), before + 1, "a restarted worker goes on counting, and tells the companion once a minute");
  assert.equal((await browser.send("page_health.get", {})).dropped, 4);
});
