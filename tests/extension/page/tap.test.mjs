// Tests the tap (copies X's responses, changes nothing) and the bridge that validates what it sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, Port, settle, source, until } from "../page.mjs";

const BRIDGE = [
  "lib/log.js", "lib/protocol.js", "lib/people.js", "content/x/selector_table.js", "content/x/selectors.js",
  "content/x/viewer.js",
];

/** A page with a stand-in for the network, the tap in it, and (later) the bridge. */
function openTapped() {
  const window = openPage({ files: BRIDGE });
  const answer = "{\"data\":{\"user\":1}}";
  class Request extends window.EventTarget {
    open(method, url) {
      this.asked = [method, url];
    }
    send(body) {
      this.body = body;
      this.status = 200;
      this.responseType ??= "";
      this.responseText = answer;
      this.response = this.responseType === "json" ? JSON.parse(answer) : answer;
      this.dispatchEvent(new window.Event("load"));
      return "sent";
    }
  }
  window.XMLHttpRequest = Request;
  Object.assign(window, { Response, Request: globalThis.Request, MessagePort: Port });
  window.fetch = async () => new Response(answer, { status: 200 });
  window.before = { open: Request.prototype.open, send: Request.prototype.send, fetch: window.fetch };
  window.eval(source("page/tap.js"));
  return window;
}

/** X's page asks for something. */
function ask(window, url, { method = "GET", body, type } = {}) {
  const request = new window.XMLHttpRequest();
  if (type) request.responseType = type;
  request.open(method, url);
  return [request, request.send(body)];
}

function bridge(window) {
  window.eval(source("content/x/tap_bridge.js"));
  const batches = [];
  window.TapBridge.start((batch) => batches.push(JSON.parse(JSON.stringify(batch))));
  return batches;
}
const seenIn = (batches) => batches.flatMap((batch) => batch.seen);

test("an answer of X's own is handed over word for word, with its operation and who was looking", async () => {
  const window = openTapped();
  const batches = bridge(window);
  ask(window, "/i/api/graphql/abc123/UserByScreenName?variables=%7B%7D");
  await until(window, () => batches.length > 0);
  assert.equal(batches[0].viewer.id, "1000001");
  assert.deepEqual(
    { op: batches[0].seen[0].op, text: batches[0].seen[0].text },
    { op: "UserByScreenName", text: '{"data":{"user":1}}' },
  );
});

test("what came before the extension was ready is not lost", async () => {
  const window = openTapped();
  ask(window, "https://x.com/i/api/graphql/abc/HomeTimeline");
  const batches = bridge(window);
  await until(window, () => batches.length > 0);
  assert.equal(seenIn(batches)[0].op, "HomeTimeline");
});

for (const leaving of ["pagehide", "visibilitychange"]) {
  test(`what was heard just before the page is left goes at once (${leaving})`, async () => {
    const window = openTapped();
    const batches = bridge(window);
    const later = window.setTimeout;
    // it never ends on a page that is left
    window.setTimeout = (work, pause) => (pause === 400 ? 0 : later(work, pause));
    ask(window, "/i/api/graphql/abc/Followers");
    await until(window, () => window.TapBridge.gaveForThisPage());
    assert.equal(batches.length, 0);
    if (leaving === "visibilitychange") Object.defineProperty(window.document, "visibilityState", { value: "hidden" });
    (leaving === "pagehide" ? window : window.document).dispatchEvent(new window.Event(leaving));
    assert.deepEqual(seenIn(batches).map((seen) => seen.op), ["Followers"]);
  });
}

test("the page gets what it would have got: same object, same text, same return values", () => {
  const window = openTapped();
  bridge(window);
  const [request, returned] = ask(window, "/i/api/graphql/abc/Likes", { type: "json" });
  assert.equal(returned, "sent");
  assert.equal(request.response, request.response);
  assert.deepEqual(
    Object.keys(request).filter(
      (key) => !["asked", "body", "status", "responseType", "responseText", "response"].includes(key),
    ),
    [],
  );
});

test("a JSON answer and a fetch are heard too", async () => {
  const window = openTapped();
  const batches = bridge(window);
  ask(window, "/i/api/graphql/abc/Likes", { type: "json" });
  const response = await window.fetch("https://x.com/i/api/graphql/abc/Followers");
  assert.equal(await response.text(), "{\"data\":{\"user\":1}}");
  await until(window, () => seenIn(batches).length === 2);
  assert.deepEqual(seenIn(batches).map((seen) => seen.op).sort(), ["Followers", "Likes"]);
});

test("the body goes along for the viewer's own acts only", async () => {
  const window = openTapped();
  const batches = bridge(window);
  ask(window, "/i/api/graphql/abc/FavoriteTweet", { method: "POST", body: "{\"variables\":{\"tweet_id\":\"5\"}}" });
  ask(window, "/i/api/1.1/friendships/create.json", { method: "POST", body: "user_id=7" });
  ask(window, "/i/api/graphql/abc/SomethingElse", { method: "POST", body: "secret" });
  await until(window, () => seenIn(batches).length === 3);
  assert.deepEqual(
    seenIn(batches).map((seen) => seen.request),
    ['{"variables":{"tweet_id":"5"}}', "user_id=7", undefined],
  );
});

