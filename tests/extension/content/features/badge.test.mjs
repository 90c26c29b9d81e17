// Tests the marks of all whom a post names: who reposted, who is quoted, who is replied to; late and refilled ones too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { label, marked, marks, open } from "../marks/marks_page.mjs";
import { until } from "../../page.mjs";
import { frame, post } from "../../x_page.mjs";

test("who reposted, who is quoted and who is replied to each get their mark in their own row, the viewer none", () => {
  const window = open(frame(
    post({ handle: "nobodyyouknow", repostBy: "wrenwrites", quote: "inesmakes", replyTo: ["adaquill", "bolaprints"] }),
  ));
  window.sweep();
  const where = marks(window).map((host) => [/@(\w+)/.exec(label(host))[1], host.parentElement.textContent.trim()]);
  assert.deepEqual(where.map(([handle]) => handle).sort(), ["bolaprints", "inesmakes", "wrenwrites"]);
  const rows = Object.fromEntries(where);
  assert.match(rows.wrenwrites, /^Reposted$/);
  assert.match(rows.inesmakes, /@inesmakes\s*1d$/);
  assert.match(rows.bolaprints, /^Replying to @adaquill and @bolaprints$/);
});

test("in a quoted answer everybody it goes to is marked by name, three at most, and a name twice once", () => {
  const window = open(frame(post({
    handle: "nobodyyouknow", quote: "someoneelse",
    quoteReplyTo: ["wrenwrites", "WrenWrites", "inesmakes", "bolaprints", "tomoreads"],
  })));
  window.sweep();
  const words = marks(window).map((host) => host.opened.querySelector("button").dataset.word);
  assert.deepEqual(words, ["@wrenwrites", "@inesmakes", "@bolaprints"]);
});

test("a row that loses its repost and quote loses their marks, and the author's stays", () => {
  const window = open(frame(post({ repostBy: "inesmakes", quote: "bolaprints" })));
  window.sweep();
  assert.equal(marks(window).length, 3);
  for (const css of [".context", "[role=link][tabindex='0']"]) window.document.querySelector(css).remove();
  window.sweep();
  assert.deepEqual(marked(window), ["wrenwrites"]);
});

test("a quote that X fills anew is the mark of whom it quotes now, at once", () => {
  const window = open(frame(post({ handle: "nobodyyouknow", quote: "bolaprints" })));
  window.sweep();
  const card = window.document.querySelector("[role=link][tabindex='0']");
  card.outerHTML = card.outerHTML.replaceAll("bolaprints", "inesmakes");
  window.document.querySelectorAll("[data-mutuals]").forEach((host) => host.remove());
  const later = window.performance.now() + 500;
  window.performance.now = () => later;
  window.sweep();
  assert.deepEqual(marked(window), ["inesmakes"]);
  window.document.querySelector("[data-testid^=UserAvatar-Container-inesmakes]")
    .setAttribute("data-testid", "UserAvatar-Container-wrenwrites");
  window.sweep();
  assert.deepEqual(marked(window), ["wrenwrites"]);
});

test("a quote that comes after its post is marked by a sweep that is asked for then", async () => {
  const window = open(frame(post({ handle: "nobodyyouknow", quote: "inesmakes" })));
  const card = window.document.querySelector("[role=link][tabindex='0']");
  const row = card.parentElement;
  card.remove();
  let asked = 0;
  window.Observer.ask = () => { asked += 1; };
  window.sweep();
  row.append(card);
  window.sweep();
  await until(window, () => asked === 1);
  window.sweep();
  assert.deepEqual(marked(window), ["inesmakes"]);
});
