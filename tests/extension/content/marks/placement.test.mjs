// Tests the marks: the right person on every row, also on rows that X reuses; none for strangers; X's nodes untouched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settle, until } from "../../page.mjs";
import { badge, frame, hoverCard, notification, post, profile, userCell } from "../../x_page.mjs";
import { label, marks, open } from "./marks_page.mjs";

test("a known author gets one mark with everything in its name, a stranger none", () => {
  const window = open(frame(post() + post({ handle: "nobodyyouknow", id: "9" })));
  window.sweep();
  assert.equal(marks(window).length, 1);
  assert.match(label(marks(window)[0]), /Wren Okafor \(@wrenwrites\).*Reciprocity 64.*small press.*note/i);
});

const bare = (html) => html.replaceAll(/ data-testid="[^"]*"/g, "");
const places = (window, kind) => [...window.document.querySelectorAll(`[data-mutuals=${kind}]`)];

test("on a page without test ids authors, quoted people, rows and the header still get theirs, the viewer none", () => {
  const home = open(bare(frame(post({ quote: "inesmakes" }) + post({ handle: "adaquill", id: "502" }))));
  assert.equal(home.Viewer.now().handle, "adaquill");
  home.sweep();
  const handles = marks(home).map((host) => /@(\w+)/.exec(label(host))[1]);
  assert.deepEqual(handles, ["wrenwrites", "inesmakes"]);
  const header = open(bare(frame(profile() + post())), "https://x.com/wrenwrites");
  header.sweep();
  assert.equal(places(header, "card").length, 1);
  const list = open(bare(frame(userCell() + userCell({ handle: "inesmakes", id: "2000002" }))),
    "https://x.com/adaquill/followers");
  list.sweep();
  assert.equal(marks(list).length, 2);
});

test("without test ids nothing is claimed of who follows whom, and what is not found is told as missing", () => {
  const { Reader, PageHealth, document } = open(bare(frame(profile() + post())), "https://x.com/wrenwrites");
  const person = Reader.profile(document, "wrenwrites");
  assert.deepEqual([person.handle, person.name, person.follows_me, person.i_follow, person.id],
    ["wrenwrites", "Wren Okafor", undefined, undefined, undefined]);
  const { counts, anchor } = PageHealth.examine(document, "home", 1, []);
  assert.deepEqual(Object.keys(counts).filter((name) => counts[name] === 0), ["cell", "postAuthorLink"]);
  assert.ok(["mainColumn", "viewerLink", "post", "postName"].every((name) => anchor[name] > 0));
});

test("a mark has the ring of a score that is known, and no ring where none is", () => {
  const window = open(frame(post() + post({ handle: "bolaprints", id: "2000004" })));
  window.sweep();
  const drawn = marks(window).map((host) => host.opened.querySelector("button"));
  assert.deepEqual(drawn.map((button) => button.querySelectorAll("svg").length), [1, 0]);
  assert.deepEqual(drawn.map((button) => button.classList.contains("bare")), [false, true]);
});

test("on a shared screen the words of marks are blurred, until that is switched off", () => {
  const { MarkStyle } = open("");
  const blurred = () => MarkStyle.sheets().some((sheet) => sheet.text.includes("blur("));
  MarkStyle.follow();
  assert.equal(blurred(), false);
  MarkStyle.veil(true);
  assert.equal(blurred(), true);
  MarkStyle.veil(false);
  assert.equal(blurred(), false);
});

test("sweeping again adds nothing", () => {
  const window = open(frame(post()));
  for (let turn = 0; turn < 3; turn += 1) window.sweep();
  assert.equal(marks(window).length, 1);
});

test("a row that X reuses for another person loses the old mark and gets the right one", () => {
  const window = open(frame(post()));
  window.sweep();
  for (const link of window.document.querySelectorAll("a[href='/wrenwrites']")) link.setAttribute("href", "/inesmakes");
  window.sweep();
  assert.equal(marks(window).length, 1);
  assert.match(label(marks(window)[0]), /inesmakes/);
  for (const link of window.document.querySelectorAll("a[href='/inesmakes']")) {
    link.setAttribute("href", "/nobodyyouknow");
  }
  window.sweep();
  assert.equal(marks(window).length, 0);
});

