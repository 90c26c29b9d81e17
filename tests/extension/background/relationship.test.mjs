// Tests the background's handlers of facts, history and touches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, VIEWER, WREN } from "./browser.mjs";

const ABOUT = { viewer: VIEWER, person: WREN };
const LINE = {
  at: 5, direction: "in", kind: "reply", source: "page", post: "88", partial: false, automatic: false, ref: "88",
  chat: null, words: "",
};
let written = 0;
const touch = (op, body) => ({ op, at: Date.now() + (written += 1), ...ABOUT, kind: "touch", base: null, body });

async function paired() {
  const browser = await new Browser().wake();
  Object.assign(browser.companion.answers, {
    "/v1/relationship": () => [200, { marks: [] }],
    "/v1/interactions": ({ before, limit }) => [200, { lines: [LINE], before, limit }],
    "/v1/interactions/remove": () => [200, { line: LINE }],
    "/v1/interactions/restore": () => [200, { restored: true }],
  });
  return browser.pair();
}

test("a page may ask for facts and history, page by page", async () => {
  const browser = await paired();
  assert.deepEqual(await browser.send("relationship.get", ABOUT), { marks: [] });
  const page = await browser.send("history.get", { ...ABOUT, before: 9, limit: 10 });
  assert.deepEqual([page.lines, page.before, page.limit], [[LINE], 9, 10]);
});

test("a deleted line, and one put back, is told to every page", async () => {
  const browser = await paired();
  const { line } = await browser.send(
    "history.remove",
    { ...ABOUT, at: 5, direction: "in", kind: "reply", ref: "88" },
  );
  const first = browser.storage.data.touched;
  assert.deepEqual(first.people.map((one) => one.handle), ["wrenwrites"]);
  await browser.send("history.restore", { ...ABOUT, line });
  assert.notDeepEqual(browser.storage.data.touched, first);
});

test("with the companion away the reason is said and nothing is pretended", async () => {
  const browser = await paired();
  browser.companion.away = true;
  await assert.rejects(browser.send("history.get", { ...ABOUT, before: null, limit: 10 }), { code: "unreachable" });
});

test("touches logged and undone while the companion was away arrive in order, each on its own revision", async () => {
  const browser = await paired();
  const seen = [];
  browser.companion.answers["/v1/writes"] = ({ op, body, base, at }) => {
    seen.push([body.item ?? op, Boolean(body.gone), base]);
    return [200, { rev: body.gone ? 2 : 1, at, repeated: false, pid: WREN.id }];
  };
  browser.companion.away = true;
  const [call, meal] = [crypto.randomUUID(), crypto.randomUUID()];
  for (const change of [
    touch(call, { what: "call", when: 5 }),
    touch(crypto.randomUUID(), { item: call, gone: true }),
    touch(meal, { what: "meal", when: 5 }),
    touch(crypto.randomUUID(), { item: meal, gone: true }),
  ]) {
    assert.equal((await browser.send("write.put", change)).state, "queued");
  }
  browser.companion.away = false;
  await browser.send("queue.retry", {});
  assert.deepEqual(
    seen.map(([item, gone]) => [item, gone]),
    [
      [call, false],
      [call, true],
      [meal, false],
      [meal, true],
    ],
  );
  assert.deepEqual(
    seen.filter(([, gone]) => gone).map(([, , base]) => base),
    [null, null],
  );
});
