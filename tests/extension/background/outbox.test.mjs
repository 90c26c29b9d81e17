// Tests that no write is lost: companion away, worker killed, data folder changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, CONTENT, VIEWER, WREN, note } from "./browser.mjs";
import { leaveDraft, minding, paired, touched } from "./outbox_help.mjs";


test("a note that the companion acknowledges is saved and leaves the queue", async () => {
  const { browser, kept } = await paired();
  const done = await browser.send("write.put", note("phone first"));
  assert.equal(done.state, "saved");
  assert.equal(done.rev, 1);
  assert.deepEqual(browser.waiting(), []);
  assert.equal(kept[0].body.text, "phone first");
  assert.equal(kept[0].instance, "house-1");
});

test("with the companion away a note is queued, shown, and sent in order once it is back", async () => {
  const { browser, kept } = await paired();
  browser.companion.away = true;
  for (const text of ["one", "two", "three"]) {
    assert.equal((await browser.send("write.put", note(text))).state, "queued");
  }
  const { card, fresh, status } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.equal(card.note.text, "three");
  assert.equal(card.pending, true);
  assert.equal(fresh, false);
  assert.equal(status.state, "unreachable");
  assert.equal(status.waiting, 3);
  browser.companion.away = false;
  assert.equal((await browser.send("queue.retry", {})).waiting, 0);
  assert.deepEqual(kept.map((write) => write.body.text), ["one", "two", "three"]);
});

test("a tag known to the card keeps its colour while it waits to be saved, and a new one has none yet", async () => {
  const { browser } = await paired();
  const tag = { name: "small press", colour: "#7a5af8" };
  browser.companion.answers["/v1/person"] = () => [200, { ...WREN, tags: [tag], note: null }];
  await browser.send("person.get", { viewer: VIEWER, person: WREN });
  browser.companion.away = true;
  await browser.send("write.put", { ...note(""), kind: "tags", body: { tags: ["small press", "riso"] } });
  const { card } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.deepEqual(card.tags, [tag, { name: "riso", colour: null }]);
});

test("a worker killed before the answer sends the same op again, under the same id", async () => {
  const { browser, kept } = await paired();
  let tells = 0;
  const honest = browser.companion.answers["/v1/writes"];
  browser.companion.answers["/v1/writes"] = (body) => {
    honest(body);
    tells += 1;
    if (tells === 1) throw new TypeError("gone");
    return [200, { rev: 1, at: 0, repeated: true, pid: "2000001" }];
  };
  await browser.send("write.put", note("kept"));
  await browser.wake();
  await browser.send("queue.retry", {});
  assert.equal(kept.length, 2);
  assert.equal(kept[0].op, kept[1].op);
  assert.deepEqual(browser.waiting(), []);
});

test("before pairing everything waits, and pairing sends it", async () => {
  const browser = await new Browser().wake();
  const kept = [];
  browser.companion.answers["/v1/writes"] = (body) => {
    kept.push(body.body.text);
    return [200, { rev: 1, at: 0, repeated: false, pid: "1" }];
  };
  assert.equal((await browser.send("write.put", note("first day"))).state, "queued");
  await browser.pair();
  assert.deepEqual(kept, ["first day"]);
});

test("a write for another data folder is parked with its reason, not sent to the wrong one", async () => {
  const { browser, kept } = await paired();
  browser.companion.away = true;
  await browser.send("write.put", note("for house 1"));
  browser.companion.away = false;
  browser.companion.instance = "house-2";
  await browser.pair();
  assert.deepEqual(kept, []);
  const status = await browser.send("status.get", {});
  assert.equal(status.parked.length, 1);
  assert.match(status.parked[0].reason, /parkedInstance/);
});