test("a reused mark opens the card of its new person, and one whose card is open serves nobody else", () => {
  const window = open(frame(post()));
  const opened = [];
  window.Popover.openCard = (spot) => opened.push(spot.handle);
  const turnTo = (from, to) => {
    for (const link of window.document.querySelectorAll(`a[href='/${from}']`)) link.setAttribute("href", `/${to}`);
    window.sweep();
  };
  window.sweep();
  const [first] = marks(window);
  turnTo("wrenwrites", "nobodyyouknow");
  turnTo("nobodyyouknow", "inesmakes");
  assert.equal(marks(window)[0], first, "the host was kept for the next person");
  first.opened.querySelector("button").click();
  assert.deepEqual(opened, ["inesmakes"]);
  turnTo("inesmakes", "nobodyyouknow");
  turnTo("nobodyyouknow", "wrenwrites");
  assert.notEqual(marks(window)[0], first, "a card hangs from it");
});

test("our leaf is the last child of X's row and X's own nodes are as they were", () => {
  const window = open(frame(post()));
  const before = window.document.body.innerHTML;
  window.sweep();
  const [mark] = marks(window);
  assert.equal(mark.parentNode.lastChild, mark);
  window.Placement.clear();
  assert.equal(window.document.body.innerHTML, before);
});

test("a mark that X threw away comes back", () => {
  const window = open(frame(post()));
  window.sweep();
  marks(window)[0].remove();
  window.sweep();
  assert.equal(marks(window).length, 1);
});

test("no private word stands in the page itself", () => {
  const window = open(frame(post()));
  window.sweep();
  assert.doesNotMatch(window.document.body.innerHTML, /small press/);
});

test("the viewer gets no mark on their own posts and on their own profile no card, only the mirror", () => {
  const own = open(frame(post({ handle: "adaquill" })), "https://x.com/home", {
    adaquill: badge({ handle: "adaquill" }),
  });
  own.sweep();
  assert.equal(own.Placement.count(), 0);
  const profilePage = open(frame(profile({ handle: "adaquill", own: true })), "https://x.com/adaquill");
  profilePage.sweep();
  assert.deepEqual(
    [...profilePage.document.querySelectorAll("[data-mutuals]")].map((host) => host.dataset.mutuals),
    ["card"],
  );
});

test("rows of people are marked, in lists and in the narrow column", () => {
  const window = open(
    frame(userCell(), { side: userCell({ handle: "inesmakes", id: "2000002" }) }),
    "https://x.com/adaquill/followers",
  );
  window.sweep();
  assert.deepEqual(marks(window).map((host) => host.opened.querySelector("button").dataset.word), ["new", "close"]);
});

test("a notification names whose mark is whose when it is about several people", () => {
  const window = open(
    frame(
      notification({
        people: [
          ["wrenwrites", "Wren"],
          ["inesmakes", "Ines"],
        ],
        words: " liked your post",
      }),
    ),
    "https://x.com/notifications",
  );
  window.sweep();
  assert.deepEqual(
    marks(window).map((host) => host.opened.querySelector("button").dataset.word),
    ["@wrenwrites", "@inesmakes"],
  );
});

test("the hover card's one node is redrawn for the next person", () => {
  const window = open(frame("", { above: hoverCard() }));
  window.sweep();
  const first = window.document.querySelector("[data-mutuals=line]");
  assert.ok(first);
  for (const link of window.document.querySelectorAll("[data-testid=HoverCard] a")) {
    link.setAttribute("href", link.getAttribute("href").replace("wrenwrites", "inesmakes"));
  }
  window.sweep();
  assert.equal(window.document.querySelectorAll("[data-mutuals=line]").length, 1);
  assert.notEqual(window.document.querySelector("[data-mutuals=line]"), first);
});

test("another popup with the hover card's mark gets nothing", () => {
  const window = open(`${frame("")}<div data-testid="HoverCard"><button>@adaquill</button></div>`);
  window.sweep();
  assert.equal(window.document.querySelectorAll("[data-mutuals]").length, 0);
});

