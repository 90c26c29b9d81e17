// The sealed wire: fixed values, what a program that took the port can and cannot do, and pairing by a typed code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { hex, same, text, toHex } from "../../../extension/background/bytes.js";
import {
  codeSecret, elligator2, fingerprint, generator, lvCat, normalised, sessionKey, start,
} from "../../../extension/background/cpace.js";
import { answerKey, keysOf, open, seal, secretOfToken, unseal } from "../../../extension/background/wire.js";
import { Browser, VIEWER, WREN, note } from "./browser.mjs";
import { CODE, derived, opened, sealed } from "./fake_companion.mjs";

const { cpace, wire, token } = JSON.parse(readFileSync(new URL("../../wire_vectors.json", import.meta.url), "utf8"));
const FINGERPRINT = "2PFX-EBTR"; // of K7QX2-MNP45, as tests/companion/access/test_pairing.py has it
const SECRET_WORDS = "owes me 40 euro";

test("the exchange of pairing gives the values of the draft", async () => {
  const point = await generator(hex(cpace.code), hex(cpace.channel), hex(cpace.session));
  assert.equal(toHex(point), cpace.generator);
  assert.equal(elligator2(0n), 0n);
  const scalar = await scalarOf(cpace.scalar_a);
  const other = await crypto.subtle.importKey("raw", hex(cpace.share_b), { name: "X25519" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "X25519", public: other }, scalar, 256);
  assert.equal(toHex(new Uint8Array(shared)), cpace.shared);
});

/** A secret number as the draft prints it, wrapped as PKCS #8, which is how WebCrypto takes one. */
async function scalarOf(value) {
  const wrapped = hex(`302e020100300506032b656e04220420${value}`);
  return crypto.subtle.importKey("pkcs8", wrapped, { name: "X25519" }, false, ["deriveBits"]);
}

test("a point of small order gives no key", async () => {
  const begun = await start(await codeSecret(CODE), "127.0.0.1:1", "chrome-extension://ours");
  for (const point of [...cpace.weak, "00", ""]) {
    await assert.rejects(sessionKey(begun, hex(point)), `${point} gave one`);
  }
});

test("the name of a window is the one that companion and terminal show", async () => {
  assert.equal(await fingerprint(toHex(await codeSecret("k7qx2-mnp45"))), FINGERPRINT);
});

test("a code is the same however it is typed", () => {
  assert.equal(normalised(" k7qx2-mnp45 "), "K7QX2MNP45");
});

test("lengths stand in front, also long ones", () => {
  assert.equal(toHex(lvCat(text("ab"), new Uint8Array(0))), "02616200");
  assert.equal(toHex(lvCat(new Uint8Array(300)).slice(0, 2)), "ac02");
});

test("requests and answers are sealed as the companion does it", async () => {
  const keys = await keysOf(hex(wire.secret));
  assert.equal(keys.client, wire.client);
  const [method, path, host, origin] = wire.listed.split("\n");
  const { headers, body, nonce } = await seal(keys, { method, path, host, origin }, wire.body);
  const listed = [method, path, host, origin, wire.client, headers["X-Mutuals-Time"], nonce, body.length].join("\n");
  assert.equal(opened(hex(wire.up), Buffer.from(body), listed).toString(), wire.body);
  assert.equal(await open(keys, wire.nonce, 200, hex(wire.sealed_answer).buffer), wire.answer);
  assert.equal(await open(keys, wire.nonce, 201, hex(wire.sealed_answer).buffer), null);
  assert.equal(await open(keys, nonce, 200, hex(wire.sealed_answer).buffer), null);
});

test("no nonce, vector or time is used for two requests alike", async () => {
  const keys = await keysOf(hex(wire.secret));
  const to = { method: "POST", path: "/v1/tags", host: "127.0.0.1:1", origin: "chrome-extension://ours" };
  const sent = await Promise.all(Array.from({ length: 200 }, () => seal(keys, to, "{}")));
  assert.equal(new Set(sent.map(({ nonce }) => nonce)).size, 200);
  assert.equal(new Set(sent.map(({ body }) => toHex(body.slice(0, 12)))).size, 200);
});

test("the secret of an older pairing is the one that the companion forms", async () => {
  assert.equal(toHex(await secretOfToken(token.token)), token.secret);
});

test("one changed byte anywhere and an answer does not open", async () => {
  const key = await answerKey(hex(wire.down));
  const data = hex(wire.sealed_answer);
  for (let at = 0; at < data.length; at += 1) {
    const changed = data.slice();
    changed[at] ^= 1;
    assert.equal(await unseal(key, changed.buffer, `${wire.nonce}\n200`), null);
  }
  for (const size of [0, 11, 12, 27]) assert.equal(await unseal(key, new ArrayBuffer(size), ""), null);
});

