// Tests the Vet buttons and the queue bar on X's page: who gets one, what they say, and what they open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, until } from "../../page.mjs";
import { badge, frame, notification, profile, userCell } from "../../x_page.mjs";

const answers = (more = {}) => (name) =>
  ({ "vet.waiting": { open: false, waiting: 0, decided_today: 2, whole: true }, ...more })[name] ?? {};

const FOLLOWERS = frame(
  `<nav role="navigation"><div role="tablist"></div></nav>${userCell({ followsMe: false })}
  ${userCell({ handle: "inesmakes", id: "2000002", following: true })}`,
  { side: userCell({ handle: "aside", id: "9" }) },
);

/** A page swept once; the roots are closed, so what we drew is asked of the view itself. */
function swept(url, html, more, learnt = {}) {
  const window = openPage({ url, html, answer: answers(more) });
  window.Viewer.check(0);
  window.BadgeCache.followViewer();
  window.BadgeCache.learn(learnt);
  const { FeatureRegistry } = window;
  FeatureRegistry.choose(Object.fromEntries(FeatureRegistry.ids().map((id) => [id, id === "vet"])));
  const page = { ...window.People.page(new window.URL(url).pathname), path: "", signal: null };
  const spots = FeatureRegistry.collect(page);
  return { window, spots };
}

test("only one's own profile has the mirror", () => {
  const { spots } = swept("https://x.com/adaquill", frame(profile({ handle: "adaquill", own: true })));
  assert.deepEqual([...spots].map(({ form, handle }) => [form, handle]), [["mirror", "adaquill"]]);
  assert.equal(swept("https://x.com/bolaprints", frame(profile({ handle: "bolaprints" }))).spots.length, 0);
});

test("on the own followers page everybody not followed back gets a button, and nobody else", () => {
  const { spots } = swept("https://x.com/adaquill/followers", FOLLOWERS);
  assert.deepEqual(
    [...spots].map(({ form, handle }) => [form, handle]),
    [
      ["queue", "adaquill"],
      ["vet", "bolaprints"],
    ],
  );
});

test("on somebody else's followers page only those who are seen to follow the user", () => {
  const { spots } = swept("https://x.com/wrenwrites/followers", FOLLOWERS);
  assert.deepEqual([...spots].map(({ handle }) => handle), []);
});

test("in notifications, those known to follow and not followed back", () => {
  const html = frame(
    notification({ people: [["bolaprints", "Bola"]] }) + notification({ people: [["inesmakes", "Ines"]] }),
  );
  const learnt = {
    bolaprints: badge({ handle: "bolaprints", follows_me: true, i_follow: false }),
    inesmakes: badge({ handle: "inesmakes", i_follow: true }),
  };
  const { spots } = swept("https://x.com/notifications", html, {}, learnt);
  assert.deepEqual([...spots].map(({ handle }) => handle), ["bolaprints"]);
});

test("a notification that names several people has a button for each that fits, with their handle on it", async () => {
  const html = frame(notification({ people: [["bolaprints", "Bola"], ["adaquill", "Ada"], ["bargainbarn", "Barn"]] }));
  const learnt = {
    bolaprints: badge({ handle: "bolaprints", follows_me: true, i_follow: false }),
    bargainbarn: badge({ handle: "bargainbarn", follows_me: true, i_follow: false }),
  };
  const { spots } = swept("https://x.com/notifications", html, {}, learnt);
  assert.deepEqual(
    [...spots].map(({ handle, named }) => [handle, named]),
    [
      ["bolaprints", true],
      ["bargainbarn", true],
    ],
  );
  const made = spots[0].make(spots[0], null);
  assert.equal(made.host.dataset.mutuals, "vet");
});

test("a Vet button says aloud whom it is about, and a decision that stands on it as well", () => {
  const { window, spots } = swept("https://x.com/adaquill/followers", FOLLOWERS);
  const spot = [...spots].find(({ form }) => form === "vet");
  const button = window.VetButton.create(spot, window.document.body);
  assert.equal(button.getAttribute("aria-label"), "Vet @bolaprints");
  window.VetButton.say(button, spot, "Passed");
  assert.deepEqual([button.dataset.word, button.getAttribute("aria-label")], ["Passed", "Passed. Vet @bolaprints"]);
});

