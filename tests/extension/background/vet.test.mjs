// Tests the background's handlers of vetting: permissions, layout of the report, pending decisions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, CONTENT, VIEWER, WREN } from "./browser.mjs";

export const REPORT = {
  id: "2000001", handle: "wrenwrites", name: "Wren Okafor", verdict: "look_closer",
  line: "Mostly sells: 27 of 40 posts are offers.", kind: null, score: 0.7,
  rows: [
    { name: "photo", pieces: [{ text: "Own picture" }], end: "not seen on another account" },
    {
      name: "posts",
      pieces: [
        {
          text: "27 offers",
          level: "caution",
          examples: [{ text: "Mug 1, buy now", url: "https://x.com/wrenwrites/status/9" }],
        },
        { text: "1 reply" },
      ],
      end: "of 40 seen",
    },
    { name: "link", pieces: [{ text: "shop.example", level: "good" }], end: "200" },
  ],
  missing: ["posts", "link"], looked_at: null, fingerprint: "a:b:c", decision: null, history: [], findings: [],
  wait_days: 30,
};

async function paired() {
  const browser = await new Browser().wake();
  browser.companion.answers["/v1/vet"] = () => [200, REPORT];
  return browser.pair();
}

/** All strings of a laid-out tree, in order. */
const text = (tree) => (typeof tree === "string" ? tree : tree.slice(2).map(text).join(""));
const find = (tree, fits) =>
  typeof tree === "string" ? [] : [...(fits(tree) ? [tree] : []), ...tree.slice(2).flatMap((one) => find(one, fits))];

test("the verdict comes first with its line, then the facts in rows, then the buttons to decide", async () => {
  const browser = await paired();
  const { tree, fingerprint, wait_days } = await browser.send(
    "vet.get",
    { viewer: VIEWER, person: WREN, look: false, looking: false },
  );
  const words = text(tree);
  const places = [
    "vet_look_closer", "Mostly sells", "vetRow_photo", "Own picture not seen", "27 offers", "of 40 seen",
    "vetDo_follow_back", "vetDo_no", "vetYouDecide", "vetReason_adult",
  ].map((one) => words.indexOf(one));
  assert.ok(places.every((place, at) => place > (places[at - 1] ?? -1)), `${places}: ${words}`);
  assert.deepEqual([fingerprint, wait_days], ["a:b:c", 30]);
});

test("the button that fits verdict and relation is filled alone, and the ring says what it measures", async () => {
  const browser = await paired();
  const filled = async (main) => {
    browser.companion.answers["/v1/vet"] = () => [200, { ...REPORT, main }];
    const { tree } = await browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking: false });
    assert.match(text(tree), /vetRing\W*70/);
    return find(tree, ([, props]) => props.class === "btn fill").map(([, props]) => props["data-as"]);
  };
  assert.deepEqual([await filled("wait"), await filled("no"), await filled(null)], [["wait"], ["no"], []]);
});

test("what is marked has a sign beside its colour, and its examples open in another tab", async () => {
  const browser = await paired();
  const { tree } = await browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking: false });
  const [caution] = find(tree, ([, props]) => props.class === "caution");
  assert.equal(text(caution), "▲ 27 offers");
  const [example] = find(tree, ([tag, props]) => tag === "a" && props.href.endsWith("/status/9"));
  assert.equal(example[1].rel, "noopener noreferrer");
  assert.equal(text(find(tree, ([, props]) => props.class === "good")[0]), "✓ shop.example");
});

test("it says what was not seen and offers the profile; while it looks, only what looking does not bring", async () => {
  const browser = await paired();
  const said = async (looking) =>
    text(
      find(
        (await browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking })).tree,
        ([, props]) => props.class === "unseen",
      )[0],
    );
  assert.match(await said(false), /vetMissing_posts vetMissing_link vetOpenProfile/);
  assert.match(await said(true), /vetLooking vetMissing_posts vetOpenProfile/);
});

/** A browser whose companion may ask X's API within a cap. */
async function withApi(status = {}) {
  const browser = await paired();
  browser.companion.answers["/v1/x-api"] = () => [
    200,
    { keys: "bearer token", problem: null, cap: 1_000_000, spent: 0, person_cost: 110_000, ...status },
  ];
  return browser;
}
const paidButton = ({ tree }) => find(tree, ([, props]) => "data-more" in props)[0];
const vetOf = (browser, more = {}) =>
  browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking: false, ...more });

test("a button says what asking X's API can cost; while link and photo are looked at it does not wait", async () => {
  const browser = await withApi();
  assert.match(text(paidButton(await vetOf(browser))), /^vetAskApi \$0\.11$/);
  assert.equal(paidButton(await vetOf(browser, { looking: true })), undefined);
  assert.equal(browser.companion.calls.filter(({ path }) => path === "/v1/x-api").length, 1);
  assert.equal(
    browser.companion.calls.some(({ path }) => path === "/v1/x-api/person"),
    false,
  );
});