test("a conflict tells the writer the other text and does not block the queue", async () => {
  const { browser } = await paired();
  browser.companion.answers["/v1/writes"] = (body) =>
    body.body.text === "mine"
      ? [409, { error: "conflict", message: "changed", stored: { text: "theirs", rev: 4, at: 1 } }]
      : [200, { rev: 5, at: 0, repeated: false, pid: "1" }];
  await assert.rejects(
    browser.send("write.put", note("mine")),
    (error) => error.code === "conflict" && error.details.stored.text === "theirs",
  );
  assert.equal((await browser.send("write.put", note("next"))).state, "saved");
});

test("a change that the companion refuses for good is parked, and can be given up", async () => {
  const { browser } = await paired();
  browser.companion.answers["/v1/writes"] = () => [422, { error: "body", message: "too long", field: "text" }];
  await assert.rejects(browser.send("write.put", note("x")), (error) => error.code === "body");
  const { parked } = await browser.send("status.get", {});
  assert.equal(parked[0].reason, "too long");
  assert.equal((await browser.send("queue.drop", { op: parked[0].op })).parked.length, 0);
});

for (const [told, answer] of [
  ["kind", [404, { error: "unknown", message: "There is nothing of the kind 'reminder' to write." }]],
  ["field", [422, { error: "body", message: "A note has a text, nothing else.", field: "private", unknown: true }]],
]) {
  test(`a ${told} too new for the companion waits, holds up nothing, and arrives after its update`, async () => {
    const { browser, kept } = await paired();
    const newer = browser.companion.answers["/v1/writes"];
    browser.companion.answers["/v1/writes"] = (body) => (body.kind === "reminder" ? answer : newer(body));
    const reminder = { ...note("ring"), kind: "reminder" };
    assert.equal((await browser.send("write.put", reminder)).state, "queued");
    const { state, waiting, parked } = await browser.send("status.get", {});
    assert.deepEqual([state, waiting, parked.length], ["version", 1, 0]);
    assert.equal((await browser.send("write.put", note("phone first"))).state, "saved");
    browser.companion.answers["/v1/writes"] = newer;
    await browser.send("queue.retry", {});
    assert.deepEqual(kept.map((write) => write.kind), ["note", "reminder"]);
    assert.equal((await browser.send("status.get", {})).state, "connected");
  });
}

test("the person and the op are written in one step, so that no kill can come between", async () => {
  const { browser } = await paired();
  browser.companion.away = true;
  const storage = browser.chrome.storage.local;
  const seen = [];
  storage.listeners.push((changes) => seen.push(Object.keys(changes)));
  await browser.send("write.put", note("both or none"));
  const step = seen.find((keys) => keys.some((key) => key.startsWith("outbox:")));
  assert.ok(step.includes("p:1000001:wrenwrites"));
});

test("nothing waits, no alarm: the browser is not woken for nothing", async () => {
  const { browser } = await paired();
  await browser.send("write.put", note("done"));
  assert.deepEqual(browser.chrome.alarms.set, {});
  browser.companion.away = true;
  await browser.send("write.put", note("later"));
  assert.deepEqual(Object.keys(browser.chrome.alarms.set), ["outbox"]);
});

test("each failure puts the next try further off, up to half an hour", async () => {
  const { browser } = await paired();
  browser.companion.away = true;
  await browser.send("write.put", note("later"));
  const delays = [browser.chrome.alarms.set.outbox.delayInMinutes];
  for (let failure = 0; failure < 4; failure += 1) {
    await browser.send("queue.retry", {});
    delays.push(browser.chrome.alarms.set.outbox.delayInMinutes);
  }
  assert.deepEqual(delays, [0.5, 1, 5, 30, 30]);
});

test("the next contact of any kind sends what waits at once, and cards hear that it arrived", async () => {
  const { browser, kept } = await paired();
  browser.companion.answers["/v1/badges"] = () => [200, { badges: {} }];
  browser.companion.away = true;
  await browser.send("write.put", note("waits"));
  await browser.send("queue.retry", {});
  browser.companion.away = false;
  const told = touched(browser);
  await browser.send("badges.get", { viewer: VIEWER, handles: ["somebody"] }, CONTENT);
  assert.deepEqual(await told, [WREN]);
  assert.deepEqual(kept.map((write) => write.body.text), ["waits"]);
  assert.equal((await browser.send("status.get", {})).waiting, 0);
});

