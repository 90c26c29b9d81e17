// Tests what the companion is told of X's page: which program drew it and what was missed, when that changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, CONTENT } from "./browser.mjs";

const VISIT = { page: "home", at: 100, counts: { post: 3 }, anchor: {}, tap: true, failing: [], client: "classic" };
const visit = (more = {}) => ({ counts: { ...VISIT, ...more } });

async function paired() {
  const browser = await new Browser().wake();
  browser.companion.answers["/v1/page-health"] = () => [200, { at: 1 }];
  await browser.pair();
  const told = () => browser.companion.calls.filter(({ path }) => path === "/v1/page-health").map(({ body }) => body);
  return { browser, told, see: (more) => browser.send("page_health.report", visit(more), CONTENT) };
}

test("the companion is told which program drew the page, and again when that or what is missing changes", async () => {
  const { told, see } = await paired();
  await see();
  await see({ at: 101 });
  assert.deepEqual(told(), [{ client: "classic", missing: [] }]);
  await see({ client: "x-web" });
  assert.deepEqual(told().length, 2);
  for (const at of [102, 103, 104]) await see({ client: "x-web", at, counts: { post: 0 } });
  assert.deepEqual(told().at(-1), { client: "x-web", missing: [{ place: "post", page: "home", since: 102 }] });
  assert.equal(told().length, 3);
});

test("while the companion is away the visit is kept, and the next one tells it", async () => {
  const { browser, told, see } = await paired();
  browser.companion.away = true;
  await see();
  browser.companion.away = false;
  await see({ at: 101 });
  assert.equal(told().length, 1);
  assert.equal((await browser.send("page_health.get", {})).visits.length, 2);
});

test("a companion of before that does not know of it is not asked again for the same", async () => {
  const { browser, told, see } = await paired();
  delete browser.companion.answers["/v1/page-health"];
  await see();
  await see({ at: 101 });
  assert.equal(told().length, 1);
  assert.equal((await browser.send("status.get", {})).state, "connected");
});

test("a visit of a version before, which did not name the program, tells that it is not known", async () => {
  const { told, see } = await paired();
  await see({ client: undefined });
  assert.deepEqual(told(), [{ client: null, missing: [] }]);
});