test("without a key, with a cap of 0, with enough seen, or with no key store there is no such button", async () => {
  for (const status of [{ keys: null }, { cap: 0 }]) {
    assert.equal(paidButton(await vetOf(await withApi(status))), undefined);
  }
  const failing = await withApi();
  failing.companion.answers["/v1/x-api"] = () => [500, { error: "error", message: "no" }];
  assert.equal(paidButton(await vetOf(failing)), undefined);
  const enough = await withApi();
  enough.companion.answers["/v1/vet"] = () => [200, { ...REPORT, missing: ["link", "photo"] }];
  assert.equal(paidButton(await vetOf(enough)), undefined);
  assert.equal(
    enough.companion.calls.some(({ path }) => path === "/v1/x-api"),
    false,
  );
});

test("the press asks X's API once, then vets anew and says what came and what was spent", async () => {
  const browser = await withApi();
  const card = { handle: "wrenwrites", id: "2000001", tags: [] };
  browser.companion.answers["/v1/x-api/person"] = () => [
    200,
    { card, posts: 20, interactions: 0, cost: 110_000, spent: 330_000, problems: [] },
  ];
  const { words, report } = await browser.send("vet.more", { viewer: VIEWER, person: WREN });
  assert.equal(words, "vetApiCame 20 $0.11 $0.33");
  assert.equal(report.fingerprint, "a:b:c");
  assert.deepEqual(
    browser.companion.calls
      .map(({ path }) => path)
      .filter((path) => path !== "/v1/x-api")
      .slice(-2),
    ["/v1/x-api/person", "/v1/vet"],
  );
});

test("every refusal of X's API crosses as its sentence", async () => {
  for (const [status, code, message] of [
    [402, "cap", "Today's cap is spent."],
    [502, "x-api", "X refused the key (401)."],
    [502, "x-api", "X asks to wait (429)."],
    [400, "setting", "There are no keys to X's API."],
  ]) {
    const browser = await withApi();
    browser.companion.answers["/v1/x-api/person"] = () => [status, { error: code, message }];
    await assert.rejects(browser.send("vet.more", { viewer: VIEWER, person: WREN }), { message });
  }
});

test("about oneself it is a mirror: the same facts in its own words, and nothing to decide", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/vet"] = () => [200, { ...REPORT, own: true }];
  const { tree } = await vetOf(browser);
  assert.match(text(tree), /vetSelf_look_closer.*27 offers.*vetMirrorOnly/);
  assert.deepEqual(find(tree, ([tag, props]) => tag === "input" || "data-as" in props), []);
});

test("only a look is passed on as a look", async () => {
  const browser = await paired();
  await browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking: true });
  await browser.send("vet.get", { viewer: VIEWER, person: WREN, look: true, looking: false });
  const asked = browser.companion.calls.filter(({ path }) => path === "/v1/vet").map(({ body }) => body.look);
  assert.deepEqual(asked, [false, true]);
});

test("what the page shows after a press of V is looked at too, once, and open reports hear of it", async () => {
  const browser = await paired();
  let known = false, seen = false;
  browser.companion.answers["/v1/vet"] = ({ look }) => {
    seen ||= known && look;
    return [200, { ...REPORT, look_due: known && !seen }];
  };
  const looks = () => browser.companion.calls.filter(({ path, body }) => path === "/v1/vet" && body.look).length;
  await vetOf(browser);
  await vetOf(browser, { look: true });
  known = true;
  const told = new Promise((resolve) => {
    browser.storage.listeners.push((changes) => { if (changes.touched) resolve(changes.touched.newValue.people); });
  });
  await vetOf(browser);
  const people = await told;
  await vetOf(browser);
  assert.equal(looks(), 2);
  assert.deepEqual(people, [{ id: "2000001", handle: "wrenwrites" }]);
});

test("without a press nothing is looked at, whatever the page shows", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/vet"] = () => [200, { ...REPORT, look_due: true }];
  await vetOf(browser);
  await vetOf(browser);
  assert.equal(browser.companion.calls.some(({ body }) => body.look), false);
});

test("without the companion it says so instead of guessing", async () => {
  const browser = await paired();
  browser.companion.away = true;
  await assert.rejects(
    browser.send("vet.get", { viewer: VIEWER, person: WREN, look: false, looking: false }),
    /unreachable/,
  );
});

test("topics and the list of followers are for the extension's own pages", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/topics"] = ({ topics }) => [200, { topics: topics ?? ["tea"] }];
  assert.deepEqual((await browser.send("vet.topics", { topics: null })).topics, ["tea"]);
  await assert.rejects(browser.send("vet.topics", { topics: [] }, CONTENT));
  await assert.rejects(browser.send("vet.followers", { viewer: VIEWER, show: "all", sort: "name" }, CONTENT));
});

test("a decision that waits for the companion is on card and mark already", async () => {
  const browser = await paired();
  browser.companion.away = true;
  const change = {
    op: crypto.randomUUID(), at: Date.now(), viewer: VIEWER, kind: "decision", person: WREN,
    body: { decision: "no", reasons: ["adult"] }, base: null,
  };
  assert.equal((await browser.send("write.put", change)).state, "queued");
  const { card } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.equal(card.decision.sentence, "vetDid_no");
  const { badges } = await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  assert.equal(badges.wrenwrites.decision, "no");
});