test("in other lists those seen to follow the user have one, the own list of followed people has none", () => {
  const rows = frame(
    userCell({}) +
      userCell({ handle: "inesmakes", id: "2000002", following: true }) +
      userCell({ handle: "nobodyyouknow", id: "2000007", followsMe: false }),
  );
  assert.deepEqual(
    [...swept("https://x.com/search?q=riso&f=user", rows).spots].map(({ handle }) => handle),
    ["bolaprints"],
  );
  assert.deepEqual(
    [
      ...swept(
        "https://x.com/adaquill/following",
        frame(userCell({ handle: "inesmakes", id: "2000002", following: true, followsMe: false })),
      ).spots,
    ],
    [],
  );
  assert.deepEqual([...swept("https://x.com/home", rows).spots], []);
});

test("drawing the rows twice leaves one button each, and a decided row says so", async () => {
  const { window, spots } = swept("https://x.com/adaquill/followers", FOLLOWERS);
  window.Placement.render(spots);
  window.Placement.render(spots);
  assert.equal(window.document.querySelectorAll("[data-mutuals=vet]").length, 1);
  assert.equal(window.document.querySelectorAll("[data-mutuals=queue]").length, 1);
});

/** The bar over the list of followers, drawn: what it says, and that something was decided. */
function queueBar(answer) {
  const window = openPage({ url: "https://x.com/adaquill/followers", html: FOLLOWERS, answer });
  const roots = [];
  const attach = window.Element.prototype.attachShadow;
  window.Element.prototype.attachShadow = function follow(init) {
    roots.push(attach.call(this, init));
    return roots.at(-1);
  };
  window.Viewer.check(0);
  window.FeatureRegistry.choose(Object.fromEntries(window.FeatureRegistry.ids().map((id) => [id, id === "vet"])));
  const page = { ...window.People.page("/adaquill/followers"), path: "", signal: null };
  const spot = [...window.FeatureRegistry.collect(page)].find(({ form }) => form === "queue");
  window.document.body.append(spot.make(spot, null).host);
  const said = () => roots.map((root) => root.querySelector("[role=status]")?.dataset.said ?? "").join("");
  const decided = () => {
    const changes = { touched: { newValue: { people: [{ id: "2000004", handle: "bolaprints" }] } } };
    for (const listener of window.chrome.storage.onChanged.listeners) listener(changes, "local");
  };
  return { window, said, decided };
}

test("the bar counts down at each decision, and says all are done only where the list was seen whole", async () => {
  let counts = { open: true, waiting: 2, decided_today: 0, whole: false };
  const bar = queueBar((name) => (name === "vet.waiting" ? counts : {}));
  const decided = async (next, words) => {
    counts = next;
    bar.decided();
    await until(bar.window, () => words.test(bar.said()));
  };
  await until(bar.window, () => /look at: 2/.test(bar.said()));
  await decided({ open: true, waiting: 1, decided_today: 1, whole: false }, /look at: 1/);
  await decided({ open: false, waiting: 0, decided_today: 2, whole: false }, /^None waits of the followers seen/);
  await decided({ open: false, waiting: 0, decided_today: 2, whole: true }, /^All new followers are/);
});

test("a count that was asked for before the last decision does not cover the one after it", async () => {
  const late = [];
  const bar = queueBar((name) => (name === "vet.waiting" ? new Promise((answered) => late.push(answered)) : {}));
  await until(bar.window, () => late.length === 1);
  bar.decided();
  await until(bar.window, () => late.length === 2);
  late[1]({ open: false, waiting: 0, decided_today: 1, whole: true });
  await until(bar.window, () => /^All new followers are/.test(bar.said()));
  late[0]({ open: true, waiting: 1, decided_today: 0, whole: true });
  await new Promise((later) => setTimeout(later, 0));
  assert.match(bar.said(), /^All new followers are/);
});