test("a companion that is away is knocked at within seconds, without putting the alarm off", async () => {
  const { browser, kept } = await paired();
  browser.companion.away = true;
  await browser.send("write.put", note("waits"));
  let waited = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const [then, ms] = browser.timers.shift();
    waited += ms;
    then();
    await browser.send("queue.drop", { op: "none" }); // waits for the same lock
  }
  assert.equal(waited, 4000);
  assert.equal(browser.chrome.alarms.set.outbox.delayInMinutes, 0.5);
  browser.companion.away = false;
  const told = touched(browser);
  browser.timers.shift()[0]();
  await told;
  assert.deepEqual(kept.map((write) => write.body.text), ["waits"]);
});

test("one note edited again and again while the companion is away is no conflict with itself", async () => {
  const { browser, kept, notes } = await minding();
  notes.wrenwrites = { text: "at first", rev: 7 };
  browser.companion.away = true;
  for (const text of ["one", "two", "three"]) await browser.send("write.put", { ...note(text), base: 7 });
  browser.companion.away = false;
  const { waiting, parked } = await browser.send("queue.retry", {});
  assert.deepEqual([waiting, parked], [0, []]);
  assert.deepEqual(kept.map((write) => write.text), ["one", "two", "three"]);
  assert.equal(
    (await browser.send("write.put", { ...note("four"), base: 7 })).state,
    "saved",
    "the card never heard of revision 10",
  );
  assert.equal(notes.wrenwrites.text, "four");
});

test("a card that was told the revision is protected against another that was not", async () => {
  const { browser, notes } = await minding();
  notes.wrenwrites = { text: "at first", rev: 7 };
  assert.equal((await browser.send("write.put", { ...note("here"), base: 7 })).rev, 8);
  await assert.rejects(
    browser.send("write.put", { ...note("in another tab"), base: 7 }),
    (error) => error.code === "conflict",
  );
  assert.equal(notes.wrenwrites.text, "here");
});

test("a page that shows a waiting text over a newer revision than its writer knew has no conflict", async () => {
  const { browser, notes } = await minding();
  notes.wrenwrites = { text: "at first", rev: 7 };
  browser.companion.away = true;
  await browser.send("write.put", { ...note("one"), base: 7 });
  await browser.send("write.put", { ...note("two"), base: 7 });
  browser.companion.away = false;
  await browser.send("queue.retry", {});
  assert.deepEqual(notes.wrenwrites, { text: "two", rev: 9 });
  assert.equal(
    (await browser.send("write.put", { ...note("three"), base: 8 })).state,
    "saved",
    "it was drawn between the two, with the second on top",
  );
});

test("the text that the writer had in view goes with the write, also after a kill", async () => {
  const { browser, kept } = await paired();
  await browser.send("write.put", { ...note("new"), base: 7, saw: "old" });
  await leaveDraft(browser, "newer", { base: 7, saw: "new" });
  await browser.wake();
  await browser.send("queue.retry", {});
  assert.deepEqual(kept.map((write) => write.saw), ["old", "new"]);
});

test("a conflict found when nobody is looking waits for the user, with its reason", async () => {
  const { browser, notes } = await minding();
  browser.companion.away = true;
  await browser.send("write.put", { ...note("written offline"), base: 3 });
  notes.wrenwrites = { text: "written elsewhere", rev: 4 };
  browser.companion.away = false;
  const { parked } = await browser.send("queue.retry", {});
  assert.match(parked[0].reason, /parkedConflict/);
  assert.equal(browser.waiting()[0].body.text, "written offline");
});
