// Tests the DOM reader: people and posts from the page; what is not shown stays unknown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../../page.mjs";
import { frame, hoverCard, post, profile, userCell } from "../../x_page.mjs";

const ON_X = ["selector_table", "selectors", "viewer", "reader"].map((name) => `content/x/${name}.js`);
const FEW = ["lib/people.js", ...ON_X];
const open = (html, url = "https://x.com/home", cookie = undefined) =>
  openPage({ html, url, files: FEW, ...(cookie === undefined ? {} : { cookie }) });
const plain = (value) => JSON.parse(JSON.stringify(value));

test("a profile header gives the person with id, bio and both follow directions", () => {
  const window = open(frame(profile()), "https://x.com/wrenwrites");
  assert.deepEqual(plain(window.Reader.profile(window.document, "wrenwrites")), {
    id: "2000001", handle: "wrenwrites", header: true, name: "Wren Okafor", bio: "Editor. I answer letters.",
    location: "Lagos", link: "https://t.co/abc",
    avatar: "https://pbs.twimg.com/profile_images/1/wrenwrites_x96.jpg", i_follow: false, follows_me: true,
  });
});

test("a header without the follows-you mark says nothing, however much of it is drawn and whoever is logged in", () => {
  const drawn = open(frame(profile({ followsMe: false })), "https://x.com/wrenwrites");
  assert.equal("follows_me" in drawn.Reader.profile(drawn.document, "wrenwrites"), false);
  const buttonless = open(frame(profile({ followsMe: false, id: "" })), "https://x.com/wrenwrites");
  assert.equal("follows_me" in buttonless.Reader.profile(buttonless.document, "wrenwrites"), false);
});

test("a header that still shows the person before is not read as the one in the address", () => {
  const window = open(frame(profile({ handle: "inesmakes" })), "https://x.com/wrenwrites");
  assert.equal(window.Reader.profile(window.document, "wrenwrites"), null);
});

test("a display name that looks like a handle does not name the wrong person", () => {
  const window = open(frame(profile({ name: "@tomoreads" })), "https://x.com/wrenwrites");
  assert.equal(window.Reader.profile(window.document, "wrenwrites").handle, "wrenwrites");
  assert.equal(window.Reader.profile(window.document, "tomoreads"), null);
});

test("an id written for search engines counts only for the handle it names", () => {
  const schema = (name) =>
    `<script type="application/ld+json" data-testid="UserProfileSchema-test">
    {"mainEntity":{"additionalName":"${name}","identifier":"77"}}</script>`;
  const right = open(frame(profile({ id: "" })) + schema("WrenWrites"), "https://x.com/wrenwrites");
  assert.equal(right.Reader.profile(right.document, "wrenwrites").id, "77");
  const late = open(frame(profile({ id: "" })) + schema("inesmakes"), "https://x.com/wrenwrites");
  assert.equal(late.Reader.profile(late.document, "wrenwrites").id, undefined);
});

test("a follower row gives id, name, bio and both follow directions; no mark stays unknown", () => {
  const window = open(
    frame(userCell({ following: true }) + userCell({ handle: "tomoreads", id: "2000003", followsMe: false })),
    "https://x.com/adaquill/followers",
  );
  const [bola, tomo] = plain(window.Reader.read(window.document, { kind: "followers", handle: "adaquill" }, 10).people);
  assert.deepEqual(
    { id: bola.id, name: bola.name, bio: bola.bio, i: bola.i_follow, me: bola.follows_me },
    { id: "2000004", name: "Bola Prints", bio: "Riso studio.", i: true, me: true },
  );
  assert.equal("follows_me" in tomo, false);
});

test("a post gives author, time, links, mentions and what the viewer did with it", () => {
  const window = open(
    frame(
      post({
        liked: true,
        repostBy: "inesmakes",
        text: 'Hi <a href="/tomoreads">@tomoreads</a> <a href="https://t.co/x">link</a>',
      }),
    ),
  );
  const [read] = plain(window.Reader.read(window.document, { kind: "home", handle: null }, 10).posts);
  assert.deepEqual(read, {
    id: "501", author_handle: "wrenwrites", text: "Hi @tomoreads link",
    at: Date.parse("2026-08-01T10:00:00Z") / 1000, mentions: ["tomoreads"], links: ["https://t.co/x"],
    repost_by: "inesmakes", favorited: true, retweeted: false,
  });
});

test("a quoted post lends neither its author nor its words to the post around it", () => {
  const window = open(frame(post({ quote: "tomoreads" })));
  const [read] = plain(window.Reader.read(window.document, { kind: "home", handle: null }, 10).posts);
  assert.equal(read.author_handle, "wrenwrites");
  assert.equal(read.text, "Proofs are here.");
  assert.equal(read.quote_handle, "tomoreads");
});

test("a post inside a promotion is marked, one that only holds a tracked video is not", () => {
  const promoted = open(frame(`<div data-testid="placementTracking">${post()}</div>`));
  assert.equal(promoted.Reader.read(promoted.document, { kind: "home", handle: null }, 1).posts[0].promoted, true);
  const video = open(
    frame(
      post({ quote: "" }).replace('<div role="group"', '<div data-testid="placementTracking"></div><div role="group"'),
    ),
  );
  assert.equal(video.Reader.read(video.document, { kind: "home", handle: null }, 1).posts[0].promoted, undefined);
});

test("emoji drawn as pictures stay in the words", () => {
  const window = open("<p>Ink <img alt=\"🖋\"> and<br>paper</p>");
  assert.equal(window.Reader.textOf(window.document.querySelector("p")), "Ink 🖋 and\npaper");
});

test("an empty page is an empty reading, and a hover card alone is nobody's post", () => {
  const window = open(hoverCard());
  const reading = window.Reader.read(window.document, { kind: "other", handle: null }, 5);
  assert.deepEqual(plain({ people: reading.people, posts: reading.posts, at: reading.at }), {
    people: [],
    posts: [],
    at: 5,
  });
});

test("a quoted author is read from the words where the picture names nobody", () => {
  const window = open(frame(post({ quote: "inesmakes" })
    .replaceAll("UserAvatar-Container-inesmakes", "UserAvatar-Container-unknown")));
  const [read] = window.Reader.read(window.document, { kind: "home", handle: null }, 10).posts;
  assert.equal(read.quote_handle, "inesmakes");
});