test("the profile's card waits until the header is of the person in the address", () => {
  const window = open(frame(profile({ handle: "inesmakes" })), "https://x.com/wrenwrites");
  window.sweep();
  assert.equal(window.document.querySelectorAll("[data-mutuals=card]").length, 0);
  window.document.querySelector("[data-testid=primaryColumn]").innerHTML = profile();
  window.sweep();
  assert.equal(window.document.querySelectorAll("[data-mutuals=card]").length, 1);
});

test("a feature that throws leaves the others at work, and rests after three times", () => {
  const window = open(frame(post()));
  let calls = 0;
  window.FeatureRegistry.add({
    id: "broken",
    on: () => true,
    spots: () => {
      calls += 1;
      throw new Error("X changed");
    },
  });
  for (let turn = 0; turn < 6; turn += 1) window.sweep();
  assert.equal(marks(window).length, 1);
  assert.equal(calls, 3);
  window.FeatureRegistry.forgive();
  window.sweep();
  assert.equal(calls, 4);
});

test("a click on the mark opens the card in a frame and does not open X's post", () => {
  const window = open(frame(post()));
  window.sweep();
  let opened = 0;
  window.document.querySelector("article").addEventListener("click", () => { opened += 1; });
  marks(window)[0].opened.querySelector("button").click();
  assert.equal(opened, 0);
  const dialog = window.document.querySelector("body > [data-mutuals=dialog]").opened;
  assert.equal(dialog.querySelector("[popover]").popoverOpen, true);
  const { src, title, credentialless } = dialog.querySelector("iframe");
  assert.deepEqual(
    [src, title, credentialless],
    ["chrome-extension://mutuals/card/card.html", "Mutuals: note about @wrenwrites", true],
  );
});

test("a card opened from what X is about to remove stays where the click was, and within the window", () => {
  const window = open(frame(post()));
  window.sweep();
  const from = marks(window)[0].opened.querySelector("button");
  const styled = (at) => {
    window.Popover.openCard({ handle: "wrenwrites" }, from, { at });
    const dialog = window.document.querySelector("body > [data-mutuals=dialog]").opened;
    return dialog.querySelector("[popover]").style.cssText;
  };
  const written = [];
  const declared = Object.getOwnPropertyDescriptor(window.CSSStyleDeclaration.prototype, "cssText");
  Object.defineProperty(window.CSSStyleDeclaration.prototype, "cssText", {
    ...declared,
    set(text) { written.push(text); declared.set.call(this, text); },
  });
  styled({ clientX: 340, clientY: 200 });
  styled({ clientX: 10, clientY: 200 });
  assert.match(written[0], /left:max\(.5rem,min\(300px, .*\)\);top:max\(.5rem,min\(208px, .*\)\)$/);
  assert.match(written[1], /left:max\(.5rem,min\(-30px, /);
  assert.equal(styled(undefined), "");
});

test("people on screen are asked about in batches of at most forty, once", async () => {
  const window = open(frame(""), "https://x.com/home", {});
  const handles = Array.from({ length: 90 }, (_, at) => `person${at}`);
  window.BadgeCache.want(handles, 0);
  window.BadgeCache.want(handles, 1);
  await until(window, () => window.messages.filter((message) => message.name === "badges.get").length === 3);
  assert.deepEqual(
    window.messages.filter((message) => message.name === "badges.get").map((message) => message.params.handles.length),
    [40, 40, 10],
  );
});

test("an answer for the account before is not shown to this one", async () => {
  let release;
  const held = new Promise((done) => { release = done; });
  const window = openPage({
    html: frame(post()),
    answer: async (name) => (name === "badges.get" ? { badges: { wrenwrites: (await held, badge()) } } : {}),
  });
  window.BadgeCache.followViewer();
  window.BadgeCache.want(["wrenwrites"], 0);
  await until(window, () => window.messages.some((message) => message.name === "badges.get"));
  window.document.cookie = "twid=u%3D1000002";
  window.Viewer.check(1e9);
  window.BadgeCache.followViewer();
  release();
  await settle(window);
  await settle(window);
  assert.equal(window.BadgeCache.get("wrenwrites") ?? null, null);
});
