// Tests reading the page itself where the tap delivers nothing: one reading per rest, each fact once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../../page.mjs";
import { frame, post } from "../../x_page.mjs";

/** A page whose timers a test fires by hand; `waiting` holds each with its milliseconds. */
function open({ known = true, tapped = false } = {}) {
  const later = post({ handle: "inesmakes", name: "Ines Duarte", id: "502", text: "Lamps." });
  const window = openPage({ html: frame(post()) + `<template>${later}</template>`, url: "https://x.com/home" });
  const waiting = [];
  window.setTimeout = (work, ms) => waiting.push({ work, ms });
  window.TapBridge.gaveForThisPage = () => tapped;
  window.Viewer.isKnown = () => known;
  const readings = () => window.messages.filter(({ name }) => name === "sightings.add").map(({ params }) => params);
  const rest = async () => {
    waiting.splice(0).forEach(({ work }) => work());
    await new Promise((done) => { setTimeout(done, 0); });
  };
  return { window, waiting, readings, rest };
}

test("a page that the tap gave nothing for is read once it has rested, and sent with people and posts", async () => {
  const { window, waiting, readings, rest } = open();
  window.DomSightings.soon();
  assert.equal(typeof waiting[0].work, "function");
  assert.ok(waiting[0].ms >= 1000, "not while X is still drawing");
  assert.equal(readings().length, 0);
  await rest();
  const [{ viewer, seen, readings: [reading] }] = readings();
  assert.equal(viewer.id, "1000001");
  assert.equal(seen.length, 0);
  assert.ok(reading.posts.some(({ id }) => id === "501"));
});

test("many changes in a row are one reading, and what was sent is not sent again", async () => {
  const { window, waiting, readings, rest } = open();
  for (let change = 0; change < 5; change += 1) window.DomSightings.soon();
  assert.equal(waiting.length, 1);
  await rest();
  window.DomSightings.soon();
  await rest();
  assert.equal(readings().length, 1);
});

test("a new post after that is sent alone, and everything again for another account", async () => {
  const { window, readings, rest } = open();
  window.DomSightings.soon();
  await rest();
  const [later] = window.document.querySelector("template").content.children;
  window.document.querySelector("[data-testid=primaryColumn]").append(later);
  window.DomSightings.soon();
  await rest();
  assert.deepEqual(Array.from(readings()[1].readings[0].posts, ({ id }) => id), ["502"]);
  window.DomSightings.forget();
  window.DomSightings.soon();
  await rest();
  assert.deepEqual(Array.from(readings()[2].readings[0].posts, ({ id }) => id), ["501", "502"]);
});

test("nothing is read where the tap delivers, nor before it is known whose browser this is", async () => {
  const tapped = open({ tapped: true });
  tapped.window.DomSightings.soon();
  assert.equal(tapped.waiting.length, 0);
  const unknown = open({ known: false });
  unknown.window.DomSightings.soon();
  await unknown.rest();
  assert.equal(unknown.readings().length, 0);
});