test("bytes are compared whole", () => {
  assert.ok(same(hex("00ff"), hex("00ff")));
  for (const other of ["00fe", "01ff", "00", "00ff00", ""]) assert.ok(!same(hex("00ff"), hex(other)));
});

/** A real server on a port of this machine, as a squatter would run it; it keeps every byte it is sent. */
async function squatter(reply) {
  const seen = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", async () => {
      const call = { path: request.url, head: request.rawHeaders.join("\n"), body: Buffer.concat(parts) };
      seen.push(call);
      const [status, body, headers] = await reply(call);
      response.writeHead(status, headers ?? { "Content-Type": "application/json" }).end(body);
    });
  });
  await new Promise((listening) => { server.listen(0, "127.0.0.1", listening); });
  const all = () => seen.map(({ path, head, body }) => `${path}\n${head}\n${body.toString("latin1")}`).join("\n");
  return { port: server.address().port, seen, text: all, end: () => new Promise((ended) => { server.close(ended); }) };
}

/** A paired browser whose port was taken by somebody else. */
async function behind(reply) {
  const browser = await new Browser().wake();
  browser.companion.answers["/v1/tags"] = () => [200, { tags: [] }];
  await browser.pair();
  const other = await squatter(reply);
  browser.storage.data.options = { port: other.port };
  browser.companion.fetch = (url, init) => fetch(url, { ...init, referrerPolicy: undefined });
  return { browser, other };
}

const saved = JSON.stringify({ rev: 1, pid: "1", repeated: false });
const SEALED = { "Content-Type": "application/octet-stream" };
const FORGED = [
  ["says it is saved", () => [200, saved]],
  ["says it is saved, as a sealed answer looks", () => [200, Buffer.alloc(60, 7), SEALED]],
  ["sends the request back", ({ body }) => [200, body, SEALED]],
  ["seals with a key of its own", () => [200, sealed(Buffer.alloc(32), saved, `${"00".repeat(16)}\n200`)]],
  ["says it is not paired", () => [401, JSON.stringify({ error: "unpaired" })]],
  ["says the proof is wrong", () => [401, JSON.stringify({ error: "proof", message: "call 555-0100" })]],
  ["refuses the host", () => [421, JSON.stringify({ error: "host" })]],
  ["claims another version", () => [426, JSON.stringify({ error: "version" })]],
  ["refuses it for good", () => [422, JSON.stringify({ error: "body", message: "call 555-0100" })]],
  ["tells of a conflict", () => [409, JSON.stringify({ error: "conflict", text: "call 555-0100" })]],
  ["says another folder", () => [412, JSON.stringify({ error: "instance" })]],
  ["fails", () => [500, "no"]],
  ["sends nothing", () => [204, ""]],
];

for (const [what, reply] of FORGED) {
  test(`a program that took the port and ${what} gets no note, and the note is kept`, async () => {
    const { browser, other } = await behind(reply);
    try {
      const answer = await browser.send("write.put", note(SECRET_WORDS));
      assert.equal(answer.state, "queued");
      await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites", "inesmakes"] });
      await browser.send("person.get", { viewer: VIEWER, person: WREN });
      assert.ok(other.seen.length >= 3);
      for (const word of [SECRET_WORDS, "wrenwrites", "inesmakes", "adaquill", "2000001", "Bearer", "uthorization"]) {
        assert.ok(!other.text().includes(word), `it learnt ${word}`);
      }
      assert.ok(!other.text().includes(browser.companion.secret.toString("hex")));
      const [kept] = browser.waiting();
      assert.equal(kept.body.text, SECRET_WORDS);
      assert.equal(kept.state, "waiting");
      assert.ok(browser.chrome.alarms.set.outbox.delayInMinutes > 0, "it is tried again later");
      assert.ok(browser.indexedDB.values.get("current"), "the pairing is kept");
      const { state, message } = await browser.send("status.get", {});
      // a browser's own way with a 421 may be a failed connection
      assert.ok(["foreign", "unpaired", "version", "unreachable"].includes(state), state);
      assert.ok(!message.includes("555"), "no word of it is shown");
    } finally {
      await other.end();
    }
  });
}

test("an answer that the companion gave to an earlier request is not taken for the answer to this one", async () => {
  const browser = await new Browser().wake();
  browser.companion.answers["/v1/writes"] = () => [200, { rev: 1, pid: "1", repeated: false }];
  await browser.pair();
  const honest = browser.companion.fetch.bind(browser.companion);
  let recorded;
  browser.companion.fetch = async (url, init) => {
    const response = await honest(url, init);
    recorded ??= { status: response.status, body: await response.clone().arrayBuffer() };
    return response;
  };
  await browser.send("write.put", note("first"));
  browser.companion.fetch = async () => new Response(recorded.body, { status: recorded.status });
  assert.equal((await browser.send("write.put", note("second"))).state, "queued");
  assert.equal(browser.waiting()[0].body.text, "second");
});

