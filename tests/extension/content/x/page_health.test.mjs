// Tests what the page check counts on X's page, and where it counts nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../../page.mjs";
import { frame, post, profile, userCell } from "../../x_page.mjs";

const examine = (html, url) => {
  const window = openPage({ html, url });
  const { kind } = window.People.page(new URL(url).pathname);
  return JSON.parse(JSON.stringify(window.PageHealth.examine(window.document, kind, 100, ["vet"])));
};

test("a healthy page has every required place, by its first anchor", () => {
  const counts = examine(frame(post()), "https://x.com/home");
  assert.ok(Object.values(counts.counts).every((count) => count > 0), JSON.stringify(counts));
  assert.ok(Object.values(counts.anchor).every((anchor) => anchor === 0));
});

test("a renamed mark shows as found by the second anchor, before anything is missing", () => {
  const counts = examine(frame(userCell()).replaceAll("\"UserCell\"", "\"Row\""), "https://x.com/adaquill/followers");
  assert.equal(counts.counts.userCell, 1);
  assert.ok(counts.anchor.userCell > 0);
});

test("a visit says which of X's programs drew the page, and nothing where the page does not tell", () => {
  const client = (html) => examine(html, "https://x.com/home").client;
  assert.equal(client(frame(post())), "classic");
  assert.equal(client('<script src="https://abs.twimg.com/responsive-web/client-web/main.js"></script>'), "classic");
  const next = '<script type="module" src="https://abs.twimg.com/x-web/entry-client.js"></script>';
  assert.equal(client(next + frame(post())), "x-web");
  assert.equal(client('<div data-timeline-entry data-href="/wrenwrites/status/1"><article></article></div>'), "x-web");
  assert.equal(client("<div id=\"react-root\"></div>"), null);
});

test("a place that is gone counts nothing", () => {
  const counts = examine(frame(profile().replace("/verified_followers", "/fans")), "https://x.com/wrenwrites");
  assert.equal(counts.counts.profileFollowers, 0);
});

test("where X says that a list is empty nothing is judged", () => {
  assert.equal(examine(frame("<div data-testid=\"emptyState\"></div>"), "https://x.com/adaquill/followers"), null);
});

test("a page of no known kind is not examined", () => {
  assert.equal(examine("", "https://x.com/i/grok"), null);
});
