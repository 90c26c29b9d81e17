// Opens the card of an invented person for the card tests, with scripted answers of the background.
import assert from "node:assert/strict";
import { openCardPage } from "../page.mjs";
import { badge } from "../x_page.mjs";

export const NOTE = { text: "Phone first. https://a.example", rev: 4, at: 5, viewer: "1", post: "77", versions: 4 };
export const CARD = {
  ...badge(), note: NOTE, tags: [{ name: "small press", colour: "#7a5af8" }], tags_rev: 2, alias_rev: 0,
  former: [{ handle: "oldwren", until: 9 }], recycled: null, relation: {},
  judgement: {
    value: 64, state: "warm", band: "warm", was: null, confidence: 0.9, balance: { you: 12, they: 9 }, reasons: [],
    sentence: "They answered in 18 of 26 weeks.",
  },
  trend: Array.from({ length: 26 }, (_, week) => [week % 2, 1]),
  last: { in: { at: 100, kind: "reply", post: "88" }, out: null }, seen: { first: 1, last: 2 },
  coverage: { inbound_since: 1 },
};

/** A page with one card on it. `answers` overrides what the background says. */
export async function open(answers = {}) {
  const stock = {
    "person.get": { card: CARD, fresh: true, status: { state: "connected" } },
    "write.put": { op: "1", rev: 5, state: "saved" },
    "tags.get": { tags: [{ name: "printer", colour: "#0a8f6a", count: 2 }] },
    "versions.get": {
      versions: [
        { rev: 3, text: "older words", at: 2, viewer: "1" },
        { rev: 4, text: NOTE.text, at: 5, viewer: "1" },
      ],
    },
  };
  const window = await openCardPage({
    answer: (name, params) => {
      const given = answers[name] ?? stock[name];
      return typeof given === "function" ? given(params) : given;
    },
  });
  const card = new window.PersonCard({ handle: "wrenwrites", id: "2000001" }, true);
  window.document.body.append(card.node);
  await card.load();
  return {
    window,
    card,
    text: () => card.node.textContent,
    writes: () =>
      window.messages
        .filter((message) => message.name === "write.put")
        .map((message) => {
          const { op, at, ...change } = JSON.parse(JSON.stringify(message.params));
          assert.ok(op && at, "a write has its own id and time");
          return change;
        }),
  };
}
export const key = (window, node, name, more = {}) =>
  node.dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
export const box = (card) => card.node.querySelector("textarea");