test("the companion back on its port, what waited is sent and the pairing holds", async () => {
  const { browser, other } = await behind(() => [200, saved]);
  await browser.send("write.put", note(SECRET_WORDS));
  await other.end();
  delete browser.companion.fetch;
  const taken = [];
  browser.companion.answers["/v1/writes"] = ({ body }) => {
    taken.push(body.text);
    return [200, { rev: 1, pid: "1", repeated: false }];
  };
  browser.companion.port = other.port;
  await browser.send("queue.retry", {});
  assert.deepEqual(taken, [SECRET_WORDS]);
  assert.deepEqual(browser.waiting(), []);
});

test("while pairing, a program that does not know the code learns nothing of it and is sent no proof", async () => {
  const browser = await new Browser().wake();
  const offer = JSON.stringify({ share: cpace.share_b, proof: "00".repeat(32), ticket: "00" });
  const other = await squatter(() => [200, offer]);
  try {
    browser.storage.data.options = { port: other.port };
    browser.companion.fetch = (url, init) => fetch(url, { ...init, referrerPolicy: undefined });
    await assert.rejects(browser.send("pair", { code: CODE }), { code: "pairing" });
    assert.deepEqual(other.seen.map(({ path }) => path), ["/v1/pair"]);
    assert.deepEqual(Object.keys(JSON.parse(other.seen[0].body.toString())), ["share"]);
    assert.ok(!other.text().includes(normalised(CODE)));
  } finally {
    await other.end();
  }
});

test("a code of the wrong shape is not even tried", async () => {
  const browser = await new Browser().wake();
  for (const code of ["", "ABCD-2345", "ABCDE-2345O", "ABCDE-23456X"]) {
    await assert.rejects(browser.send("pair", { code }), { code: "pairing" });
  }
  assert.deepEqual(browser.companion.calls, []);
});

test("a wrong code is told in words, and the right one works afterwards", async () => {
  const browser = await new Browser().wake();
  await assert.rejects(browser.send("pair", { code: "ABCDE-23457" }), { code: "pairing", message: "optionsCodeWrong" });
  assert.deepEqual(browser.companion.paths(), ["/v1/pair"]);
  await browser.pair();
  assert.equal((await browser.send("status.get", {})).state, "connected");
});

/** A browser that an earlier version paired: its store holds a token. */
async function pairedByToken() {
  const browser = await new Browser().wake();
  browser.indexedDB.values.set("current", { token: token.token, instance: "house-1", port: 17653 });
  browser.companion.secret = hex(token.secret);
  browser.companion.answers["/v1/tags"] = () => [200, { tags: [] }];
  return browser.wake();
}

test("an earlier pairing goes on, its token is never sent and erased after the first proved answer", async () => {
  const browser = await pairedByToken();
  browser.companion.away = true;
  await browser.send("tags.get", { viewer: VIEWER }).catch(() => {});
  assert.equal(browser.indexedDB.values.get("current").token, token.token);
  browser.companion.away = false;
  await browser.send("tags.get", { viewer: VIEWER });
  const { headers } = browser.companion.calls.at(-1);
  assert.ok(!JSON.stringify(headers).includes(token.token));
  assert.deepEqual(Object.keys(browser.indexedDB.values.get("current")).sort(), ["instance", "keys", "port"]);
  await browser.wake();
  await browser.send("tags.get", { viewer: VIEWER });
  assert.equal(browser.companion.calls.length, 2);
});

test("a forged answer does not erase the token of an earlier pairing", async () => {
  const browser = await pairedByToken();
  const other = await squatter(() => [200, "{}"]);
  try {
    browser.storage.data.options = { port: other.port };
    browser.companion.fetch = (url, init) => fetch(url, { ...init, referrerPolicy: undefined });
    await browser.send("tags.get", { viewer: VIEWER }).catch(() => {});
    assert.ok(other.seen.length > 0);
    assert.ok(!other.text().includes(token.token));
    assert.equal(browser.indexedDB.values.get("current").token, token.token);
  } finally {
    await other.end();
  }
});

test("the companion's keys are those of the secret that pairing agreed on", async () => {
  const browser = await new Browser().wake();
  await browser.pair();
  const { keys } = browser.indexedDB.values.get("current");
  assert.equal(keys.client, derived(browser.companion.secret, "client").toString("hex").slice(0, 16));
});