test("a block, a mute and a removed follower name whom they are about", async () => {
  const window = openTapped();
  const batches = bridge(window);
  ask(window, "/i/api/1.1/blocks/create.json", { method: "POST", body: "user_id=7" });
  ask(window, "/i/api/1.1/mutes/users/create.json", { method: "POST", body: "user_id=8" });
  ask(window, "/i/api/graphql/abc/RemoveFollower", { method: "POST", body: '{"variables":{"target_user_id":"9"}}' });
  await until(window, () => seenIn(batches).length === 3);
  assert.deepEqual(
    seenIn(batches).map((seen) => seen.request), ["user_id=7", "user_id=8", '{"variables":{"target_user_id":"9"}}'],
  );
});

test("the host of X's next client is heard too, its chat is not", async () => {
  const window = openTapped();
  const batches = bridge(window);
  await window.fetch("https://api.x.com/graphql/abc/GetInitialXChatPageQuery");
  await window.fetch("https://api.x.com/graphql/abc/GetConversationPageQuery");
  await window.fetch("https://api.x.com/graphql/abc/HomeTimeline?variables=%7B%7D");
  await window.fetch("https://api.x.com/1.1/blocks/create.json");
  await until(window, () => seenIn(batches).length === 2);
  assert.deepEqual(seenIn(batches).map((seen) => seen.op), ["HomeTimeline", "1.1/blocks/create.json"]);
});

test("other addresses, messages and counters are not taken", async () => {
  const window = openTapped();
  const batches = bridge(window);
  for (const url of [
    "https://evil.example/i/api/graphql/a/B", "https://api.x.com.evil.example/graphql/a/B", "/other/path", "/i/api/1.1/dm/inbox.json",
    "/i/api/1.1/jot/client_event.json", "/i/api/2/badge_count/badge_count.json",
  ]) {
    ask(window, url);
  }
  ask(window, "/i/api/graphql/abc/Following");
  await until(window, () => batches.length > 0);
  assert.deepEqual(seenIn(batches).map((seen) => seen.op), ["Following"]);
});

test("turned off, X's own functions are back and nothing is taken", async () => {
  const window = openTapped();
  bridge(window);
  window.TapBridge.stop();
  await until(window, () => window.XMLHttpRequest.prototype.open === window.before.open);
  assert.equal(window.XMLHttpRequest.prototype.send, window.before.send);
  assert.equal(window.fetch, window.before.fetch);
});

test("a wrapper that somebody put around ours is left alone", async () => {
  const window = openTapped();
  bridge(window);
  const ours = window.XMLHttpRequest.prototype.open;
  const theirs = function (...given) { return ours.apply(this, given); };
  window.XMLHttpRequest.prototype.open = theirs;
  window.TapBridge.stop();
  await until(window, () => window.fetch === window.before.fetch);
  assert.equal(window.XMLHttpRequest.prototype.open, theirs);
});

test("a failing page function never reaches X through us, and ours never reach X", async () => {
  const window = openTapped();
  const request = new window.XMLHttpRequest();
  assert.doesNotThrow(() => request.open("GET", { toString: () => { throw new Error("no"); } }));
  await settle(window);
});

const { TapBridge } = (() => { const window = openTapped(); bridge(window); return window; })();
const good = { url: "https://x.com/i/api/graphql/a/B", text: "{}", request: "", at: 1000 };
for (const [name, change] of [
  ["no object", null], ["another site", { url: "https://evil.example/i/api/graphql/a/B" }],
  ["no text", { text: 5 }], ["no JSON", { text: "<html>" }], ["too much", { text: `{${" ".repeat(8_000_001)}` }],
  ["another time", { at: 9_000_000 }], ["no time", { at: "now" }],
  ["an endless address", { url: `https://x.com/i/api/graphql/a/B?${"x".repeat(20_001)}` }],
]) {
  test(`the bridge refuses ${name}`, () => {
    assert.equal(TapBridge.check(change && { ...good, ...change }, 1000), null);
    assert.ok(TapBridge.check(good, 1000));
  });
}

test("a batch is of one viewer only", () => {
  const item = (id) => ({ op: "A", url: "", at: 1, text: "{}", viewer: { id, handle: null } });
  assert.deepEqual([...TapBridge.batches([item("1"), item("1"), item("2")])].map((batch) => batch.seen.length), [2, 1]);
});

test("X's own error page is recognised only while X has drawn nothing", () => {
  const window = openTapped();
  bridge(window);
  window.document.body.innerHTML = "<div id=\"ScriptLoadFailure\">Something went wrong</div>";
  assert.equal(window.TapBridge.pageFailed(), true);
  window.document.body.innerHTML += "<main role=\"main\"></main>";
  window.Selectors.onPage("home");
  assert.equal(window.TapBridge.pageFailed(), false);
});
